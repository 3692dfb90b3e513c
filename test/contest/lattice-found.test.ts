/** What the contest of VPC Lattice found, in the least networks that show it. */
import { expect, test } from 'vitest';
import { answerOf, read } from '../hostile/verdict.ts';
import { lattice } from '../support/aws-lattice.ts';
import { world } from '../support/world.ts';

// The data plane lets `members:sg-self` admit what VPC Lattice sent, once it was asked by an interface of a service that
// nobody modelled; by semantics 2.16 and 14.1 Lattice is in nobody's group, as the tracer has it.
test.fails('what VPC Lattice sends is in nobody’s group, whoever asked it', async () => {
  const network = world(
    {
      groups: [{ id: 'sg-self', vpc: 'vpc-a', in: ['all sg-self'], out: ['all 0.0.0.0/0'] }],
      interfaces: [
        { id: 'eni-i2', groups: ['sg-self'] },
        {
          id: 'eni-rgw',
          subnet: 'subnet-s1',
          ips: ['10.0.1.40'],
          groups: ['sg-open'],
          description: 'Resource Gateway Interface rgw-1',
          instance: 'service',
        },
      ],
    },
    lattice({
      networks: [{ id: 'sn-1', vpcs: ['vpc-a'], services: ['svc-1'] }],
      services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1'] }],
      groups: [{ id: 'tg-1', vpc: 'vpc-a', port: 443, targets: ['i-i2'] }],
    }),
  );
  const { verdict } = await answerOf(read(network), 'forbid: { from: internet, to: eni-i2, via: svc-1 }');
  expect(verdict).toBe('holds');
});
