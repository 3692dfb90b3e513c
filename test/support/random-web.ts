/**
 * Random networks with ways in past AWS WAF and ways through it: load balancers of every type, some behind others, and
 * web ACLs in front of some of the Application Load Balancers.
 */
import * as fc from 'fast-check';
import type { Document } from './aws.ts';
import { balancerNamed } from './aws-load-balancer.ts';
import { addressIn } from './interfaces-of-shape.ts';
import { specOf } from './network-of-shape.ts';
import { pick } from './random.ts';
import { halves, index, mostly, once, plainly, rarely, type Shape, shapes } from './random-network.ts';
import { type BalancerSpec, type Change, changed, type Spec, type TargetGroupSpec, type WebAclSpec } from './spec.ts';

const door = fc.record({
  type: fc.constantFrom('alb' as const, 'alb' as const, 'nlb' as const, 'clb' as const),
  at: fc.array(index, { minLength: 1, maxLength: 2 }),
  /** It stands in VPC B, where there is one. */
  there: rarely,
  group: once(3, index),
  mapped: mostly,
  ipv6: halves,
  crossZone: mostly,
  listeners: fc.array(fc.record({ what: index, fixed: rarely }), { minLength: 1, maxLength: 2 }),
  byAddress: halves,
  keeps: fc.option(fc.boolean()),
  targets: fc.array(index, { minLength: 1, maxLength: 2 }),
  /** The door that it leads to in place of hosts. */
  inner: once(3, index),
  /** Nobody read its listeners. */
  unread: fc.nat({ max: 11 }).map((n) => n === 11),
  acl: index,
});

const webShape = fc.record({
  doors: fc.array(door, { minLength: 1, maxLength: 3 }),
  /** An endpoint of a service before the first Network Load Balancer of VPC A. */
  served: once(3, index),
  /** An AWS service's interface that brings in flows of its own. */
  accelerator: once(8, index),
  /** Web ACLs of which nobody asked what they are associated with. */
  silent: fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })),
  /** What they are associated with was asked for balancer by balancer. */
  byBalancer: rarely,
  /** Nothing but balancers filters or leads aside; and hosts that have no public address of their own, bit by bit. */
  quiet: mostly,
  hidden: index,
});

type WebShape = typeof webShape extends fc.Arbitrary<infer T> ? T : never;
type Door = WebShape['doors'][number];

export interface WebNetwork {
  readonly spec: Spec;
  readonly byBalancer: boolean;
}

export const webNetwork: fc.Arbitrary<WebNetwork> = fc.tuple(shapes, webShape).map(([base, own]) => {
  const hosts = base.hosts.map((one, i): typeof one => ({
    ...one,
    ...(i === 0 ? { kind: 'host' } : {}),
    ...((own.hidden >> i) % 4 === 0 ? {} : { mapped: 'none' }),
  }));
  const shape = { ...plainly({ ...base, hosts, ...(own.quiet ? quietly(base) : {}) }), peering: base.peering };
  const spec = specOf(shape);
  return { spec: changed(spec, withDoors(spec, shape, own)), byBalancer: own.byBalancer };
});

/** The same network where groups are open, and neither network ACLs nor firewalls nor Block Public Access are there. */
const quietly = ({ groups, tables }: Shape): Partial<Shape> => ({
  acls: [],
  firewalls: [],
  edge: null,
  block: null,
  groups: groups.map((one, i) => (i === 0 ? { ...one, openIn: true, openOut: true } : one)),
  tables: tables.map((one) => ({ ...one, default4: 0, specific: [], local: null })),
});

export const aclNames = ['waf-0', 'waf-1'] as const;

const listens = {
  alb: ['HTTPS 443', 'HTTP 22', 'HTTP 8080'],
  nlb: ['TCP 443', 'TCP_UDP 443', 'UDP 53', 'TLS 22'],
  clb: ['TCP 443', 'HTTP 22'],
} as const;

