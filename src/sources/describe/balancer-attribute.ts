/**
 * describe-load-balancer-attributes, classic ones too, and describe-target-group-attributes: of all attributes those by
 * which it is decided where packets go.
 */
import type { LoadBalancerAttribute, TargetGroupAttribute } from '@aws-sdk/client-elastic-load-balancing-v2';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import { balancerOf, targetGroupOf, told, untold } from './balancer-subject.ts';
import { type At, complain, flag, has, inner, isObject, list, provenance, text } from './fields.ts';
import { passOver } from './unmodelled.ts';

type Attribute = LoadBalancerAttribute & TargetGroupAttribute;

/** One answer of either call: they look alike, and so do those of other services. */
export interface Attributes {
  Attributes?: Attribute[] | undefined;
}

const crossZone = 'load_balancing.cross_zone.enabled';
const preserve = 'preserve_client_ip.enabled';
const failOpen = 'waf.fail_open.enabled';

const threefold = { true: true, false: false, use_load_balancer_configuration: 'balancer' } as const;

export function readAttributes(at: At<Attributes>, findings: Findings): void {
  const shown = (at.json as Record<string, unknown>)['Attributes'];
  const keys = Array.isArray(shown) ? (shown as unknown[]).map((one) => isObject(one) && one['Key']) : [];
  const group = targetGroupOf(at, findings);
  const of = group ?? balancerOf(at, findings);
  if (!keys.some((key) => key === crossZone || key === preserve)) {
    // Those of Lambda functions and of listeners decide nothing of this.
    if (of === undefined) passOver(at, 'Attributes', findings);
    return;
  }
  if (of === undefined) return untold(at, 'Attributes', keys.includes(preserve) ? 'target group' : 'load balancer');
  const value = (key: string) => list(at, 'Attributes').find((one) => text(one, 'Key') === key);
  findings.balancerAttributes.push({
    of,
    source: provenance(at),
    ...present({
      crossZone: switched<boolean | 'balancer'>(value(crossZone), threefold),
      preservesClientIp: switched(value(preserve), { true: true, false: false }),
      wafFailsOpen: switched(value(failOpen), { true: true, false: false }),
    }),
  });
}

function switched<T>(at: At<Attribute> | undefined, words: Readonly<Record<string, T>>): T | undefined {
  const value = at && text(at, 'Value');
  if (at === undefined || value === undefined) return undefined;
  if (Object.hasOwn(words, value)) return words[value];
  const known = Object.keys(words).join(', ');
  complain(at, 'unknown-value', 'Value', `\`${text(at, 'Key') ?? ''}\` is \`${value}\`; known are ${known}.`);
  return undefined;
}

/** Under this key stands a classic balancer's answer, or what some tools list: answers with the balancer beside each. */
export interface BalancerAttributes {
  LoadBalancerAttributes?: { CrossZoneLoadBalancing?: { Enabled?: boolean | undefined } | undefined } | undefined;
}

export function readBalancerAttributes(at: At<BalancerAttributes>, findings: Findings): void {
  if (Array.isArray(at.json.LoadBalancerAttributes)) {
    for (const one of list(at as At<{ LoadBalancerAttributes?: Attributes[] }>, 'LoadBalancerAttributes'))
      if (told(one, 'LoadBalancerArn') === undefined) untold(one, 'Attributes', 'load balancer');
      else readAttributes(one, findings);
    return;
  }
  const attributes = inner(at, 'LoadBalancerAttributes');
  const shown = attributes && inner(attributes, 'CrossZoneLoadBalancing');
  if (shown === undefined || !has(shown, 'Enabled')) return;
  const of = balancerOf(at, findings);
  if (of === undefined) return untold(at, 'LoadBalancerAttributes', 'load balancer');
  findings.balancerAttributes.push({
    of,
    source: provenance(at),
    ...present({ crossZone: flag(shown, 'Enabled') }),
  });
}
