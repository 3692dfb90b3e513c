/** Network ACLs: the lowest-numbered matching entry decides, or the implicit deny (semantics section 3). */
import { formatPrefix, prefixContains } from '../net/prefix.ts';
import type { NetworkAclEntry } from '../network/network-acl.ts';
import { isUnread, unreadKey } from '../network/resource.ts';
import type { Subnet } from '../network/subnet.ts';
import { type Trip, note, refused, side } from './trip.ts';
import { matchesTraffic, trafficBetween } from './traffic-match.ts';

/** Whether a packet that crosses the subnet's boundary goes on. Inbound entries test its source, outbound its destination. */
export function passAcl(
  trip: Trip,
  subnet: Subnet,
  direction: 'inbound' | 'outbound',
  code: 'SUBNET_ACL_RESTRICTION' | 'ELB_ACL_RESTRICTION' = 'SUBNET_ACL_RESTRICTION',
): boolean {
  const { packet } = trip;
  const traffic = trafficBetween(packet, direction === 'inbound' ? 'from' : 'to');
  const id = subnet.networkAcl;
  if (isUnread(id)) {
    const step = { resource: subnet.id, kind: 'network-acl', source: subnet.source } as const;
    const said = `the network ACL of \`${subnet.id}\`, which was not read, is taken to`;
    if (!side(trip, unreadKey(id))) return refused(trip, { ...step, detail: `${said} deny ${traffic}` });
    note(trip, { ...step, action: 'allow', detail: `${said} admit ${traffic}` });
    return true;
  }
  const acl = trip.network.networkAcls.get(id);
  const remote = direction === 'inbound' ? packet.src : packet.dst;
  const entry = acl?.[direction].find(
    (each) => prefixContains(each.prefix, remote) && matchesTraffic(each.match, packet),
  );
  const way = direction === 'inbound' ? `into \`${subnet.id}\`` : `out of \`${subnet.id}\``;
  if (entry === undefined)
    return refused(trip, {
      resource: id,
      kind: 'network-acl',
      rule: 'rule *',
      code,
      detail: `network ACL \`${id}\` has no ${direction} rule for ${traffic} ${way}: the implicit rule * denies it`,
      source: acl?.source ?? subnet.source,
    });
  const step = {
    resource: id,
    kind: 'network-acl',
    rule: `rule ${shownNumber(entry)}`,
    source: entry.source,
  } as const;
  const preposition = direction === 'inbound' ? 'from' : 'to';
  const said = (verb: string): string =>
    `network ACL \`${id}\` ${direction} rule ${shownNumber(entry)} ${verb} ${traffic} ${way} (${preposition} ${formatPrefix(entry.prefix)})`;
  if (entry.action === 'deny') return refused(trip, { ...step, code, detail: said('denies') });
  note(trip, { ...step, action: 'allow', detail: said('allows') });
  return true;
}

/** As AWS's console has it: the last rules, 32767 for IPv4 and 32768 for IPv6, which AWS adds itself, are `*` (semantics 3.3). */
const shownNumber = ({ number }: NetworkAclEntry): string => (number === 32767 || number === 32768 ? '*' : `${number}`);

/** The inbound filter of a subnet that the packet enters from elsewhere; nothing is asked inside one subnet (semantics 3.6). */
export const enterSubnet = (trip: Trip, subnet: Subnet | undefined, from: Subnet | undefined): boolean =>
  subnet === undefined || subnet.id === from?.id || passAcl(trip, subnet, 'inbound');
