/** The stateful engine: the packets of a flow moment by moment, each by the first rule that decides (semantics 10C). */
import type { Family } from '../../net/address.ts';
import type { Firewall } from '../../network/firewall.ts';
import type { FirewallPolicy } from '../../network/firewall-policy.ts';
import { passes } from '../../network/unknown.ts';
import { type Plane, open } from '../plane.ts';
import { type Predicate, and, anyOf, constant, no, not, or, yes } from '../predicate.ts';
import { type Step, chain, runs } from './chain.ts';
import type { Entry, RuleEntry } from './entry.ts';
import { flowbits } from './flowbit.ts';
import type { Inspection } from './inspection.ts';
import { type Matching, always } from './matching.ts';
import type { Moment } from './moment.ts';
import type { PayloadSpace } from './payload-space.ts';
import { type Judging, matchingAt } from './rule-match.ts';
import type { Passage, Stateless } from './stateless.ts';

export interface Engine {
  readonly plane: Plane;
  readonly firewall: Firewall;
  readonly policy: FirewallPolicy;
  readonly family: Family;
  /** In the order of evaluation. */
  readonly entries: readonly Entry[];
  readonly payloads: PayloadSpace;
  readonly inspection: Inspection;
  readonly stateless: Stateless;
  /** TCP, or everything else. */
  readonly tcp: boolean;
  readonly found: Judging['found'];
}

/** What a rule does with what it matches at a moment. */
type Item =
  | { readonly kind: 'pass-flow' | 'pass-packet' | 'drop'; readonly entry: RuleEntry; readonly matching: Matching }
  | Extract<Entry, { kind: 'unread' }>;

/**
 * Whether no packet is stopped of those that the engine sees, moment by moment. Of TCP it judges what comes before the
 * first packet that it does not see; of other protocols each packet that it sees.
 */
export function engineLets(engine: Engine, moments: readonly Moment[], passage: (at: Moment) => Passage): Predicate {
  const seen = (at: Moment): Predicate => passage(at).forwarded;
  const known = new Map<Moment, Map<RuleEntry, Matching>>(moments.map((at) => [at, new Map()]));
  const matching = (entry: RuleEntry, at: Moment): Matching => {
    const before = known.get(at)!;
    let found = before.get(entry);
    if (found === undefined) before.set(entry, (found = matchingAt(judging, entry, at)));
    return found;
  };
  const rules = engine.entries.flatMap((entry) => (entry.kind === 'rule' ? entry : []));
  const answered = anyOf(moments.flatMap((at) => (at.toServer ? [] : seen(at))));
  const judging: Judging = { ...engine, answered, bits: flowbits({ rules, moments, matching, seen }).set };
  /** What did not decide at an earlier moment, since the flow has got here, does not now if it asks the same. */
  const settled = new Map<Entry, Matching[]>();
  const lists = moments.map((at) => {
    const items = itemsAt(engine, at, matching).filter(
      (item) => !(settled.get(entryOf(item))?.includes(askedBy(item)) ?? false),
    );
    if (engine.tcp || seen(at).kind === 'true')
      for (const item of beforePacketPass(items))
        settled.set(entryOf(item), [...(settled.get(entryOf(item)) ?? []), askedBy(item)]);
    return items;
  });
  return moments.reduceRight<Predicate>((later, at, i) => {
    const judge = judged(engine, lists[i]!, unmatched(engine, at));
    if (engine.tcp) return or(not(seen(at)), judge(later));
    if (seen(at).kind === 'true') return judge(later);
    return or(and(seen(at), judge(no)), and(or(not(seen(at)), judge(yes)), later));
  }, yes);
}

const entryOf = (item: Item): Entry => (item.kind === 'unread' ? item : item.entry);

const askedBy = (item: Item): Matching => (item.kind === 'unread' ? always : item.matching);

