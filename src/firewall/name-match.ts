/** Matches of names that let through, or let by, other names than they were written for (semantics 10.78, 10.79). */
import { askedOf, type PayloadName, predicate as p } from '../dataplane/index.ts';
import { subtract } from '../net/interval.ts';
import type { Match, Option } from '../suricata/index.ts';
import { type Bench, type Findings, clean, doubt, finding, inSomeFamily, joined, shown } from './lint.ts';
import { isDrop, isPass } from './rule.ts';
import { type RuleAt, turned } from './subject.ts';
import { carries, outward, tcp, udp } from './traffic.ts';

const kinds = { 'tls.sni': 'sni', 'http.host': 'httpHost', 'dns.query': 'dnsName' } as const;
type NameBuffer = keyof typeof kinds;
type Content = Extract<Match, { kind: 'content' }>;

/** A rule whose only match of names is one text. */
interface NameRule {
  readonly at: RuleAt;
  readonly kind: (typeof kinds)[keyof typeof kinds];
  readonly content: Content;
  /** The name meant, in lower case, without a dot in front. */
  readonly name: string;
}

function nameRule(at: RuleAt): NameRule | undefined {
  const buffers = at.rule.options.filter((option) => option.kind === 'buffer');
  const [only] = buffers;
  if (buffers.length !== 1 || only === undefined || !isNameBuffer(only)) return undefined;
  const [content] = only.matches;
  if (only.matches.length !== 1 || content?.kind !== 'content' || content.negated) return undefined;
  const placed = [content.depth, content.offset, content.distance, content.within];
  const name = content.bytes.toLowerCase().replace(/^\.+/, '');
  if (placed.some((one) => one !== undefined) || !/^[\w.-]*\w$/.test(name)) return undefined;
  return { at, kind: kinds[only.buffer], content, name };
}

const isNameBuffer = (
  option: Extract<Option, { kind: 'buffer' }>,
): option is Extract<Option, { kind: 'buffer' }> & { buffer: NameBuffer } => Object.hasOwn(kinds, option.buffer);

/** A pass that is no whole name and no domain with all below it. */
function loose(at: RuleAt): NameRule | undefined {
  const one = isPass(at) ? nameRule(at) : undefined;
  if (one === undefined) return undefined;
  const { startswith, endswith, bytes } = one.content;
  return endswith && (startswith || bytes.startsWith('.')) ? undefined : one;
}

/** A drop whose text counts capitals, in a buffer that keeps them. */
function caseBound(at: RuleAt): NameRule | undefined {
  const one = isDrop(at) ? nameRule(at) : undefined;
  return one === undefined || one.kind === 'httpHost' || one.content.nocase || !/[a-z]/.test(one.name)
    ? undefined
    : one;
}

/** Names that people would think of: they are told apart from all others, so that an example can bear one. */
const outsiders = ({ name }: NameRule): readonly string[] => [`${name}.evil.net`, `evil-${name}`];

/** The names that the questions below speak of. */
export const namesAsked = (rules: readonly RuleAt[]): readonly PayloadName[] =>
  rules.flatMap((at) => {
    const open = loose(at);
    const bound = caseBound(at);
    return [
      ...(open === undefined ? [] : [`.${open.name}`, ...outsiders(open)].map((name) => ({ kind: open.kind, name }))),
      ...(bound === undefined ? [] : [{ kind: bound.kind, name: bound.name }]),
    ];
  });

const code = 'unanchored-name';

export async function unanchoredNames(bench: Bench): Promise<Findings> {
  const all: Findings[] = [];
  for (const at of bench.rules) {
    const open = loose(at);
    if (open !== undefined) all.push(await letsThrough(bench, open));
    const bound = caseBound(at);
    if (bound !== undefined) all.push(await letsBy(bench, bound));
  }
  return joined(all);
}

async function letsThrough({ subject, court }: Bench, one: NameRule): Promise<Findings> {
  const { at, kind, name } = one;
  const { payloads } = court;
  const { set, sure } = askedOf(payloads, at.rule).of;
  const domain = payloads.named(kind, `.${name}`);
  if (set === undefined || domain === undefined || !sure) return clean;
  const without = turned(subject, at, 'alert');
  const overTcp = kind !== 'dnsName';
  const found = await inSomeFamily(court, () => ({
    mode: overTcp ? 'client-data' : 'packet',
    where: p.and(overTcp ? tcp : udp, carries(subtract(set, domain))),
    says: [
      { subject, passes: true },
      { subject: without, passes: false },
    ],
    rather: outsiders(one).map((outsider) => carries(payloads.named(kind, outsider)!)),
  }));
  if (found.kind === 'none') return clean;
  if (found.kind === 'undecided') return doubt(code, found, at);
  const says = `Its match of \`${name}\` is open at an end, and lets through a name that is neither it nor below it.`;
  return finding(code, says, [shown(subject, found.example)], at);
}

/** The evaluator has to say that the same flow with the name as written is dropped by the rule. */
async function letsBy({ subject, court }: Bench, { at, kind, name, content }: NameRule): Promise<Findings> {
  const { payloads } = court;
  const { set, sure } = askedOf(payloads, at.rule).of;
  const domain = payloads.named(kind, name);
  if (set === undefined || domain === undefined || !sure) return clean;
  const found = await inSomeFamily(court, (family) => ({
    mode: kind === 'dnsName' ? 'packet' : 'client-data',
    where: p.and(outward(subject, family), kind === 'dnsName' ? udp : tcp, carries(subtract(domain, set))),
    says: [{ subject, passes: true }],
  }));
  if (found.kind === 'none') return clean;
  if (found.kind === 'undecided') return doubt(code, found, at);
  const { example } = found;
  const written = { ...example.payload, [kind]: content.bytes.replace(/^\.+/, '') };
  const { passes, rule } = court.judged(subject, { ...example, payload: written });
  if (passes || rule?.group !== at.group.id || rule.line !== at.index + 1) return clean;
  const says = `It drops \`${name}\` as written alone: without nocase the same name in capitals gets by.`;
  return finding(code, says, [shown(subject, example)], at);
}
