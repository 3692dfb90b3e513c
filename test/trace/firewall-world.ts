/** Firewalls in few words, for tests of what their policies decide. VPC `vpc-a` is 10.0.0.0/16, as in semantics section 18. */
import type { Payload } from '../../src/net/payload.ts';
import type {
  FirewallPolicy,
  RuleGroup,
  StatefulRuleGroup,
  StatelessAction,
  StatelessRule,
  TlsInspection,
} from '../../src/network/firewall-policy.ts';
import type { Firewall } from '../../src/network/firewall.ts';
import type { Network } from '../../src/network/network.ts';
import type { Mode } from '../../src/network/replay.ts';
import type { Judgement } from '../../src/network/judge.ts';
import { judge } from '../../src/trace/firewall/judge.ts';
import { cidr, packet, world } from './world.ts';

const source = { file: 'test', place: '' };

export interface GroupWords extends Partial<Pick<StatefulRuleGroup, 'managed' | 'ipSets' | 'portSets' | 'references'>> {
  /** Lines of Suricata; absent where they were not read. */
  readonly rules?: readonly string[];
  readonly dropToAlert?: boolean;
}

/** Stateless rules are numbered from 1 in their order, and match everything that they do not narrow. */
export interface PolicyWords {
  readonly stateless?: readonly Partial<StatelessRule>[];
  readonly statelessDefault?: StatelessAction;
  readonly fragmentDefault?: StatelessAction;
  /** Strict order unless it says `action`. */
  readonly order?: 'action';
  readonly defaults?: readonly string[] | 'none listed';
  readonly streamException?: FirewallPolicy['stateful']['streamException'];
  /** The lines of one group, or several groups in their order. */
  readonly rules?: readonly string[];
  readonly groups?: Readonly<Record<string, GroupWords>>;
  readonly homeNet?: readonly string[];
  readonly sessionHolding?: boolean;
  readonly tlsInspection?: Partial<TlsInspection>;
  readonly vpc?: string | null;
  readonly lists?: Readonly<Record<string, readonly string[]>>;
}

const resource = <K extends string>(kind: K, id: string) => ({ kind, id, tags: {}, source });

/** The network of `world` with `firewall-1` and its policy. */
export function ruled(words: PolicyWords, network = world({ lists: words.lists ?? {} })): Network {
  const order = words.order === 'action' ? 'DEFAULT_ACTION_ORDER' : 'STRICT_ORDER';
  const groups: Readonly<Record<string, GroupWords>> = {
    ...(words.rules === undefined ? {} : { rg: { rules: words.rules } }),
    ...words.groups,
  };
  const policy: FirewallPolicy = {
    ...resource('firewall-policy', 'policy-1'),
    stateless: {
      groups: words.stateless === undefined ? [] : [{ priority: 1, group: 'stateless' }],
      default: words.statelessDefault ?? 'aws:forward_to_sfe',
      fragmentDefault: words.fragmentDefault ?? 'aws:forward_to_sfe',
    },
    stateful: {
      order,
      ...(words.defaults === 'none listed' ? {} : { defaults: words.defaults ?? [] }),
      streamException: words.streamException ?? 'DROP',
      groups: Object.entries(groups).map(([group, { dropToAlert }], i) => ({
        group,
        priority: i + 1,
        dropToAlert: dropToAlert ?? false,
      })),
    },
    ...(words.homeNet === undefined ? {} : { homeNet: words.homeNet.map(cidr) }),
    sessionHolding: words.sessionHolding ?? false,
    ...(words.tlsInspection === undefined ? {} : { tlsInspection: 'tls-1' }),
  };
  const stateless: RuleGroup = {
    ...resource('stateless-rule-group', 'stateless'),
    rules: (words.stateless ?? []).map((rule, i): StatelessRule => ({
      priority: i + 1,
      action: 'aws:pass',
      sources: [],
      destinations: [],
      sourcePorts: [],
      destinationPorts: [],
      protocols: [],
      tcpFlags: [],
      source,
      ...rule,
    })),
  };
  const stateful = Object.entries(groups).map(([id, { rules, ...own }]): StatefulRuleGroup => ({
    ...resource('stateful-rule-group', id),
    order,
    managed: own.managed ?? false,
    ipSets: own.ipSets ?? {},
    portSets: own.portSets ?? {},
    references: own.references ?? {},
    rules: rules?.map((text) => ({ text, source })) ?? { unread: 'describe-rule-group', subject: id },
  }));
  const inspection: TlsInspection = {
    ...resource('tls-inspection-configuration', 'tls-1'),
    scopes: [{ sources: [], destinations: [], sourcePorts: [], destinationPorts: [] }],
    outbound: true,
    ...words.tlsInspection,
  };
  const { vpc = 'vpc-a' } = words;
  const firewall: Firewall = {
    ...resource('network-firewall', 'firewall-1'),
    endpoints: ['fw-1'],
    policyArn: 'policy-1',
    ...(vpc === null ? {} : { vpc }),
  };
  return {
    ...network,
    firewalls: new Map([['firewall-1', firewall]]),
    firewallPolicies: new Map([['policy-1', policy]]),
    ruleGroups: new Map([stateless, ...stateful].map((group) => [group.id, group])),
    tlsInspections: new Map([['tls-1', inspection]]),
  };
}

export interface Case {
  readonly payload?: Payload;
  readonly mode?: Mode;
  /** Permissive sides, and the others. */
  readonly sides?: readonly string[];
  readonly not?: readonly string[];
}

/** What `firewall-1` does with the conversation that begins with the packet; connection mode unless said. */
export function judged(network: Network, text: string, words: Case = {}): Judgement {
  const firewall = network.firewalls.get('firewall-1')!;
  const sides = new Map<string, boolean>([
    ...(words.sides ?? []).map((key): [string, boolean] => [key, true]),
    ...(words.not ?? []).map((key): [string, boolean] => [key, false]),
  ]);
  const { payload, mode = 'connection' } = words;
  return judge({ network, firewall, packet: packet(text), payload, mode, sides });
}

/** `passes`, or what is stopped: `the SYN`. */
export function stopped(network: Network, text: string, words: Case = {}): string {
  const { passes, moment } = judged(network, text, words);
  return passes ? 'passes' : moment;
}

/** From a host of the VPC to the internet. */
export const out = 'tcp 10.0.1.5:40000 -> 203.0.113.1:443';
export const tls = (sni?: string): Case => ({
  mode: 'data',
  payload: { app: 'tls', ...(sni === undefined ? {} : { sni }) },
});
export const http = (httpHost: string): Case => ({
  mode: 'data',
  payload: { app: 'http', httpHost, httpMethod: 'GET', httpUri: '/' },
});
