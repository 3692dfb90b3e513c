/** From a shape's indices to hosts, NAT gateways and balancers: each subnet's addresses are dealt out by position. */
import type { Shape } from './random-network.ts';
import type { InterfaceSpec, NatSpec } from './spec.ts';

/** The address at an offset in the subnet: hosts from 4, NAT gateways from 12, the delegated block from 16, endpoints from 40. */
export const addressIn = (subnet: number, offset: number): string => `10.0.0.${64 * subnet + offset}`;

/** A twin stands in the subnet and groups of the host before it, so that nothing but addresses tells them apart. */
export function twinned(hosts: Shape['hosts']): Shape['hosts'] {
  const out: Shape['hosts'] = [];
  for (const host of hosts) {
    const last = out.at(-1);
    const isTwin = host.twin === true && last !== undefined;
    out.push(isTwin ? { ...host, subnet: last.subnet, groups: last.groups, check: last.check, kind: 'host' } : host);
  }
  return out;
}

export function hostsOf(shape: Shape): readonly InterfaceSpec[] {
  return shape.hosts.map((host, i) => {
    const subnet = host.subnet % shape.subnets.length;
    const both = host.second || host.mapped === 'second' || host.mapped === 'both';
    const first = `${addressIn(subnet, 4 + 2 * i)}${host.mapped === 'first' || host.mapped === 'both' ? `=198.51.100.${10 + 2 * i}` : ''}`;
    const second = `${addressIn(subnet, 5 + 2 * i)}${host.mapped === 'second' || host.mapped === 'both' ? `=198.51.100.${11 + 2 * i}` : ''}`;
    const ipv6 = shape.ipv6 && host.ipv6;
    return {
      id: `eni-${i}`,
      subnet: `subnet-${subnet}`,
      ips: [
        first,
        ...(both ? [second] : []),
        ...(delegating(shape, subnet) === i ? [`${addressIn(subnet, 16)}/28`] : []),
        ...(ipv6 ? [`2600:1f18:a:${subnet + 1}::${10 + i}`] : []),
        ...(ipv6 && host.delegated ? [`2600:1f18:a:${subnet + 1}:${i + 1}::/80`] : []),
      ],
      groups: [...new Set(host.groups.map((at) => `sg-${at % shape.groups.length}`))],
      check: host.check,
      ...(host.denyAllIgw && ipv6 ? { denyAllIgw: true } : {}),
      ...(host.kind === 'lambda' ? { type: 'lambda', description: `AWS Lambda VPC ENI-${i}` } : {}),
      ...(host.kind === 'detached' ? { instance: 'none' } : {}),
      ...(host.kind === 'shared' ? { instance: 'i-shared' } : {}),
    };
  });
}

/** The one host of the subnet that has its delegated block. */
const delegating = (shape: Shape, subnet: number): number =>
  shape.hosts.findIndex((host) => host.delegated && host.subnet % shape.subnets.length === subnet);

export function natsOf(shape: Shape): readonly NatSpec[] {
  return shape.nats.map(({ subnet, kind, second }, i) => {
    const id = `nat-${i}`;
    if (kind === 'regional')
      return {
        id,
        vpc: 'vpc-a',
        ips: [`198.51.100.${100 + 2 * i}@az1`, `198.51.100.${101 + 2 * i}@az2`],
        table: `rtb-nat${i}`,
      };
    const at = subnet % shape.subnets.length;
    const ip = (n: number): string =>
      `${addressIn(at, 12 + 2 * i + n)}${kind !== 'private' ? `=198.51.100.${100 + 2 * i + n}` : ''}`;
    return {
      id,
      subnet: `subnet-${at}`,
      ips: second ? [ip(0), ip(1)] : [ip(0)],
      private: kind === 'private',
      ...(kind === 'pending' ? { state: 'pending' } : {}),
    };
  });
}

/** The node of a Network Load Balancer. */
export const balancersOf = ({ balancer, subnets, groups }: Shape): readonly InterfaceSpec[] =>
  balancer === null
    ? []
    : [
        {
          id: 'eni-lb',
          subnet: `subnet-${balancer.subnet % subnets.length}`,
          ips: [`${addressIn(balancer.subnet % subnets.length, 48)}${balancer.mapped ? '=198.51.100.150' : ''}`],
          groups: balancer.group === null ? [] : [`sg-${balancer.group % groups.length}`],
          type: 'network_load_balancer',
          description: 'ELB net/nlb/0123456789abcdef',
        },
      ];
