/** From a shape's indices to a network that AWS would have accepted. */
import { latticeAnswer, notebookAnswer } from './aws-other-service.ts';
import { isIpv6 } from './lines.ts';
import { withBalancing } from './balancing-of-shape.ts';
import { addressIn, balancersOf, hostsOf, natsOf, twinned } from './interfaces-of-shape.ts';
import { outside, tablesOf } from './tables-of-shape.ts';
import { withClientVpn } from './client-vpn-of-shape.ts';
import { withCoreNetwork } from './core-network-of-shape.ts';
import { withTransit } from './transit-of-shape.ts';
import { answersOf } from './policy-of-words.ts';
import { pick } from './random.ts';
import type { Shape } from './random-network.ts';
import { changed, emptySpec, type AclSpec, type AnswerSpec, type GroupSpec, type Spec } from './spec.ts';

const blocks = ['10.0.0.0/26', '10.0.0.64/26', '10.0.0.128/26'];
const blocks6 = ['2600:1f18:a:1::/64', '2600:1f18:a:2::/64', '2600:1f18:a:3::/64'];

/** Protocols and ports of group rules and network ACL entries, the widest first. */
const whats = [
  'all',
  'tcp 443',
  'tcp all',
  'udp all',
  'tcp 1024-65535',
  'udp 53',
  'icmp all',
  'tcp 400-500',
  'icmp 8',
  'udp 1024-65535',
  'icmpv6 all',
  '50',
  'tcp 32768-60999',
  'icmpv6 128',
  'icmp 0',
  'tcp 22',
];

const outside6 = ['2a00::/16', '64:ff9b::/96', '2a00:1::/32'];

