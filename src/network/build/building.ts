/** What the parts of the builder share: the findings, and what is noted while resolving them. */
import type { Problem } from '../../base/problem.ts';
import type { CoverageEntry, DefaultTaken } from '../coverage.ts';
import type { Provenance } from '../resource.ts';
import { type Findings, noFindings, type Read } from './findings.ts';

/** Whoever refers to something: its account and Region tell whose answers should hold it. */
export interface Referrer {
  readonly id: string;
  readonly account?: string;
  readonly region?: string;
  readonly source: Provenance;
}

export interface Building {
  readonly findings: Findings;
  readonly problems: Problem[];
  readonly defaults: DefaultTaken[];
  readonly warnings: string[];
  /** Why a resource is more than it was read as, by id: the assumption that stands for it. */
  readonly assumed: Map<string, string>;
  readonly coverage: CoverageEntry[];
  /** References already blamed. */
  readonly blamed: Set<string>;
  /** Answers by call. */
  readonly reads: ReadonlyMap<string, readonly Read[]>;
  /** Filled with the VPCs' Regions as soon as they are known. */
  readonly regionOfVpc: Map<string, string>;
}

export function startBuilding(findings: Findings = noFindings()): Building {
  const reads = new Map<string, Read[]>();
  for (const read of findings.reads) {
    const same = reads.get(read.call);
    if (same === undefined) reads.set(read.call, [read]);
    else if (!same.some((other) => sameRead(other, read))) same.push(read);
  }
  return {
    findings,
    problems: [],
    defaults: [],
    warnings: [...findings.warnings],
    assumed: new Map(),
    coverage: [],
    blamed: new Set(),
    reads,
    regionOfVpc: new Map(),
  };
}

const sameRead = (a: Read, b: Read): boolean =>
  a.account === b.account && a.region === b.region && a.complete === b.complete;

const interfacesCall = 'describe-network-interfaces';

const mayBe = (told: string | undefined, own: string | undefined): boolean =>
  told === undefined || own === undefined || told === own;

/** Whoever asks: where it stands in a VPC, that decides of what is declared. */
interface Asking {
  readonly id?: string;
  readonly vpc?: string;
  readonly account?: string;
  readonly region?: string;
}

/**
 * Whether some complete answer of the call is about the account and Region of whoever asks; what is not told matches
 * any, unless the input shows that nobody asked as that account. What is declared with all that stands in it needs no
 * answer.
 */
export function wasRead(building: Building, call: string, of: Asking): boolean {
  const { whole, hiding } = building.findings.edges;
  if (of.id !== undefined && hiding.has(of.id) && call === interfacesCall) return false;
  const place = of.vpc ?? of.id;
  if (place !== undefined && whole.has(place)) return true;
  return (building.reads.get(call) ?? []).some(
    (read) => read.complete && tellsOf(building, read, of, shownToParticipants.has(call)),
  );
}

/** Whether the answer is about the account and Region of whoever asks, likewise; `shared`: participants are shown it too. */
export function tellsOf(
  building: Building,
  read: { readonly account?: string; readonly region?: string },
  of: { readonly account?: string; readonly region?: string },
  shared = false,
): boolean {
  const isTheirs = isStranger(building, of.account)
    ? shared || read.account === of.account
    : mayBe(read.account, of.account);
  return isTheirs && mayBe(read.region, of.region);
}

/** Of what a participant of a shared VPC is shown all that its owner has there (semantics 1.25); of subnets only the shared ones. */
const shownToParticipants = new Set([
  'describe-vpcs',
  'describe-route-tables',
  'describe-network-acls',
  'describe-internet-gateways',
]);

/**
 * Whether nobody asked as the account: security groups were read and none is of it, though each VPC has a default group
 * of its owner's, which the owner alone is shown. So it is where a participant of a shared VPC asked.
 */
function isStranger({ reads }: Building, account: string | undefined): boolean {
  const views = reads.get('describe-security-groups') ?? [];
  return (
    account !== undefined &&
    views.length > 0 &&
    views.every((view) => view.complete && view.account !== undefined && view.account !== account)
  );
}

/** A reference to something that the answers should hold and do not; said once for each missing thing and kind of referrer. */
export function blameDangling(building: Building, from: Referrer, what: string, id: string, call: string): void {
  const kind = from.id.replace(/-.*$/, '');
  const key = `${kind} ${what} ${id}`;
  if (building.blamed.has(key) || building.findings.edges.outside.has(id)) return;
  building.blamed.add(key);
  building.problems.push({
    code: 'dangling-reference',
    file: from.source.file,
    place: from.source.place,
    message: `\`${from.id}\` names the ${what} \`${id}\`, which the input does not hold.`,
    hint: `Correct the id, or add the answer of \`aws ${commandLine(call)}\` that holds it.`,
  });
}

/** Something without which nothing can be said, asked for once a call. */
export function blameMissingCall(building: Building, from: Referrer, what: string, call: string): void {
  if (building.blamed.has(call)) return;
  building.blamed.add(call);
  building.problems.push({
    code: 'missing-call',
    file: from.source.file,
    place: from.source.place,
    message: `\`${from.id}\` needs ${what}, and no answer of ${call} was read.`,
    hint: `Add the output of \`aws ${commandLine(call)}\`.`,
  });
}

/** Calls are named without `ec2`; others carry their service. */
export const commandLine = (call: string): string =>
  call.includes(' ') ? call : call === 'describe-firewall' ? `network-firewall ${call}` : `ec2 ${call}`;

/** By id; sources have already merged what they saw twice. */
export const byId = <T extends { readonly id: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((one) => [one.id, one]));
