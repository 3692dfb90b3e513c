/**
 * Random pairs of networks: a consumer's VPC with an endpoint, and a provider's in another account or Region, with the load
 * balancers of the service behind it, a shared resource, or a service network; an answer of one of them may be missing.
 */
import * as fc from 'fast-check';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { documents, type Document } from './aws.ts';
import { lattice } from './aws-lattice.ts';
import { here, type Home, inAccount } from './in-account.ts';
import { addressIn } from './interfaces-of-shape.ts';
import { specOf } from './network-of-shape.ts';
import { pick } from './random.ts';
import { halves, index, mostly, once, plainly, rarely, type Shape, shapes } from './random-network.ts';
import { type BalancerSpec, type Change, changed, emptySpec, type Spec } from './spec.ts';

const pairShape = fc.record({
  /** What stands behind the endpoint. */
  behind: fc.constantFrom(
    'service' as const,
    'service' as const,
    'service' as const,
    'resource' as const,
    'sn' as const,
  ),
  sameAccount: rarely,
  abroad: halves,
  /** Both VPCs have the same blocks. */
  overlap: halves,
  endpoint: fc.record({
    at: fc.array(index, { minLength: 1, maxLength: 2 }),
    open: mostly,
    group: index,
    ipv6: halves,
  }),
  policy: halves,
  /** As both owners are shown it; the provider's word may be another's, or not be asked for. */
  connection: fc.record({ state: index, asked: mostly, stranger: rarely }),
  service: fc.record({ state: rarely, regions: halves, acceptance: halves, ipv6: halves }),
  balancers: fc.array(
    fc.record({
      at: index,
      groups: once(2, index),
      enforces: halves,
      crossZone: halves,
      listeners: index,
      dual: halves,
    }),
    { minLength: 1, maxLength: 2 },
  ),
  targets: fc.record({
    type: fc.constantFrom('instance' as const, 'ip' as const),
    all: fc.array(fc.record({ of: index, zone: once(3, index), sick: rarely }), { minLength: 1, maxLength: 2 }),
    preserve: fc.option(fc.boolean()),
    unread: rarely,
  }),
  groups: fc.record({ target: index, balancer: index, out: index }),
  deny: once(4, index),
  resource: fc.record({ ports: index, at: index, name: rarely }),
  /** A peering connection of the consumer's with a VPC that is not in the input. */
  peer: once(5, index),
  /** What answer is missing, and whose. */
  missing: once(3, fc.record({ provider: halves, at: fc.nat({ max: 400 }) })),
});

type PairShape = typeof pairShape extends fc.Arbitrary<infer T> ? T : never;

const provider = '444455556666';

/** Some other consumer's. */
const stranger = '999988887777';

/** In the words of the provider's answers, whose endpoint it is. */
const consumerWord = '000000000001';

export const privateLinkPair: fc.Arbitrary<readonly Document[]> = fc
  .tuple(shapes, pairShape)
  .map(([base, own]) => documentsOf(base, own));

function documentsOf(base: Shape, drawn: PairShape): readonly Document[] {
  // A resource is shared within its Region.
  const own = { ...drawn, abroad: drawn.abroad && drawn.behind === 'service' };
  const home: Home = {
    account: own.sameAccount ? here.account : provider,
    region: own.abroad ? 'eu-west-1' : here.region,
  };
  const consumers = inAccount(documents(consumerOf(plainly(base), own)), here).map((one) => withService(one, home));
  const accounts = new Map([[consumerWord, here]]);
  const providers = inAccount(documents(providerOf(own)), home, accounts).map((one) => ofEndpointsIn(one, here));
  const all = own.sameAccount && !own.abroad ? merged(consumers, providers) : [...consumers, ...providers];
  return without(all, own, home);
}

