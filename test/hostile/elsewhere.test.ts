/** What gateways, balancers and endpoint services could do beyond what is modelled is never proved away. */
import { expect, test } from 'vitest';
import { documents } from '../support/aws.ts';
import { lattice } from '../support/aws-lattice.ts';
import { type Change, changed, emptySpec } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { alone, group, nlb, vpcB, vpcE } from './parts.ts';
import { answerOf, neverHolds, read, stillHolds, unread } from './verdict.ts';

const tgw = (...vpcs: readonly string[]) => ({ opaque: [{ id: 'tgw-1', vpcs, subnets: [] }] });
const byTgw = { tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 tgw-1'] }] };

neverHolds('transit gateways', [
  {
    says: 'lead to a NAT gateway in an egress VPC, and by it over a peering connection (5.20, 5.21, 7.14)',
    network: world(vpcB, vpcE, tgw('vpc-a', 'vpc-e'), byTgw, {
      opaque: [{ id: 'pcx-1', vpcs: ['vpc-e', 'vpc-b'] }],
      tables: [{ id: 'rtb-enat', routes: ['10.1.0.0/16 pcx-1'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: 'lead to the internet by way of the NAT gateway of an egress VPC',
    network: world(vpcE, tgw('vpc-a', 'vpc-e'), byTgw, {
      tables: [{ id: 'rtb-enat', routes: ['0.0.0.0/0 igw-e'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: internet, via: nat-e }',
  },
  {
    says: "do not ask the ACL of a workload in the attachment's own subnet (3.16)",
    network: world(vpcB, tgw('vpc-a', 'vpc-b'), {
      acls: [{ id: 'acl-x', vpc: 'vpc-a', in: [], out: ['100 allow all 0.0.0.0/0'] }],
      subnets: [{ id: 'subnet-s1', acl: 'acl-x' }],
      interfaces: [{ id: 'eni-att', subnet: 'subnet-s1', ips: ['10.0.1.77'], groups: [], type: 'transit_gateway' }],
      tables: [{ id: 'rtb-b', routes: ['10.0.0.0/16 tgw-1'] }],
    }),
    property: 'forbid: { from: subnet-b, to: subnet-s1 }',
  },
  {
    says: 'reach a VPC whose attachment is not in the answers, but whose live route names them',
    network: world(vpcB, tgw('vpc-a'), byTgw, { tables: [{ id: 'rtb-b', routes: ['10.0.0.0/16 tgw-1'] }] }),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
]);

neverHolds('peering connections and endpoint services', [
  {
    says: 'an outbound rule may name a group of the peer VPC (2.18)',
    network: world(vpcB, group('sg-ref', [], ['tcp 443 sg-b']), {
      interfaces: [{ id: 'eni-i1', groups: ['sg-ref'] }],
      opaque: [{ id: 'pcx-1', vpcs: ['vpc-a', 'vpc-b'] }],
      tables: [{ id: 'rtb-s1', routes: ['10.1.0.0/16 pcx-1'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
  {
    says: 'behind an interface endpoint stands somebody whose hosts may be in the input (9.17)',
    network: world(vpcB, {
      interfaceEndpoints: [
        {
          id: 'vpce-pl',
          vpc: 'vpc-a',
          service: 'vpce.us-east-1.vpce-svc-1',
          at: [{ subnet: 'subnet-s2', ips: ['10.0.2.50'] }],
          groups: ['sg-open'],
        },
      ],
    }),
    property: 'forbid: { from: subnet-s1, to: subnet-b }',
  },
]);

/** B provides a service; A leads to X, which is not in the input. */
const beyondStranger = (by: Change, connections?: readonly string[]) =>
  world(
    vpcB,
    {
      balancers: [
        {
          id: 'front',
          type: 'nlb',
          groups: [],
          listeners: ['TCP 443 app'],
          at: [{ subnet: 'subnet-b', ips: ['10.1.1.20'] }],
        },
      ],
      targetGroups: [{ id: 'app', vpc: 'vpc-b', protocol: 'TCP', port: 443, targets: ['i-b'] }],
      services: [{ id: 'vpce-svc-1', balancers: ['front'], ...(connections === undefined ? {} : { connections }) }],
    },
    by,
  );

const byPeering: Change = {
  opaque: [{ id: 'pcx-x', vpcs: ['vpc-a', 'vpc-x'] }],
  tables: [{ id: 'rtb-s1', routes: ['10.9.0.0/16 pcx-x'] }],
};

const byTransit: Change = {
  tgws: [{ id: 'tgw-1' }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-1' },
    { id: 'tgw-attach-x', gateway: 'tgw-1', to: 'vpc-x', table: 'tgw-rtb-1' },
  ],
  transitTables: [{ id: 'tgw-rtb-1', gateway: 'tgw-1', routes: ['10.9.0.0/16 tgw-attach-x'] }],
  tables: [{ id: 'rtb-s1', routes: ['10.9.0.0/16 tgw-1'] }],
};

const theirs = ['vpce-9@444455556666'];

neverHolds('a VPC that is not in the input', [
  {
    says: 'has an endpoint of a service in the input, to which a peer leads (6.8, 9.16)',
    network: beyondStranger(byPeering, theirs),
    property: 'forbid: { from: eni-i1, to: eni-b }',
  },
  {
    says: 'may have one where nobody asked for connections',
    network: beyondStranger(byPeering),
    property: 'forbid: { from: eni-i1, to: eni-b }',
  },
  {
    says: 'may have one of a service of which nobody asked',
    network: beyondStranger(byPeering, []),
    edit: unread('describe-vpc-endpoint'),
    property: 'forbid: { from: eni-i1, to: eni-b }',
  },
  {
    says: 'has one to which a transit gateway leads (9.16)',
    network: beyondStranger(byTransit, theirs),
    property: 'forbid: { from: eni-i1, to: eni-b }',
  },
  {
    says: 'may have one of a service network (9.30)',
    network: beyondStranger(byPeering, []),
    edit: (all) => [
      ...all,
      ...documents(
        changed(
          emptySpec,
          lattice({
            networks: [{ id: 'sn-1', vpcs: [], services: ['svc-1'] }],
            services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1'] }],
            groups: [{ id: 'tg-1', vpc: 'vpc-b', port: 443, targets: ['i-b'] }],
          }),
        ),
      ).filter(({ file }) => file.startsWith('vpc-lattice')),
    ],
    property: 'forbid: { from: eni-i1, to: eni-b }',
  },
]);

const unreachable = { subnets: [{ id: 'subnet-b', table: 'rtb-b' }], tables: [{ id: 'rtb-b', routes: [] }] };

neverHolds('consumers of an endpoint service who are not in the input', [
  {
    says: 'stand in a VPC that nobody read, which somebody reaches from on premises (9.16, 9.17)',
    network: beyondStranger(unreachable, theirs),
    property: 'forbid: { from: onprem, to: eni-b }',
  },
  {
    says: 'may be there where nobody asked for connections',
    network: beyondStranger(unreachable),
    property: 'forbid: { from: onprem, to: eni-b }',
  },
  {
    says: 'come to all that is behind a balancer whose targets nobody read',
    network: beyondStranger(unreachable, theirs),
    edit: unread('describe-target-health'),
    property: 'forbid: { from: onprem, to: eni-b, proto: tcp, port: 443 }',
  },
  {
    says: 'count among any place',
    network: beyondStranger(unreachable, theirs),
    property: 'forbid: { from: any, to: eni-b, except: { from: vpc-b } }',
  },
]);

stillHolds('consumers of an endpoint service who are not in the input', [
  {
    says: 'come to no port that is not a target’s',
    network: beyondStranger(unreachable, theirs),
    property: 'forbid: { from: onprem, to: eni-b, except: { traffic: tcp } }',
  },
  {
    says: 'come to none but its targets',
    network: beyondStranger(
      { interfaces: [{ id: 'eni-b2', subnet: 'subnet-b', ips: ['10.1.1.77'], groups: ['sg-b'] }] },
      theirs,
    ),
    property: 'forbid: { from: onprem, to: eni-b2 }',
  },
  {
    says: 'do not come where they were rejected',
    network: beyondStranger(unreachable, ['vpce-9@444455556666 rejected']),
    property: 'forbid: { from: onprem, to: eni-b }',
  },
  {
    says: 'do not come where they are declared to come to nothing',
    network: beyondStranger(unreachable, theirs),
    property: 'assume: ["drops:vpce-svc-1"], forbid: { from: onprem, to: eni-b }',
  },
]);

stillHolds('a VPC that is not in the input', [
  {
    says: 'leads to no service whose owner was asked for the connections, and shown none',
    network: beyondStranger(byPeering, []),
    property: 'forbid: { from: eni-i1, to: eni-b }',
  },
]);

/** An endpoint in S2 of the service of that id, and the one service of the input, before a balancer in S1. */
const privateLink = (service: string) =>
  world({
    balancers: [
      {
        id: 'thin',
        type: 'nlb',
        groups: ['sg-open'],
        listeners: [],
        at: [{ subnet: 'subnet-s1', ips: ['10.0.1.40'] }],
      },
    ],
    services: [{ id: 'vpce-svc-1', balancers: ['thin'] }],
    interfaceEndpoints: [
      { id: 'vpce-pl', vpc: 'vpc-a', service, at: [{ subnet: 'subnet-s2', ips: ['10.0.2.50'] }], groups: ['sg-open'] },
    ],
  });

const unlessServed = 'forbid: { from: eni-i1, to: eni-pl-s2, except: { via: endpoint-service:* } }';
const pastService = 'require: { from: eni-i1, to: eni-pl-s2, traffic: tcp/443, avoid: endpoint-service:* }';

stillHolds('endpoint services as waypoints', [
  {
    says: 'what comes to an endpoint of the service goes by the service',
    network: privateLink('vpce-svc-1'),
    property: unlessServed,
  },
  {
    says: 'what comes to an endpoint of another service goes past it',
    network: privateLink('vpce-svc-2'),
    property: pastService,
  },
]);

neverHolds('endpoint services as waypoints', [
  {
    says: 'what comes to an endpoint of another service does not go by the service',
    network: privateLink('vpce-svc-2'),
    property: unlessServed,
  },
  {
    says: 'what comes to an endpoint of the service does not go past it',
    network: privateLink('vpce-svc-1'),
    property: pastService,
  },
]);

neverHolds('load balancers', [
  {
    says: 'a Network Load Balancer without groups takes in everything (2.39)',
    network: world(nlb()),
    property: 'forbid: { from: internet, to: eni-nlb }',
  },
  {
    says: 'and hands it on to targets',
    network: world(nlb()),
    property: 'forbid: { from: internet, to: subnet-s1 }',
  },
  {
    says: "a target sees the client's address (2.40, 12.12)",
    network: world(alone, nlb('sg-open'), group('sg-open', ['tcp 443 203.0.113.0/24'], ['all 0.0.0.0/0'])),
    property: 'forbid: { from: internet, to: subnet-s1 }',
  },
  {
    says: 'a target need only admit the group of a balancer that keeps the client address (2.40)',
    network: world(alone, nlb('sg-n'), group('sg-n', ['all 0.0.0.0/0'], ['all 0.0.0.0/0']), {
      ...group('sg-t', ['tcp 443 sg-n'], []),
      interfaces: [{ id: 'eni-i1', groups: ['sg-t'] }],
    }),
    property: 'forbid: { from: internet, to: subnet-s1 }',
  },
]);

const dark = { tables: [{ id: 'rtb-pub', routes: [] }] };

neverHolds('load balancers and themselves', [
  {
    says: 'what a balancer sends to its own node arrives there',
    network: world(nlb('sg-open'), dark),
    property: 'forbid: { from: internet, to: eni-nlb, mode: connection }',
  },
  {
    says: 'that goes for a balancer that is said to hand on, and by the very header that came in',
    network: world(nlb('sg-open'), dark),
    property:
      'assume: [passes:eni-nlb], forbid: { from: eni-i1, to: eni-nlb, mode: connection, proto: icmp, icmp-type: 0 }',
  },
]);

/** A target that admits what the balancer's group sends, and nothing else. */
const target = {
  ...group('sg-t', ['tcp 443 sg-n'], []),
  interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.10'], groups: ['sg-t'] }],
};
const groupOfNlb = group('sg-n', ['all 0.0.0.0/0'], ['all 198.51.100.0/24']);

stillHolds('load balancers', [
  {
    says: "a balancer's group does not count round the internet gateway (2.16)",
    network: world(alone, nlb('sg-n'), groupOfNlb, target),
    property: 'assume: [members:sg-n], forbid: { from: internet, to: eni-i1 }',
  },
  {
    says: 'nor behind a guest that translates what the balancer sends (2.16)',
    network: world(nlb('sg-n'), groupOfNlb, group('sg-n', ['all 0.0.0.0/0'], ['all 10.0.0.0/16']), target, {
      interfaces: [{ id: 'eni-i2', subnet: 'subnet-s2', ips: ['10.0.2.10'], groups: ['sg-open'], check: false }],
      tables: [{ id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a', '10.0.1.0/24 eni-i2'] }],
    }),
    property: 'assume: ["forwards:eni-i2,nat"], forbid: { from: internet, to: eni-i1 }',
  },
]);

neverHolds('routes and service interfaces', [
  {
    says: 'of equal routes, one advertised and one propagated, either may win',
    network: world(alone, {
      interfaces: [{ id: 'eni-r', subnet: 'subnet-s2', ips: ['10.0.2.40'], groups: ['sg-none'], check: false }],
      opaque: [{ id: 'vgw-1', vpcs: ['vpc-a'] }],
      tables: [{ id: 'rtb-s1', routes: ['192.168.0.0/16 eni-r advertised', '192.168.0.0/16 vgw-1 propagated'] }],
    }),
    property: 'forbid: { from: subnet-s1, to: onprem }',
  },
  {
    says: 'a Global Accelerator brings the internet in (1.22)',
    network: world(alone, {
      interfaces: [
        {
          id: 'eni-ga',
          subnet: 'subnet-s2',
          ips: ['10.0.2.70'],
          groups: ['sg-open'],
          type: 'global_accelerator_managed',
        },
      ],
    }),
    property: 'forbid: { from: internet, to: subnet-s1 }',
  },
]);

const shows = (call: string, json: object) => ({ others: [{ id: `ec2 ${call}`, json }] });

neverHolds('local gateways', [
  {
    says: 'bring in what is on premises, though their association tells of no gateway',
    network: world(
      shows('describe-local-gateway-route-table-vpc-associations', {
        LocalGatewayRouteTableVpcAssociations: [
          {
            LocalGatewayRouteTableId: 'lgw-rtb-1',
            LocalGatewayRouteTableVpcAssociationId: 'lgw-vpc-assoc-1',
            State: 'associated',
            VpcId: 'vpc-a',
          },
        ],
      }),
    ),
    property: 'forbid: { from: onprem, to: eni-i1 }',
  },
  {
    says: 'are there where only their route tables were read',
    network: world(
      shows('describe-local-gateway-route-tables', {
        LocalGatewayRouteTables: [{ LocalGatewayId: 'lgw-1', LocalGatewayRouteTableId: 'lgw-rtb-1' }],
      }),
    ),
    property: 'forbid: { from: onprem, to: eni-i1 }',
  },
  {
    says: 'are there where only their virtual interfaces were read',
    network: world(
      shows('describe-local-gateway-virtual-interfaces', {
        LocalGatewayVirtualInterfaces: [{ LocalGatewayId: 'lgw-1', LocalGatewayVirtualInterfaceId: 'lgw-vif-1' }],
      }),
    ),
    property: 'forbid: { from: onprem, to: eni-i1 }',
  },
]);

test('a proof names the route server whose routes it does not know', async () => {
  const network = read(
    world(alone, shows('describe-route-servers', { RouteServers: [{ RouteServerId: 'rs-1', State: 'available' }] })),
  );
  const { verdict, notes } = await answerOf(network, 'forbid: { from: onprem, to: eni-i1 }');
  expect(verdict).toBe('holds');
  expect(notes).toContainEqual(expect.stringContaining('`rs-1`'));
});
