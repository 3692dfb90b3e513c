/** Network ACLs with their entries, written in them or beside them, and the subnets that they are associated with. */
import type { NetworkAclEntry } from '../../network/network-acl.ts';
import type { TrafficMatch } from '../../network/traffic-match.ts';
import type { NetworkAclFinding } from '../../network/build/findings.ts';
import { parsePrefix } from '../../net/prefix.ts';
import { isIcmp } from '../../net/protocol.ts';
import { protocolOf } from '../describe/traffic-match.ts';
import { associatedOutside, mayChangeOutside, subnetsOf } from './acl-association.ts';
import { resource } from './common.ts';
import { adoptedFrom, vpcOf } from './default.ts';
import { aclType } from './kinds.ts';
import { append } from './outside.ts';
import { flag, has, inner, known, objects, prefix, text, whole } from './property.ts';
import { type At, complain, type Construct, note, provenance, type Reading } from './reading.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { described, inRange } from './traffic-match.ts';
import { Unknown } from './value.ts';

const entryType = 'AWS::EC2::NetworkAclEntry';

export const networkAcl: Construct = {
  identities: ['NetworkAclId'],
  properties: ['VpcId', 'Entries', 'SubnetIds', 'Tags'],
  read(at) {
    const vpc = vpcOf(at);
    const inline = objects(at, 'Entries');
    for (const unknown of inline.unknown) note(at, 'Entries', unknown, 'the network ACL may allow or deny anything');
    const { certain, possible } = satellitesOf(at.in, entryType, 'NetworkAclId', at.of.id, aclType);
    const read = [...inline.known, ...certain].map(entryOf);
    const entries = read.flatMap((one) => known(one) ?? []);
    const { subnets, understood } = subnetsOf(at.in, at.of.id, at);
    at.in.findings.networkAcls.push({
      ...resource(at),
      kind: 'network-acl',
      vpc,
      isDefault: adoptedFrom(at) !== undefined,
      inbound: ascending(at, entries, false),
      outbound: ascending(at, entries, true),
      subnets,
      understood:
        understood && inline.unknown.length + possible.length === 0 && !read.some((one) => one instanceof Unknown),
    });
  },
};

/** The entries of a VPC's default network ACL: AWS's own (semantics 3.4), and those declared beside it. */
export function defaultEntries(vpc: At, id: string): Pick<NetworkAclFinding, 'inbound' | 'outbound' | 'understood'> {
  const { certain, possible } = satellitesOf(vpc.in, entryType, 'NetworkAclId', id, aclType);
  const read = certain.map(entryOf);
  const own = [false, true].flatMap((egress) =>
    everywhere.map((block, index): Directed => {
      const match: TrafficMatch = { protocol: 'all' };
      return { egress, entry: { number: 100 + index, action: 'allow', match, prefix: block, source: provenance(vpc) } };
    }),
  );
  const entries = [...own, ...read.flatMap((one) => known(one) ?? [])];
  return {
    inbound: ascending(vpc, entries, false),
    outbound: ascending(vpc, entries, true),
    understood: possible.length === 0 && !read.some((one) => one instanceof Unknown),
  };
}

const everywhere = [parsePrefix('0.0.0.0/0')!, parsePrefix('::/0')!];

/** Read by its network ACL; of one that is outside, by `entriesOutside`. */
export const networkAclEntry: Construct = {
  properties: [
    'NetworkAclId',
    'RuleNumber',
    'Egress',
    'Protocol',
    'RuleAction',
    'CidrBlock',
    'Ipv6CidrBlock',
    'PortRange',
    'Icmp',
  ],
};

/** `AWS::EC2::SubnetNetworkAclAssociation`, which its network ACL reads. */
export const aclAssociation: Construct = { identities: ['AssociationId'], properties: ['NetworkAclId', 'SubnetId'] };

