/** From a network with a transit gateway to one with a core network in its place: the same attachments, tables and routes. */
import { coreNetwork, coreNetworkOf } from './aws-core-network.ts';
import { changed, type AttachmentSpec, type Spec, type TransitTableSpec } from './spec.ts';

/** Its tables are segments, whose routes AWS computed, or, where `policied`, follow from a policy. */
export function withCoreNetwork(spec: Spec, gateway: string, policied: number | null): Spec {
  const own = spec.transitTables.filter((one) => one.gateway === gateway);
  const attachments = spec.attachments.filter((one) => one.gateway === gateway);
  const without: Spec = {
    ...spec,
    tables: spec.tables.map((one) => ({
      ...one,
      routes: one.routes.map((line) => line.replace(` ${gateway}`, ` ${coreNetwork}`)),
    })),
    tgws: spec.tgws.filter(({ id }) => id !== gateway),
    attachments: spec.attachments.filter((one) => one.gateway !== gateway),
    transitTables: spec.transitTables.filter((one) => one.gateway !== gateway),
    vpns: spec.vpns.filter((one) => one.gateway !== gateway),
  };
  return changed(
    without,
    coreNetworkOf({
      attachments: attachments.map(({ id, to, subnets, table, appliance, ipv6, referencing }: AttachmentSpec) => ({
        id: coreId(id),
        to,
        ...(subnets === undefined ? {} : { subnets }),
        ...(table === undefined ? {} : { segment: segmentOf(table) }),
        appliance: appliance === true,
        ipv6: ipv6 === true,
        referencing: referencing !== false,
      })),
      ...(policied === null ? { routes: routesOf(own) } : { policy: policyOf(policied, attachments) }),
    }),
  );
}

const coreId = (id: string): string => id.replace('tgw-attach-', 'attachment-');

const segmentOf = (table: string): string => table.replace('tgw-rtb-', 'segment');

const routesOf = (tables: readonly TransitTableSpec[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    tables.flatMap(({ id, routes }) => {
      if (routes === undefined) return [];
      const lines = routes.flatMap((line) => {
        // A core network has no route that comes about.
        if (line.endsWith(' pending')) return [];
        const [destination, ...words] = line.split(' ');
        const mark = words.includes('propagated') || words.includes('blackhole') ? [] : ['static'];
        return [[destination, ...words.filter((word) => word !== 'propagated').map(coreId), ...mark].join(' ')];
      });
      return [[`${segmentOf(id)}/us-east-1`, lines]];
    }),
  );

/** Two segments: whether the first is isolated, whether they are shared, and where a static route leads. */
const policyOf = (index: number, attachments: readonly AttachmentSpec[]): object => ({
  segments: [{ name: 'segment0', 'isolate-attachments': index % 2 === 0 }, { name: 'segment1' }],
  'segment-actions': [
    ...(index % 3 === 0
      ? []
      : [{ action: 'share', mode: 'attachment-route', segment: 'segment0', 'share-with': ['segment1'] }]),
    ...(index % 5 < 2
      ? []
      : [
          {
            action: 'create-route',
            segment: `segment${index % 2}`,
            'destination-cidr-blocks': index % 5 === 2 ? ['203.0.113.0/24', '10.1.0.64/26'] : ['0.0.0.0/0'],
            destinations: [coreId(attachments[index % attachments.length]!.id)],
          },
        ]),
  ],
});
