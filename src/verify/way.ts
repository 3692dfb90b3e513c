/** The choices that a path makes between networks: zones, equal routes, lines on premises. */
import type { Place } from '../dataplane/index.ts';
import type { Network } from '../network/network.ts';
import type { Choices } from '../network/replay.ts';
import type { TransitGatewayAttachment } from '../network/transit-gateway.ts';
import type { Path } from './search.ts';

type Ways = Pick<Choices, 'enters' | 'transits' | 'returnsBy' | 'zones' | 'equals'>;

export function betweenNetworks(network: Network, { steps }: Path): Ways {
  const zones = new Map<string, string>();
  const equals = new Map<string, string>();
  const lines: { enters?: string; transits?: string; returnsBy?: string } = {};
  for (const { from, to } of steps) {
    const direction = from.context.phase === 'forward' ? 'forward' : 'return';
    if (to.place.kind === 'replied') continue;
    const entered = to.place.kind === 'transit-gateway' ? to.place : undefined;
    if (entered?.zone !== undefined && from.place.kind !== 'transit-gateway') {
      const subnet = subnetInZone(network, entered.attachment, entered.zone);
      if (subnet !== undefined) zones.set(`${entered.attachment} ${direction}`, subnet);
    }
    if (from.place.kind === 'transit-gateway') {
      const left = leftBy(network, from.place.attachment, to.place);
      const table = network.transitGatewayAttachments.get(from.place.attachment)?.routeTable;
      if (left === undefined || table === undefined) continue;
      equals.set(`${table} ${direction}`, left);
      if (to.place.kind === 'subnet') zones.set(`${left} ${direction}`, to.place.id);
    }
    if (from.place.kind !== 'onprem' || from.context.phase !== to.context.phase) continue;
    const line = lineInto(network, to.place);
    if (line === undefined) continue;
    if (direction === 'return') lines.returnsBy = line;
    else if (from.context.origin === 'onprem') lines.enters = line;
    else lines.transits = line;
  }
  return { ...lines, ...(zones.size > 0 ? { zones } : {}), ...(equals.size > 0 ? { equals } : {}) };
}

function subnetInZone(network: Network, attachment: string, zone: string): string | undefined {
  const behind = network.transitGatewayAttachments.get(attachment)?.behind;
  return behind?.kind === 'vpc' ? behind.subnets.find((id) => network.subnets.get(id)?.zone === zone) : undefined;
}

/** The attachment by which a packet left the gateway where it had arrived by the one given. */
function leftBy({ transitGatewayAttachments: all }: Network, arrived: string, to: Place): string | undefined {
  if (to.kind === 'onprem') return to.line;
  const gateway = all.get(arrived)?.gateway;
  const far = to.kind === 'transit-gateway' ? all.get(to.attachment) : undefined;
  const leadsThere = ({ id, behind }: TransitGatewayAttachment): boolean => {
    if (to.kind === 'subnet') return behind.kind === 'vpc' && behind.subnets.includes(to.id);
    const peer = behind.kind === 'transit-gateway' ? behind.id : undefined;
    if (to.kind === 'opaque') return id === to.id || peer === to.id;
    return far !== undefined && peer === far.gateway && connectionOf(id) === connectionOf(far.id);
  };
  return [...all.values()].find((one) => one.gateway === gateway && leadsThere(one))?.id;
}

/** AWS's id of a peering connection, which an attachment at either end bears. */
const connectionOf = (attachment: string): string => attachment.split('@', 1)[0]!;

/** The line that leads from on premises to that place. */
function lineInto(network: Network, to: Place): string | undefined {
  if (to.kind === 'transit-gateway') return to.attachment;
  if (to.kind === 'opaque') return to.id;
  if (to.kind !== 'local' && to.kind !== 'gateway-table') return undefined;
  return [...network.vpnGateways.values()].find(({ vpc }) => vpc === to.vpc)?.id;
}
