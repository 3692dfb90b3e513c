/** `vpcproof firewall check`: what is wrong with rules and firewall policies by themselves. */
import { ok } from '../base/result.ts';
import { reportsOf } from '../report/formats.ts';
import type { FirewallCheckDocument } from '../result/document.ts';
import type { FirewallResult } from '../result/firewall.ts';
import type { FirewallSource } from '../sources/index.ts';
import type { Command, Status } from './outcome.ts';
import { coverageSum, readings } from './publish.ts';
import { tool } from './tool.ts';

export interface FirewallCheckArguments {
  readonly source: FirewallSource;
  readonly timeoutMs: number;
}

export const firewallCheck: Command<FirewallCheckArguments> = async (
  { source, timeoutMs },
  { engine, progress, sha256, located },
) => {
  engine.warmUp?.();
  await progress(`reading ${source.files.join(', ')}`);
  const input = await engine.loadFirewalls(source, { twoOrders: true });
  if (!input.ok) return input;
  const { network, subjects, defaults } = input.value;
  const [bench, judge] = [await engine.firewalls(), await engine.judge()];
  const results: FirewallResult[] = [];
  for (const [index, subject] of subjects.entries()) {
    await progress(
      `${index} of ${subjects.length} policies done, checking ${subject.policy.name ?? subject.policy.id}`,
    );
    results.push(await bench.check({ network, ...subject }, { judge, timeoutMs, now: () => performance.now() }));
  }
  const summary = {
    findings: results.reduce((sum, { findings }) => sum + findings.length, 0),
    undecided: results.reduce((sum, { undecided }) => sum + undecided.length, 0),
    notExamined: results.reduce((sum, { notExamined }) => sum + notExamined, 0),
  };
  const read = readings(network);
  const document: FirewallCheckDocument = {
    schemaVersion: 1,
    tool,
    command: 'firewall check',
    question: source,
    network: { sha256: await sha256(network), sources: network.sources },
    ...read,
    defaults: [...defaults, ...read.defaults],
    coverage: coverageSum(network),
    results: await located(results),
    summary,
  };
  return ok({ status: statusOf(summary), reports: reportsOf(document) });
};

const statusOf = ({ findings, undecided, notExamined }: FirewallCheckDocument['summary']): Status =>
  findings > 0 ? 1 : undecided + notExamined > 0 ? 3 : 0;