/** Entries and associations of network ACLs that are not declared. */
export function entriesOutside(reading: Reading): void {
  for (const [acl, all, possible] of aroundOutside(reading, entryType, 'NetworkAclId', aclType)) {
    for (const at of all) {
      const made = entryOf(at);
      if (made instanceof Unknown || at.of.uncertain !== undefined) reading.outside.blurredAcls.add(acl);
      else if (made !== undefined) append(reading.outside.entries, acl, made);
    }
    if (possible.length > 0) reading.outside.blurredAcls.add(acl);
  }
  // Whichever network ACL it is that some subnet gets: of none that runs is it known where it is in force.
  if (mayChangeOutside(reading))
    for (const acl of reading.around.existing.get(aclType) ?? []) reading.outside.blurredAcls.add(acl);
  for (const [subnet, acl] of associatedOutside(reading)) reading.outside.aclOf.set(subnet, acl);
}

interface Directed {
  readonly egress: boolean;
  readonly entry: NetworkAclEntry;
}

function entryOf(at: At): Directed | Unknown | undefined {
  const number = whole(at, 'RuleNumber');
  const egress = flag(at, 'Egress') ?? false;
  const action = text(at, 'RuleAction');
  const block = has(at, 'CidrBlock') ? prefix(at, 'CidrBlock') : prefix(at, 'Ipv6CidrBlock');
  const match = matchOf(at);
  const parts = { RuleNumber: number, Egress: egress, RuleAction: action, CidrBlock: block, Protocol: match };
  for (const [key, part] of Object.entries(parts))
    if (part instanceof Unknown) {
      note(at, key, part, 'the network ACL may allow or deny anything');
      return part;
    }
  const word = known(action)?.toLowerCase();
  if (number === undefined || block === undefined || (word !== 'allow' && word !== 'deny')) {
    const missing = number === undefined ? 'RuleNumber' : block === undefined ? 'CidrBlock' : 'RuleAction';
    complain(at, 'missing-field', '', `the entry has no \`${missing}\` that is understood.`);
    return undefined;
  }
  if (match === undefined) return undefined;
  return {
    egress: egress as boolean,
    entry: {
      number: number as number,
      action: word,
      match: match as TrafficMatch,
      prefix: block as NetworkAclEntry['prefix'],
      source: provenance(at),
    },
  };
}

/** Ports and ICMP fields count for 6, 17, 1 and 58 alone; 58 with an IPv4 block is all types (semantics 3.9). */
function matchOf(at: At): TrafficMatch | Unknown | undefined {
  const name = text(at, 'Protocol');
  if (name instanceof Unknown) return name;
  if (name === undefined) {
    complain(at, 'missing-field', '', '`Protocol` is missing.');
    return undefined;
  }
  const protocol = protocolOf(described(at), 'Protocol', name);
  if (protocol === undefined || protocol === 'all') return protocol && { protocol };
  const icmp = isIcmp(protocol);
  const key = icmp ? 'Icmp' : 'PortRange';
  const range = inner(at, key);
  if (range instanceof Unknown) return range;
  const from = range && whole(range, icmp ? 'Type' : 'From');
  const to = range && whole(range, icmp ? 'Code' : 'To');
  return inRange(at, protocol, from, to, key);
}

/** The entries of one direction by number; two of one number are a mistake (semantics 3.12). */
function ascending(at: At, entries: readonly Directed[], egress: boolean): readonly NetworkAclEntry[] {
  const sorted = entries
    .filter((one) => one.egress === egress)
    .map((one) => one.entry)
    .sort((a, b) => a.number - b.number);
  for (const [index, { number }] of sorted.entries())
    if (sorted[index + 1]?.number === number)
      complain(
        at,
        'duplicate-rule-number',
        '',
        `two ${egress ? 'outbound' : 'inbound'} entries have the number ${number}.`,
        'IPv4 and IPv6 entries share one numbering.',
      );
  return sorted;
}