export function specOf(drawn: Shape): Spec {
  const shape = { ...drawn, hosts: twinned(drawn.hosts) };
  const subnets = shape.subnets.map(({ table, acl, zone }, i) => ({
    id: `subnet-${i}`,
    vpc: 'vpc-a',
    cidrs: shape.ipv6 ? [blocks[i]!, blocks6[i]!] : [blocks[i]!],
    zone: pick(['az1', 'az2'], zone),
    ...(table === null ? {} : { table: `rtb-${table % shape.tables.length}` }),
    ...(acl === null || shape.acls.length === 0 ? {} : { acl: `acl-${acl % shape.acls.length}` }),
  }));
  const hosts = hostsOf(shape);
  const nats = natsOf(shape);
  const firewallEndpoints = shape.firewalls.map(({ subnet, named }, i) => ({
    id: `vpce-fw${i}`,
    subnet: pick(subnets, subnet).id,
    ip: addressIn(subnet % subnets.length, 40 + i),
    ...(named ? { firewall: 'main' } : {}),
  }));
  const lists = shape.lists.map((entries, i) => ({
    id: `pl-${i}`,
    entries: [...new Set(entries.map((at) => pick(outside, at)))],
  }));
  const endpointList = shape.gatewayEndpoint && {
    id: 'pl-s3',
    name: 'com.amazonaws.us-east-1.s3',
    entries: [pick(outside, shape.gatewayEndpoint.entry)],
  };
  const groupIds = shape.groups.map((_, i) => `sg-${i}`);
  const peers = [
    ...(shape.ipv6 ? ['0.0.0.0/0', '::/0'] : ['0.0.0.0/0']),
    ...groupIds,
    '10.0.0.0/24',
    ...hosts.flatMap(({ ips }) => ips.map((ip) => blockOf(ip))),
    ...subnets.flatMap(({ cidrs }) => cidrs),
    ...nats.flatMap(({ ips }) =>
      ips.flatMap((ip) =>
        ip
          .split('@')[0]!
          .split('=')
          .map((text) => `${text}/32`),
      ),
    ),
    ...hosts.flatMap(({ ips }) => ips.filter((ip) => ip.includes('=')).map((ip) => `${ip.split('=')[1]}/32`)),
    ...lists.map(({ id }) => id),
    ...outside.slice(0, 3),
    ...(shape.ipv6 ? outside6 : []),
    '10.0.0.4/31',
    '10.0.0.68/30',
    'sg-elsewhere@999988887777',
    ...(shape.peering === null && shape.transit === null ? [] : ['sg-b', '10.1.0.0/24']),
  ];
  const blocksOnly = peers.filter((peer) => peer.includes('/'));
  const spec: Spec = {
    ...emptySpec,
    vpcs: [
      {
        id: 'vpc-a',
        cidrs: [
          '10.0.0.0/24',
          ...(shape.secondBlock ? ['10.7.0.0/24'] : []),
          ...(shape.ipv6 ? ['2600:1f18:a::/56'] : []),
        ],
        dnsSupport: shape.dns,
      },
    ],
    subnets,
    lists: [...lists, ...(endpointList === null ? [] : [endpointList])],
    groups: shape.groups.map((group, i): GroupSpec => ({
      id: `sg-${i}`,
      vpc: 'vpc-a',
      in: [
        ...(group.openIn ? everything(shape) : []),
        ...group.in.map(({ what, peer }) => `${pick(whats, what)} ${pick(peers, peer)}`),
      ],
      out: [
        ...(group.openOut ? everything(shape) : []),
        ...group.out.map(({ what, peer }) => `${pick(whats, what)} ${pick(peers, peer)}`),
      ],
    })),
    acls: [
      { id: 'acl-default', vpc: 'vpc-a', default: true, in: aclRest(shape), out: aclRest(shape) },
      ...shape.acls.map((acl, i): AclSpec => ({
        id: `acl-${i}`,
        vpc: 'vpc-a',
        in: [...aclLines(acl.in, blocksOnly), ...(acl.restIn ? aclRest(shape) : [])],
        out: [...aclLines(acl.out, blocksOnly), ...(acl.restOut ? aclRest(shape) : [])],
      })),
    ],
    interfaces: [...hosts, ...balancersOf(shape)],
    states: hosts
      .filter((_, i) => shape.hosts[i]!.kind === 'stopped')
      .map(({ id }) => ({ id: id.replace('eni-', 'i-'), state: 'stopped' })),
    igws: [{ id: 'igw-a', vpc: 'vpc-a' }],
    eigws: shape.eigw && shape.ipv6 ? [{ id: 'eigw-a', vpc: 'vpc-a' }] : [],
    nats,
    firewallEndpoints,
    gatewayEndpoints:
      shape.gatewayEndpoint === null
        ? []
        : [
            {
              id: 'vpce-s3',
              vpc: 'vpc-a',
              service: 's3',
              list: 'pl-s3',
              tables: [...new Set(shape.gatewayEndpoint.tables.map((at) => `rtb-${at % shape.tables.length}`))],
            },
          ],
    interfaceEndpoints:
      shape.interfaceEndpoint === null
        ? []
        : [
            {
              id: 'vpce-logs',
              vpc: 'vpc-a',
              service: 'logs',
              at: [
                {
                  subnet: pick(subnets, shape.interfaceEndpoint.subnet).id,
                  ips: [addressIn(shape.interfaceEndpoint.subnet % subnets.length, 44)],
                },
              ],
              groups: [pick(groupIds, shape.interfaceEndpoint.group)],
            },
          ],
    vpns:
      shape.opaque === 'vgw-a' && shape.vpn !== null
        ? [
            {
              id: 'vpn-a',
              gateway: 'vgw-a',
              tunnels: shape.vpn.down ? ('down' as const) : ('up' as const),
              ...(shape.vpn.learns ? {} : { routes: ['203.0.113.0/24', '192.0.2.0/24'] }),
            },
          ]
        : [],
    ...directConnectOf(shape),
    opaque: [
      ...(shape.peering === null ? [] : [{ id: 'pcx-peers', vpcs: ['vpc-a', 'vpc-b'] }]),
      ...(shape.opaque === null || (shape.opaque === 'tgw-a' && shape.transit !== null)
        ? []
        : [
            {
              id: shape.opaque,
              vpcs: ['vpc-a'],
              ...(shape.opaque === 'tgw-a' ? { subnets: [pick(subnets, shape.attachment).id] } : {}),
            },
          ]),
    ],
    others: shape.other === null ? [] : [otherOf(shape.other, hosts)],
    block:
      shape.block === null
        ? []
        : [
            {
              id: 'account',
              mode: shape.block.mode,
              exclusions:
                shape.block.exclusion === null
                  ? []
                  : [
                      {
                        resource: pick(['vpc-a', ...subnets.map(({ id }) => id)], shape.block.exclusion.resource),
                        mode: shape.block.exclusion.both ? 'allow-bidirectional' : 'allow-egress',
                      },
                    ],
            },
          ],
  };
  const routed = { ...spec, tables: tablesOf(shape, spec) };
  const both = shape.secondVpc || shape.peering !== null || shape.transit !== null;
  const joined = both ? withSecondVpc(routed, shape) : routed;
  const named = shape.firewalls.some((one) => one.named);
  const inspected =
    shape.policy !== null && (named || (shape.transit !== null && shape.attachedFirewall?.named === true));
  const filtered = inspected ? changed(joined, answersOf(shape.policy!)) : joined;
  const balanced =
    shape.balancing === null ? filtered : changed(filtered, withBalancing(filtered, shape, shape.balancing));
  const remote = shape.clientVpn === null ? balanced : changed(balanced, withClientVpn(balanced, shape.clientVpn));
  if (shape.transit === null) return remote;
  const { wan, vpn } = shape.transit;
  const joinedByHub = changed(remote, withTransit(remote, shape, shape.transit));
  // Direct Connect, and firewalls attached to the gateway, are told of transit gateways alone.
  return wan === null || (vpn !== null && vpn.direct !== null) || shape.attachedFirewall !== null
    ? joinedByHub
    : withCoreNetwork(joinedByHub, 'tgw-1', wan.policy);
}