/** The endpoint names the service as its Region does. */
const withService = ({ file, json }: Document, { region }: Home): Document => ({
  file,
  json: JSON.parse(
    JSON.stringify(json).replaceAll(`com.amazonaws.vpce.${here.region}.`, `com.amazonaws.vpce.${region}.`),
  ) as unknown,
});

/** The endpoints that the provider is shown are in the consumer's Region. */
const ofEndpointsIn = ({ file, json }: Document, { region }: Home): Document => ({
  file,
  json: JSON.parse(
    JSON.stringify(json).replaceAll(/"VpcEndpointRegion":"[^"]*"/g, `"VpcEndpointRegion":"${region}"`),
  ) as unknown,
});

/** Two answers of one account to one call are two pages of it. */
const merged = (one: readonly Document[], other: readonly Document[]): readonly Document[] => [
  ...one,
  ...other.map(({ file, json }) => ({ file: file.replace(/\.json$/, '.page-2.json'), json })),
];

/** Whatever else could not be told without it. */
const kept = /describe-(?:vpcs|subnets|vpc-attribute|instances|network-interfaces)|options/;

function without(
  all: readonly Document[],
  { missing, behind }: PairShape,
  { account, region }: Home,
): readonly Document[] {
  if (missing === null) return all;
  const side = missing.provider ? `${account}/${region}/` : `${here.account}/${here.region}/`;
  const some = all.filter(({ file }) => file.startsWith(side) && !kept.test(file));
  const aimed = some.filter(({ file }) => wanted[behind].test(file));
  const gone = pick(missing.at % 3 === 0 || aimed.length === 0 ? some : aimed, missing.at >> 2);
  const left = all.filter((one) => one !== gone);
  return networkFromDocuments(left).ok ? left : all;
}

/** What tells of the way from the endpoint. */
const wanted = {
  service: /endpoint|elbv2|listeners|target|security-groups|network-acls/,
  resource: /endpoint|vpc-lattice|security-groups/,
  sn: /endpoint|vpc-lattice|security-groups/,
} as const;

function consumerOf(shape: Shape, own: PairShape): Spec {
  const plain: Shape = { ...shape, secondVpc: false, firewalls: [] };
  const spec = specOf(plain);
  const { at, open, group, ipv6 } = own.endpoint;
  const subnets = [...new Set(at.map((one) => one % plain.subnets.length))];
  const groups = open ? ['sg-endpoint'] : [`sg-${group % plain.groups.length}`];
  const both = plain.ipv6 && ipv6;
  const way = {
    service: {},
    resource: { type: 'Resource', leads: 'rcfg-1' },
    sn: { type: 'ServiceNetwork', leads: 'sn-1' },
  } as const;
  return changed(spec, {
    groups: [
      { id: 'sg-endpoint', vpc: 'vpc-a', in: ['all 0.0.0.0/0', 'all ::/0'], out: [] },
      // What else stops hosts from asking is what other contests are about.
      ...(open ? spec.groups.map(({ id, out }) => ({ id, out: [...out, 'all 10.0.0.0/8'] })) : []),
    ],
    interfaceEndpoints: [
      {
        id: 'vpce-pl',
        vpc: 'vpc-a',
        service: own.behind === 'service' ? 'vpce-svc-1' : '',
        ...way[own.behind],
        at: subnets.map((n) => ({
          subnet: `subnet-${n}`,
          ips: [addressIn(n, 46), ...(both ? [`2600:1f18:a:${n + 1}::46`] : [])],
        })),
        groups,
        ...(own.behind === 'service' ? { state: connectionOf(own).consumer } : {}),
        ...(own.policy ? { policy: '{"Statement":[]}' } : {}),
      },
    ],
    ...(own.peer === null
      ? {}
      : {
          opaque: [{ id: 'pcx-x', vpcs: ['vpc-a', 'vpc-x'] }],
          tables: [
            {
              id: leadsOut(spec, own.peer).id,
              routes: [...leadsOut(spec, own.peer).routes, '10.9.0.0/24 pcx-x'],
            },
          ],
        }),
  });
}

