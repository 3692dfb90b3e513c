/** What TLS inspection does with a flow before any rule sees it (semantics 10.68). */
import { invariant } from '../../base/invariant.ts';
import type { Packet } from '../../net/packet.ts';
import { type Prefix, prefixContains } from '../../net/prefix.ts';
import { protocols } from '../../net/protocol.ts';
import type { FirewallPolicy, TlsInspection } from '../../network/firewall-policy.ts';
import type { PortRange } from '../../network/traffic-match.ts';

/** The inspection that the flow of this packet goes through: it is in a scope, either way round. */
export function inspectionOf(
  { tlsInspection: id }: FirewallPolicy,
  inspections: ReadonlyMap<string, TlsInspection>,
  packet: Packet,
): TlsInspection | undefined {
  if (id === undefined || packet.protocol !== protocols.tcp) return undefined;
  const inspection = inspections.get(id);
  invariant(inspection !== undefined, `${id} was read`);
  const { src, dst, srcPort, dstPort } = packet;
  const found = inspection.scopes.some(
    (scope) =>
      (within(scope.sources, src) &&
        within(scope.destinations, dst) &&
        among(scope.sourcePorts, srcPort) &&
        among(scope.destinationPorts, dstPort)) ||
      (within(scope.sources, dst) &&
        within(scope.destinations, src) &&
        among(scope.sourcePorts, dstPort) &&
        among(scope.destinationPorts, srcPort)),
  );
  return found ? inspection : undefined;
}

const within = (prefixes: readonly Prefix[], address: Packet['src']): boolean =>
  prefixes.length === 0 || prefixes.some((prefix) => prefixContains(prefix, address));

const among = (ranges: readonly PortRange[], port: number): boolean =>
  ranges.length === 0 || ranges.some(({ from, to }) => port >= from && port <= to);
