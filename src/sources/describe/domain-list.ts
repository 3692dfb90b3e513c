/** Domain lists of Network Firewall: the rules that AWS makes of one (semantics 10.49 to 10.56), and the list that rules were made of. */
import type { RuleOrder } from '../../network/firewall-policy.ts';
import type { DomainList } from '../../network/rule-reader.ts';

const verbs = { ALLOWLIST: 'pass', DENYLIST: 'drop', REJECTLIST: 'reject', ALERTLIST: 'alert' } as const;

/** In their order; `target` is the place of the domain that the rule is about, none of those about all others. */
export function linesOfDomains(
  { type, targetTypes, targets }: DomainList,
  order: RuleOrder,
): readonly { readonly text: string; readonly target?: number }[] {
  const lines: { readonly text: string; readonly target?: number }[] = [];
  const add = (verb: string, protocol: string, looksFor: string, target?: number): void => {
    // Under strict order AWS accepts no priority (semantics 10.22).
    const priority = order === 'STRICT_ORDER' ? '' : ' priority:1;';
    const options = `${looksFor}${priority} flow:to_server, established; sid:${lines.length + 1}; rev:1;`;
    const text = `${verb} ${protocol} $HOME_NET any -> $EXTERNAL_NET any (${options})`;
    lines.push(target === undefined ? { text } : { text, target });
  };
  for (const [index, target] of targets.entries()) {
    if (targetTypes.includes('TLS_SNI')) add(verbs[type], 'tls', sniOf(target), index);
    // What the buffer holds is in lower case (semantics 10.78).
    if (targetTypes.includes('HTTP_HOST')) add(verbs[type], 'http', hostOf(target.toLowerCase()), index);
  }
  // What an allow list does not allow it drops, where no order of the rules says so (semantics 10.55).
  if (type === 'ALLOWLIST' && order === 'DEFAULT_ACTION_ORDER') {
    if (targetTypes.includes('TLS_SNI')) add('drop', 'tls', 'ssl_state:client_hello;');
    if (targetTypes.includes('HTTP_HOST')) add('drop', 'http', 'http.header_names; content:"|0d 0a|"; startswith;');
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

const generated =
  /^(pass|drop|reject|alert) (tls|http) \$HOME_NET any -> \$EXTERNAL_NET any \((?:ssl_state:client_hello; tls\.sni|http\.host);(?: dotprefix;)? content:"([^"\\|]+)";/;

/** The list of which AWS makes exactly these rules; undefined where there is none, or an empty one. */
export function domainListOf(rules: readonly string[], order: RuleOrder): DomainList | undefined {
  const read = rules.flatMap((rule) => {
    const [, verb, protocol, target] = generated.exec(rule) ?? [];
    return target === undefined ? [] : [{ verb, protocol, target }];
  });
  const type = (['ALLOWLIST', 'DENYLIST', 'REJECTLIST', 'ALERTLIST'] as const).find(
    (one) => verbs[one] === read[0]?.verb,
  );
  if (type === undefined) return undefined;
  const protocols = new Set(read.map(({ protocol }) => protocol));
  const targetTypes = [
    ...(protocols.has('tls') ? (['TLS_SNI'] as const) : []),
    ...(protocols.has('http') ? (['HTTP_HOST'] as const) : []),
  ];
  // Hosts are written in lower case, names as they were.
  const targets = read
    .filter(({ protocol }) => !protocols.has('tls') || protocol === 'tls')
    .map(({ target }) => target);
  const list = { type, targetTypes, targets };
  const made = linesOfDomains(list, order).map(({ text }) => text);
  return made.length === rules.length && made.every((text, i) => text === rules[i]) ? list : undefined;
}
