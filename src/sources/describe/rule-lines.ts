/** A stateful group's rules as lines of Suricata, as AWS makes them of what was written (semantics 10.49 to 10.56). */
import type { RulesSource, RulesSourceList, StatefulRule } from '@aws-sdk/client-network-firewall';
import type { RuleLine, RuleOrder } from '../../network/firewall-policy.ts';
import { readRules } from '../../suricata/index.ts';
import { linesOfDomains } from './domain-list.ts';
import { type At, complain, inner, list, oneOf, provenance, required, text, texts } from './fields.ts';

export function ruleLines(at: At<RulesSource>, order: RuleOrder): readonly RuleLine[] {
  const domains = inner(at, 'RulesSourceList');
  return [
    ...written(at),
    ...(domains === undefined ? [] : ofDomains(domains, order)),
    ...list(at, 'StatefulRules').flatMap(ofHeader),
  ];
}

/** The customer's own text; a line's place is that of the text, and its line and column in it. */
function written(at: At<RulesSource>): readonly RuleLine[] {
  const whole = text(at, 'RulesString') ?? '';
  return readRules(whole).lines.map(({ text: line, line: row, column }) => ({
    text: line,
    source: { file: at.in.file, place: `${at.place}/RulesString ${row}:${column}` },
  }));
}

/** AWS does not tell the sids that it gives; these count from 1. */
function ofDomains(at: At<RulesSourceList>, order: RuleOrder): readonly RuleLine[] {
  const type = oneOf(at, 'GeneratedRulesType', ['ALLOWLIST', 'DENYLIST', 'REJECTLIST', 'ALERTLIST']);
  const types = texts(at, 'TargetTypes');
  const strange = types.find((one) => one !== 'TLS_SNI' && one !== 'HTTP_HOST');
  if (strange !== undefined) complain(at, 'unknown-value', 'TargetTypes', `\`${strange}\` is no target type.`);
  if (type === undefined) return [];
  const targetTypes = types.filter((one) => one === 'TLS_SNI' || one === 'HTTP_HOST');
  return linesOfDomains({ type, targetTypes, targets: texts(at, 'Targets') }, order).map(({ text: line, target }) => ({
    text: line,
    source: { file: at.in.file, place: target === undefined ? at.place : `${at.place}/Targets/${target}` },
  }));
}

function ofHeader(at: At<StatefulRule>): readonly RuleLine[] {
  const action = oneOf(at, 'Action', ['PASS', 'DROP', 'ALERT', 'REJECT']);
  const header = inner(at, 'Header');
  if (header === undefined) complain(at, 'missing-field', '', '`Header` is missing.', 'Every stateful rule has one.');
  if (action === undefined || header === undefined) return [];
  const direction = oneOf(header, 'Direction', ['FORWARD', 'ANY']) === 'ANY' ? '<>' : '->';
  const [protocol, source, sourcePort] = [
    required(header, 'Protocol'),
    required(header, 'Source'),
    required(header, 'SourcePort'),
  ];
  const [destination, destinationPort] = [required(header, 'Destination'), required(header, 'DestinationPort')];
  const options = list(at, 'RuleOptions').map((option) => {
    const settings = texts(option, 'Settings');
    return `${text(option, 'Keyword') ?? ''}${settings.length > 0 ? `:${settings.join(',')}` : ''};`;
  });
  const words = [action.toLowerCase(), protocol?.toLowerCase(), source, sourcePort, direction, destination];
  return [{ text: [...words, destinationPort, `(${options.join(' ')})`].join(' '), source: provenance(at) }];
}
