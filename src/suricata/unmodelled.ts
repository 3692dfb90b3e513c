/** What rules say that is not modelled, so that whether they match is not known. */
import type { Addresses, Match, Option, Ports, Rule } from './rule.ts';

/** How many of the rules have each such keyword, most first. */
export function countUnmodelled(rules: Iterable<Rule>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const rule of rules)
    for (const keyword of new Set(unmodelledIn(rule))) counts.set(keyword, (counts.get(keyword) ?? 0) + 1);
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}

/** The keywords of a rule that are not modelled, in order; `content` is that of the payload. */
export function unmodelledIn(rule: Rule): readonly string[] {
  return [
    ...(rule.direction === '=>' ? ['=>'] : []),
    ...([rule.source, rule.destination, rule.sourcePort, rule.destinationPort].some((one) => deniesTwice(one))
      ? ['!']
      : []),
    ...rule.options.flatMap(ofOption),
  ];
}

function ofOption(option: Option): readonly string[] {
  switch (option.kind) {
    case 'unknown':
      return [option.keyword];
    case 'payload':
      return option.buffer === undefined ? option.matches.map(keywordOf) : [option.buffer];
    case 'buffer':
      return option.matches.flatMap((match) =>
        match.kind === 'unknown' || (match.kind === 'pcre' && isIrregular(match)) ? keywordOf(match) : [],
      );
    case 'flow':
      return option.other.map((word) => `flow:${word}`);
    case 'app-layer-protocol':
      return option.protocol === 'failed' || option.protocol === 'unknown' || option.mode !== undefined
        ? [option.kind]
        : [];
    case 'flowbits':
    case 'ip_proto':
    case 'itype':
    case 'icode':
    case 'tcp.flags':
    case 'ssl_state':
    case 'some-header':
    case 'priority':
    case 'noalert':
    case 'meta':
      return [];
  }
}

/** What is no regular expression of the theory's: lookaround, references back, borders of words, atomic groups. */
const isIrregular = ({ pattern, flags }: Extract<Match, { kind: 'pcre' }>): boolean =>
  /\(\?(?:[=!>]|<[=!])|\\[1-9bBGKgkRXpPQ]|[*+?}]\+/.test(pattern) || /[^imsxAEGO]/.test(flags);

const keywordOf = (match: Match): string => (match.kind === 'unknown' ? match.keyword : match.kind);

/** A negation inside a negation, of which nothing is known (semantics 10.73). */
function deniesTwice(tree: Addresses | Ports, denied = false): boolean {
  if (tree.kind === 'list') return tree.of.some((one) => deniesTwice(one, denied));
  return tree.kind === 'not' && (denied || deniesTwice(tree.of, true));
}
