/**
 * What is taken down: it is there, its routes and addresses are what they were, and it carries nothing, on the may side
 * as on the must side, whatever is assumed of it.
 */
import { didYouMean } from '../base/near.ts';
import { type Address, sameAddress } from '../net/address.ts';
import { prefixContains } from '../net/prefix.ts';
import type { VpcEndpoint } from '../network/endpoint.ts';
import type { Instance } from '../network/instance.ts';
import type { NetworkInterface } from '../network/interface.ts';
import { type Unread, isUnread } from '../network/resource.ts';
import { conditionOf } from '../network/state.ts';
import type { Subnet } from '../network/subnet.ts';
import type { Target } from '../network/target-group.ts';
import type { TransitGatewayAttachment } from '../network/transit-gateway.ts';
import { type Draft, note, put, toEach } from './draft.ts';
import type { EditOf } from './edit.ts';
import { zonePrefix } from './field.ts';
import { some, things } from './selection.ts';

/** A word of AWS's for what does not work (`network/state.ts`). */
const failed = 'failed';

const kinds = [
  'instance',
  'network-interface',
  'nat-gateway',
  'vpc-endpoint',
  'network-firewall',
  'load-balancer',
  'internet-gateway',
  'egress-only-internet-gateway',
  'vpc-peering',
  'vpn-gateway',
  'vpn-connection',
  'transit-gateway-attachment',
  'core-network-attachment',
  'client-vpn-endpoint',
] as const;

export function takeDown(draft: Draft, { what }: EditOf<'take-down'>): void {
  if (what.startsWith(zonePrefix)) return takeZoneDown(draft, what.slice(zonePrefix.length));
  const noun = 'thing that can be taken down';
  toEach(draft, 'what', things(draft, 'what', what, noun, ...kinds), undefined, (one) => {
    switch (one.kind) {
      case 'instance':
        return stop(draft, one);
      case 'network-interface':
        return unplug(draft, one);
      case 'nat-gateway':
        if (conditionOf(one.state) === 'idle') return already(one);
        put(draft, 'natGateways', { ...one, state: failed });
        return down(draft, one, one.state);
      case 'vpc-endpoint':
        return fail(draft, one);
      case 'network-firewall': {
        const ends = one.endpoints.flatMap((id) => draft.network.endpoints.get(id) ?? []);
        const attached = [...draft.network.transitGatewayAttachments.values()].filter(
          ({ behind }) => behind.kind === 'network-function' && behind.firewall === one.id,
        );
        const whys = [...ends.map((end) => fail(draft, end)), ...attached.map((each) => failAttachment(draft, each))];
        return whys.every((why) => why !== undefined)
          ? `\`${one.name ?? one.id}\` has no endpoint that works.`
          : undefined;
      }
      case 'load-balancer': {
        if (one.balancerType === 'gateway') {
          draft.wrong('what', {
            code: 'wrong-kind',
            message: `\`${one.name ?? one.id}\` is a Gateway Load Balancer, which packets meet at its endpoints.`,
            hint: 'Take its endpoints or its appliances down.',
          });
          return undefined;
        }
        const nodes = one.interfaces.flatMap((id) => draft.network.interfaces.get(id) ?? []);
        const whys = nodes.map((node) => unplug(draft, node));
        return whys.every((why) => why !== undefined) ? `\`${one.name ?? one.id}\` has no node that works.` : undefined;
      }
      case 'internet-gateway':
        if (isDown(one.state)) return already(one);
        put(draft, 'internetGateways', { ...one, state: failed });
        return down(draft, one, one.state);
      case 'egress-only-internet-gateway':
        if (isDown(one.state)) return already(one);
        put(draft, 'egressOnlyInternetGateways', { ...one, state: failed });
        return down(draft, one, one.state);
      case 'vpc-peering':
        if (!('sameRegion' in one)) return opaque(draft, one.id);
        if (isDown(one.state)) return already(one);
        put(draft, 'vpcPeerings', { ...one, state: failed });
        return down(draft, one, one.state);
      case 'vpn-gateway':
        if ('vpcs' in one) return opaque(draft, one.id);
        if (isDown(one.state)) return already(one);
        put(draft, 'vpnGateways', { ...one, state: failed });
        return down(draft, one, one.state);
      case 'vpn-connection':
        if (isDown(one.state)) return already(one);
        if (draft.network.opaqueGateways.has(one.gateway)) return opaque(draft, one.gateway);
        put(draft, 'vpnConnections', { ...one, state: failed });
        return down(draft, one, one.state ?? (one.up === false ? 'no tunnel up' : undefined));
      case 'transit-gateway-attachment':
      case 'core-network-attachment':
        return failAttachment(draft, one);
      case 'client-vpn-endpoint':
        if (isDown(one.state)) return already(one);
        put(draft, 'clientVpnEndpoints', { ...one, state: failed });
        return down(draft, one, one.state);
    }
  });
}

