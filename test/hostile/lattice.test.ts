/** What VPC Lattice and shared resources could do beyond what a first reading of their answers shows. */
import { lattice, latticeAnswers, type LatticeSpec } from '../support/aws-lattice.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { vpcB } from './parts.ts';
import { each, neverHolds, stillHolds } from './verdict.ts';

const list: Change = {
  lists: [{ id: 'pl-lat', name: 'com.amazonaws.us-east-1.vpc-lattice', entries: ['169.254.171.0/24'] }],
};

const whole: LatticeSpec = {
  networks: [{ id: 'sn-1', vpcs: ['vpc-a'], services: ['svc-1'] }],
  services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1'] }],
  groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 8080, targets: ['i-b'] }],
};

const admits = (...words: readonly string[]): Change => ({ groups: [{ id: 'sg-b', in: words }] });

const second: Change = {
  groups: [{ id: 'sg-b2', vpc: 'vpc-b', in: [], out: [] }],
  interfaces: [{ id: 'eni-b2', subnet: 'subnet-b', ips: ['10.1.1.11'], groups: ['sg-b2'] }],
};

/** A resource gateway in VPC B, and an endpoint in VPC A for what is behind it. */
const shared = (resources: LatticeSpec['resources'] & object, type: 'Resource' | 'Tunnel' = 'Resource'): Change => ({
  groups: [{ id: 'sg-rgw', vpc: 'vpc-b', in: [], out: ['all 0.0.0.0/0'] }],
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
      type,
      leads: 'rcfg-1',
      at: [{ subnet: 'subnet-s1', ips: ['10.0.1.100'] }],
      groups: ['sg-open'],
    },
  ],
  ...lattice({ gateways: [{ id: 'rgw-1', vpc: 'vpc-b' }], resources }),
});

const database = [{ id: 'rcfg-1', gateway: 'rgw-1', ports: ['5432'], at: '10.1.1.10' }];

const aToB = 'forbid: { from: subnet-s1, to: eni-b }';
const reachesB = 'require: { from: eni-i1, to: eni-b, traffic: tcp/443 }';

neverHolds('what a service leads to', [
  {
    says: 'a target is reached though no route leads there',
    network: world(vpcB, list, lattice(whole)),
    property: aToB,
  },
  {
    says: 'an association that failed to be deleted is there',
    network: world(vpcB, list, lattice({ ...whole, networks: [{ ...whole.networks![0]!, status: 'DELETE_FAILED' }] })),
    property: aToB,
  },
  {
    says: 'a group with the weight 0 may get requests still',
    network: world(
      vpcB,
      list,
      lattice({
        ...whole,
        services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-2+tg-1*0'] }],
        groups: [...whole.groups!, { id: 'tg-2', vpc: 'vpc-b', port: 9090, targets: [] }],
      }),
    ),
    property: aToB,
  },
  {
    says: 'a rule that is never the first to match may match',
    network: world(
      vpcB,
      list,
      lattice({
        ...whole,
        services: [{ id: 'svc-1', listeners: ['HTTPS 443 fixed | /* fixed | /admin tg-1'] }],
      }),
    ),
    property: aToB,
  },
  {
    says: 'a target that is not healthy may get requests',
    network: world(
      vpcB,
      second,
      list,
      lattice({
        ...whole,
        groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 8080, targets: ['i-b UNHEALTHY', 'i-b2'] }],
      }),
    ),
    property: aToB,
  },
  {
    says: 'a service may stand, and send from, where no prefix list that was read tells',
    network: world(vpcB, lattice(whole), admits('tcp 8080 129.224.0.0/17')),
    property: aToB,
  },
  {
    says: 'the prefix list of another Region does not tell from where the service sends',
    network: world(
      vpcB,
      { lists: [{ id: 'pl-eu', name: 'com.amazonaws.eu-west-1.vpc-lattice', entries: ['169.254.99.0/24'] }] },
      lattice(whole),
      admits('tcp 8080 169.254.171.0/24'),
    ),
    property: aToB,
  },
  {
    says: 'a page of its targets that is missing may hold any',
    network: world(vpcB, list, {
      others: latticeAnswers({ ...whole, groups: [{ ...whole.groups![0]!, targets: [] }] }).map((one) =>
        one.id.endsWith('list-targets.tg-1') ? { ...one, json: { items: [], nextToken: 'more' } } : one,
      ),
    }),
    property: aToB,
  },
  {
    says: 'a rule that nobody read may forward to anything',
    network: world(vpcB, list, {
      others: latticeAnswers({
        ...whole,
        services: [{ id: 'svc-1', listeners: ['HTTPS 443 fixed | /admin fixed'] }],
      }).filter(({ id }) => !id.includes('get-rule')),
    }),
    property: aToB,
  },
  {
    says: 'what asks under the source of another may be answered',
    network: world(
      vpcB,
      list,
      lattice({ ...whole, networks: [{ ...whole.networks![0]!, vpcs: ['vpc-a sg-far'] }] }),
      admits('tcp 8080 169.254.171.0/24'),
      {
        groups: [{ id: 'sg-far', vpc: 'vpc-a', in: ['all 10.0.77.9/32'], out: [] }],
        interfaces: [{ id: 'eni-i1', check: false }],
      },
    ),
    property: 'forbid: { from: eni-i1, to: eni-b, mode: connection }',
  },
  {
    says: 'a client in a VPC that is not in the input may come by it',
    network: world(
      vpcB,
      list,
      lattice({ ...whole, networks: [{ id: 'sn-1', vpcs: ['vpc-a', 'vpc-x'], services: ['svc-1'] }] }),
    ),
    property: 'forbid: { from: onprem, to: eni-b }',
  },
]);

