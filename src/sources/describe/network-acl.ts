/** describe-network-acls. */
import type { NetworkAcl as AwsNetworkAcl, NetworkAclEntry as AwsEntry } from '@aws-sdk/client-ec2';
import { isIcmp } from '../../net/protocol.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { NetworkAclEntry } from '../../network/network-acl.ts';
import type { TrafficMatch } from '../../network/traffic-match.ts';
import {
  type At,
  complain,
  flag,
  has,
  inner,
  list,
  oneOf,
  prefix,
  provenance,
  required,
  text,
  unknownKeys,
  whole,
} from './fields.ts';
import { resource } from './resource.ts';
import { icmpMatch, portMatch, protocolOf } from './traffic-match.ts';

export function readNetworkAcl(at: At<AwsNetworkAcl>, findings: Findings): void {
  const id = required(at, 'NetworkAclId');
  const vpc = required(at, 'VpcId');
  if (!has(at, 'Entries')) complain(at, 'missing-field', '', '`Entries` is missing.');
  if (id === undefined || vpc === undefined) return;
  const entries = list(at, 'Entries');
  const read = entries.flatMap((entry) => readEntry(entry) ?? []);
  findings.networkAcls.push({
    ...resource(at, id, { account: text(at, 'OwnerId') }),
    kind: 'network-acl',
    vpc,
    isDefault: flag(at, 'IsDefault') ?? false,
    inbound: ascending(at, read, false),
    outbound: ascending(at, read, true),
    subnets: list(at, 'Associations').flatMap((association) => required(association, 'SubnetId') ?? []),
    understood: entries.every((entry) => unknownKeys(entry, entryKeys).length === 0),
  });
}

const entryKeys: ReadonlySet<string> = new Set<keyof AwsEntry>([
  'CidrBlock',
  'Egress',
  'IcmpTypeCode',
  'Ipv6CidrBlock',
  'PortRange',
  'Protocol',
  'RuleAction',
  'RuleNumber',
]);

interface Directed {
  readonly egress: boolean;
  readonly entry: NetworkAclEntry;
}

function readEntry(at: At<AwsEntry>): Directed | undefined {
  const number = whole(at, 'RuleNumber');
  const egress = flag(at, 'Egress');
  const action = oneOf(at, 'RuleAction', ['allow', 'deny']);
  const block = prefix(at, 'CidrBlock') ?? prefix(at, 'Ipv6CidrBlock');
  const match = matchOf(at);
  for (const key of ['RuleNumber', 'Egress', 'RuleAction'] as const)
    if (!has(at, key)) complain(at, 'missing-field', '', `\`${key}\` is missing.`);
  if (!has(at, 'CidrBlock') && !has(at, 'Ipv6CidrBlock'))
    complain(at, 'missing-field', '', 'The entry has neither `CidrBlock` nor `Ipv6CidrBlock`.');
  if (number === undefined || egress === undefined || action === undefined || !block || !match) return undefined;
  return { egress, entry: { number, action, match, prefix: block, source: provenance(at) } };
}

/** Ports and ICMP fields count for 6, 17, 1 and 58 alone; 58 with an IPv4 block is all types (semantics 3.9). */
function matchOf(at: At<AwsEntry>): TrafficMatch | undefined {
  const name = required(at, 'Protocol');
  const protocol = name === undefined ? undefined : protocolOf(at, 'Protocol', name);
  if (protocol === undefined || protocol === 'all') return protocol && { protocol };
  if (isIcmp(protocol)) {
    const fields = inner(at, 'IcmpTypeCode');
    const range = { from: fields && whole(fields, 'Type'), to: fields && whole(fields, 'Code'), key: 'IcmpTypeCode' };
    return icmpMatch(at, protocol, range);
  }
  const ports = inner(at, 'PortRange');
  return portMatch(at, protocol, {
    from: ports && whole(ports, 'From'),
    to: ports && whole(ports, 'To'),
    key: 'PortRange',
  });
}

/** The entries of one direction by number; two of one number are a mistake (semantics 3.12). */
function ascending(at: At<AwsNetworkAcl>, entries: readonly Directed[], egress: boolean): readonly NetworkAclEntry[] {
  const sorted = entries
    .filter((one) => one.egress === egress)
    .map((one) => one.entry)
    .sort((a, b) => a.number - b.number);
  for (const [index, entry] of sorted.entries())
    if (sorted[index + 1]?.number === entry.number)
      complain(
        at,
        'duplicate-rule-number',
        'Entries',
        `Two ${egress ? 'outbound' : 'inbound'} entries have the number ${entry.number}.`,
        'IPv4 and IPv6 entries share one numbering.',
      );
  return sorted;
}