const isDown = (state: string | undefined): boolean => state !== undefined && conditionOf(state) === 'idle';

const already = ({ id, state }: { readonly id: string; readonly state?: string }): string =>
  `\`${id}\` is ${state ?? 'down'} already.`;

function down(
  draft: Draft,
  resource: Parameters<typeof note>[1],
  before: string | undefined,
  after: string = failed,
): undefined {
  note(draft, resource, 'state', before ?? 'working', after);
}

/** What is not modelled beyond its entrance passes or drops by assumption, and that is how it is taken down. */
function opaque(draft: Draft, id: string): undefined {
  draft.wrong('what', {
    code: 'not-read',
    message: `Too little of \`${id}\` was read to say what goes through it.`,
    hint: `\`--assume drops:${id}\` says that nothing does.`,
  });
}

/** As if attached to nothing, it neither sends nor receives. */
function unplug(draft: Draft, nic: NetworkInterface): string | undefined {
  if (!nic.attached) return `\`${nic.id}\` is ${nic.down === true ? 'down' : 'attached to nothing'} already.`;
  put(draft, 'interfaces', { ...nic, attached: false, down: true });
  down(draft, nic, nic.state, 'down');
  failChecks(draft, nic);
  return undefined;
}

/** As a target of balancers it answers no health check (semantics 12.10). */
function failChecks(draft: Draft, nic: NetworkInterface): void {
  const isIt = (target: Target, vpc: string | undefined): boolean =>
    target.kind === 'interface'
      ? target.id === nic.id
      : target.kind === 'address' && vpc === nic.vpc && isOwn(nic, target.address);
  for (const group of draft.network.targetGroups.values()) {
    const { targets, vpc } = group;
    if (isUnread(targets) || !targets.some((target) => isIt(target, vpc) && target.health !== unhealthy)) continue;
    const checked = targets.map((target) => (isIt(target, vpc) ? { ...target, health: unhealthy } : target));
    put(draft, 'targetGroups', { ...group, targets: checked });
    note(draft, group, `health of ${nic.id}`, targets.find((one) => isIt(one, vpc))?.health ?? 'not told', unhealthy);
  }
}

const unhealthy = 'unhealthy';

const isOwn = ({ addresses, prefixes }: NetworkInterface, address: Address): boolean =>
  addresses.some((one) => sameAddress(one.address, address)) || prefixes.some((one) => prefixContains(one, address));

function stop(draft: Draft, instance: Instance): string | undefined {
  const nics = instance.interfaces.flatMap((id) => draft.network.interfaces.get(id) ?? []);
  const isStopped = instance.state === 'stopped' || instance.state === 'terminated';
  if (isStopped && nics.every((nic) => !nic.attached)) return already(instance);
  if (!isStopped) put(draft, 'instances', { ...instance, state: 'stopped' });
  down(draft, instance, instance.state, 'stopped');
  for (const nic of nics) unplug(draft, nic);
  return undefined;
}

function fail(draft: Draft, endpoint: VpcEndpoint): string | undefined {
  if (conditionOf(endpoint.state) === 'idle') return already(endpoint);
  put(draft, 'endpoints', { ...endpoint, state: failed });
  down(draft, endpoint, endpoint.state);
  return undefined;
}

function failAttachment(draft: Draft, attachment: TransitGatewayAttachment): string | undefined {
  if (isDown(attachment.state)) return already(attachment);
  put(draft, 'transitGatewayAttachments', { ...attachment, state: failed });
  down(draft, attachment, attachment.state);
  return undefined;
}

