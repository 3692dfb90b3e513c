/** Attachments of transit gateways and core networks that are deleted (semantics section 7). */
import { isUnread } from '../network/resource.ts';
import {
  type TransitGatewayAttachment,
  type TransitGatewayRoute,
  type TransitGatewayRouteTable,
  awsIdOf,
} from '../network/transit-gateway.ts';
import { type Draft, note, put, take } from './draft.ts';
import { withoutInterfaces } from './removal.ts';
import { severRoutes } from './route-table.ts';
import { transitRouteText } from './transit-route.ts';

/** Its interfaces go, its propagated routes too; static ones are blackholes, and so are the routes of its VPC to the gateway. */
export function deleteAttachment(draft: Draft, attachment: TransitGatewayAttachment): string | undefined {
  const far = otherSide(draft, attachment);
  if (far === 'several') {
    draft.wrong('gateway', {
      code: 'ambiguous',
      message: `Which attachment is the other side of \`${attachment.id}\` is not told.`,
      hint: 'Take both sides down instead.',
    });
    return undefined;
  }
  for (const one of far === undefined ? [attachment] : [attachment, far]) forget(draft, one);
  const { gateway, behind } = attachment;
  switch (behind.kind) {
    case 'vpc':
      leaveVpc(draft, attachment, behind);
      break;
    case 'on-premises': {
      if (draft.network.vpnConnections.get(behind.id)?.gateway === gateway) take(draft, 'vpnConnections', behind.id);
      const direct = draft.network.directConnectGateways.get(behind.id);
      if (direct !== undefined)
        put(draft, 'directConnectGateways', {
          ...direct,
          associations: direct.associations.filter((one) => one.gateway !== gateway),
        });
      break;
    }
    case 'transit-gateway':
    case 'network-function':
    case 'unknown':
      break;
  }
  return undefined;
}

/** Of a peering connection, the attachment of the other gateway. */
function otherSide(
  { network }: Draft,
  { id, gateway, behind }: TransitGatewayAttachment,
): TransitGatewayAttachment | 'several' | undefined {
  if (behind.kind !== 'transit-gateway') return undefined;
  const back = [...network.transitGatewayAttachments.values()].filter(
    (one) => one.gateway === behind.id && one.behind.kind === 'transit-gateway' && one.behind.id === gateway,
  );
  const same = back.find((one) => awsIdOf(one.id) === awsIdOf(id));
  return same ?? (back.length > 1 ? 'several' : back[0]);
}

function forget(draft: Draft, attachment: TransitGatewayAttachment): void {
  const { id, gateway } = attachment;
  take(draft, 'transitGatewayAttachments', id);
  note(draft, attachment, 'attachment', `to ${gateway}`, undefined);
  for (const table of draft.network.transitGatewayRouteTables.values()) {
    if (table.gateway !== gateway) continue;
    const { learns, ...rest } = table;
    const from = learns?.from.filter((one) => one !== id) ?? [];
    put(draft, 'transitGatewayRouteTables', {
      ...rest,
      ...(learns === undefined || from.length === 0 ? {} : { learns: { ...learns, from } }),
      routes: isUnread(table.routes) ? table.routes : table.routes.flatMap((route) => without(draft, table, route, id)),
    });
  }
}

function without(
  draft: Draft,
  table: TransitGatewayRouteTable,
  route: TransitGatewayRoute,
  gone: string,
): readonly TransitGatewayRoute[] {
  if (!route.attachments.includes(gone)) return [route];
  const attachments = route.attachments.filter((one) => one !== gone);
  const after: readonly TransitGatewayRoute[] =
    attachments.length > 0
      ? [{ ...route, attachments }]
      : route.origin === 'static'
        ? [{ ...route, attachments, state: 'blackhole' }]
        : [];
  note(draft, table, 'route', transitRouteText(route), after[0] && transitRouteText(after[0]));
  return after;
}

function leaveVpc(
  draft: Draft,
  { id, gateway: gatewayId }: TransitGatewayAttachment,
  { vpc, subnets }: { readonly vpc: string; readonly subnets: readonly string[] },
): void {
  const own = [...draft.network.interfaces.values()].filter(
    (nic) =>
      nic.role === 'transit-gateway-attachment' &&
      subnets.includes(nic.subnet) &&
      nic.description.endsWith(awsIdOf(id)),
  );
  withoutInterfaces(
    draft,
    own.map((nic) => nic.id),
  );
  const others = [...draft.network.transitGatewayAttachments.values()].some(
    ({ gateway, behind }) => gateway === gatewayId && behind.kind === 'vpc' && behind.vpc === vpc,
  );
  const gateway = draft.network.transitGateways.get(gatewayId);
  if (others || gateway === undefined) return;
  put(draft, 'transitGateways', { ...gateway, vpcs: gateway.vpcs.filter((one) => one !== vpc) });
  severRoutes(draft, new Set([gatewayId]), vpc);
}