const ports = [443, 22, 53, 8080];
const nameOf = (i: number): string => `door-${i}`;

function withDoors(spec: Spec, shape: Shape, own: WebShape): Change {
  const peered = spec.subnets.some(({ id }) => id === 'subnet-b');
  const vpcs = own.doors.map(({ there }) => (there && peered ? 'vpc-b' : 'vpc-a'));
  const nodes = own.doors.map((one, i) => nodesOf(shape, one, i, vpcs[i]!));
  const heads = own.doors.map(({ type, listeners }) =>
    [...new Set(listeners.map(({ what }) => pick(listens[type], what)))].filter(
      // One listener a port.
      (head, i, all) => all.findIndex((other) => other.split(' ')[1] === head.split(' ')[1]) === i,
    ),
  );
  const hosts = spec.interfaces.filter(({ subnet, type }) => subnet !== 'subnet-b' && type === undefined);
  const instances = hosts.filter(({ instance }) => instance === undefined).map(({ id }) => id.replace('eni-', 'i-'));
  const served =
    own.served === null ? undefined : own.doors.findIndex(({ type }, i) => type === 'nlb' && vpcs[i] === 'vpc-a');
  const endpoint = served === undefined || served < 0 ? undefined : addressIn(own.served! % shape.subnets.length, 46);
  const inA = [...hosts.flatMap(({ ips }) => plain(ips)), ...(endpoint === undefined ? [] : [endpoint])];
  const groups: TargetGroupSpec[] = [];

  const lineOf = (i: number, head: string, n: number): string => {
    const { type, inner, targets, byAddress, keeps, listeners } = own.doors[i]!;
    if (type === 'clb') return `${head} ${pick(ports, targets[0]!)}`;
    if (type === 'alb' && listeners[n]!.fixed) return `${head} fixed`;
    const [protocol] = head.split(' ') as [string];
    const to =
      inner === null || own.doors.length === 1
        ? undefined
        : (i + 1 + (inner % (own.doors.length - 1))) % own.doors.length;
    const id = `g${i}${n}`;
    const shared = {
      id,
      vpc: vpcs[i]!,
      protocol: type === 'alb' ? 'HTTP' : protocol.replace('TLS', 'TCP'),
      ...(type === 'nlb' && protocol === 'TCP' && keeps !== null ? { preserve: keeps } : {}),
    };
    const port = to === undefined ? pick(ports, targets[0]!) : Number(heads[to]![0]!.split(' ')[1]);
    const isBehind = to !== undefined && own.doors[to]!.type === 'alb' && protocol === 'TCP' && vpcs[to] === vpcs[i];
    const direct = to === undefined && !byAddress && instances.length > 0 && vpcs[i] === 'vpc-a';
    const from = to === undefined ? inA : nodes[to]!.flatMap(({ ips }) => plain(ips));
    groups.push(
      isBehind
        ? { id, vpc: vpcs[i]!, protocol: 'TCP', port, type: 'alb', targets: [nameOf(to)] }
        : {
            ...shared,
            port,
            type: direct ? 'instance' : 'ip',
            targets: [...new Set(targets.map((at) => pick(direct ? instances : from, at)))],
          },
    );
    return `${head} ${id}`;
  };

  const balancers = own.doors.map((one, i): BalancerSpec => {
    const { type, mapped, group, crossZone, unread } = one;
    const open = vpcs[i] === 'vpc-b' ? 'sg-webb' : 'sg-weba';
    const lines = heads[i]!.map((head, n) => lineOf(i, head, n));
    const own6 = nodes[i]!.some(({ ips }) => ips.some((ip) => ip.includes(':')));
    return {
      id: nameOf(i),
      type,
      public: mapped,
      at: nodes[i]!,
      groups: [group === null || vpcs[i] === 'vpc-b' ? open : `sg-${group % shape.groups.length}`],
      crossZone: type === 'alb' || crossZone,
      ...(own6 ? { dualstack: true } : {}),
      ...(type === 'clb' ? { instances: instances.length === 0 ? [] : [pick(instances, one.targets[0]!)] } : {}),
      ...(unread && type !== 'clb' ? {} : { listeners: lines }),
    };
  });
  return {
    groups: [openGroup('sg-weba', 'vpc-a', shape.ipv6), ...(peered ? [openGroup('sg-webb', 'vpc-b', false)] : [])],
    balancers,
    targetGroups: groups,
    webAcls: aclNames.map((id, i) => aclOf(own, id, i)),
    ...(endpoint === undefined ? {} : withService(own.served! % shape.subnets.length, endpoint, nameOf(served!))),
    ...(own.accelerator === null ? {} : { interfaces: [acceleratorIn(own.accelerator % shape.subnets.length)] }),
  };
}