const otherOf = (other: NonNullable<Shape['other']>, hosts: readonly { readonly id: string }[]): AnswerSpec =>
  typeof other === 'number' ? notebookAnswer('Enabled', pick(hosts, other).id) : latticeAnswer(other);

const everything = (shape: Shape): string[] => (shape.ipv6 ? ['all 0.0.0.0/0', 'all ::/0'] : ['all 0.0.0.0/0']);

const aclRest = (shape: Shape): string[] =>
  shape.ipv6 ? ['1000 allow all 0.0.0.0/0', '1001 allow all ::/0'] : ['1000 allow all 0.0.0.0/0'];

const aclLines = (entries: Shape['acls'][number]['in'], peers: readonly string[]): string[] =>
  entries.map(
    ({ deny, what, peer }, i) => `${100 + 10 * i} ${deny ? 'deny' : 'allow'} ${pick(whats, what)} ${pick(peers, peer)}`,
  );

const blockOf = (ip: string): string => {
  const [address] = ip.split('=');
  return address!.includes('/') ? address! : `${address}/${isIpv6(address!) ? 128 : 32}`;
};

const wordsOfB = ['all 198.51.100.0/24', 'tcp 443 sg-0', 'all sg-0', 'all 10.0.0.0/24'];

/** VPC B with one public host. */
function withSecondVpc(spec: Spec, { peering, transit }: Shape): Spec {
  const words = peering?.groups ?? transit?.referencing ?? null;
  return {
    ...spec,
    vpcs: [...spec.vpcs, { id: 'vpc-b', cidrs: ['10.1.0.0/24'] }],
    subnets: [...spec.subnets, { id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.1.0.0/26'], zone: 'az1' }],
    tables: [
      ...spec.tables,
      {
        id: 'rtb-b',
        vpc: 'vpc-b',
        main: true,
        routes: ['0.0.0.0/0 igw-b', ...(peering?.back === true ? ['10.0.0.0/24 pcx-peers'] : [])],
      },
    ],
    acls: [
      ...spec.acls,
      { id: 'acl-b', vpc: 'vpc-b', default: true, in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] },
    ],
    groups: [
      ...spec.groups,
      {
        id: 'sg-b',
        vpc: 'vpc-b',
        in: [wordsOfB[0]!, ...(words === null ? [] : [pick(wordsOfB, words)])],
        out: [words !== null && words % 3 === 0 ? 'all sg-0' : 'all 0.0.0.0/0'],
      },
    ],
    igws: [...spec.igws, { id: 'igw-b', vpc: 'vpc-b' }],
    interfaces: [
      ...spec.interfaces,
      { id: 'eni-b', subnet: 'subnet-b', ips: ['10.1.0.4=198.51.100.200'], groups: ['sg-b'] },
    ],
  };
}

/** Association and interface of A's VPN gateway, and a VPN gateway of B's with the same, another, or no Direct Connect gateway. */
function directConnectOf({
  opaque,
  direct,
  peering,
  transit,
}: Shape): Pick<Spec, 'directConnect' | 'virtualInterfaces' | 'vgws'> {
  if (opaque !== 'vgw-a' || direct === null) return { directConnect: [], virtualInterfaces: [], vgws: [] };
  const unread = direct.unread ? { unread: true as const } : {};
  const ofA = pick([['vgw-a 10.0.0.0/16 2600:1f18::/32'], ['vgw-a 10.0.0.0/25'], []], direct.allowed);
  const ofB = peering === null && transit === null ? [] : pick([['vgw-b 10.0.0.0/8'], []], direct.b);
  return {
    directConnect: [{ id: 'dxgw-a', to: [...ofA, ...ofB], ...unread }],
    virtualInterfaces: [{ id: 'dxvif-a', to: 'dxgw-a', up: direct.up ? ['ipv4', 'ipv6'] : [] }],
    vgws: peering === null && transit === null ? [] : [{ id: 'vgw-b', vpc: 'vpc-b', ...unread }],
  };
}
