/** elbv2 describe-listeners and describe-rules, answer by answer. */
import type { Action, Listener as AwsListener, Rule, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { present } from '../../base/present.ts';
import { type Prefix, parsePrefix } from '../../net/prefix.ts';
import type { Findings } from '../../network/build/findings.ts';
import type {
  ActionsFinding,
  ListenerFinding,
  ListenerRulesFinding,
} from '../../network/build/load-balancer-finding.ts';
import type { ListenerProtocol } from '../../network/load-balancer.ts';
import { balancerOf } from './balancer-subject.ts';
import {
  type At,
  complain,
  flag,
  inner,
  isObject,
  list,
  prefixIn,
  provenance,
  required,
  requiredPort,
  text,
  texts,
} from './fields.ts';
import { isWhole } from './scope.ts';
import { passOver } from './unmodelled.ts';

/** One answer of describe-listeners; Global Accelerator and others have the same key. */
export interface Listeners {
  Listeners?: AwsListener[] | undefined;
  NextMarker?: string | undefined;
}

export function readListeners(at: At<Listeners>, findings: Findings): void {
  if (!isOurs(at, 'Listeners', ['LoadBalancerArn', 'ListenerArn'])) return passOver(at, 'Listeners', findings);
  const asked = balancerOf(at, findings);
  findings.listeners.push({
    listeners: list(at, 'Listeners').flatMap((one) => readListener(one, asked) ?? []),
    ...pageOf(at, 'LoadBalancerArn'),
    ...present({ balancer: asked }),
  });
}

/** Whether what stands under the key is nothing, or of Elastic Load Balancing by one of those ARNs. */
function isOurs(at: At<object>, key: string, arns: readonly string[]): boolean {
  const value = (at.json as Record<string, unknown>)[key];
  if (!Array.isArray(value)) return false;
  return (
    value.length === 0 ||
    (value as unknown[]).some(
      (one) => isObject(one) && arns.some((arn) => /^arn:[^:]*:elasticloadbalancing:/.test(String(one[arn]))),
    )
  );
}

/** Asking for all that belongs to the subject leaves nothing out. */
function pageOf(at: At<{ NextMarker?: string | undefined }>, subject: string) {
  const { [subject]: _, ...others } = at.in.request ?? {};
  return {
    complete: isWhole(others),
    continues: (text(at, 'NextMarker') ?? '') !== '',
    source: provenance(at),
    ...present({ account: at.in.account, region: at.in.region }),
  };
}

const protocols: readonly ListenerProtocol[] = [
  'HTTP',
  'HTTPS',
  'TCP',
  'TLS',
  'UDP',
  'TCP_UDP',
  'QUIC',
  'TCP_QUIC',
  'GENEVE',
];

function readListener(at: At<AwsListener>, asked: string | undefined): ListenerFinding | undefined {
  const id = required(at, 'ListenerArn');
  const balancer = text(at, 'LoadBalancerArn') ?? asked;
  if (balancer === undefined) required(at, 'LoadBalancerArn');
  const shown = text(at, 'Protocol') ?? (id?.includes(':listener/gwy/') === true ? 'GENEVE' : undefined);
  if (shown === undefined) required(at, 'Protocol');
  const ports = portsOf(at, shown);
  if (id === undefined || balancer === undefined || shown === undefined || ports === undefined) return undefined;
  return {
    id,
    balancer,
    ...ports,
    actions: actionsOf(list(at, 'DefaultActions')),
    source: provenance(at),
    ...present({ protocol: protocols.find((one) => one === shown) }),
  };
}

/** A Gateway Load Balancer listens on every port and shows none (semantics 11.1). */
function portsOf(at: At<AwsListener>, protocol: string | undefined): { from: number; to: number } | undefined {
  if (protocol === 'GENEVE') return { from: 0, to: 65535 };
  const own = requiredPort(at, 'Port');
  return own === undefined ? undefined : { from: own, to: own };
}

/** Those that answer by themselves, or ask who the client is before another action. */
const others: ReadonlySet<string> = new Set([
  'redirect',
  'fixed-response',
  'authenticate-oidc',
  'authenticate-cognito',
  'jwt-validation',
]);

/** Every group of every forward action, also one whose weight is 0: clients that are bound to it keep coming. */
function actionsOf(actions: readonly At<Action>[]): ActionsFinding {
  const groups = new Set<string>();
  let understood = true;
  for (const action of actions) {
    const type = required(action, 'Type');
    if (type !== 'forward') {
      understood &&= type !== undefined && others.has(type);
      continue;
    }
    const config = inner(action, 'ForwardConfig');
    const named = [
      text(action, 'TargetGroupArn'),
      ...(config === undefined ? [] : list(config, 'TargetGroups').map((one) => text(one, 'TargetGroupArn'))),
    ];
    for (const group of named) if (group !== undefined) groups.add(group);
  }
  return { groups: [...groups], understood };
}

/** One answer of describe-rules; the rules of other services have the same key. */
export interface Rules {
  Rules?: Rule[] | undefined;
  NextMarker?: string | undefined;
}

export function readRules(at: At<Rules>, findings: Findings): void {
  if (!isOurs(at, 'Rules', ['RuleArn'])) return passOver(at, 'Rules', findings);
  findings.listenerRules.push({
    rules: list(at, 'Rules').flatMap((one) => readRule(one) ?? []),
    ...pageOf(at, 'ListenerArn'),
  });
}

function readRule(at: At<Rule>): ListenerRulesFinding['rules'][number] | undefined {
  const arn = required(at, 'RuleArn');
  if (arn === undefined) return undefined;
  // A rule's ARN is its listener's with one part more.
  const listener = /^(arn:.+):listener-rule\/(.+)\/[^/]+$/.exec(arn);
  if (listener === null) {
    complain(at, 'unknown-value', 'RuleArn', `\`${arn}\` is no ARN of a listener’s rule.`);
    return undefined;
  }
  return {
    listener: `${listener[1]}:listener/${listener[2]}`,
    isDefault: flag(at, 'IsDefault') ?? text(at, 'Priority') === 'default',
    actions: actionsOf(list(at, 'Actions')),
    ...present({ sources: sourcesOf(list(at, 'Conditions')) }),
  };
}

/** Conditions must all hold, so that each alone bounds the clients; the first that asks for addresses does. */
function sourcesOf(conditions: readonly At<RuleCondition>[]): readonly Prefix[] | undefined {
  for (const condition of conditions) {
    if (text(condition, 'Field') !== 'source-ip') continue;
    const config = inner(condition, 'SourceIpConfig');
    const family = config && text(config, 'IpAddressType');
    if (family === 'ipv4' || family === 'ipv6') return [parsePrefix(family === 'ipv4' ? '0.0.0.0/0' : '::/0')!];
    const values = [...texts(condition, 'Values'), ...(config === undefined ? [] : texts(config, 'Values'))];
    const blocks = values.flatMap((value) => prefixIn(condition, 'SourceIpConfig/Values', value) ?? []);
    if (blocks.length > 0) return blocks;
  }
  return undefined;
}
