/** What load balancers listen on and forward to: all of it was told, or it is unread. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import type { Forward, Listener } from '../load-balancer.ts';
import type { Provenance, Unread } from '../resource.ts';
import { blameDangling, type Building, wasRead } from './building.ts';
import { forwardsIn, type Told } from './listener-rule.ts';
import type { ActionsFinding, ListenerFinding, LoadBalancerFinding } from './load-balancer-finding.ts';

const listenersCall = 'elbv2 describe-listeners';
const rulesCall = 'elbv2 describe-rules';
const groupsCall = 'elbv2 describe-target-groups';

type Balancer = Pick<LoadBalancerFinding, 'id' | 'label' | 'account' | 'region'>;

/** What the answers tell, by balancer and by listener. */
interface Answers {
  /** Balancers of which some last page was read that was asked for all: what it does not show is not there. */
  readonly whole: ReadonlySet<string>;
  readonly listeners: ReadonlyMap<string, readonly ListenerFinding[]>;
  /** The rules of those listeners whose default rule was read, which is on the last page of every whole answer. */
  readonly rules: ReadonlyMap<string, readonly Told[]>;
}

/** What follows `loadbalancer/` in an ARN: that of a balancer which only its nodes show is not always told. */
export const labelIn = (arn: string): string => arn.replace(/^arn:.*?:loadbalancer\//, '');

function answersIn({ findings }: Building): Answers {
  const whole = new Set<string>();
  for (const { balancer, listeners, complete, continues } of findings.listeners) {
    if (!complete || continues) continue;
    // Where listeners are shown they tell whose they are, whatever the file is called.
    if (balancer !== undefined && listeners.length === 0) whole.add(labelIn(balancer));
    for (const one of listeners) whole.add(labelIn(one.balancer));
  }
  const rules = findings.listenerRules.flatMap(({ rules: own, complete, continues }) =>
    own.map((rule) => Object.assign({ last: complete && !continues && rule.isDefault }, rule)),
  );
  return {
    whole,
    listeners: groupBy(
      findings.listeners.flatMap(({ listeners }) => listeners),
      ({ balancer }) => labelIn(balancer),
    ),
    rules: new Map([...groupBy(rules, ({ listener }) => listener)].filter(([, own]) => own.some(({ last }) => last))),
  };
}

/** The listeners of a balancer that is no classic one; `groups` are the target groups of the network. */
export function listenerReader(
  building: Building,
  groups: ReadonlyMap<string, unknown>,
): (balancer: Balancer) => readonly Listener[] | Unread {
  const answers = answersIn(building);
  return (balancer) => {
    const unread: Unread = { unread: listenersCall, subject: balancer.id };
    if (!answers.whole.has(balancer.label)) return unread;
    const listeners: Listener[] = [];
    for (const one of distinct(building, answers.listeners.get(balancer.label) ?? [])) {
      const { id, protocol, from, to, source } = one;
      if (protocol === undefined) {
        building.warnings.push(`\`${id}\` has a protocol that is not known; all its balancer listens on is unread.`);
        return unread;
      }
      const told = toldOf(building, one, answers);
      const forwards = 'unread' in told ? told : forwardsOf(building, { ...balancer, id, source }, told, groups);
      listeners.push({ id, protocol, from, to, forwards, source });
    }
    return listeners;
  };
}

/** Each listener once; two that differ are of different moments. */
function distinct(building: Building, found: readonly ListenerFinding[]): Iterable<ListenerFinding> {
  const seen = new Map<string, ListenerFinding>();
  for (const one of found) {
    const before = seen.get(one.id);
    if (before === undefined) seen.set(one.id, one);
    else if (before.from !== one.from || before.protocol !== one.protocol || !alike(before.actions, one.actions))
      building.problems.push({
        code: 'duplicate-id',
        file: one.source.file,
        place: one.source.place,
        message: `\`${one.id}\` is described here and, differently, at ${before.source.place} of ${before.source.file}.`,
        hint: 'Keep the answers of one moment: the older file is to go.',
      });
  }
  return seen.values();
}

const alike = (a: ActionsFinding, b: ActionsFinding): boolean =>
  a.understood === b.understood && a.groups.toSorted().join(' ') === b.groups.toSorted().join(' ');

/** The default action and every rule (semantics 12.8); a Gateway Load Balancer has no rules. */
function toldOf(building: Building, { id, protocol, actions }: ListenerFinding, answers: Answers) {
  const rules = protocol === 'GENEVE' ? [] : answers.rules.get(id);
  if (rules === undefined) return { unread: rulesCall, subject: id } satisfies Unread;
  if (actions.understood && rules.every((rule) => rule.actions.understood)) {
    // The default action is the last rule's as well.
    const shown = rules.some((rule) => rule.isDefault === true && alike(rule.actions, actions));
    return shown ? rules : [...rules, { actions }];
  }
  building.warnings.push(`\`${id}\` has an action that is not known; what it forwards to is unread.`);
  return { unread: actions.understood ? rulesCall : listenersCall, subject: id } satisfies Unread;
}

interface From {
  readonly id: string;
  readonly source: Provenance;
  readonly account?: string;
  readonly region?: string;
}

function forwardsOf(
  building: Building,
  from: From,
  told: readonly Told[],
  groups: ReadonlyMap<string, unknown>,
): readonly Forward[] | Unread {
  const forwards = forwardsIn(told);
  const missing = forwards.find(({ group }) => !groups.has(group))?.group;
  if (missing !== undefined) {
    // AWS keeps every target group that a listener uses.
    if (wasRead(building, groupsCall, from)) blameDangling(building, from, 'target group', missing, groupsCall);
    return { unread: groupsCall, subject: missing };
  }
  return forwards;
}

/** Listeners of balancers that the input does not hold; `labels` are those of all that it does. */
export function accountForListeners(building: Building, labels: ReadonlySet<string>): void {
  const call = 'elbv2 describe-load-balancers';
  for (const { listeners, account, region } of building.findings.listeners)
    for (const { id, balancer, source } of listeners) {
      if (labels.has(labelIn(balancer))) continue;
      const from = { id, source, ...present({ account, region }) };
      if (wasRead(building, call, from)) blameDangling(building, from, 'load balancer', balancer, call);
      else
        building.coverage.push({
          kind: 'listener',
          id,
          status: 'not-modelled',
          why: `its load balancer \`${balancer}\` is not in the input`,
          affects: 'flows through its load balancer',
          source,
        });
    }
}