/** A gateway's own table leads nowhere but into the VPC. */
const leadsOut = ({ tables }: Spec, at: number) =>
  pick(
    tables.filter(({ edge }) => edge === undefined),
    at,
  );

const connections = [
  ['available', 'available'],
  ['available', 'available'],
  ['available', 'available'],
  ['available', 'pending'],
  ['pendingAcceptance', 'pendingAcceptance'],
  ['rejected', 'rejected'],
  ['pending', 'available'],
  ['available', 'available'],
] as const;

function connectionOf({ connection: { state } }: PairShape) {
  const [consumer, shown] = pick(connections, state);
  return { consumer, shown };
}

const listening = [
  ['TCP 443 app'],
  ['TCP 443 app', 'UDP 53 names'],
  ['TCP_UDP 53 names', 'TCP 443 app'],
  ['TLS 443 app'],
  ['TCP 80 app'],
  undefined,
] as const;

const ofTargets = (base: string) => [
  'tcp 8080 0.0.0.0/0',
  'all sg-n',
  `tcp 8080 ${base}.20/32`,
  `all ${base}.0/24`,
  'udp 53 0.0.0.0/0',
  'tcp 8080 10.0.0.0/26',
];

const ofBalancers = ['all 0.0.0.0/0', 'tcp 443 10.0.0.0/24', 'tcp 443 10.0.0.0/26', 'tcp 443 sg-t', 'udp 53 0.0.0.0/0'];

function providerOf(own: PairShape): Spec {
  const base = own.overlap ? '10.0.0' : '10.8.0';
  const all = ['0.0.0.0/0', '::/0'];
  const { target, balancer, out } = own.groups;
  const v6 = ['2600:1f18:b:1::', '2600:1f18:b:2::'];
  const open = ['1000 allow all 0.0.0.0/0', '1001 allow all ::/0'];
  const denied =
    own.deny === null
      ? []
      : [
          `100 deny ${pick(['tcp 8080', 'tcp 443', 'all', 'tcp 1024-65535'], own.deny)} ${pick([`${base}.0/26`, `${base}.64/26`, '10.0.0.0/24'], own.deny >> 2)}`,
        ];
  const spec: Spec = {
    ...emptySpec,
    vpcs: [{ id: 'vpc-p', cidrs: [`${base}.0/24`, '2600:1f18:b::/56'] }],
    subnets: [0, 1].map((n) => ({
      id: `subnet-p${n}`,
      vpc: 'vpc-p',
      cidrs: [`${base}.${64 * n}/26`, `${v6[n]}/64`],
      zone: `az${n + 1}`,
      ...(n === 1 && own.deny !== null ? { acl: 'acl-p1' } : {}),
    })),
    tables: [{ id: 'rtb-p', vpc: 'vpc-p', main: true, routes: [] }],
    acls: [
      { id: 'acl-p', vpc: 'vpc-p', default: true, in: open, out: open },
      {
        id: 'acl-p1',
        vpc: 'vpc-p',
        in: [...denied, ...open],
        out: (own.deny ?? 0) % 2 === 0 ? open : [...denied, ...open],
      },
    ],
    groups: [
      {
        id: 'sg-t',
        vpc: 'vpc-p',
        in: [pick(ofTargets(base), target), pick(ofTargets(base), target >> 3)],
        out: all.map((one) => `all ${one}`),
      },
      {
        id: 'sg-n',
        vpc: 'vpc-p',
        in: [pick(ofBalancers, balancer)],
        out: [pick(['all 0.0.0.0/0', `tcp 8080 ${base}.0/24`, 'all sg-t', 'tcp 8080 sg-t', 'udp 53 0.0.0.0/0'], out)],
      },
    ],
    interfaces: [0, 1].map((n) => ({
      id: `eni-p${n}`,
      subnet: `subnet-p${n}`,
      ips: [`${base}.${64 * n + 4}`, `${v6[n]}4`],
      groups: ['sg-t'],
    })),
  };
  return changed(spec, own.behind === 'service' ? served(own, base, v6) : shared(own, base));
}

