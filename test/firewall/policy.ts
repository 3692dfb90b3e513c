/** Policies in a few words, read as answers of AWS are, and what is found in them. */
import { expect } from 'vitest';
import { type Subject, checkFirewall } from '../../src/firewall/index.ts';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { judge } from '../../src/trace/index.ts';
import type { FirewallFinding, FirewallResult } from '../../src/result/firewall.ts';
import type { Document } from '../support/aws.ts';
import {
  type PolicySpec,
  type StatelessSpec,
  describePolicy,
  describeRules,
  describeStateless,
  policyArn,
  statefulGroupArn,
  statelessGroupArn,
} from '../support/aws-network-firewall.ts';

export interface Words extends Omit<PolicySpec, 'groups' | 'statelessGroups' | 'stateless'> {
  /** Lines of Suricata, of one group. */
  readonly rules: readonly string[];
  readonly packets?: readonly StatelessSpec[];
  readonly stateless?: string;
}

/** Of strict order, dropping what is established and not passed, for HOME_NET 10.0.0.0/8, unless it says otherwise. */
export function subjectOf({ rules, packets, ...spec }: Words): Subject {
  const order = spec.order ?? 'STRICT_ORDER';
  const strict = order === 'STRICT_ORDER';
  const documents: readonly Document[] = [
    describePolicy('egress', {
      order,
      homeNet: ['10.0.0.0/8'],
      ...(strict ? { defaults: ['aws:drop_established'] } : {}),
      ...spec,
      groups: [statefulGroupArn('rules')],
      ...(packets === undefined ? {} : { statelessGroups: [statelessGroupArn('packets')] }),
    }),
    describeRules('rules', rules, { order }),
    ...(packets === undefined ? [] : [describeStateless('packets', packets)]),
  ];
  const network = networkFromDocuments(documents);
  if (!network.ok) throw new Error(JSON.stringify(network.problems, undefined, 1));
  const policy = network.value.firewallPolicies.get(policyArn('egress'))!;
  const firewall = {
    kind: 'network-firewall',
    id: 'fw',
    tags: {},
    source: policy.source,
    endpoints: [],
    policyArn: policy.id,
  } as const;
  return { network: network.value, firewall, policy };
}

export const check = (subject: Subject, timeoutMs = 20_000): Promise<FirewallResult> =>
  checkFirewall(subject, { judge, timeoutMs, now: () => performance.now() });

/** Everything is decided. */
export async function findings(words: Words): Promise<readonly FirewallFinding[]> {
  const { findings: found, undecided, notExamined } = await check(subjectOf(words));
  expect(undecided).toEqual([]);
  expect(notExamined).toBe(0);
  return found;
}

export const codes = async (words: Words): Promise<readonly string[]> =>
  (await findings(words)).map(({ code, rule }) => (rule === undefined ? code : `${code} ${rule.sid}`));

export const of = (found: readonly FirewallFinding[], code: string): FirewallFinding => {
  const one = found.find((each) => each.code === code);
  expect(one, `${code} is found`).toBeDefined();
  return one!;
};

/** `pass tls … (tls.sni; …; sid:1;)` from home outward. */
export const sni = (action: string, content: string, sid: number): string =>
  `${action} tls $HOME_NET any -> $EXTERNAL_NET any (tls.sni; ${content} flow:to_server, established; sid:${sid};)`;

export const exact = (name: string): string => `content:"${name}"; startswith; endswith; nocase;`;
export const below = (name: string): string => `dotprefix; content:".${name}"; nocase; endswith;`;
