/** What transit gateways, VPN gateways and on-premises could do beyond what is modelled is never proved away. */
import { account } from '../support/identity.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { vpcB } from './parts.ts';
import { type Edit, each, neverHolds, stillHolds } from './verdict.ts';

const open = { in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] };

/** A and B attached to TGW 1 in az1, each with a table of its own and no route to each other. */
const isolated: Change = {
  tgws: [{ id: 'tgw-1' }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-s' },
    { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-s' },
  ],
  transitTables: [{ id: 'tgw-rtb-s', gateway: 'tgw-1', routes: [] }],
  tables: [
    { id: 'rtb-s1', routes: ['10.0.0.0/8 tgw-1'] },
    { id: 'rtb-b', routes: ['10.0.0.0/8 tgw-1'] },
  ],
};

const byVpn: Change = {
  attachments: [{ id: 'tgw-attach-v', gateway: 'tgw-1', to: 'vpn-1', table: 'tgw-rtb-v' }],
  transitTables: [
    { id: 'tgw-rtb-s', routes: ['0.0.0.0/0 tgw-attach-v'] },
    {
      id: 'tgw-rtb-v',
      gateway: 'tgw-1',
      routes: ['10.0.0.0/16 tgw-attach-a propagated', '10.1.0.0/16 tgw-attach-b propagated'],
    },
  ],
  vpns: [{ id: 'vpn-1', gateway: 'tgw-1' }],
};

/** The view of a participant: the VPC and what it shows of it are another account's; groups and interfaces are its own. */
const asParticipant: Edit = (all) =>
  all.map((one) =>
    ['vpcs', 'subnets', 'route-tables', 'network-acls', 'internet-gateways'].some((it) => one.file.includes(it))
      ? { ...one, json: JSON.parse(JSON.stringify(one.json).replaceAll(account, '444455556666')) as object }
      : one,
  );

neverHolds('lines on premises', [
  {
    says: 'on premises may come in by a VPN gateway that a participant of the shared VPC is not shown (1.25)',
    network: world(),
    edit: asParticipant,
    property: 'forbid: { from: onprem, to: subnet-s1 }',
  },
  {
    says: 'what comes by one line goes on by the transit gateway to the site behind another (7.2, 8.9)',
    network: world(vpcB, isolated, byVpn, {
      transitTables: [{ id: 'tgw-rtb-v', routes: ['172.16.0.0/12 tgw-attach-w propagated'] }],
      attachments: [{ id: 'tgw-attach-w', gateway: 'tgw-1', to: 'vpn-2' }],
      vpns: [{ id: 'vpn-2', gateway: 'tgw-1' }],
    }),
    property: 'forbid: { from: 192.168.0.0/16, to: 172.16.0.0/12 }',
  },
  {
    says: 'what comes by a line may go back by it to another VPC, where on premises sends on (8.11, 8.12)',
    network: world(vpcB, isolated, byVpn),
    property: 'assume: ["transit:onprem"], forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: 'the same with replies',
    network: world(vpcB, isolated, byVpn),
    property: 'assume: ["transit:onprem"], forbid: { from: subnet-s1, to: subnet-b, mode: connection }',
  },
  {
    says: 'a connection that tells the selector of one side alone carries all of the other',
    network: world(vpcB, isolated, byVpn),
    edit: each('describe-vpn-connections', 'VpnConnections', (one) => ({
      ...one,
      Options: { StaticRoutesOnly: true, RemoteIpv4NetworkCidr: '10.0.0.0/16' },
    })),
    property: 'forbid: { from: subnet-s1, to: onprem }',
  },
]);

/** X is not in the input. */
const stranger: Change = {
  attachments: [{ id: 'tgw-attach-x', gateway: 'tgw-1', to: 'vpc-x', table: 'tgw-rtb-x' }],
  transitTables: [
    { id: 'tgw-rtb-s', routes: ['10.0.0.0/8 tgw-attach-x'] },
    { id: 'tgw-rtb-x', gateway: 'tgw-1', routes: [] },
  ],
};

neverHolds('a VPC that is not in the input', [
  {
    says: 'hands on to its peers by a NAT gateway (5.20, 5.21)',
    network: world(vpcB, isolated, stranger, { opaque: [{ id: 'pcx-x', vpcs: ['vpc-x', 'vpc-b'] }] }),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: 'hands on to the VPCs of another transit gateway that it is attached to',
    network: world(vpcB, isolated, stranger, {
      tgws: [{ id: 'tgw-2' }],
      attachments: [
        { id: 'tgw-attach-b', gateway: 'tgw-2', table: 'tgw-rtb-2' },
        { id: 'tgw-attach-y', gateway: 'tgw-2', to: 'vpc-x', table: 'tgw-rtb-2' },
      ],
      transitTables: [{ id: 'tgw-rtb-2', gateway: 'tgw-2', routes: ['10.1.0.0/16 tgw-attach-b propagated'] }],
      tables: [{ id: 'rtb-b', routes: ['10.0.0.0/8 tgw-2'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
]);

const inspection: Change = {
  vpcs: [{ id: 'vpc-i', cidrs: ['10.4.0.0/16'] }],
  subnets: [
    { id: 'subnet-i1', vpc: 'vpc-i', cidrs: ['10.4.1.0/24'], zone: 'az1', table: 'rtb-i1' },
    { id: 'subnet-i2', vpc: 'vpc-i', cidrs: ['10.4.2.0/24'], zone: 'az2', table: 'rtb-i2' },
  ],
  tables: [
    { id: 'rtb-i', vpc: 'vpc-i', main: true, routes: [] },
    { id: 'rtb-i1', vpc: 'vpc-i', routes: [] },
    { id: 'rtb-i2', vpc: 'vpc-i', routes: ['0.0.0.0/0 tgw-1'] },
  ],
  acls: [{ id: 'acl-i', vpc: 'vpc-i', default: true, ...open }],
  attachments: [
    {
      id: 'tgw-attach-i',
      gateway: 'tgw-1',
      to: 'vpc-i',
      subnets: ['subnet-i1', 'subnet-i2'],
      table: 'tgw-rtb-i',
      appliance: true,
    },
  ],
  transitTables: [
    { id: 'tgw-rtb-s', routes: ['0.0.0.0/0 tgw-attach-i'] },
    { id: 'tgw-rtb-i', gateway: 'tgw-1', routes: ['10.1.0.0/16 tgw-attach-b propagated'] },
  ],
};

/** A's and B's inspection is another account's, and no answer tells zones by more than their names. */
const inspectedByOthers: Edit = (all) =>
  all.map(({ file, json }) => {
    const named = JSON.parse(
      JSON.stringify(json, (key, value: unknown) => (key === 'AvailabilityZoneId' ? undefined : value)),
    ) as Record<string, Record<string, unknown>[]>;
    for (const key of ['Vpcs', 'Subnets'])
      for (const one of named[key] ?? [])
        if (one['VpcId'] === 'vpc-i')
          Object.assign(one, JSON.parse(JSON.stringify(one).replaceAll(account, '444455556666')));
    return { file, json: named };
  });

/** The flow gets on in az2 alone, and A is in az1. */
const nearOnly: Change = { attachments: [{ id: 'tgw-attach-i', appliance: false }] };

neverHolds('zones of two accounts', [
  {
    says: 'one account’s name of a zone may be another account’s name of another (7.13, 7.31)',
    network: world(vpcB, isolated, inspection, nearOnly),
    edit: inspectedByOthers,
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: 'so that in appliance mode, too, nobody knows what stays in its zone (7.19)',
    network: world(vpcB, isolated, inspection),
    edit: inspectedByOthers,
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
]);

stillHolds('zones of one account', [
  {
    says: 'a packet goes on in the zone that it comes from (7.13)',
    network: world(vpcB, isolated, inspection, nearOnly),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
]);

neverHolds('appliance mode', [
  {
    says: 'a flow between zones may take either, though a VPC with the same blocks has a subnet in its zone (7.19)',
    network: world(
      vpcB,
      isolated,
      inspection,
      {
        subnets: [{ id: 'subnet-b', zone: 'az2' }],
        vpcs: [{ id: 'vpc-c', cidrs: ['10.1.0.0/16'] }],
      },
      {
        subnets: [{ id: 'subnet-c', vpc: 'vpc-c', cidrs: ['10.1.1.0/24'], zone: 'az1', table: 'rtb-c' }],
        tables: [{ id: 'rtb-c', vpc: 'vpc-c', main: true, routes: [] }],
        acls: [{ id: 'acl-c', vpc: 'vpc-c', default: true, ...open }],
      },
    ),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: 'a flow on premises may take either: only what is bound for the internet is told to keep its zone (7.19)',
    network: world(vpcB, isolated, inspection, byVpn, {
      transitTables: [
        { id: 'tgw-rtb-s', routes: ['0.0.0.0/0 tgw-attach-i'] },
        { id: 'tgw-rtb-i', routes: ['0.0.0.0/0 tgw-attach-v'] },
      ],
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 tgw-1'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: 192.168.0.0/16 }',
  },
]);

/**
 * A and J in az1; I between them in az2, from where it sends on to J, and in az3, from where it sends to B. B takes what
 * J's NAT gateway has translated, and nothing else.
 */
const thereAndBack: Change = {
  tgws: [{ id: 'tgw-1' }, { id: 'tgw-2' }],
  vpcs: [
    { id: 'vpc-i', cidrs: ['10.4.0.0/16'] },
    { id: 'vpc-j', cidrs: ['10.5.0.0/16'] },
  ],
  subnets: [
    { id: 'subnet-i2', vpc: 'vpc-i', cidrs: ['10.4.2.0/24'], zone: 'az2', table: 'rtb-i2' },
    { id: 'subnet-i3', vpc: 'vpc-i', cidrs: ['10.4.3.0/24'], zone: 'az3', table: 'rtb-i3' },
    { id: 'subnet-jatt', vpc: 'vpc-j', cidrs: ['10.5.1.0/24'], zone: 'az1', table: 'rtb-jatt' },
    { id: 'subnet-jnat', vpc: 'vpc-j', cidrs: ['10.5.2.0/24'], zone: 'az1', table: 'rtb-jnat' },
  ],
  nats: [{ id: 'nat-j', subnet: 'subnet-jnat', ips: ['10.5.2.5'], private: true }],
  tables: [
    { id: 'rtb-s1', routes: ['10.0.0.0/8 tgw-1'] },
    { id: 'rtb-i2', vpc: 'vpc-i', main: true, routes: ['10.0.0.0/8 tgw-1'] },
    { id: 'rtb-i3', vpc: 'vpc-i', routes: ['10.1.0.0/16 tgw-2', '10.5.0.0/16 tgw-1'] },
    { id: 'rtb-jatt', vpc: 'vpc-j', main: true, routes: ['10.1.0.0/16 nat-j'] },
    { id: 'rtb-jnat', vpc: 'vpc-j', routes: ['10.0.0.0/8 tgw-1'] },
    { id: 'rtb-b', routes: ['10.0.0.0/8 tgw-2'] },
  ],
  acls: [
    { id: 'acl-i', vpc: 'vpc-i', default: true, ...open },
    { id: 'acl-j', vpc: 'vpc-j', default: true, ...open },
  ],
  groups: [{ id: 'sg-b', in: ['all 10.5.0.0/16'] }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-s' },
    { id: 'tgw-attach-i', gateway: 'tgw-1', to: 'vpc-i', subnets: ['subnet-i2', 'subnet-i3'], table: 'tgw-rtb-i' },
    { id: 'tgw-attach-j', gateway: 'tgw-1', to: 'vpc-j', subnets: ['subnet-jatt'], table: 'tgw-rtb-s' },
    { id: 'tgw-attach-i2', gateway: 'tgw-2', to: 'vpc-i', subnets: ['subnet-i3'], table: 'tgw-rtb-2' },
    { id: 'tgw-attach-b', gateway: 'tgw-2', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-2' },
  ],
  transitTables: [
    { id: 'tgw-rtb-s', gateway: 'tgw-1', routes: ['0.0.0.0/0 tgw-attach-i'] },
    {
      id: 'tgw-rtb-i',
      gateway: 'tgw-1',
      routes: ['10.0.0.0/16 tgw-attach-a', '10.5.0.0/16 tgw-attach-j', '10.1.0.0/16 tgw-attach-j'],
    },
    {
      id: 'tgw-rtb-2',
      gateway: 'tgw-2',
      routes: ['10.1.0.0/16 tgw-attach-b propagated', '10.5.0.0/16 tgw-attach-i2'],
    },
  ],
};

const inApplianceMode: Change = { attachments: [{ id: 'tgw-attach-i', appliance: true }] };

neverHolds('an attachment that a flow comes to twice', [
  {
    says: 'takes a zone each time, where none of them is the zone that the packet comes from (7.13)',
    network: world(vpcB, thereAndBack),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: 'takes a zone for each of the flows before and behind a NAT gateway, in appliance mode too (7.19)',
    network: world(vpcB, thereAndBack, inApplianceMode),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: 'and for each of the replies the zone of its flow, in appliance mode (7.19)',
    network: world(vpcB, thereAndBack, inApplianceMode),
    property: 'forbid: { from: subnet-s1, to: subnet-b, mode: connection }',
  },
]);

const vpcC: Change = {
  vpcs: [{ id: 'vpc-c', cidrs: ['10.2.0.0/16'] }],
  subnets: [{ id: 'subnet-c', vpc: 'vpc-c', cidrs: ['10.2.1.0/24'], zone: 'az1', table: 'rtb-c' }],
  tables: [{ id: 'rtb-c', vpc: 'vpc-c', main: true, routes: [] }],
  acls: [{ id: 'acl-c', vpc: 'vpc-c', default: true, ...open }],
  groups: [{ id: 'sg-c', vpc: 'vpc-c', in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] }],
  interfaces: [{ id: 'eni-c', subnet: 'subnet-c', ips: ['10.2.1.10'], groups: ['sg-c'] }],
};

neverHolds('guests behind a transit gateway', [
  {
    says: 'what a guest sends on goes over a peering connection, whatever its source (4.27, 6.4)',
    network: world(vpcB, vpcC, isolated, {
      transitTables: [{ id: 'tgw-rtb-s', routes: ['0.0.0.0/0 tgw-attach-b'] }],
      subnets: [{ id: 'subnet-g', vpc: 'vpc-b', cidrs: ['10.1.2.0/24'], zone: 'az1', table: 'rtb-g' }],
      tables: [
        { id: 'rtb-b', routes: ['10.2.0.0/16 eni-g'] },
        { id: 'rtb-g', vpc: 'vpc-b', routes: ['10.2.0.0/16 pcx-bc'] },
      ],
      interfaces: [{ id: 'eni-g', subnet: 'subnet-g', ips: ['10.1.2.10'], groups: ['sg-b'], check: false }],
      opaque: [{ id: 'pcx-bc', vpcs: ['vpc-b', 'vpc-c'] }],
    }),
    property: 'assume: ["forwards:eni-g"], forbid: { from: subnet-s1, to: subnet-c }',
  },
]);

/** Connect over the attachment to T, whose appliance is a guest with a peering connection to B. */
const connected = (routes: readonly string[] | undefined): Change => ({
  tgws: [{ id: 'tgw-1' }],
  vpcs: [{ id: 'vpc-t', cidrs: ['10.6.0.0/16'] }],
  subnets: [{ id: 'subnet-t', vpc: 'vpc-t', cidrs: ['10.6.1.0/24'], zone: 'az1', table: 'rtb-t' }],
  tables: [
    { id: 'rtb-s1', routes: ['10.1.0.0/16 tgw-1'] },
    { id: 'rtb-t', vpc: 'vpc-t', main: true, routes: ['10.1.0.0/16 pcx-t'] },
  ],
  acls: [{ id: 'acl-t', vpc: 'vpc-t', default: true, ...open }],
  groups: [{ id: 'sg-t', vpc: 'vpc-t', in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] }],
  interfaces: [{ id: 'eni-t', subnet: 'subnet-t', ips: ['10.6.1.10'], groups: ['sg-t'], check: false }],
  opaque: [{ id: 'pcx-t', vpcs: ['vpc-t', 'vpc-b'] }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-1' },
    { id: 'tgw-attach-t', gateway: 'tgw-1', to: 'vpc-t', subnets: ['subnet-t'], table: 'tgw-rtb-1' },
    { id: 'tgw-attach-o', gateway: 'tgw-1', to: 'connect', table: 'tgw-rtb-1' },
  ],
  transitTables: [{ id: 'tgw-rtb-1', gateway: 'tgw-1', ...(routes === undefined ? {} : { routes }) }],
});

neverHolds('Connect attachments', [
  {
    says: 'the appliance goes on by the routes of the VPC where it stands (7.22)',
    network: world(vpcB, connected(['10.1.0.0/16 tgw-attach-o propagated'])),
    property: 'forbid: { from: eni-i1, to: eni-b }',
  },
  {
    says: 'BGP may have told routes that nobody read',
    network: world(vpcB, connected(undefined)),
    property: 'forbid: { from: eni-i1, to: eni-b }',
  },
]);

stillHolds('Connect attachments', [
  {
    says: 'a blackhole is no shorter route’s to give way to (7.7)',
    network: world(vpcB, connected(['10.1.0.0/16 blackhole', '10.0.0.0/8 tgw-attach-o propagated'])),
    property: 'forbid: { from: eni-i1, to: eni-b }',
  },
]);

neverHolds('routes of transit gateways', [
  {
    says: 'a route that is being deleted, to an attachment that is gone, may give way to a shorter one',
    network: world(vpcB, isolated, {
      attachments: [{ id: 'tgw-attach-old', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], state: 'deleted' }],
      transitTables: [{ id: 'tgw-rtb-s', routes: ['10.1.0.0/16 tgw-attach-old deleting', '10.0.0.0/8 tgw-attach-b'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: 'of two prefix lists with the same block either may win (4.12)',
    network: world(vpcB, isolated, {
      lists: [
        { id: 'pl-1', entries: ['10.1.0.0/16'] },
        { id: 'pl-2', entries: ['10.1.0.0/16'] },
      ],
      transitTables: [{ id: 'tgw-rtb-s', routes: ['pl-1 blackhole', 'pl-2 tgw-attach-b'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
]);

stillHolds('transit gateways', [
  {
    says: 'on premises comes in by no gateway where the owner was asked for all of them',
    network: world(),
    property: 'forbid: { from: onprem, to: subnet-s1 }',
  },
  {
    says: 'spokes whose table leads nowhere are apart, and so they are with a VPN connection that sends nothing on',
    network: world(vpcB, isolated, byVpn),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: 'a VPC that is not in the input and has neither peers nor another transit gateway joins nobody',
    network: world(vpcB, isolated, stranger),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
]);
