/** From a shape's indices to a Client VPN endpoint in VPC A. */
import { pick } from './random.ts';
import type { Shape } from './random-network.ts';
import type { Change, Spec } from './spec.ts';

/** Blocks of its routes and rules. */
const destinations = ['0.0.0.0/0', '10.0.0.0/24', '10.0.0.64/26', '10.1.0.0/24', '203.0.113.0/24', '::/0'];

export function withClientVpn(spec: Spec, shape: NonNullable<Shape['clientVpn']>): Change {
  const ofA = spec.subnets.filter(({ vpc }) => vpc === 'vpc-a');
  const subnets = [...new Set(shape.subnets.map((at) => pick(ofA, at).id))];
  const group = pick(
    spec.groups.filter(({ vpc }) => vpc === 'vpc-a'),
    shape.group,
  ).id;
  const once = (lines: readonly string[]): readonly string[] => [
    ...new Map(lines.map((line) => [line.split(' ').slice(0, 2).join(' '), line])).values(),
  ];
  const id = 'cvpn-endpoint-1';
  return {
    clientVpns: [
      {
        id,
        at: subnets,
        ...(shape.unread === true
          ? {}
          : {
              routes: once(
                shape.routes.map(
                  ({ to, by, loose }) =>
                    `${pick(destinations, to)} ${pick([...subnets, 'local'], by)}${loose ? ' creating' : ''}`,
                ),
              ),
            }),
        ...(shape.unread === false
          ? {}
          : { rules: once(shape.rules.map(({ to, loose }) => `${pick(destinations, to)}${loose ? ' group' : ''}`)) }),
        groups: [group],
        ips: Object.fromEntries(
          subnets.map((subnet) => {
            const index = ofA.findIndex((one) => one.id === subnet);
            const block = ofA[index]!.cidrs[0]!.replace(/(\d+)\/\d+$/, (_, last: string) => `${Number(last) + 52}`);
            return [subnet, block];
          }),
        ),
        families: shape.dual ? 'dual-stack' : 'ipv4',
      },
      // Another endpoint in the same subnets, so that nobody can tell the interfaces of the two apart.
      ...(shape.untold
        ? [{ id: 'cvpn-endpoint-2', at: subnets, routes: [], rules: [], groups: [group], ips: {} }]
        : []),
    ],
  };
}
