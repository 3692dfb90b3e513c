/** The whole way from documents and one property to its verdict, as `check` goes it. */
import { describe, expect, test } from 'vitest';
import { openProver } from '../../src/cli/decide.ts';
import { openVerifier } from '../../src/explain/index.ts';
import type { Network } from '../../src/network/network.ts';
import { readPolicyFile } from '../../src/policy/document.ts';
import { propertiesOf } from '../../src/policy/meaning.ts';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { replay } from '../../src/trace/index.ts';
import { documents, type Document } from '../support/aws.ts';
import type { Spec } from '../support/spec.ts';

/** What becomes of the documents before they are read: calls left out, fields taken away. */
export type Edit = (documents: readonly Document[]) => readonly Document[];

interface Case {
  /** A claim. */
  readonly says: string;
  readonly network: Spec;
  readonly edit?: Edit;
  /** `forbid: {…}` or `require: {…}`, as YAML in one line. */
  readonly property: string;
}

/** One test a case: that the property holds would be wrong. */
export function neverHolds(title: string, cases: readonly Case[]): void {
  describe(`a hostile reading, ${title}`, () => {
    test.each(cases)('$says', async ({ network, edit, property }) => {
      expect(['violated', 'undecided']).toContain(await verdict(read(network, edit), property));
    });
  });
}

/** One test a case: it is proved all the same, however hostile the reading. */
export function stillHolds(title: string, cases: readonly Case[]): void {
  describe(`a hostile reading, ${title}`, () => {
    test.each(cases)('$says', async ({ network, edit, property }) => {
      expect(await verdict(read(network, edit), property)).toBe('holds');
    });
  });
}

/** Leaves out the answers of these calls. */
export const unread =
  (...calls: readonly string[]): Edit =>
  (all) =>
    all.filter(({ file }) => !calls.some((call) => file.startsWith(call)));

/** Changes each resource of a call's answer; one that becomes undefined is left out. */
export const each =
  (call: string, key: string, change: (item: Record<string, unknown>) => object | undefined): Edit =>
  (all) =>
    all.map((one) => {
      if (one.file !== `${call}.json`) return one;
      const items = (one.json as Record<string, Record<string, unknown>[]>)[key]!;
      return { ...one, json: { [key]: items.flatMap((item) => change(item) ?? []) } };
    });

export function read(spec: Spec, edit: Edit = (all) => all): Network {
  const result = networkFromDocuments(edit(documents(spec)));
  if (!result.ok) throw new Error(JSON.stringify(result.problems, undefined, 1));
  return result.value;
}

const verdict = async (network: Network, property: string): Promise<string> =>
  (await answerOf(network, property)).verdict;

/** What a property of the network comes to, and what it then stands on. */
export async function answerOf(
  network: Network,
  property: string,
): Promise<{ readonly verdict: string; readonly assumptions: readonly string[]; readonly notes: readonly string[] }> {
  const file = readPolicyFile(`version: 1\nproperties:\n  - { id: p, ${property} }\n`, 'policy.yaml');
  if (!file.ok) throw new Error(JSON.stringify(file.problems, undefined, 1));
  const properties = propertiesOf(network, file.value, { sides: new Map(), potential: false });
  if (!properties.ok) throw new Error(JSON.stringify(properties.problems, undefined, 1));
  const engine = {
    openVerifier: (of: Network) => Promise.resolve(openVerifier(of)),
    replay: () => Promise.resolve(replay),
  };
  const prover = openProver(engine, network, 20_000);
  try {
    const { answer } = await prover.decide(properties.value[0]!.intents[0]!);
    const { vacuous, verdict: plain, assumptions, notes } = answer;
    return { verdict: vacuous ? 'vacuous' : plain, assumptions, notes };
  } finally {
    await prover.close();
  }
}
