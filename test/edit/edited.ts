/** Networks after edits, held against networks that were written so in the first place. */
import { expect } from 'vitest';
import type { Problem } from '../../src/base/problem.ts';
import { type AppliedEdit, applyEdits, readEditLines } from '../../src/edit/index.ts';
import type { Network } from '../../src/network/network.ts';
import { isUnread } from '../../src/network/resource.ts';
import type { SecurityGroup } from '../../src/network/security-group.ts';
import { canonicalSnapshot, ruleReader } from '../../src/sources/index.ts';
import { networkOf } from '../support/network.ts';
import type { Spec } from '../support/spec.ts';

/** What the edits come to, or the problems of reading and applying them. */
export function tryEdits(network: Network, lines: readonly string[]) {
  const { edits, problems } = readEditLines(lines);
  const result = applyEdits(network, edits, ruleReader);
  const all: readonly Problem[] = [...problems, ...(result.ok ? [] : result.problems)];
  return { problems: all, edited: result.ok && problems.length === 0 ? result.value : undefined };
}

export function editNetwork(network: Network, ...lines: readonly string[]) {
  const { problems, edited } = tryEdits(network, lines);
  if (edited === undefined)
    throw new Error(`the edits are refused:\n${problems.map((problem) => JSON.stringify(problem)).join('\n')}`);
  return edited;
}

/** The edited network is the other one, as far as packets can tell. */
export function becomes(before: Spec, lines: readonly string[], after: Spec): readonly AppliedEdit[] {
  const { network, edits } = editNetwork(networkOf(before), ...lines);
  expect(comparable(network)).toEqual(comparable(networkOf(after)));
  return edits;
}

/** Canonical, piece by piece; the ids of rules, which are made of their places, do not count. */
function comparable(network: Network): unknown {
  const nameless = (group: SecurityGroup): SecurityGroup => {
    const bare = (rules: SecurityGroup['ingress']): SecurityGroup['ingress'] =>
      isUnread(rules) ? rules : rules.map((rule) => ({ ...rule, id: '' }));
    return { ...group, ingress: bare(group.ingress), egress: bare(group.egress) };
  };
  const securityGroups = new Map([...network.securityGroups].map(([id, group]) => [id, nameless(group)]));
  return canonicalSnapshot({ ...network, securityGroups }).split(/(?<=[}\]],)/);
}

/** The one mistake of the edit: its code, place, message and hint. */
export function mistake(network: Spec | Network, ...lines: readonly string[]): Problem {
  const { problems } = tryEdits(
    'vpcs' in network && Array.isArray(network.vpcs) ? networkOf(network as Spec) : (network as Network),
    lines,
  );
  expect(problems).toHaveLength(1);
  return problems[0]!;
}

/** Every change in one line: `- sg-1 ingress rule: tcp/443 0.0.0.0/0`. */
export const changesOf = (edits: readonly AppliedEdit[]): readonly string[] =>
  edits.flatMap(({ changes }) =>
    changes.map(({ resource, what, before = '', after = '' }) => `${resource} ${what}: ${before} => ${after}`),
  );
