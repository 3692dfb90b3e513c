/** Flows through a firewall as lines: the packet with what it carries, and what becomes of it. */
import type { SentJson } from '../../result/answer.ts';
import type { FirewallDoubt, FirewallRuleJson, FirewallVerdictJson } from '../../result/firewall.ts';
import { carriedText } from './carried.ts';
import { packetText } from './path.ts';
import type { Paint } from './paint.ts';

export const sentText = (packet: SentJson): string =>
  [packetText(packet), carriedText(packet)].filter((part) => part !== '').join(' ');

/** `sid 7 of names.rules (names.rules 3:1)`. */
export function ruleText({ group, sid, line, source }: FirewallRuleJson): string {
  const name = sid === undefined ? (line === undefined ? 'a rule' : `line ${line}`) : `sid ${sid}`;
  return `${name} of \`${group}\` (${[source.file, source.place].filter((part) => part !== '').join(' ')})`;
}

export const verdictText = ({ verdict, why }: FirewallVerdictJson, paint: Paint): string =>
  `${verdict === 'passes' ? paint.bold('passes') : paint.bold('is dropped')}: ${paint.names(why)}`;

export const doubtText = ({ code, rule, reason, unknowns }: FirewallDoubt, paint: Paint): string =>
  paint.names(
    `${code}${rule === undefined ? '' : `, ${ruleText(rule)}`}: ${reason}${unknowns.length === 0 ? '' : ` (${unknowns.join(', ')})`}`,
  );
