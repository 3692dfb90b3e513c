/** elbv2 describe-listeners and describe-rules, answer by answer. */
import type { Action, Listener as AwsListener, Rule, RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { present } from '../../base/present.ts';
import { type Prefix, parsePrefix } from '../../net/prefix.ts';
import type { Findings } from '../../network/build/findings.ts';
import type {
  ActionsFinding,
  ConditionFinding,
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
  whole,
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

export const protocols: readonly ListenerProtocol[] = [
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

/** Every group of every forward action. */
export function actionsOf(actions: readonly At<Action>[]): ActionsFinding {
  const groups = new Set<string>();
  const resting = new Set<string>();
  let understood = true;
  for (const action of actions) {
    const type = required(action, 'Type');
    if (type !== 'forward') {
      understood &&= type !== undefined && others.has(type);
      continue;
    }
    const config = inner(action, 'ForwardConfig');
    const weighed = config === undefined ? [] : list(config, 'TargetGroups');
    const named = [text(action, 'TargetGroupArn'), ...weighed.map((one) => text(one, 'TargetGroupArn'))];
    for (const group of named) if (group !== undefined) groups.add(group);
    for (const one of weighed) if (whole(one, 'Weight') === 0) resting.add(text(one, 'TargetGroupArn') ?? '');
  }
  return { groups: [...groups], resting: [...resting], understood };
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
    conditions: list(at, 'Conditions').flatMap((one) => conditionOf(one) ?? []),
    ...present({ priority: priorityOf(at) }),
    ...present({ sources: sourcesOf(list(at, 'Conditions')) }),
  };
}

const priorityOf = (at: At<Rule>): number | undefined => {
  const shown = Number(text(at, 'Priority') ?? '');
  return Number.isInteger(shown) && shown > 0 ? shown : undefined;
};

/** Undefined of one for addresses, which `sourcesOf` reads. */
export function conditionOf(at: At<RuleCondition>): ConditionFinding | undefined {
  const field = text(at, 'Field') ?? '';
  const regex = texts(at, 'RegexValues').length > 0;
  const values = texts(at, 'Values');
  switch (field) {
    case 'source-ip':
      return undefined;
    case 'host-header':
      return patternsOf(field, [...values, ...valuesIn(inner(at, 'HostHeaderConfig'))].map(lowerCase), regex);
    case 'path-pattern':
      return patternsOf(field, [...values, ...valuesIn(inner(at, 'PathPatternConfig'))], regex);
    case 'http-request-method':
      return patternsOf(field, [...values, ...valuesIn(inner(at, 'HttpRequestMethodConfig'))], regex);
    case 'http-header': {
      const config = inner(at, 'HttpHeaderConfig');
      const name = config === undefined ? '' : (text(config, 'HttpHeaderName') ?? '');
      return patternsOf(`${field}:${lowerCase(name)}`, valuesIn(config).map(lowerCase), regex);
    }
    case 'query-string': {
      const config = inner(at, 'QueryStringConfig');
      const pairs = config === undefined ? [] : list(config, 'Values');
      const patterns = pairs.map((pair) => `${text(pair, 'Key') ?? '*'}=${text(pair, 'Value') ?? '*'}`);
      return patternsOf(field, patterns.map(lowerCase), regex);
    }
    default:
      return { field, patterns: [], regex: true };
  }
}

const lowerCase = (value: string): string => value.toLowerCase();

/** A condition without a pattern that this program knows asks for something else. */
const patternsOf = (field: string, patterns: readonly string[], regex: boolean): ConditionFinding => ({
  field,
  patterns,
  regex: regex || patterns.length === 0,
});

const valuesIn = (
  at: At<{ Values?: string[] | undefined; RegexValues?: string[] | undefined }> | undefined,
): readonly string[] => (at === undefined ? [] : texts(at, 'Values'));

/** Conditions must all hold, so that each alone bounds the clients; the first that asks for addresses does. */
export function sourcesOf(conditions: readonly At<RuleCondition>[]): readonly Prefix[] | undefined {
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
