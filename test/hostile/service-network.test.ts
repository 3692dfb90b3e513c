/** Who else asks by a service network, or of a shared resource, than the associations that were read. */
import { type LatticeSpec, lattice, latticeAnswers } from '../support/aws-lattice.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { vpcB } from './parts.ts';
import { neverHolds } from './verdict.ts';

const list: Change = {
  lists: [{ id: 'pl-lat', name: 'com.amazonaws.us-east-1.vpc-lattice', entries: ['169.254.171.0/24'] }],
};
const whole: LatticeSpec = {
  networks: [{ id: 'sn-1', vpcs: ['vpc-a'], services: ['svc-1'] }],
  services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1'] }],
  groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 8080, targets: ['i-b'] }],
};
const associations = 'list-service-network-vpc-association';
const fromOutside = 'forbid: { from: onprem, to: eni-b }';

neverHolds('who asks by a service network', [
  {
    says: 'a page of its associations that is missing may hold a VPC that is not in the input',
    network: world(vpcB, list, {
      others: latticeAnswers(whole).map((one) =>
        one.id.includes(associations) ? { ...one, json: { ...(one.json as object), nextToken: 'more' } } : one,
      ),
    }),
    property: fromOutside,
  },
  {
    says: 'nobody asked with which VPCs it is associated',
    network: world(vpcB, list, { others: latticeAnswers(whole).filter(({ id }) => !id.includes('vpc-association')) }),
    property: fromOutside,
  },
  {
    says: 'nobody asked for the endpoints of other accounts that lead to it',
    network: world(vpcB, list, lattice(whole)),
    property: fromOutside,
  },
]);
