/** Client VPN: clients come in by an interface of their endpoint, as from its address, where rules and routes lead (semantics 14.3). */
import { type Address, formatAddress, sameAddress } from '../net/address.ts';
import { prefixContains, type Prefix } from '../net/prefix.ts';
import { type ClientVpnAssociation, type ClientVpnEndpoint, clientVpnOf } from '../network/client-vpn-endpoint.ts';
import type { NetworkInterface } from '../network/interface.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import { passes, up } from '../network/unknown.ts';
import { deliver, homeOf } from './delivery.ts';
import type { Place } from './place.ts';
import { translated, translationAt, undo } from './translation.ts';
import { type Step, type Trip, drop, note, side } from './trip.ts';

type Refusal = Pick<Step, 'code' | 'detail'>;

export const stepAtClientVpn = ({ id, source }: ClientVpnEndpoint) =>
  ({ resource: id, kind: 'client-vpn-endpoint', source }) as const;

/** A client's packet, by the association and interface whose address the choices name. */
export function enterByClientVpn(trip: Trip, endpoint: ClientVpnEndpoint): Place {
  const step = stepAtClientVpn(endpoint);
  const { packet } = trip;
  const chosen = trip.request.choices.nat.get(endpoint.id);
  const entry = entryOf(trip, endpoint, chosen?.address);
  if (packet.src.family !== 'ipv4' || entry === undefined)
    return drop(trip, { ...step, detail: `no client comes in by \`${endpoint.id}\` so` });
  const { association, at, address } = entry;
  const refusal = whyNotLetIn(trip, endpoint, association, packet.dst);
  if (refusal !== undefined) return drop(trip, { ...step, ...refusal });
  const after = translated(packet, address, chosen?.port ?? packet.srcPort);
  trip.flow.translations.push({ id: endpoint.id, before: packet, after });
  trip.packet = after;
  trip.sender = at;
  trip.identified = true;
  note(trip, {
    ...step,
    action: 'translate',
    detail: `\`${endpoint.id}\` sends the client's packet as from ${formatAddress(address)} by \`${at.id}\``,
  });
  note(trip, {
    resource: at.id,
    kind: 'network-interface',
    action: 'forward',
    detail: `\`${at.id}\` sends to ${formatAddress(after.dst)}`,
    source: at.source,
  });
  return { kind: 'leaving', interface: at };
}

interface Entry {
  readonly association: ClientVpnAssociation;
  readonly at: NetworkInterface;
  readonly address: Address;
}

/** The interface that has the address, else the first. */
function entryOf(trip: Trip, { associations }: ClientVpnEndpoint, wanted: Address | undefined): Entry | undefined {
  for (const association of isUnread(associations) ? [] : associations)
    for (const id of association.interfaces) {
      const at = trip.network.interfaces.get(id);
      const own = (at?.addresses ?? []).filter(({ address }) => address.family === 'ipv4');
      const found = own.find(({ address }) => wanted === undefined || sameAddress(address, wanted));
      if (at !== undefined && found !== undefined) return { association, at, address: found.address };
    }
  return undefined;
}

/** Why what comes in by an interface of a Client VPN endpoint, as nobody tells how, is none of its clients'. */
export function whyNotClients(trip: Trip, at: NetworkInterface, src: Address, dst: Address): Refusal | undefined {
  const endpoint = clientVpnOf(trip.network, at.id);
  if (endpoint === undefined || isUnread(endpoint.associations)) return undefined;
  if (!endpoint.families.includes(dst.family)) return { detail: `clients of \`${endpoint.id}\` send no ${dst.family}` };
  if (src.family === 'ipv4' && !at.addresses.some(({ address }) => sameAddress(address, src)))
    return { detail: `what clients of \`${endpoint.id}\` send comes as from an address of \`${at.id}\`` };
  return whyNotSentBy(trip, endpoint, at, dst);
}

/** Why clients of the endpoint send nothing so addressed by that interface of it. */
export function whyNotSentBy(
  trip: Trip,
  endpoint: ClientVpnEndpoint,
  at: NetworkInterface,
  dst: Address,
): Refusal | undefined {
  const { associations } = endpoint;
  const association = isUnread(associations)
    ? undefined
    : associations.find(({ interfaces }) => interfaces.includes(at.id));
  return association && whyNotLetIn(trip, endpoint, association, dst);
}

function whyNotLetIn(
  trip: Trip,
  endpoint: ClientVpnEndpoint,
  association: ClientVpnAssociation,
  dst: Address,
): Refusal | undefined {
  const { id, state } = endpoint;
  const changing = state ?? association.state;
  if (changing !== undefined && !side(trip, up(id))) return { code: 'BAD_STATE', detail: `\`${id}\` is ${changing}` };
  return whyNotAuthorized(trip, endpoint, dst) ?? whyNotRouted(trip, endpoint, association, dst);
}

function whyNotAuthorized(trip: Trip, endpoint: ClientVpnEndpoint, dst: Address): Refusal | undefined {
  const { id, authorizationRules: rules } = endpoint;
  if (isUnread(rules))
    return side(trip, unreadKey(rules)) ? undefined : { detail: `the authorization rules of \`${id}\` were not read` };
  const holding = rules.filter(({ destination }) => prefixContains(destination, dst));
  if (holding.length === 0)
    return { detail: `no authorization rule of \`${id}\` lets clients reach ${formatAddress(dst)}` };
  const longest = longestOf(holding);
  const sure = holding.some((rule) => rule.destination.length === longest && rule.everyone && rule.state === undefined);
  if (sure || side(trip, passes(id))) return undefined;
  return { detail: `whether a client is authorized by \`${id}\` to reach ${formatAddress(dst)} is not known` };
}

function whyNotRouted(
  trip: Trip,
  endpoint: ClientVpnEndpoint,
  { subnet }: ClientVpnAssociation,
  dst: Address,
): Refusal | undefined {
  const { id, routes } = endpoint;
  if (isUnread(routes))
    return side(trip, unreadKey(routes)) ? undefined : { detail: `the routes of \`${id}\` were not read` };
  const holding = routes.filter(({ destination }) => prefixContains(destination, dst));
  const mine = holding.filter((route) => route.subnet === subnet);
  if (mine.length === 0) return { detail: `\`${id}\` has no route by \`${subnet}\` to ${formatAddress(dst)}` };
  const longest = longestOf(holding);
  const sure = mine.some(({ destination, state }) => destination.length === longest && state === undefined);
  if (sure || side(trip, passes(id))) return undefined;
  return { detail: `whether \`${id}\` routes ${formatAddress(dst)} by \`${subnet}\` is not known` };
}

const longestOf = (all: readonly { readonly destination: Prefix }[]): number =>
  Math.max(...all.map(({ destination }) => destination.length));

/** A reply to what a client sent goes back to it: there its way ends. Undefined where it is none. */
export function returnToClient(trip: Trip, at: NetworkInterface): Place | undefined {
  const endpoint = clientVpnOf(trip.network, at.id);
  const translation = endpoint === undefined ? undefined : translationAt(trip, endpoint.id);
  if (endpoint === undefined || translation === undefined || trip.home === undefined) return undefined;
  undo(trip, translation);
  return deliver(trip, homeOf(trip.home), {
    ...stepAtClientVpn(endpoint),
    detail: `\`${endpoint.id}\` gives the reply back to its client`,
  });
}