function served(own: PairShape, base: string, v6: readonly string[]): Change {
  const { type, all, preserve, unread } = own.targets;
  const targetsOn = (port: string) =>
    unread
      ? {}
      : {
          targets: [
            ...new Map(
              all.map(({ of, zone, sick }) => {
                const id = type === 'instance' ? `i-p${of % 2}` : `${base}.${64 * (of % 2) + 4}`;
                const where = type === 'ip' && zone !== null ? `@${pick(['az1', 'az2', 'all'], zone)}` : '';
                return [id, `${id}${port}${where}${sick ? ' unhealthy' : ''}`];
              }),
            ).values(),
          ],
        };
  const balancers = own.balancers.map((one, i): BalancerSpec => {
    const at = pick([[0], [1], [0, 1]], one.at);
    const listeners = pick(listening, one.listeners);
    return {
      id: `front${i}`,
      type: 'nlb',
      at: at.map((n) => ({
        subnet: `subnet-p${n}`,
        ips: [`${base}.${64 * n + 20 + i}`, ...(one.dual ? [`${v6[n]}2${i}`] : [])],
      })),
      groups: one.groups === null ? [] : ['sg-n'],
      enforces: one.enforces,
      crossZone: one.crossZone,
      dualstack: one.dual,
      ...(listeners === undefined ? {} : { listeners }),
    };
  });
  const { asked, stranger: other } = own.connection;
  return {
    balancers,
    targetGroups: [
      {
        id: 'app',
        vpc: 'vpc-p',
        protocol: 'TCP',
        port: 8080,
        type,
        ...(preserve === null ? {} : { preserve }),
        ...targetsOn(''),
      },
      { id: 'names', vpc: 'vpc-p', protocol: 'TCP_UDP', port: 53, type, ...targetsOn('') },
    ],
    services: [
      {
        id: 'vpce-svc-1',
        balancers: balancers.map(({ id }) => id),
        families: own.service.ipv6 ? ['ipv4', 'ipv6'] : ['ipv4'],
        acceptance: own.service.acceptance,
        ...(own.service.regions ? { regions: ['us-west-2'] } : {}),
        ...(own.service.state ? { state: 'Pending' } : {}),
        ...(asked
          ? {
              connections: [
                `vpce-pl@${consumerWord} ${connectionOf(own).shown}`,
                ...(other ? [`vpce-9@${stranger}`] : []),
              ],
            }
          : {}),
      },
    ],
  };
}

function shared({ behind, resource: { ports, at, name } }: PairShape, base: string): Change {
  const address = name ? 'db.example.com' : pick([`${base}.4`, `${base}.68`], at);
  return {
    ...lattice({
      ...(behind === 'sn' ? { networks: [{ id: 'sn-1', resources: ['rcfg-1'], services: ['svc-1'] }] } : {}),
      ...(behind === 'sn' ? { services: [{ id: 'svc-1', listeners: ['HTTPS 443 tg-1'] }] } : {}),
      groups: [{ id: 'tg-1', vpc: 'vpc-p', port: 8080, targets: ['i-p0'] }],
      gateways: [{ id: 'rgw-p', vpc: 'vpc-p' }],
      resources: [
        { id: 'rcfg-1', gateway: 'rgw-p', ports: pick([['8080'], ['443-8080'], ['53']], ports), at: address },
      ],
    }),
    interfaces: [0, ...(at % 4 > 1 ? [1] : [])].map((n) => ({
      id: `eni-rgw${n}`,
      subnet: `subnet-p${n}`,
      ips: [`${base}.${64 * n + 20}`],
      groups: ['sg-n'],
      description: 'Resource Gateway Interface rgw-p',
      instance: 'service',
    })),
  };
}