neverHolds('what is required of a service', [
  {
    says: 'where Lattice sends from is not certain while nobody read its prefix list',
    network: world(vpcB, lattice(whole), admits('tcp 8080 169.254.171.0/24')),
    property: reachesB,
  },
  {
    says: 'nor whom an auth policy lets pass',
    network: world(vpcB, list, lattice({ ...whole, networks: [{ ...whole.networks![0]!, auth: 'AWS_IAM' }] })),
    property: reachesB,
  },
  {
    says: 'a target that refuses takes requests as well',
    network: world(
      vpcB,
      second,
      list,
      lattice({ ...whole, groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 8080, targets: ['i-b', 'i-b2'] }] }),
    ),
    property: reachesB,
  },
  {
    says: 'so does a group that shares what a rule forwards',
    network: world(
      vpcB,
      second,
      list,
      lattice({
        ...whole,
        services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1+tg-2'] }],
        groups: [...whole.groups!, { id: 'tg-2', vpc: 'vpc-b', port: 8080, targets: ['i-b2'] }],
      }),
    ),
    property: reachesB,
  },
  {
    says: 'a part of the prefix list is not all of it',
    network: world(vpcB, list, lattice(whole), admits('tcp 8080 169.254.171.0/25')),
    property: reachesB,
  },
  {
    says: 'a network ACL that lets no answer of Lattice in leaves no connection',
    network: world(vpcB, list, lattice(whole), {
      acls: [{ id: 'acl-1', vpc: 'vpc-a', in: ['100 allow all 10.0.0.0/8'], out: ['100 allow all 0.0.0.0/0'] }],
      subnets: [{ id: 'subnet-s1', acl: 'acl-1' }],
    }),
    property: reachesB,
  },
  {
    says: 'each interface of a resource gateway may be the one that sends',
    network: world(vpcB, shared(database), admits('tcp 5432 10.1.1.40/32'), {
      interfaces: [
        {
          id: 'eni-rgw2',
          subnet: 'subnet-b',
          ips: ['10.1.1.41'],
          groups: ['sg-rgw'],
          description: 'Resource Gateway Interface rgw-1',
          instance: 'service',
        },
      ],
    }),
    property: 'require: { from: eni-i1, to: eni-b, traffic: tcp/5432 }',
  },
]);

