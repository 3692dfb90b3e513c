/** `firewall check` as JUnit XML: a suite for each policy, a failure for each finding, an error for what stayed open. */
import type { FirewallCheckDocument } from '../../result/document.ts';
import type { FirewallDoubt, FirewallResult, FirewallRuleJson } from '../../result/firewall.ts';
import { findingLines } from '../text/firewall-check.ts';
import { doubtText, ruleText } from '../text/firewall.ts';
import { lines, plural } from '../text/layout.ts';
import { paint } from '../text/paint.ts';
import { type Case, type Suite, junitXml } from './suites.ts';

export const firewallCheckJunit = ({ tool, network, results }: FirewallCheckDocument): string =>
  junitXml(
    tool,
    results.map((result) => suiteOf(result, network.sha256)),
  );

const plain = paint(false);

function suiteOf(
  { policy, firewall, timeMs, findings, undecided, notExamined }: FirewallResult,
  sha256: string,
): Suite {
  const inPolicy = { className: policy, timeMs: 0 };
  const found = findings.map((finding): Case => {
    const { code, rule, says } = finding;
    const text = lines(findingLines(finding, plain));
    return { ...inPolicy, name: named(code, rule), outcome: { kind: 'failure', type: code, message: says, text } };
  });
  const open = undecided.map((doubt): Case => ({
    ...inPolicy,
    name: named(doubt.code, doubt.rule),
    outcome: doubted(doubt),
  }));
  const left: readonly Case[] =
    notExamined === 0
      ? []
      : [
          {
            ...inPolicy,
            name: 'rules not examined',
            outcome: {
              kind: 'error',
              type: 'not-examined',
              message: `${plural(notExamined, 'rule')} not examined in the time given`,
              text: '`--timeout` gives more.',
            },
          },
        ];
  const cases = [...found, ...open, ...left];
  return {
    name: policy,
    timeMs,
    properties: { network: `sha256:${sha256}`, ...(firewall === undefined ? {} : { firewall }) },
    cases:
      cases.length > 0
        ? cases
        : [{ name: 'nothing is wrong with the rules', className: policy, timeMs, outcome: { kind: 'passed' } }],
  };
}

const named = (code: string, rule: FirewallRuleJson | undefined): string =>
  rule === undefined ? code : `${code}: ${ruleText(rule)}`;

const doubted = (doubt: FirewallDoubt): Case['outcome'] => ({
  kind: 'error',
  type: doubt.code,
  message: doubt.reason,
  text: doubtText(doubt, plain),
});
