/** Client VPN endpoints with what their own answers tell, and the interfaces that are theirs. */
import { present } from '../../base/present.ts';
import {
  type AuthorizationRule,
  type ClientVpnAssociation,
  type ClientVpnEndpoint,
  type ClientVpnRoute,
  isOfClientVpn,
} from '../client-vpn-endpoint.ts';
import type { NetworkInterface } from '../interface.ts';
import { isUnread, type Unread } from '../resource.ts';
import { type Condition, conditionOf } from '../state.ts';
import type { Subnet } from '../subnet.ts';
import { type Building, wasRead } from './building.ts';
import type { ClientVpnAnswer, ClientVpnAssociationFinding, ClientVpnEndpointFinding } from './client-vpn-finding.ts';

const call = 'describe-client-vpn-endpoints';

interface Parts {
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly interfaces: ReadonlyMap<string, NetworkInterface>;
}

/** AWS's words for endpoints, associations, routes and rules: `authorizing`, `association-failed`, … */
function conditionIn(state: string): Condition {
  if (state === 'associated') return 'works';
  return ['pending-associate', 'association-failed', 'disassociated'].includes(state) ? 'idle' : conditionOf(state);
}

/** Clients come in by an association in that state, or may. */
export const isAssociated = (state: string): boolean => conditionIn(state) !== 'idle';

const isLive = ({ state }: { readonly state: string }): boolean => isAssociated(state);

/** Endpoints of which it is not told with which subnets they are associated. */
export const untoldClientVpns = ({ findings }: Building): readonly ClientVpnEndpointFinding[] =>
  findings.clientVpnEndpoints.filter(
    ({ id, state, atTransitGateway }) =>
      state !== 'deleted' &&
      !atTransitGateway &&
      !findings.clientVpnAssociations.some(({ endpoint, whole }) => endpoint === id && whole),
  );

/** The state, where it is neither one thing nor the other. */
const changing = (state: string) => present({ state: conditionIn(state) === 'works' ? undefined : state });

export function buildClientVpnEndpoints(building: Building, parts: Parts): Map<string, ClientVpnEndpoint> {
  const { clientVpnEndpoints, clientVpnAssociations, clientVpnRoutes, clientVpnRules } = building.findings;
  const endpoints = new Map<string, ClientVpnEndpoint>();
  const claims = claimsOf(building);
  const isWhole = untoldClientVpns(building).length === 0;
  for (const { state, vpc: _, atTransitGateway, ...found } of clientVpnEndpoints) {
    if (state === 'deleted') continue;
    const told = toldOf(found.id);
    const associations = told('describe-client-vpn-target-networks', clientVpnAssociations);
    const routes = told('describe-client-vpn-routes', clientVpnRoutes);
    const rules = told('describe-client-vpn-authorization-rules', clientVpnRules);
    endpoints.set(found.id, {
      ...found,
      // What has no association yet works no less for those that its answers show.
      ...(state === 'pending-associate' ? {} : changing(state)),
      associations: atTransitGateway
        ? []
        : isUnread(associations)
          ? associations
          : associations.flatMap((one) => associated(building, one, found, isWhole ? claims : none, parts)),
      routes: isUnread(routes)
        ? routes
        : routes.filter(isLive).map(({ state: word, ...route }): ClientVpnRoute => ({ ...route, ...changing(word) })),
      authorizationRules: isUnread(rules)
        ? rules
        : rules.filter(isLive).map(({ state: word, ...rule }): AuthorizationRule => ({ ...rule, ...changing(word) })),
    });
  }
  accountForOthers(building, endpoints);
  return endpoints;
}

/** Answers about endpoints that no answer describes. */
function accountForOthers(building: Building, endpoints: ReadonlyMap<string, ClientVpnEndpoint>): void {
  const { clientVpnEndpoints, clientVpnAssociations, clientVpnRoutes, clientVpnRules } = building.findings;
  const seen = new Set([...endpoints.keys(), ...clientVpnEndpoints.map(({ id }) => id)]);
  for (const { endpoint: id, source } of [...clientVpnAssociations, ...clientVpnRoutes, ...clientVpnRules]) {
    if (seen.has(id)) continue;
    seen.add(id);
    const why = `no answer of \`aws ec2 ${call}\` shows it`;
    const affects = 'flows from VPN clients';
    building.coverage.push({ kind: 'client-vpn-endpoint', id, status: 'not-modelled', why, affects, source });
  }
}

/** All that the answers tell of the endpoint; unread where none of them is whole. */
const toldOf =
  (subject: string) =>
  <T>(asked: string, answers: readonly ClientVpnAnswer<T>[]): readonly T[] | Unread => {
    const own = answers.filter(({ endpoint }) => endpoint === subject);
    return own.some(({ whole }) => whole) ? own.flatMap(({ items }) => items) : { unread: asked, subject };
  };

const none: ReadonlyMap<string, readonly Claim[]> = new Map();

interface Claim {
  readonly endpoint: string;
  readonly groups: readonly string[];
}

/** By subnet: the endpoints that are associated with it. */
function claimsOf({ findings }: Building): ReadonlyMap<string, readonly Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const { endpoint, items } of findings.clientVpnAssociations)
    for (const { subnet, groups, state } of items) {
      if (!isAssociated(state)) continue;
      const before = claims.get(subnet) ?? [];
      if (!before.some((one) => one.endpoint === endpoint)) claims.set(subnet, [...before, { endpoint, groups }]);
    }
  return claims;
}

/** The association, where its subnet is in the input: by the others clients come into networks that were not read. */
function associated(
  building: Building,
  { id, subnet, groups, state, source }: ClientVpnAssociationFinding,
  { account }: Pick<ClientVpnEndpoint, 'account'>,
  claims: ReadonlyMap<string, readonly Claim[]>,
  { subnets, interfaces }: Parts,
): readonly ClientVpnAssociation[] {
  const standsIn = subnets.get(subnet);
  if (!isAssociated(state) || standsIn === undefined) return [];
  const rivals = (claims.get(subnet) ?? []).filter((claim) => sameGroups(claim.groups, groups));
  const own = [...interfaces.values()].filter(
    (nic) =>
      nic.subnet === subnet &&
      isShownOfClientVpn(nic) &&
      (account === undefined || nic.account === undefined || nic.account === account) &&
      sameGroups(nic.groups, groups),
  );
  // Interfaces do not name their endpoint: they are its own where no other could have them.
  const certain = rivals.length === 1 && groups.length > 0 && wasRead(building, call, standsIn) ? own : [];
  return [{ id, subnet, interfaces: certain.map((nic) => nic.id), ...changing(state), source }];
}

/** Whether Client VPN made the interface for some association of the subnet, as an answer shows it. */
export const isShownOfClientVpn = (nic: NetworkInterface): boolean => nic.unread === undefined && isOfClientVpn(nic);

const sameGroups = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((group) => other.includes(group));
