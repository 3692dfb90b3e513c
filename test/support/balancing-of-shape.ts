/** From a shape's indices to a load balancer with its listeners, target groups and targets. */
import { addressIn } from './interfaces-of-shape.ts';
import { pick } from './random.ts';
import type { Shape } from './random-network.ts';
import type { BalancerSpec, Change, Spec, TargetGroupSpec } from './spec.ts';

type Balancing = NonNullable<Shape['balancing']>;

const listens = {
  alb: ['HTTPS 443', 'HTTP 22', 'HTTP 443'],
  nlb: ['TCP 443', 'TCP_UDP 443', 'UDP 53', 'TLS 22'],
  clb: ['TCP 443', 'HTTP 22'],
} as const;

const ports = [443, 22, 53, 8080];

/** `front`, and behind it perhaps the Application Load Balancer `inner`. */
export function withBalancing(spec: Spec, shape: Shape, balancing: Balancing): Change {
  const { type, at, mapped, group, ipv6, crossZone } = balancing;
  const heads = [...new Set(balancing.listeners.map(({ what }) => pick(listens[type], what)))].filter(
    // One listener a port.
    (head, i, all) => all.findIndex((other) => other.split(' ')[1] === head.split(' ')[1]) === i,
  );
  const inner = balancing.inner && type === 'nlb';
  const groups = heads.map((head, i) => groupOf(spec, shape, balancing, head, i));
  const nodes = (offset: number, open: boolean) =>
    [...new Set(at.map((one) => one % shape.subnets.length))].map((subnet, i) => ({
      subnet: `subnet-${subnet}`,
      ips: [
        `${addressIn(subnet, offset)}${open ? `=198.51.100.${160 + i}` : ''}`,
        ...(shape.ipv6 && ipv6 ? [`2600:1f18:a:${subnet + 1}::${offset}`] : []),
      ],
    }));
  const front: BalancerSpec = {
    id: 'front',
    type,
    public: mapped,
    at: nodes(49, mapped),
    groups: group === null && type === 'nlb' ? [] : [`sg-${(group ?? 0) % shape.groups.length}`],
    crossZone: type === 'alb' || crossZone,
    ...(balancing.served === null ? {} : { enforces: balancing.served.enforces }),
    listeners: heads.map((head, i) => lineOf(balancing, head, i, inner)),
    ...(type === 'clb' ? { instances: instancesOf(shape, balancing) } : {}),
  };
  const behind: BalancerSpec = {
    id: 'inner',
    type: 'alb',
    at: nodes(51, false),
    groups: [`sg-${(group ?? 0) % shape.groups.length}`],
    listeners: ['HTTP 443 g0'],
  };
  const proxy: TargetGroupSpec = {
    id: 'proxy',
    vpc: 'vpc-a',
    protocol: 'TCP',
    port: 443,
    type: 'alb',
    targets: ['inner'],
  };
  const { served } = balancing;
  return {
    ...(served === null || type !== 'nlb' ? {} : withService(shape, served)),
    balancers: inner ? [front, behind] : [front],
    targetGroups: type === 'clb' ? [] : [...groups, ...(inner ? [proxy] : [])],
  };
}

const withService = (shape: Shape, { subnet, group }: NonNullable<Balancing['served']>): Change => {
  const at = subnet % shape.subnets.length;
  const groups = [`sg-${group % shape.groups.length}`];
  return {
    services: [{ id: 'vpce-svc-1', balancers: ['front'], connections: ['vpce-own'] }],
    interfaceEndpoints: [
      {
        id: 'vpce-own',
        vpc: 'vpc-a',
        service: 'vpce-svc-1',
        groups,
        at: [{ subnet: `subnet-${at}`, ips: [addressIn(at, 46)] }],
      },
    ],
  };
};

function lineOf({ type, listeners }: Balancing, head: string, i: number, inner: boolean): string {
  if (type === 'clb') return `${head} ${pick(ports, listeners[i]!.to)}`;
  if (inner && head.startsWith('TCP ')) return `${head} proxy`;
  const { from } = listeners[i]!;
  if (type !== 'alb' || from === null) return `${head} g${i}`;
  return `${head} fixed | g${i} from ${pick(['203.0.113.0/24', '10.0.0.0/26', '0.0.0.0/0'], from)}`;
}

/** The hosts whose instance has one interface. */
const instancesOf = (shape: Shape, { targets }: Balancing): readonly string[] => {
  const ids = shape.hosts.flatMap(({ kind }, i) => (kind === 'host' || kind === 'stopped' ? [`i-${i}`] : []));
  return ids.length === 0 ? [] : [...new Set(targets.map(({ of }) => pick(ids, of)))];
};

function groupOf(spec: Spec, shape: Shape, balancing: Balancing, head: string, i: number): TargetGroupSpec {
  const { type, targets, byAddress, keeps, zones } = balancing;
  const protocol = type === 'alb' ? 'HTTP' : head.split(' ')[0]!.replace('TLS', 'TCP');
  const instances = instancesOf(shape, balancing);
  const ip = byAddress || instances.length === 0;
  const addresses = [
    ...spec.interfaces.flatMap(({ ips }) => ips.filter((one) => !one.includes(':') && !one.includes('/')).slice(0, 1)),
    '192.168.3.4',
  ].map((one) => one.split('=')[0]!);
  const switchable = type === 'nlb' && protocol === 'TCP';
  return {
    id: `g${i}`,
    vpc: 'vpc-a',
    protocol,
    port: pick(ports, targets[0]!.port),
    type: ip ? 'ip' : 'instance',
    ...(switchable && keeps !== null ? { preserve: keeps } : {}),
    ...(zones === null || (type === 'alb' && zones) ? {} : { crossZone: zones }),
    targets: [
      ...new Map(
        targets.map(({ of, port, zone, sick }, n) => {
          const id = ip ? pick(addresses, of) : pick(instances, of);
          const own = n === 0 ? '' : `:${pick(ports, port)}`;
          const there = ip && zone !== null ? `@${pick(['az1', 'az2', 'all'], zone)}` : '';
          return [`${id}${own}`, `${id}${own}${there}${sick ? ' unhealthy' : ''}`];
        }),
      ).values(),
    ],
  };
}
