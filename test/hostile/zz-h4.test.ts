/** Goes to test/hostile. The prefix list of VPC Lattice in one Region tells nothing of another. */
import { lattice } from '../support/aws-lattice.ts';
import { world } from '../support/world.ts';
import { vpcB } from './parts.ts';
import { neverHolds } from './verdict.ts';

neverHolds('a prefix list of VPC Lattice', [
  {
    says: 'that of another Region does not tell from where the service sends',
    network: world(
      vpcB,
      { lists: [{ id: 'pl-eu', name: 'com.amazonaws.eu-west-1.vpc-lattice', entries: ['169.254.99.0/24'] }] },
      { groups: [{ id: 'sg-b', in: ['tcp 8080 169.254.171.0/24'] }] },
      lattice({
        networks: [{ id: 'sn-1', vpcs: ['vpc-a'], services: ['svc-1'] }],
        services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1'] }],
        groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 8080, targets: ['i-b'] }],
      }),
    ),
    property: 'forbid: { from: subnet-s1, to: eni-b }',
  },
]);