function itemsAt(
  { entries }: Engine,
  at: Moment,
  matching: (entry: RuleEntry, at: Moment) => Matching,
): readonly Item[] {
  const items: Item[] = [];
  for (const entry of entries) {
    if (entry.kind === 'unread') {
      items.push(entry);
      if (entry.effect === 'decide') break;
      continue;
    }
    const { action } = entry.rule;
    if (action === 'alert') continue;
    const found = matching(entry, at);
    if (found.length === 0) continue;
    const kind = action === 'pass' ? (entry.nature.reach === 'flow' ? 'pass-flow' : 'pass-packet') : 'drop';
    items.push({ kind, entry, matching: found });
  }
  return items;
}

const beforePacketPass = (items: readonly Item[]): readonly Item[] => {
  const at = items.findIndex(({ kind }) => kind === 'pass-packet');
  return at === -1 ? items : items.slice(0, at);
};

/**
 * What a moment's rules decide, given what becomes of the flow later: passed with the rest of its flow, or not stopped
 * and passed later.
 */
function judged({ plane }: Engine, items: readonly Item[], otherwise: Predicate): (later: Predicate) => Predicate {
  const first = beforePacketPass(items);
  const rest = items.slice(first.length);
  const whole = (packets: 'pass' | 'go on', of: readonly Item[]): readonly Step[] => steps(plane, of, packets);
  return (later) => {
    const goesOn = and(chain(whole('pass', rest), otherwise), later);
    // Nothing that passes now is stopped later, where nothing can be.
    const ends = later.kind === 'true' ? goesOn : or(chain(whole('go on', rest), no), goesOn);
    return chain(whole('pass', first), ends);
  };
}

/** `go on`: what passes the packet alone does not pass the flow. */
function steps(plane: Plane, items: readonly Item[], packets: 'pass' | 'go on'): readonly Step[] {
  const effectOf = (item: Item): 'pass' | 'drop' | undefined =>
    item.kind === 'unread'
      ? undefined
      : item.kind === 'pass-flow' || (item.kind === 'pass-packet' && packets === 'pass')
        ? 'pass'
        : 'drop';
  return runs(items, effectOf).map((run): Step => {
    const [first] = run;
    if (first!.kind === 'unread')
      return { kind: first!.effect === 'drop' ? 'ask' : 'end', of: open(plane, first!.key) };
    const matches = run.flatMap((one) =>
      one.kind === 'unread' ? [] : [{ matching: one.matching, unknown: () => open(plane, one.entry.key) }],
    );
    return { kind: effectOf(first!)!, matches };
  });
}

/** What becomes of a packet that no rule decides (semantics 10.21, 10.23 to 10.30). */
function unmatched({ plane, policy, tcp }: Engine, at: Moment): Predicate {
  const { order, defaults } = policy.stateful;
  if (order === 'DEFAULT_ACTION_ORDER') return yes;
  const side = (): Predicate => open(plane, passes(policy.id));
  // A list that nobody told may be AWS's own, or none (semantics 10.24).
  if (defaults === undefined) return or(constant(!drops('aws:drop_established_app_layer_to_server', tcp, at)), side());
  return and(
    ...defaults.map((one) => {
      const dropped = drops(one, tcp, at);
      return dropped === undefined ? side() : constant(!dropped);
    }),
  );
}

/** Undefined: an action that is not known. */
function drops(action: string, tcp: boolean, at: Moment): boolean | undefined {
  switch (action) {
    case 'aws:drop_strict':
      return true;
    case 'aws:drop_established':
    case 'aws:drop_established_app_layer_to_server':
      return !tcp || (at.established === true && at.toServer);
    case 'aws:drop_established_app_layer':
      return !tcp || at.established === true;
    default:
      return alerts.has(action) ? false : undefined;
  }
}

/** Those that only tell (semantics 10.24). */
const alerts = new Set([
  'aws:alert_strict',
  'aws:alert_established',
  'aws:alert_established_app_layer',
  'aws:alert_established_app_layer_to_server',
]);
