/** `vpcproof diff` of two firewall policies, or of two files of rules: which flows they treat differently. */
import type { Problem } from '../base/problem.ts';
import { type Result, fail, ok } from '../base/result.ts';
import { reportsOf } from '../report/formats.ts';
import type { FirewallDiffDocument } from '../result/document.ts';
import type { FirewallInput, FirewallSource } from '../sources/index.ts';
import type { Command } from './outcome.ts';
import { readings } from './publish.ts';
import { tool } from './tool.ts';

export interface FirewallDiffArguments {
  readonly before: string;
  readonly after: string;
  readonly source: Omit<FirewallSource, 'files'>;
  readonly timeoutMs: number;
}

const statuses = { same: 0, different: 1, undecided: 3 } as const;

export const firewallDiff: Command<FirewallDiffArguments> = async (
  { before, after, source, timeoutMs },
  { engine, progress, sha256 },
) => {
  engine.warmUp?.();
  await progress(`reading ${before} and ${after}`);
  const read = async (file: string): Promise<Result<FirewallInput>> => {
    const input = await engine.loadFirewalls({ ...source, files: [file] });
    return input.ok ? input : { ok: false, problems: input.problems.map((one) => explained(one)) };
  };
  const [old, now] = [await read(before), await read(after)];
  if (!old.ok || !now.ok) return fail(...(old.ok ? [] : old.problems), ...(now.ok ? [] : now.problems));
  const pairs = pairsOf(old.value, now.value);
  if (pairs === undefined) return fail(unlikePolicies(after));
  const started = performance.now();
  const [bench, judge] = [await engine.firewalls(), await engine.judge()];
  await progress('comparing');
  const found = [];
  for (const [first, second] of pairs)
    found.push(
      await bench.compare(
        { network: old.value.network, ...first },
        { network: now.value.network, ...second },
        { judge, timeoutMs },
      ),
    );
  const opened = found.flatMap((one) => one.opened);
  const closed = found.flatMap((one) => one.closed);
  const undecided = found.flatMap((one) => one.undecided);
  const [a, b] = [readings(old.value.network), readings(now.value.network)];
  const document: FirewallDiffDocument = {
    schemaVersion: 1,
    tool,
    command: 'diff',
    question: { ...source, before, after },
    warnings: distinct([...a.warnings, ...b.warnings]),
    defaults: distinct([...old.value.defaults, ...now.value.defaults, ...a.defaults, ...b.defaults]),
    unmodelled: distinct([...a.unmodelled, ...b.unmodelled]),
    before: { sha256: await sha256(old.value.network), sources: old.value.network.sources },
    after: { sha256: await sha256(now.value.network), sources: now.value.network.sources },
    verdict: opened.length + closed.length > 0 ? 'different' : undecided.length > 0 ? 'undecided' : 'same',
    opened,
    closed,
    undecided,
    timeMs: Math.round(performance.now() - started),
  };
  return ok({ status: statuses[document.verdict], reports: reportsOf(document) });
};

type Subjects = FirewallInput['subjects'];

/** One against one, else by policy and firewall; undefined where they are not the same ones. */
function pairsOf(
  old: FirewallInput,
  now: FirewallInput,
): readonly (readonly [Subjects[number], Subjects[number]])[] | undefined {
  const [first, second] = [old.subjects, now.subjects];
  if (first.length === 1 && second.length === 1) return [[first[0]!, second[0]!]];
  const keyOf = ({ policy, firewall }: Subjects[number]): string => `${firewall.id} ${policy.id}`;
  const others = new Map(second.map((one) => [keyOf(one), one]));
  const pairs = first.flatMap((one) => {
    const other = others.get(keyOf(one));
    return other === undefined ? [] : [[one, other] as const];
  });
  return pairs.length === first.length && pairs.length === second.length ? pairs : undefined;
}

const unlikePolicies = (file: string): Problem => ({
  code: 'other-policies',
  file,
  message: 'It does not describe the same firewalls and policies as what it is compared with.',
  hint: 'Give the answer of describe-firewall-policy for one policy on each side.',
});

/** Networks as a whole are not compared. */
const explained = (problem: Problem): Problem =>
  problem.code === 'no-firewall-policy'
    ? {
        ...problem,
        message:
          'There is no firewall policy and no rule group in it, and only firewall policies and rule files can be compared.',
      }
    : problem;

const distinct = <T>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
];
