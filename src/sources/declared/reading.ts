/** What the readers of a declaration share: its resources by address and by id, and what is found on the way. */
import type { Problem } from '../../base/problem.ts';
import { type Findings, noFindings } from '../../network/build/findings.ts';
import { type Outside, nothingOutside } from './outside.ts';
import { type Around, nothingAround } from './around.ts';
import type { Declaration, DeclaredResource } from './resource.ts';
import { type Fields, Unknown, type Value } from './value.ts';

/** How one type of CloudFormation's is read. */
export interface Construct {
  /** Attributes that stand for the resource itself, besides `Ref`, `Id` and `Arn`. */
  readonly identities?: readonly string[];
  /** Every property that is read, or that changes nothing in what is reachable; others are said to be passed over. */
  readonly properties: readonly string[];
  /** Properties that are not listed change nothing in what is reachable either: nothing is said of them. */
  readonly others?: boolean;
  /** Attributes other than identities and properties: `DefaultSecurityGroup`. Undefined: not known before deployment. */
  readonly attribute?: (at: At, attribute: string) => Value | undefined;
  /** Absent where those that it belongs to read it (a route, an association). */
  readonly read?: (at: At) => void;
}

export interface Reading {
  readonly declaration: Declaration;
  readonly constructs: ReadonlyMap<string, Construct>;
  readonly byAddress: ReadonlyMap<string, DeclaredResource>;
  readonly byId: ReadonlyMap<string, DeclaredResource>;
  readonly byType: ReadonlyMap<string, readonly At[]>;
  /** Ids of what AWS makes along with declared resources, with their types. */
  readonly derived: Map<string, string>;
  /** What exists already and another network tells of. */
  readonly around: Around;
  /** Addresses of resources of which some tag is not known. */
  readonly openTags: Set<string>;
  readonly findings: Findings;
  readonly problems: Problem[];
  readonly outside: Outside;
}

/** Properties of a resource, or an object among them: which resource, and the path in it (`Ingress/0`; empty at the top). */
export interface At {
  readonly fields: Fields;
  readonly path: string;
  readonly of: DeclaredResource;
  readonly in: Reading;
}

export function startReading(
  declaration: Declaration,
  constructs: ReadonlyMap<string, Construct>,
  around: Around = nothingAround,
): Reading {
  const byType = new Map<string, At[]>();
  const reading: Reading = {
    declaration,
    constructs,
    byAddress: new Map(declaration.resources.map((one) => [one.address, one])),
    byId: new Map(declaration.resources.map((one) => [one.id, one])),
    byType,
    derived: new Map(),
    around,
    openTags: new Set(),
    findings: noFindings(),
    problems: [],
    outside: nothingOutside(),
  };
  for (const one of declaration.resources) {
    const at = topOf(reading, one);
    const same = byType.get(one.type);
    if (same === undefined) byType.set(one.type, [at]);
    else same.push(at);
  }
  return reading;
}

export const topOf = (reading: Reading, of: DeclaredResource): At => ({
  fields: of.properties,
  path: '',
  of,
  in: reading,
});

/** An id of something that AWS makes along with a declared resource, and its CloudFormation type. */
export function derive(reading: Reading, id: string, type: string): string {
  reading.derived.set(id, type);
  return id;
}

/** Says what is made of a value that is not known. */
export function note(at: At, key: string, { why }: Unknown, taken: string): void {
  const where = at.path === '' ? key : `${at.path}/${key}`;
  at.in.findings.warnings.push(`\`${at.of.address}\`: \`${where}\` is not known (${why}): ${taken}.`);
}

/** A resource, or a part of it, that no part of the network stands for. */
export function notModelled(at: At, kind: string, why: string, affects: string): void {
  const { id, source } = at.of;
  at.in.findings.notModelled.push({ kind, id, status: 'not-modelled', why, affects, source });
}

export function complain(at: At, code: string, key: string, message: string, hint?: string): void {
  const { file, place } = provenance(at);
  const hinted = hint === undefined ? {} : { hint };
  at.in.problems.push({
    code,
    file,
    place: key === '' ? place : `${place}/${key}`,
    message: `\`${at.of.address}\`: ${message}`,
    ...hinted,
  });
}

/** Whether the deployment makes it: whatever belongs to it then is declared too. Others may have added to what exists. */
export const isMade = ({ of }: At): boolean => of.lookedUp !== true && of.id === of.address;

/** Whether the resource is there for certain, whatever conditions decide. */
export const isThere = ({ of: { uncertain } }: At): boolean => uncertain === undefined;

export const provenance = ({ of: { source }, path }: At): DeclaredResource['source'] =>
  path === '' ? source : { file: source.file, place: `${source.place}/${path}` };
