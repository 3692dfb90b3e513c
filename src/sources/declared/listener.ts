/** Listeners of load balancers and their rules (semantics 12.8, 12.11). */
import type { Action, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { present } from '../../base/present.ts';
import type {
  ActionsFinding,
  ConditionFinding,
  ListenerFinding,
  ListenerRulesFinding,
} from '../../network/build/load-balancer-finding.ts';
import { list } from '../describe/fields.ts';
import { actionsOf, conditionOf, protocols, sourcesOf } from '../describe/listener.ts';
import { answerAt, answerOf } from './answer.ts';
import { named, text, whole } from './property.ts';
import { type At, complain, type Construct, isThere, note, provenance, type Reading } from './reading.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { Unknown } from './value.ts';

const balancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const listenerType = 'AWS::ElasticLoadBalancingV2::Listener';
const ruleType = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const groupType = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** Read by its load balancer. */
export const listener: Construct = {
  identities: ['ListenerArn'],
  properties: [
    'LoadBalancerArn',
    'Port',
    'Protocol',
    'DefaultActions',
    // What follows is about TLS and headers.
    'Certificates',
    'SslPolicy',
    'AlpnPolicy',
    'MutualAuthentication',
    'ListenerAttributes',
    'Tags',
  ],
};

/** Read by its listener. */
export const listenerRule: Construct = {
  identities: ['RuleArn'],
  properties: ['ListenerArn', 'Priority', 'Conditions', 'Actions', 'Transforms', 'Tags'],
};

/** All that a declared balancer listens on. */
export function listenersOf(at: At): void {
  const { certain, possible } = satellitesOf(at.in, listenerType, 'LoadBalancerArn', at.of.id, at.of.type);
  const [may] = possible;
  if (may !== undefined) sayUnknown(may, 'LoadBalancerArn', 'what the load balancers listen on counts as unread');
  const read = certain.map((one) => listenerOf(one, at.of.id));
  at.in.findings.listeners.push({
    balancer: at.of.id,
    listeners: read.filter((one) => one !== undefined),
    complete: at.of.lookedUp !== true && possible.length === 0 && !read.includes(undefined),
    continues: false,
    source: provenance(at),
    ...present({ account: at.of.account, region: at.of.region }),
  });
  for (const one of certain) rulesOf(one);
}

/** Listeners of balancers, and rules of listeners, that exist already: beside those that they have. */
export function addToOutsideBalancers(reading: Reading): void {
  for (const [balancer, all, possible] of aroundOutside(reading, listenerType, 'LoadBalancerArn', balancerType)) {
    for (const one of possible) sayUnknown(one, 'LoadBalancerArn', 'any load balancer that it could name may have it');
    const listeners = all.map((one) => (isThere(one) ? listenerOf(one, balancer) : undefined));
    if (possible.length > 0 || listeners.includes(undefined)) reading.outside.blurred.add(balancer);
    reading.findings.listeners.push({
      balancer,
      listeners: listeners.filter((one) => one !== undefined),
      complete: false,
      continues: false,
      source: provenance([...all, ...possible][0]!),
    });
    for (const one of all) rulesOf(one);
  }
  for (const [id, all, possible] of aroundOutside(reading, ruleType, 'ListenerArn', listenerType)) {
    for (const one of possible) sayUnknown(one, 'ListenerArn', 'any listener that it could name may have it');
    if (possible.length > 0 || !all.every(isThere)) reading.outside.blurred.add(id);
    reading.findings.listenerRules.push({
      rules: all.map((one) => ruleOf(one, id)),
      complete: false,
      continues: false,
      source: provenance([...all, ...possible][0]!),
    });
  }
}

function sayUnknown(at: At, key: string, taken: string): void {
  const found = text(at, key);
  if (found instanceof Unknown) note(at, key, found, taken);
}

/** Undefined where its port or protocol is not known: then nobody knows what its balancer listens on. */
function listenerOf(at: At, balancer: string): ListenerFinding | undefined {
  const shown = text(at, 'Protocol');
  const port = whole(at, 'Port');
  // A Gateway Load Balancer listens on every port, and is told none (semantics 11.1).
  const everything = shown === 'GENEVE' || (shown === undefined && port === undefined);
  sayUnknown(at, 'Port', 'what its load balancer listens on counts as unread');
  sayUnknown(at, 'Protocol', 'what its load balancer listens on counts as unread');
  if (shown instanceof Unknown || port instanceof Unknown) return undefined;
  if (!everything && (shown === undefined || port === undefined)) {
    complain(at, 'missing-field', '', `\`${shown === undefined ? 'Protocol' : 'Port'}\` is missing.`);
    return undefined;
  }
  return {
    id: at.of.id,
    balancer,
    ...(everything ? { from: 0, to: 65535 } : { from: port!, to: port! }),
    actions: readActions(at, 'DefaultActions'),
    source: provenance(at),
    ...present({ protocol: everything ? ('GENEVE' as const) : protocols.find((one) => one === shown) }),
  };
}

/** Of these it depends where requests go; what else is not known of an action changes what is answered. */
const decides = /^$|\/(?:Type|TargetGroupArn|ForwardConfig|TargetGroups(?:\/\d+)?|Weight|\d+)$/;

function readActions(at: At, key: string): ActionsFinding {
  const standIn = (place: string): string | undefined => (decides.test(place) ? undefined : 'unknown');
  const told = answerOf<Action[]>(at, key, { numbers: new Set(['Weight', 'Order']), standIn });
  if (told === undefined) return { groups: [], resting: [], understood: false };
  const holder = answerAt<{ Actions?: Action[] }>(at, '', { Actions: told.at.json });
  for (const one of told.unknown) note(at, key, one, 'what it forwards to counts as unread');
  const actions = actionsOf(list(holder, 'Actions'));
  for (const group of actions.groups) named(at, group, groupType);
  return told.unknown.length === 0 ? actions : { ...actions, understood: false };
}

function rulesOf(at: At): void {
  const { certain, possible } = satellitesOf(at.in, ruleType, 'ListenerArn', at.of.id, at.of.type);
  const [may] = possible;
  if (may !== undefined) sayUnknown(may, 'ListenerArn', 'what the listeners forward to counts as unread');
  const byDefault = {
    listener: at.of.id,
    isDefault: true,
    actions: readActions(at, 'DefaultActions'),
    conditions: [],
  };
  at.in.findings.listenerRules.push({
    rules: [...certain.map((one) => ruleOf(one, at.of.id)), byDefault],
    complete: at.of.lookedUp !== true && possible.length === 0,
    continues: false,
    source: provenance(at),
    ...present({ account: at.of.account, region: at.of.region }),
  });
}

function ruleOf(at: At, id: string): ListenerRulesFinding['rules'][number] {
  const priority = whole(at, 'Priority');
  const actions = readActions(at, 'Actions');
  const told = answerOf<RuleCondition[]>(at, 'Conditions');
  const conditions = list(
    answerAt<{ Conditions?: RuleCondition[] }>(at, '', { Conditions: told?.at.json ?? [] }),
    'Conditions',
  );
  const [unsure] = told?.unknown ?? [];
  if (unsure !== undefined) note(at, 'Conditions', unsure, 'which requests it takes is not known');
  if (priority instanceof Unknown) note(at, 'Priority', priority, 'what its listener forwards to counts as unread');
  const open: ConditionFinding = { field: 'unknown', patterns: [], regex: true };
  return {
    listener: id,
    isDefault: false,
    actions: {
      ...actions,
      understood: actions.understood && !(priority instanceof Unknown),
      // It may take nothing at all.
      resting: unsure === undefined ? actions.resting : actions.groups,
    },
    conditions: [...conditions.flatMap((one) => conditionOf(one) ?? []), ...(unsure === undefined ? [] : [open])],
    ...present({
      priority: priority instanceof Unknown ? undefined : priority,
      sources: unsure === undefined ? sourcesOf(conditions) : undefined,
    }),
  };
}
