/** Rules and routes as a reviewer reads them, one line each. */
import { formatPrefix } from '../../net/prefix.ts';
import { isIcmp, protocolName } from '../../net/protocol.ts';
import type { NetworkAclEntry } from '../../network/network-acl.ts';
import type { Network } from '../../network/network.ts';
import type { Route } from '../../network/route-table.ts';
import type { SecurityGroupRule } from '../../network/security-group.ts';
import type { TrafficMatch, PortRange } from '../../network/traffic-match.ts';
import type { TransitGatewayRoute } from '../../network/transit-gateway.ts';

/** More are counted. */
const shown = 12;

export const listed = (texts: readonly string[]): readonly string[] =>
  texts.length <= shown ? texts : [...texts.slice(0, shown), `and ${texts.length - shown} more`];

export const portsText = ({ from, to }: PortRange): string => (from === to ? `${from}` : `${from}-${to}`);

/** `tcp/443`, `all`, `icmp type 8`. */
export function trafficText({ protocol, ports, icmp }: TrafficMatch): string {
  if (protocol === 'all') return 'all traffic';
  const name = protocolName(protocol);
  if (ports !== undefined) return `${name}/${portsText(ports)}`;
  if (!isIcmp(protocol) || icmp === undefined) return name;
  return `${name} type ${icmp.type}${icmp.code === undefined ? '' : ` code ${icmp.code}`}`;
}

/** `tcp/443 to pl-1`; of a group in which nobody is, so. */
export function groupRuleText(
  { interfaces }: Network,
  { match, peer }: SecurityGroupRule,
  direction: 'ingress' | 'egress',
): string {
  const traffic = `${trafficText(match)} ${direction === 'ingress' ? 'from' : 'to'}`;
  switch (peer.kind) {
    case 'prefix':
      return `${traffic} ${formatPrefix(peer.prefix)}`;
    case 'prefix-list':
      return `${traffic} \`${peer.id}\``;
    case 'security-group': {
      const empty = peer.known && ![...interfaces.values()].some(({ groups }) => groups.includes(peer.id));
      return `${traffic} \`${peer.id}\`${peer.stale ? ' (stale)' : empty ? ' (which has no member)' : ''}`;
    }
  }
}

/** `100 allow tcp/443 0.0.0.0/0`. */
export const entryText = ({ number, action, match, prefix }: NetworkAclEntry): string =>
  `${number > 32766 ? '*' : number} ${action} ${trafficText(match)} ${formatPrefix(prefix)}`;

const destinationText = ({ destination }: Pick<Route, 'destination'>): string =>
  destination.kind === 'prefix' ? formatPrefix(destination.prefix) : `\`${destination.id}\``;

const stateText = (state: Route['state']): string => (state === 'active' ? '' : ` (${state})`);

/** `0.0.0.0/0 to igw-1`. */
export const routeText = (route: Route): string =>
  `${destinationText(route)} ${'id' in route.target ? `to \`${route.target.id}\`` : 'local'}${stateText(route.state)}`;

export const transitRouteText = (route: TransitGatewayRoute): string => {
  const to = route.attachments.map((id) => `\`${id}\``).join(' or ');
  return `${destinationText(route)}${to === '' ? '' : ` to ${to}`}${stateText(route.state)}`;
};
