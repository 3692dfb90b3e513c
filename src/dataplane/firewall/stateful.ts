/** The stateful engine: the packets of a flow moment by moment, each by the first rule that decides (semantics 10C). */
import type { Family } from '../../net/address.ts';
import type { Firewall } from '../../network/firewall.ts';
import type { FirewallPolicy } from '../../network/firewall-policy.ts';
import { passes } from '../../network/unknown.ts';
import { type Plane, fact, open } from '../plane.ts';
import { type Predicate, and, anyOf, constant, no, not, or, yes } from '../predicate.ts';
import { type Step, chain, runs } from './chain.ts';
import type { Entry, RuleEntry } from './entry.ts';
import { flowbits } from './flowbit.ts';
import type { Inspection } from './inspection.ts';
import { type Match, type Matching, always, where } from './matching.ts';
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
  /** Flowbits of all rules of the policy whose state is not followed. */
  readonly unfollowed: ReadonlySet<string>;
  readonly payloads: PayloadSpace;
  readonly inspection: Inspection;
  readonly stateless: Stateless;
  /** TCP, or everything else. */
  readonly tcp: boolean;
  readonly found: Judging['found'];
}

/** What a rule does with what it matches at a moment. */
interface RuleItem {
  readonly kind: 'pass-flow' | 'pass-packet' | 'drop';
  readonly entry: RuleEntry;
  readonly matching: Matching;
}

type Item = RuleItem | Extract<Entry, { kind: 'unread' }>;

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
  const judging: Judging = {
    ...engine,
    answered,
    bits: flowbits({ ...engine, rules, moments, matching, seen }).set,
  };
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

/** What decides before any rule that passes one packet, and is not tied with such a one. */
function beforePacketPass(items: readonly Item[]): readonly Item[] {
  const at = items.findIndex(({ kind }) => kind === 'pass-packet');
  const peers = (items[at] as RuleItem | undefined)?.entry.peers;
  if (at === -1) return items;
  if (peers === undefined) return items.slice(0, at);
  const run = items.flatMap((item) => (item.kind !== 'unread' && item.entry.peers === peers ? item : []));
  const tied = tiedIn(run);
  const from = run.find((item) => item.kind === 'pass-packet' || tied(item));
  return items.slice(0, items.indexOf(from!));
}

/** Whether a rule of another group among them passes the packet alone. */
function tiedIn(run: readonly Item[]): (item: Item) => boolean {
  const groups = new Set(run.flatMap((item) => (item.kind === 'pass-packet' ? item.entry.scope.group : [])));
  return (item) => item.kind === 'pass-flow' && groups.size > (groups.has(item.entry.scope.group) ? 1 : 0);
}

/**
 * What a moment's rules decide, given what becomes of the flow later: passed with the rest of its flow, or not stopped
 * and passed later.
 */
function judged({ plane }: Engine, items: readonly Item[], otherwise: Predicate): (later: Predicate) => Predicate {
  const first = beforePacketPass(items);
  const rest = items.slice(first.length);
  const whole = (of: readonly Item[]): readonly Step[] => steps(plane, of, 'pass');
  return (later) => {
    const goesOn = and(chain(whole(rest), otherwise), later);
    // Nothing that passes now is stopped later, where nothing can be.
    const ends = later.kind === 'true' ? goesOn : or(chain(flowSteps(plane, rest), no), goesOn);
    return chain(whole(first), ends);
  };
}

/** What passes the flow, where it is certain which of several rules comes first, or fact 10.21 says it (semantics 10.21). */
function flowSteps(plane: Plane, items: readonly Item[]): readonly Step[] {
  const out: Step[] = [];
  let plain: Item[] = [];
  const flush = (): void => {
    out.push(...steps(plane, plain, 'go on'));
    plain = [];
  };
  // Rules without peers stand in an order that AWS tells.
  const peersOf = (item: Item): string | undefined => (item.kind === 'unread' ? undefined : item.entry.peers);
  for (const run of runs(items, peersOf)) {
    if (run.some(tiedIn(run))) {
      flush();
      out.push(...tiedSteps(plane, byGroup(run)));
    } else plain.push(...run);
  }
  flush();
  return out;
}

function byGroup(run: readonly Item[]): readonly (readonly RuleItem[])[] {
  const groups = new Map<object, RuleItem[]>();
  for (const item of run) {
    if (item.kind === 'unread') continue;
    const { group } = item.entry.scope;
    const own = groups.get(group);
    if (own === undefined) groups.set(group, [item]);
    else own.push(item);
  }
  return [...groups.values()];
}

/** Each group's rules in their order; and the groups in any. */
function tiedSteps(plane: Plane, groups: readonly (readonly RuleItem[])[]): readonly Step[] {
  const flow = groups.map((of) => chain(steps(plane, of, 'go on'), no));
  const swapped = (item: RuleItem): RuleItem => ({ ...item, kind: item.kind === 'pass-flow' ? 'drop' : 'pass-flow' });
  const packet = groups.map((of) => chain(steps(plane, of.map(swapped), 'go on'), no));
  const passesFlow = and(anyOf(flow), or(not(anyOf(packet)), fact(plane, '10.21')));
  const here = (of: Predicate): readonly Match[] => [{ matching: where(of), unknown: () => no }];
  return [
    { kind: 'pass', matches: here(passesFlow) },
    { kind: 'drop', matches: here(anyOf(packet)) },
  ];
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
