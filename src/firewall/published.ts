/** Rules, flows and verdicts in the published form. */
import { protocols } from '../net/protocol.ts';
import type { Judgement } from '../network/judge.ts';
import { isUnread } from '../network/resource.ts';
import type { SentJson } from '../result/answer.ts';
import type { FirewallExample, FirewallRuleJson, FirewallVerdictJson } from '../result/firewall.ts';
import { flagsJson, packetJson, payloadJson } from '../result/packet.ts';
import type { Example } from './court.ts';
import type { RuleAt, Subject } from './subject.ts';

export const ruleJson = ({ group, index, line, rule }: RuleAt): FirewallRuleJson => ({
  group: group.name ?? group.id,
  ...(rule.sid === undefined ? {} : { sid: rule.sid }),
  line: index + 1,
  text: line.text,
  source: { file: line.source.file, place: line.source.place },
});

/** The rule that decided, in the words of the policy as it is. */
export function deciding({ network }: Subject, { rule }: Judgement): FirewallRuleJson | undefined {
  if (rule === undefined) return undefined;
  const group = network.ruleGroups.get(rule.group);
  const lines = group?.kind === 'stateful-rule-group' && !isUnread(group.rules) ? group.rules : [];
  const text = rule.line === undefined ? undefined : lines[rule.line - 1]?.text;
  return {
    group: group?.name ?? rule.group,
    ...(rule.sid === undefined ? {} : { sid: rule.sid }),
    ...(rule.line === undefined ? {} : { line: rule.line }),
    ...(text === undefined ? {} : { text }),
    source: { file: rule.source.file, place: rule.source.place },
  };
}

export function verdictJson(subject: Subject, judgement: Judgement): FirewallVerdictJson {
  const rule = deciding(subject, judgement);
  return {
    verdict: judgement.passes ? 'passes' : 'dropped',
    why: judgement.why,
    ...(rule === undefined ? {} : { rule }),
  };
}

/** What a flow carries is told where it has come that far. */
export function sentJson({ packet, payload, mode }: Pick<Example, 'packet' | 'payload' | 'mode'>): SentJson {
  const bare =
    packet.protocol === protocols.tcp && (mode === 'packet' || mode === 'connection') && packet.tcpFlags === undefined;
  const silent = bare || (payload.app === 'none' && packet.protocol !== protocols.tcp);
  return {
    ...packetJson(packet),
    ...flagsJson(packet),
    ...(silent ? {} : payloadJson(payload)),
  };
}

export const exampleJson = (
  subject: Subject,
  flow: Pick<Example, 'packet' | 'payload' | 'mode'>,
  judgement: Judgement,
): FirewallExample => ({ packet: sentJson(flow), mode: flow.mode, ...verdictJson(subject, judgement) });
