/** A stateful group's rules as lines of Suricata, as AWS makes them of what was written (semantics 10.49 to 10.56). */
import type { RulesSource, RulesSourceList, StatefulRule } from '@aws-sdk/client-network-firewall';
import type { RuleLine, RuleOrder } from '../../network/firewall-policy.ts';
import { readRules } from '../../suricata/index.ts';
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

const verbs = { ALLOWLIST: 'pass', DENYLIST: 'drop', REJECTLIST: 'reject', ALERTLIST: 'alert' } as const;

/** AWS does not tell the sids that it gives; these count from 1. */
function ofDomains(at: At<RulesSourceList>, order: RuleOrder): readonly RuleLine[] {
  const kind = oneOf(at, 'GeneratedRulesType', ['ALLOWLIST', 'DENYLIST', 'REJECTLIST', 'ALERTLIST']);
  const types = texts(at, 'TargetTypes');
  const strange = types.find((type) => type !== 'TLS_SNI' && type !== 'HTTP_HOST');
  if (strange !== undefined) complain(at, 'unknown-value', 'TargetTypes', `\`${strange}\` is no target type.`);
  if (kind === undefined) return [];
  const lines: RuleLine[] = [];
  const add = (verb: string, protocol: string, looksFor: string, place: string): void => {
    // Under strict order AWS accepts no priority (semantics 10.22).
    const priority = order === 'STRICT_ORDER' ? '' : ' priority:1;';
    const options = `${looksFor}${priority} flow:to_server, established; sid:${lines.length + 1}; rev:1;`;
    lines.push({
      text: `${verb} ${protocol} $HOME_NET any -> $EXTERNAL_NET any (${options})`,
      source: { file: at.in.file, place: `${at.place}${place}` },
    });
  };
  for (const [index, target] of texts(at, 'Targets').entries()) {
    if (types.includes('TLS_SNI')) add(verbs[kind], 'tls', sniOf(target), `/Targets/${index}`);
    // What the buffer holds is in lower case (semantics 10.78).
    if (types.includes('HTTP_HOST')) add(verbs[kind], 'http', hostOf(target.toLowerCase()), `/Targets/${index}`);
  }
  // What an allow list does not allow it drops, where no order of the rules says so (semantics 10.55).
  if (kind === 'ALLOWLIST' && order === 'DEFAULT_ACTION_ORDER') {
    if (types.includes('TLS_SNI')) add('drop', 'tls', 'ssl_state:client_hello;', '');
    if (types.includes('HTTP_HOST')) add('drop', 'http', 'http.header_names; content:"|0d 0a|"; startswith;', '');
  }
  return lines;
}

const sniOf = (target: string): string =>
  target.startsWith('.')
    ? `ssl_state:client_hello; tls.sni; dotprefix; content:"${escaped(target)}"; nocase; endswith;`
    : `ssl_state:client_hello; tls.sni; content:"${escaped(target)}"; startswith; nocase; endswith;`;

const hostOf = (target: string): string =>
  target.startsWith('.')
    ? `http.host; dotprefix; content:"${escaped(target)}"; endswith;`
    : `http.host; content:"${escaped(target)}"; startswith; endswith;`;

const escaped = (target: string): string => target.replaceAll(/["\\;:]/g, String.raw`\$&`).replaceAll('|', '|7c|');

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
