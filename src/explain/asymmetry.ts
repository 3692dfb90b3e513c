/** A reply that takes another way between networks than the packet that it answers: named, since whatever inspects one way misses the other. */
import type { Hop, HopKind } from '../network/hop.ts';
import type { ReplayResult } from '../network/replay.ts';

/** What leads from one network into another; of all else a symmetric reply has its own as well. */
const between: ReadonlySet<HopKind> = new Set([
  'internet-gateway',
  'egress-only-internet-gateway',
  'nat-gateway',
  'vpc-peering',
  'transit-gateway-attachment',
  'core-network-attachment',
  'vpn-gateway',
  'vpn-connection',
  'direct-connect-gateway',
  'local-gateway',
  'carrier-gateway',
  'core-network',
]);

export function asymmetryNote({ hops, returnHops = [] }: ReplayResult): readonly string[] {
  const [out, back] = [waysIn(hops), waysIn(returnHops)];
  const [outOnly, backOnly] = [out.filter((id) => !back.includes(id)), back.filter((id) => !out.includes(id))];
  return outOnly.length === 0 || backOnly.length === 0
    ? []
    : [`The reply takes another way: out by ${named(outOnly)}, back by ${named(backOnly)}.`];
}

const waysIn = (hops: readonly Hop[]): readonly string[] => [
  ...new Set(hops.flatMap(({ kind, resource }) => (between.has(kind) ? [resource] : []))),
];

const named = (ids: readonly string[]): string => ids.map((id) => `\`${id}\``).join(', ');