/** IPv4 addresses as they are inside. */
const plain = (ips: readonly string[]): readonly string[] =>
  ips.filter((one) => !one.includes(':') && !one.includes('/')).map((one) => one.split('=')[0]!);

const nodesOf = ({ subnets, ipv6 }: Shape, { at, mapped, ipv6: dual }: Door, i: number, vpc: string) =>
  vpc === 'vpc-b'
    ? [{ subnet: 'subnet-b', ips: [`10.1.0.${20 + i}${mapped ? `=198.51.100.${180 + i}` : ''}`] }]
    : [...new Set(at.map((one) => one % subnets.length))].map((subnet, n) => ({
        subnet: `subnet-${subnet}`,
        ips: [
          `${addressIn(subnet, 55 + i)}${mapped ? `=198.51.100.${160 + 2 * i + n}` : ''}`,
          ...(ipv6 && dual ? [`2600:1f18:a:${subnet + 1}::${55 + i}`] : []),
        ],
      }));

function openGroup(id: string, vpc: string, ipv6: boolean) {
  const words = ipv6 ? ['all 0.0.0.0/0', 'all ::/0'] : ['all 0.0.0.0/0'];
  return { id, vpc, in: words, out: words };
}

/** Every second door of that parity, or none, is behind the web ACL; a balancer has one at most. */
function aclOf({ doors, silent }: WebShape, id: string, i: number): WebAclSpec {
  const balancers = doors.flatMap(({ type, acl }, n) => (type === 'alb' && acl % 3 === i ? [nameOf(n)] : []));
  return { id, ...(silent[i] === 9 ? {} : { balancers }) };
}

const withService = (subnet: number, ip: string, balancer: string): Change => ({
  services: [{ id: 'vpce-svc-1', balancers: [balancer], connections: ['vpce-own'] }],
  interfaceEndpoints: [
    {
      id: 'vpce-own',
      vpc: 'vpc-a',
      service: 'vpce-svc-1',
      groups: ['sg-weba'],
      at: [{ subnet: `subnet-${subnet}`, ips: [ip] }],
    },
  ],
});

const acceleratorIn = (subnet: number) => ({
  id: 'eni-ga',
  subnet: `subnet-${subnet}`,
  ips: [addressIn(subnet, 53)],
  groups: ['sg-weba'],
  type: 'global_accelerator_managed',
  description: 'GlobalAccelerator-1',
  instance: 'service',
});

const associations = 'list-resources-for-web-acl';

/** What each web ACL is associated with, asked balancer by balancer. */
export const askedByBalancer = (spec: Spec, all: readonly Document[]): readonly Document[] => [
  ...all.filter(({ file }) => !file.startsWith(associations)),
  ...spec.webAcls.flatMap(({ id, balancers = [] }) =>
    balancers.map((name) => ({
      file: `get-web-acl-for-resource.${balancerNamed(spec, name).split(':').at(-1)!.replaceAll('/', '-')}.json`,
      json: all.find(({ file }) => file.startsWith('get-web-acl.') && file.includes(id))!.json,
    })),
  ),
];