neverHolds('what a shared resource leads to', [
  { says: 'a resource is reached though no route leads there', network: world(vpcB, shared(database)), property: aToB },
  {
    says: 'what a name stands for may be any host that the gateway reaches',
    network: world(vpcB, shared([{ ...database[0]!, at: 'db.example.com' }])),
    property: aToB,
  },
  {
    says: 'so may what an ARN stands for, at any port',
    network: world(
      vpcB,
      shared([{ id: 'rcfg-1', gateway: 'rgw-1', at: 'arn:aws:rds:us-east-1:123456789012:cluster:db' }]),
    ),
    property: `forbid: { from: subnet-s1, to: eni-b, except: { traffic: tcp/5432 } }`,
  },
  {
    says: 'a resource of a gateway that nobody read may be anything',
    network: world(vpcB, shared([{ ...database[0]!, gateway: 'rgw-2' }])),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
  {
    says: 'a group’s member that is added counts',
    network: world(
      vpcB,
      shared([
        { id: 'rcfg-1', gateway: 'rgw-1', ports: ['443'] },
        { id: 'rcfg-2', of: 'rcfg-1', at: '10.1.1.10' },
      ]),
    ),
    property: aToB,
  },
  {
    says: 'names leave by the name server within a tunnel endpoint',
    network: world(vpcB, shared(database, 'Tunnel'), { vpcs: [{ id: 'vpc-a', dnsSupport: false }] }),
    property: 'forbid: { from: subnet-s1, to: dns }',
  },
]);

stillHolds('of VPC Lattice', [
  {
    says: 'a target that admits nothing of Lattice is not reached',
    network: world(vpcB, list, lattice(whole), admits('tcp 8080 10.0.0.0/8')),
    property: aToB,
  },
  {
    says: 'a list of another Region adds nothing to that of its own',
    network: world(
      vpcB,
      list,
      { lists: [{ id: 'pl-eu', name: 'com.amazonaws.eu-west-1.vpc-lattice', entries: ['169.254.99.0/24'] }] },
      lattice(whole),
      admits('tcp 8080 169.254.99.0/24'),
    ),
    property: aToB,
  },
  {
    says: 'a service leads to no host but its targets',
    network: world(vpcB, second, list, lattice(whole), { groups: [{ id: 'sg-b2', in: ['all 0.0.0.0/0'] }] }),
    property: 'forbid: { from: subnet-s1, to: eni-b2 }',
  },
  {
    says: 'and to no internet',
    network: world(vpcB, list, lattice(whole)),
    property: 'forbid: { from: subnet-s1, to: internet }',
  },
  {
    says: 'a VPC that is not associated does not ask',
    network: world(vpcB, list, lattice({ ...whole, networks: [{ ...whole.networks![0]!, vpcs: ['vpc-b'] }] })),
    property: aToB,
  },
  {
    says: 'the groups of the association keep clients out',
    network: world(vpcB, list, lattice({ ...whole, networks: [{ ...whole.networks![0]!, vpcs: ['vpc-a sg-none'] }] })),
    property: aToB,
  },
  {
    says: 'a resource endpoint reaches nothing but its resource',
    network: world(vpcB, second, shared(database), { groups: [{ id: 'sg-b2', in: ['all 0.0.0.0/0'] }] }),
    property: 'forbid: { from: subnet-s1, to: eni-b2 }',
  },
  {
    says: 'and that at its ports alone',
    network: world(vpcB, shared(database)),
    property: 'forbid: { from: subnet-s1, to: eni-b, except: { traffic: tcp/5432 } }',
  },
  {
    says: 'what a name stands for is reached at its ports alone',
    network: world(vpcB, shared([{ ...database[0]!, at: 'db.example.com' }])),
    property: 'forbid: { from: subnet-s1, to: eni-b, except: { traffic: tcp/5432 } }',
  },
  {
    says: 'a target answers to the prefix list, whichever address it came from',
    network: world(vpcB, list, lattice(whole), admits('tcp 8080 pl-lat')),
    property: reachesB,
  },
  {
    says: 'every client gets to the resource, whatever port the gateway takes',
    network: world(vpcB, shared(database), admits('tcp 5432 sg-rgw')),
    property: 'require: { from: eni-i1, to: eni-b, traffic: tcp/5432 }',
  },
]);

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

neverHolds('a resource gateway', [
  {
    says: 'a subnet of its own in which no interface was read may be the one that it sends from',
    network: world(vpcB, shared(database), admits('tcp 5432 10.1.2.0/24'), {
      subnets: [{ id: 'subnet-b2', vpc: 'vpc-b', cidrs: ['10.1.2.0/24'], zone: 'az1', table: 'rtb-b' }],
    }),
    edit: each('vpc-lattice/list-resource-gateways', 'items', (one) => ({
      ...one,
      subnetIds: ['subnet-b', 'subnet-b2'],
    })),
    property: aToB,
  },
]);
