/** Entries of network ACLs as candidates: those that let a packet through, and those that stop it (semantics section 3). */
import type { Address } from '../net/address.ts';
import { type Prefix, prefixContains } from '../net/prefix.ts';
import { hasPorts } from '../net/protocol.ts';
import type { Network } from '../network/network.ts';
import type { NetworkAcl, NetworkAclEntry } from '../network/network-acl.ts';
import type { TrafficMatch } from '../network/traffic-match.ts';
import type { Question } from '../policy/question.ts';
import { type Candidate, blocksFor, candidate, everywhere, matches, subnetWith, trafficOf } from './candidate.ts';
import type { Seen, Step } from './step.ts';
import { asMatches, blocksAsked } from './traffic.ts';

type Direction = 'inbound' | 'outbound';

/** The highest number that people give an entry. */
const highest = 32_766;

interface Decided {
  readonly acl: NetworkAcl;
  readonly direction: Direction;
  /** The entry that decided; undefined where it is the implicit one. */
  readonly entry: NetworkAclEntry | undefined;
}

/** What decided at the step; both directions where either could have. */
function decidedAt({ networkAcls }: Network, { resource, rule, source, after }: Step): readonly Decided[] {
  const acl = networkAcls.get(resource);
  if (acl === undefined) return [];
  return (['inbound', 'outbound'] as const).flatMap((direction): readonly Decided[] => {
    const found = acl[direction].find(
      ({ match, prefix }) => prefixContains(prefix, remoteOf(direction, after)) && matches(match, after),
    );
    const entry = found === undefined || found.number > highest ? undefined : found;
    if (rule !== (entry === undefined ? 'rule *' : `rule ${entry.number}`)) return [];
    const isElsewhere =
      entry !== undefined && (entry.source.file !== source?.file || entry.source.place !== source.place);
    return isElsewhere ? [] : [{ acl, direction, entry }];
  });
}

const remoteOf = (direction: Direction, { src, dst }: Seen): Address => (direction === 'inbound' ? src : dst);

/** A free number that comes before the entry's; before the implicit one, behind all that there are. */
function numberBefore(entries: readonly NetworkAclEntry[], entry: NetworkAclEntry | undefined): number | undefined {
  const numbers = entries.map(({ number }) => number).filter((number) => number <= highest);
  if (entry === undefined) {
    const next = Math.floor((numbers.at(-1) ?? 0) / 10) * 10 + 10;
    return next <= highest ? next : undefined;
  }
  const previous = numbers.findLast((number) => number < entry.number) ?? 0;
  const middle = Math.floor((previous + entry.number) / 2);
  return middle > previous ? middle : undefined;
}

/** The entry that admits goes, or a narrower one before it denies. */
export function closingEntries(network: Network, step: Step, question: Question): readonly Candidate[] {
  return decidedAt(network, step).flatMap(({ acl, direction, entry }) => {
    if (entry === undefined) return [];
    const of = { acl: acl.id, direction } as const;
    const number = numberBefore(acl[direction], entry);
    const removal = candidate({ kind: 'remove-entry', ...of, number: entry.number }, 0.35);
    if (number === undefined) return [removal];
    const remote = remoteOf(direction, step.after);
    const blocks = [...blocksFor(network, remote, blocksAsked(question)), ...vpcBlocks(network, remote, acl)];
    const kinds = [
      ...asMatches(question.traffic).filter((one) => matches(one, step.after)),
      trafficOf(step.after),
      { protocol: 'all' } as const,
    ];
    const denials = kinds.flatMap((traffic, i) =>
      blocks.map((block, j) =>
        candidate({ kind: 'add-entry', ...of, number, action: 'deny', traffic, block }, 0.4 + (i + j) / 100),
      ),
    );
    return [removal, ...denials];
  });
}

/** The block of another VPC in which the address lies. */
function vpcBlocks(network: Network, address: Address, { vpc }: NetworkAcl): readonly Prefix[] {
  const far = subnetWith(network, address)?.vpc;
  if (far === undefined || far === vpc) return [];
  return network.vpcs.get(far)?.cidrs.filter((cidr) => prefixContains(cidr, address)) ?? [];
}

/** What the packet needs: an entry before the one that denies it, another in its place, or one that admits more. */
export function openingEntries(network: Network, step: Step, question: Question): readonly Candidate[] {
  return decidedAt(network, step).flatMap(({ acl, direction, entry }) => {
    const of = { acl: acl.id, direction } as const;
    const number = numberBefore(acl[direction], entry);
    const remote = remoteOf(direction, step.after);
    const kinds = trafficFor(step, asMatches(question.traffic));
    const blocks = blocksFor(network, remote, blocksAsked(question));
    const additions =
      number === undefined
        ? []
        : kinds.flatMap((traffic, i) =>
            blocks
              .toReversed()
              .map((block, j) =>
                candidate({ kind: 'add-entry', ...of, number, action: 'allow', traffic, block }, 0.1 + (i + j) / 100),
              ),
          );
    return [
      ...additions,
      ...changes(acl, direction, entry, step.after),
      ...widened(acl, direction, step, blocks.at(-1)),
    ];
  });
}

/** Replies go to whatever port the client took; that some of them come back is not enough. */
function trafficFor({ after, direction }: Step, asked: readonly TrafficMatch[]): readonly TrafficMatch[] {
  if (direction === 'return')
    return hasPorts(after.protocol)
      ? [{ protocol: after.protocol, ports: { from: 1024, to: 65_535 } }]
      : [{ protocol: after.protocol }];
  const meant = asked.filter((one) => matches(one, after));
  return meant.length > 0 ? meant : [trafficOf(after)];
}

/** Of an entry that denies: it goes, or admits. */
function changes(
  acl: NetworkAcl,
  direction: Direction,
  entry: NetworkAclEntry | undefined,
  seen: Seen,
): readonly Candidate[] {
  if (entry === undefined) return [];
  const of = { acl: acl.id, direction, number: entry.number } as const;
  const next = acl[direction].find(
    (one) =>
      one.number > entry.number && prefixContains(one.prefix, remoteOf(direction, seen)) && matches(one.match, seen),
  );
  const { match: traffic, prefix: block } = entry;
  return [
    ...(next?.action === 'allow' ? [candidate({ kind: 'remove-entry', ...of }, 0.15)] : []),
    candidate({ kind: 'change-entry', ...of, action: 'allow', traffic, block }, 0.2),
  ];
}

/** An entry that admits such traffic, for all blocks: the one that somebody narrowed. */
function widened(
  acl: NetworkAcl,
  direction: Direction,
  { after }: Step,
  block = everywhere(remoteOf(direction, after).family),
): readonly Candidate[] {
  return acl[direction].flatMap(({ number, action, match: traffic, prefix }) =>
    action === 'allow' &&
    number <= highest &&
    prefix.family === block.family &&
    covers(block, prefix) &&
    traffic.protocol !== 'all' &&
    matches(traffic, after)
      ? [candidate({ kind: 'change-entry', acl: acl.id, direction, number, action, traffic, block }, 0.12)]
      : [],
  );
}

const covers = (wide: Prefix, narrow: Prefix): boolean =>
  wide.length < narrow.length && prefixContains(wide, { family: narrow.family, value: narrow.base });
