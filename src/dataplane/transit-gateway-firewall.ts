/** Network Firewall at a transit gateway: in by a route of the gateway, and back there as it is (semantics 7.23 to 7.25). */
import type { BehindAttachment, TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { zoneAmongAll } from '../network/zone.ts';
import { type InZones, keeping, landings } from './attachment-zone.ts';
import type { Context } from './context.ts';
import { type Edge, edge } from './edge.ts';
import { crossFirewall, judgedBy } from './firewall-endpoint.ts';
import { atGateway } from './place.ts';
import type { Plane } from './plane.ts';
import { and, yes } from './predicate.ts';

type Function = Extract<BehindAttachment, { readonly kind: 'network-function' }>;

/** As far as the firewall's policy lets it; in appliance mode, always (semantics 7.19). */
export function throughFirewall(
  plane: Plane,
  attachment: TransitGatewayAttachment,
  { firewall, zones = [] }: Function,
  zone: string | undefined,
  context: Context,
): readonly Edge[] {
  const { id } = attachment;
  const ways = zones.map((by) => ({ by, zone: zoneAmongAll({ ...attachment, zone: by }) }));
  const standing: InZones = { id, ways, applianceMode: true };
  const judged = judgedBy(plane, firewall ?? id, context);
  const crosses = firewall === undefined ? [] : [firewall];
  return crossFirewall(plane, id, context).flatMap(({ guard: keeps, context: crossed }) => {
    const passes = and(judged, keeps);
    // References to groups do not hold beyond it (semantics 2.17).
    const after: Context = { ...crossed, transit: 'plain' };
    if (zones.length === 0) return edge(passes, { kind: 'network-function', id }, after, crosses);
    return landings(plane, standing, zone, after).flatMap(({ by, guard, after: landed }) =>
      edge(
        and(passes, guard),
        { kind: 'network-function', id, zone: by },
        { ...landed, ...keeping(plane, context, standing, by) },
        crosses,
      ),
    );
  });
}

/** Back at the gateway, by the attachment's own table. */
export function leaveFirewall(plane: Plane, id: string, zone: string | undefined, context: Context): readonly Edge[] {
  const attachment = plane.network.transitGatewayAttachments.get(id)!;
  const by = zone === undefined ? {} : { zone: zoneAmongAll({ ...attachment, zone }) };
  return edge(yes, { ...atGateway(attachment), line: id, ...by }, context);
}
