/**
 * Networks in which a flow comes to the same things again and again: balancers that send to each other and to themselves,
 * by a NAT gateway or a translating guest. Ports, sources and ways differ from crossing to crossing.
 */
import * as fc from 'fast-check';
import { pick } from './random.ts';
import type { AclSpec, BalancerSpec, Change, GroupSpec, Spec, TargetGroupSpec } from './spec.ts';
import { world } from './world.ts';

const index = fc.nat({ max: 63 });
const halves = fc.boolean();
const rarely = fc.nat({ max: 3 }).map((n) => n === 3);

const names = ['a', 'b', 'c'] as const;

/** The balancers' only nodes, each in a subnet of its own. */
export const nodes = ['10.0.20.20', '10.0.21.20', '10.0.22.20'] as const;
const client = '10.0.2.10';
const translator = '10.0.7.5';

/** Client ports below and above what separates the ranges that subnets answer to. */
export const ports = [5000, 40000] as const;
const answered = ['1024-9999', '20000-65535', '1024-65535', '1024-65535'];

const balancer = fc.record({
  network: halves,
  /** Of the groups behind its two listeners. */
  keeps: halves,
  targets: fc.tuple(...[0, 1].map(() => fc.array(index, { minLength: 1, maxLength: 2 }))),
  /** Clients that a listener of an Application Load Balancer forwards for. */
  from: fc.tuple(rarely, index),
  admits: fc.array(index, { maxLength: 2 }),
  answers: index,
  /** What leaves its subnet goes by the translator. */
  translated: halves,
});

const shape = fc.record({
  balancers: fc.tuple(balancer, balancer, balancer),
  web: fc.record({ admits: index, answers: index }),
  client: fc.record({ translated: halves, to: index, anywhere: rarely }),
  guest: halves,
});

type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

/** From I2, by whatever ways, to I1. */
export const nestedNetwork: fc.Arbitrary<Spec> = shape.map(specOf);

const clients = [client, translator, ...nodes];
const targets = [...nodes.flatMap((node) => [`${node}:80`, `${node}:81`]), '10.0.1.10:80', '10.0.1.10:81'];

const acl = (subnet: string, at: number): AclSpec => ({
  id: `acl-${subnet}`,
  vpc: 'vpc-a',
  in: ['100 allow all 0.0.0.0/0'],
  out: ['90 allow tcp 80-81 0.0.0.0/0', `100 allow tcp ${pick(answered, at)} 0.0.0.0/0`],
});

function specOf({ balancers, web, client: asks, guest }: Shape): Spec {
  const way = guest ? 'eni-g' : 'nat-n';
  const by = (translated: boolean): readonly string[] =>
    translated ? ['10.0.1.0/24', '10.0.20.0/24', '10.0.21.0/24', '10.0.22.0/24'].map((to) => `${to} ${way}`) : [];
  const all = names.map((name, i) => ({ name, i, ...balancers[i]! }));
  const group = (id: string, rules: readonly string[], out = ['all 0.0.0.0/0']): GroupSpec => ({
    id,
    vpc: 'vpc-a',
    in: rules,
    out,
  });
  const change: Change = {
    subnets: [
      ...all.map(({ name, i }) => ({
        id: `subnet-${name}`,
        vpc: 'vpc-a',
        cidrs: [`10.0.${20 + i}.0/24`],
        zone: 'az1',
        table: `rtb-${name}`,
        acl: `acl-subnet-${name}`,
      })),
      { id: 'subnet-n', vpc: 'vpc-a', cidrs: ['10.0.7.0/24'], zone: 'az1', table: 'rtb-n' },
      { id: 'subnet-s1', acl: 'acl-subnet-s1' },
    ],
    tables: [
      ...all.map(({ name, translated }) => ({ id: `rtb-${name}`, vpc: 'vpc-a', routes: by(translated) })),
      { id: 'rtb-n', vpc: 'vpc-a', routes: [] },
      { id: 'rtb-s2', routes: by(asks.translated) },
    ],
    acls: [...all.map(({ name, answers }) => acl(`subnet-${name}`, answers)), acl('subnet-s1', web.answers)],
    groups: [
      ...all.map(({ name, admits }) =>
        group(
          `sg-${name}`,
          admits.length < 2 ? ['all 0.0.0.0/0'] : admits.map((at) => `${portOf(at)} ${pick(clients, at)}/32`),
        ),
      ),
      group('sg-web', [`tcp 80-81 ${pick([...clients, '0.0.0.0'], web.admits)}/${web.admits % 6 === 5 ? 0 : 32}`]),
      group('sg-i2', [], asks.anywhere ? ['tcp 80-81 0.0.0.0/0'] : [`${portOf(asks.to)} ${pick(nodes, asks.to)}/32`]),
    ],
    interfaces: [
      { id: 'eni-i1', groups: ['sg-web'] },
      { id: 'eni-i2', groups: ['sg-i2'] },
      ...(guest ? [{ id: 'eni-g', subnet: 'subnet-n', ips: [translator], groups: ['sg-open'], check: false }] : []),
    ],
    nats: guest ? [] : [{ id: 'nat-n', subnet: 'subnet-n', ips: [translator], private: true }],
    balancers: all.map(({ name, i, network, from }): BalancerSpec => {
      const [told, whom] = from;
      const rule = (id: string): string => (told ? `fixed | ${id} from ${pick(clients, whom)}/32` : id);
      const line = (port: number, id: string): string =>
        network ? `TCP ${port} ${id}` : `HTTP ${port} ${port === 80 ? rule(id) : id}`;
      return {
        id: name,
        type: network ? 'nlb' : 'alb',
        at: [{ subnet: `subnet-${name}`, ips: [nodes[i]!] }],
        groups: [`sg-${name}`],
        listeners: [line(80, `${name}0`), line(81, `${name}1`)],
      };
    }),
    targetGroups: all.flatMap(({ name, network, keeps, targets: each }) =>
      each.map((these, i): TargetGroupSpec => ({
        id: `${name}${i}`,
        vpc: 'vpc-a',
        protocol: network ? 'TCP' : 'HTTP',
        port: 80,
        type: 'ip',
        ...(network ? { preserve: keeps } : {}),
        crossZone: true,
        targets: [...new Set(these.map((at) => pick(targets, at)))],
      })),
    ),
  };
  return world(change);
}

const portOf = (at: number): string => (at % 3 === 0 ? 'tcp 80' : at % 3 === 1 ? 'tcp 81' : 'tcp 80-81');