/** Everything that stands in the zone's subnets; what spans zones goes on in the others. */
function takeZoneDown(draft: Draft, zone: string): void {
  const { network } = draft;
  const zones = [...new Set([...network.subnets.values()].map((one) => one.zone))].toSorted();
  if (!zones.includes(zone)) {
    draft.wrong('what', {
      code: 'no-match',
      message: `No subnet is in the zone \`${zone}\`.`,
      hint: didYouMean(zone, zones) ?? `There are ${some(zones.map((one) => `\`${one}\``))}.`,
    });
    return;
  }
  const inside = new Map<string, Subnet>([...network.subnets].filter(([, one]) => one.zone === zone));
  const nics = [...network.interfaces.values()].filter(({ subnet }) => inside.has(subnet));
  for (const instance of network.instances.values())
    if (nics.some((nic) => nic.instance === instance.id)) stop(draft, instance);
  // A NAT gateway's interface carries nothing but what the gateway does.
  for (const { id, role } of nics) {
    const nic = draft.network.interfaces.get(id)!;
    if (role !== 'nat-gateway' && nic.attached) unplug(draft, nic);
  }
  for (const nat of network.natGateways.values()) {
    const isThere = nat.subnet !== undefined && inside.has(nat.subnet);
    if (isThere && conditionOf(nat.state) !== 'idle') {
      put(draft, 'natGateways', { ...nat, state: failed });
      down(draft, nat, nat.state);
    }
    const left = nat.addresses.filter((one) => one.zone !== zone);
    if (nat.subnet === undefined && left.length < nat.addresses.length) {
      put(draft, 'natGateways', { ...nat, addresses: left });
      note(draft, nat, 'addresses', String(nat.addresses.length), String(left.length));
    }
  }
  for (const endpoint of network.endpoints.values())
    if (endpoint.subnets.length > 0 && endpoint.subnets.every((id) => inside.has(id))) fail(draft, endpoint);
  for (const attachment of network.transitGatewayAttachments.values()) leaveZone(draft, attachment, zone, inside);
  for (const endpoint of network.clientVpnEndpoints.values()) {
    const associations = withoutZone(endpoint.associations, inside);
    if (
      isUnread(endpoint.associations) ||
      isUnread(associations) ||
      associations.length === endpoint.associations.length
    )
      continue;
    put(draft, 'clientVpnEndpoints', { ...endpoint, associations });
    note(draft, endpoint, 'associations', String(endpoint.associations.length), String(associations.length));
  }
  if (draft.changes.length === 0)
    draft.wrong('what', {
      code: 'changes-nothing',
      message: `The edit changes nothing: nothing in the zone \`${zone}\` works, or is in the input.`,
    });
}

const withoutZone = <T extends { readonly subnet: string }>(
  all: readonly T[] | Unread,
  inside: ReadonlyMap<string, Subnet>,
): readonly T[] | Unread => (isUnread(all) ? all : all.filter(({ subnet }) => !inside.has(subnet)));

/** An attachment serves the zones in which it has a subnet, a firewall at a transit gateway those in which it stands (semantics 7.11). */
function leaveZone(
  draft: Draft,
  attachment: TransitGatewayAttachment,
  zone: string,
  inside: ReadonlyMap<string, Subnet>,
): void {
  const { behind } = attachment;
  if (behind.kind === 'vpc') {
    const subnets = behind.subnets.filter((id) => !inside.has(id));
    if (subnets.length === behind.subnets.length) return;
    if (subnets.length === 0) return void failAttachment(draft, attachment);
    put(draft, 'transitGatewayAttachments', { ...attachment, behind: { ...behind, subnets } });
    note(draft, attachment, 'subnets', behind.subnets.join(', '), subnets.join(', '));
  } else if (behind.kind === 'network-function' && behind.zones?.includes(zone) === true) {
    const zones = behind.zones.filter((one) => one !== zone);
    if (zones.length === 0) return void failAttachment(draft, attachment);
    put(draft, 'transitGatewayAttachments', { ...attachment, behind: { ...behind, zones } });
    note(draft, attachment, 'zones', behind.zones.join(', '), zones.join(', '));
  }
}
