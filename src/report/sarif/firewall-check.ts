/** `firewall check` as SARIF: a rule for each sort of finding, a result for each finding, placed at the rule of the firewall. */
import type { ReportingDescriptor, Result } from 'sarif';
import type { FirewallCheckDocument } from '../../result/document.ts';
import type { FirewallDoubt, FirewallFinding, FirewallResult, FirewallRuleJson } from '../../result/firewall.ts';
import { ruleText, sentText } from '../text/firewall.ts';
import { sarifLog } from './log.ts';
import { locationOf } from './place.ts';

export function firewallCheckSarif({ tool, results, network }: FirewallCheckDocument): string {
  const codes = new Set(
    results.flatMap(({ findings, undecided }) => [...findings, ...undecided].map(({ code }) => code)),
  );
  const file = network.sources[0] ?? '';
  return sarifLog(
    tool,
    [...codes].toSorted().map((code) => sortOf(code)),
    results.flatMap((result) => [
      ...result.findings.map((finding) => findingResult(finding, result, file)),
      ...result.undecided.map((doubt) => doubtResult(doubt, result, file)),
    ]),
  );
}

const sortOf = (code: string): ReportingDescriptor => {
  const words = code.replaceAll('-', ' ');
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return {
    id: code,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: 'What is found is proved; each finding has flows that show it.' },
    defaultConfiguration: { level: 'warning' },
  };
};

function findingResult(finding: FirewallFinding, { policy }: FirewallResult, file: string): Result {
  const { code, rule, other, says, examples } = finding;
  const shown = examples.map(
    ({ packet, verdict, why }) => `${sentText(packet)} ${verdict === 'passes' ? 'passes' : 'is dropped'}: ${why}.`,
  );
  return {
    ruleId: code,
    kind: 'fail',
    level: 'warning',
    message: { text: [says, ...shown].join('\n') },
    locations: [rule === undefined ? locationOf({ file, place: '' }, policy) : ruleLocation(rule)],
    ...(other === undefined ? {} : { relatedLocations: [ruleLocation(other)] }),
    partialFingerprints: fingerprint(policy, code, rule, other),
    properties: { policy },
  };
}

const doubtResult = (
  { code, rule, reason, unknowns }: FirewallDoubt,
  { policy }: FirewallResult,
  file: string,
): Result => ({
  ruleId: code,
  kind: 'open',
  level: 'none',
  message: { text: `Undecided: ${reason}${unknowns.length === 0 ? '' : ` (${unknowns.join(', ')})`}.` },
  locations: [rule === undefined ? locationOf({ file, place: '' }, policy) : ruleLocation(rule)],
  partialFingerprints: fingerprint(policy, code, rule),
  properties: { policy },
});

const ruleLocation = (rule: FirewallRuleJson) =>
  locationOf(rule.source, `${rule.group}${rule.sid === undefined ? '' : ` sid ${rule.sid}`}`, ruleText(rule));

/** The same for as long as the rules have their names, wherever they move to. */
const fingerprint = (policy: string, code: string, ...rules: readonly (FirewallRuleJson | undefined)[]) => ({
  'vpcproof/finding/v1': [
    policy,
    code,
    ...rules.flatMap((rule) =>
      rule === undefined ? [] : [`${rule.group}:${rule.sid ?? rule.text ?? rule.line ?? ''}`],
    ),
  ].join(' '),
});
