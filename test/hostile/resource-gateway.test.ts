/** A resource gateway sends from each of its subnets, an interface read there or not. */
import { lattice } from '../support/aws-lattice.ts';
import { world } from '../support/world.ts';
import { vpcB } from './parts.ts';
import { each, neverHolds } from './verdict.ts';

neverHolds('a resource gateway', [
  {
    says: 'a subnet of its own in which no interface was read may be the one that it sends from',
    network: world(vpcB, {
      subnets: [{ id: 'subnet-b2', vpc: 'vpc-b', cidrs: ['10.1.2.0/24'], zone: 'az1', table: 'rtb-b' }],
      groups: [
        { id: 'sg-b', in: ['tcp 5432 10.1.2.0/24'] },
        { id: 'sg-rgw', vpc: 'vpc-b', in: [], out: ['all 0.0.0.0/0'] },
      ],
      interfaces: [
        {
          id: 'eni-rgw',
          subnet: 'subnet-b',
          ips: ['10.1.1.40'],
          groups: ['sg-rgw'],
          description: 'Resource Gateway Interface rgw-1',
          instance: 'service',
        },
      ],
      interfaceEndpoints: [
        {
          id: 'vpce-db',
          vpc: 'vpc-a',
          service: '',
          type: 'Resource',
          leads: 'rcfg-1',
          at: [{ subnet: 'subnet-s1', ips: ['10.0.1.100'] }],
          groups: ['sg-open'],
        },
      ],
      ...lattice({
        gateways: [{ id: 'rgw-1', vpc: 'vpc-b' }],
        resources: [{ id: 'rcfg-1', gateway: 'rgw-1', ports: ['5432'], at: '10.1.1.10' }],
      }),
    }),
    edit: each('vpc-lattice/list-resource-gateways', 'items', (one) => ({
      ...one,
      subnetIds: ['subnet-b', 'subnet-b2'],
    })),
    property: 'forbid: { from: subnet-s1, to: eni-b }',
  },
]);
