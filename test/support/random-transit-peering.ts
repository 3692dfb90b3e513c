/** Random networks of two transit gateways that are peered: VPC A at the one, VPC B at the other, and what is not modelled. */
import * as fc from 'fast-check';
import { specOf } from './network-of-shape.ts';
import { pick } from './random.ts';
import { halves, index, mostly, once, plainly, rarely, shapes } from './random-network.ts';
import { type AttachmentSpec, type Change, changed, type Spec } from './spec.ts';

const route = fc.record({ to: index, by: index, blackhole: rarely });

const peeringShape = fc.record({
  /** Of the first gateway's side and the second's; the latter may be there in another state, or not at all. */
  here: mostly,
  there: mostly,
  state: once(5, fc.constant('pendingAcceptance')),
  shown: mostly,
  tables: fc.tuple(
    ...[0, 1, 2].map(() =>
      fc.oneof(
        { weight: 7, arbitrary: fc.array(route, { minLength: 1, maxLength: 4 }) },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
    ),
  ),
  b: index,
  /** Which of A's tables lead to B, bit by bit, and what B admits. */
  leads: index,
  /** A Connect attachment, or a VPN, of the second gateway. */
  other: once(2, fc.constantFrom('connect' as const, 'vpn-p' as const)),
  referencing: halves,
});

const destinations = ['10.1.0.0/24', '10.0.0.0/24', '0.0.0.0/0', '10.1.0.0/24', '10.0.0.64/26', '192.168.0.0/16'];

type PeeringShape = typeof peeringShape extends fc.Arbitrary<infer T> ? T : never;

export const peeredTransit: fc.Arbitrary<Spec> = fc
  .tuple(
    shapes.filter(({ transit }) => transit !== null),
    peeringShape,
  )
  .map(([base, own]) => {
    // What propagates names attachments of the first gateway, of which B is none here.
    const transit = { ...base.transit!, wan: null, vpn: null, propagates: null };
    const spec = specOf({ ...plainly(base), transit });
    return changed(spec, withPeering(spec, own));
  });

function withPeering(
  spec: Spec,
  { leads, here, there, state, shown, tables, b, other, referencing }: PeeringShape,
): Change {
  const table = (of: number) => `tgw-rtb-p${of % 2}`;
  const sides: readonly AttachmentSpec[] = [
    { id: 'tgw-attach-p', gateway: 'tgw-1', to: 'tgw-2', ...(here ? { table: 'tgw-rtb-0' } : {}) },
    {
      id: 'tgw-attach-p@tgw-2',
      gateway: 'tgw-2',
      to: 'tgw-1',
      ...(there ? { table: 'tgw-rtb-p0' } : {}),
      ...(state === null ? {} : { state }),
    },
  ];
  const further: readonly AttachmentSpec[] =
    other === null ? [] : [{ id: 'tgw-attach-o', gateway: 'tgw-2', to: other, table: table(b + 1) }];
  const routesOf = (at: number, ids: readonly string[], usual: readonly string[]) => {
    const drawn = tables[at];
    if (drawn === undefined) return {};
    const lines = drawn.map(({ to, by, blackhole }) => {
      const destination = pick(destinations, to);
      return [destination, `${destination} ${blackhole ? 'blackhole' : pick(ids, by)}`] as const;
    });
    const known = usual.map((line) => [line.split(' ', 1)[0]!, line] as const);
    return { routes: [...new Map(leads % 4 === 3 ? lines : [...lines, ...known]).values()] };
  };
  const ofSecond = ['tgw-attach-b', ...(shown ? ['tgw-attach-p@tgw-2'] : []), ...further.map(({ id }) => id)];
  const back = ['10.1.0.0/24 tgw-attach-b', ...(shown ? ['10.0.0.0/24 tgw-attach-p@tgw-2'] : [])];
  const ofB = spec.tables.filter(({ vpc }) => vpc === 'vpc-b');
  const ofA = spec.tables.filter(({ vpc, edge }, i) => vpc === 'vpc-a' && edge === undefined && (leads >> i) % 3 !== 2);
  return {
    tables: [
      ...ofB.map(({ id, routes }) => ({ id, routes: routes.map((one) => one.replace('tgw-1', 'tgw-2')) })),
      ...ofA.map(({ id, routes }) => ({
        id,
        routes: [...routes.filter((one) => !one.startsWith('10.1.0.0/24 ')), '10.1.0.0/24 tgw-1'],
      })),
    ],
    // Most admit what hosts send each other: what else stops it is what the contest is about.
    groups: spec.groups.flatMap(({ id, in: admitted, out }) =>
      leads % 3 === 0 ? [] : [{ id, in: [...admitted, 'all 10.0.0.0/8'], out: [...out, 'all 10.0.0.0/8'] }],
    ),
    tgws: [{ id: 'tgw-2', referencing }],
    attachments: [
      { id: 'tgw-attach-b', gateway: 'tgw-2', table: table(b) },
      ...sides.slice(0, shown ? 2 : 1),
      ...further,
    ],
    vpns: other === 'vpn-p' ? [{ id: 'vpn-p', gateway: 'tgw-2' }] : [],
    transitTables: [
      {
        id: 'tgw-rtb-0',
        gateway: 'tgw-1',
        routes: [],
        ...routesOf(0, ['tgw-attach-p', 'tgw-attach-a'], ['10.1.0.0/24 tgw-attach-p', '10.0.0.0/24 tgw-attach-a']),
      },
      { id: 'tgw-rtb-1', gateway: 'tgw-1', routes: ['0.0.0.0/0 tgw-attach-p', '10.0.0.0/24 tgw-attach-a'] },
      { id: 'tgw-rtb-p0', gateway: 'tgw-2', ...routesOf(1, ofSecond, back) },
      { id: 'tgw-rtb-p1', gateway: 'tgw-2', ...routesOf(2, ofSecond, back) },
    ],
  };
}
