/** A network firewall in a few words, and what its policy does with a flow, as the data plane tells it. */
import { createPlane } from '../../src/dataplane/plane.ts';
import { freeHeader } from '../../src/dataplane/header.ts';
import { firewallPasses, payloadsOf } from '../../src/dataplane/firewall/index.ts';
import type { PayloadName } from '../../src/dataplane/firewall/payload-space.ts';
import { not } from '../../src/dataplane/predicate.ts';
import type { Variable } from '../../src/dataplane/symbol.ts';
import { type Intervals, intersect, subtract } from '../../src/net/interval.ts';
import { parsePacket } from '../../src/net/packet.ts';
import type { Payload } from '../../src/net/payload.ts';
import { parsePrefix, type Prefix } from '../../src/net/prefix.ts';
import type { Firewall } from '../../src/network/firewall.ts';
import type {
  FirewallPolicy,
  GroupReference,
  RuleGroup,
  StatefulRuleGroup,
  StatelessAction,
  StatelessRule,
  TlsInspection,
} from '../../src/network/firewall-policy.ts';
import type { Network } from '../../src/network/network.ts';
import type { PrefixList } from '../../src/network/prefix-list.ts';
import type { Mode } from '../../src/network/replay.ts';
import type { Vpc } from '../../src/network/vpc.ts';
import { isTrue } from '../../src/verify/truth.ts';

export interface StatelessWords extends Partial<Omit<StatelessRule, 'sources' | 'destinations'>> {
  readonly sources?: readonly string[];
  readonly destinations?: readonly string[];
}

export interface GroupWords extends Partial<
  Pick<StatefulRuleGroup, 'rules' | 'managed' | 'ipSets' | 'portSets' | 'references'>
> {
  /** Lines of Suricata. */
  readonly lines?: readonly string[];
  readonly dropToAlert?: boolean;
  readonly priority?: number;
}

export interface FirewallWords {
  /** Strict unless told otherwise. */
  readonly actionOrder?: boolean;
  readonly defaults?: readonly string[];
  readonly groups?: readonly GroupWords[];
  readonly stateless?: readonly StatelessWords[];
  readonly statelessDefault?: StatelessAction;
  readonly fragmentDefault?: StatelessAction;
  readonly streamException?: 'DROP' | 'CONTINUE' | 'REJECT';
  readonly homeNet?: readonly string[];
  /** Blocks of the firewall's VPC; `false`: it stands in none. */
  readonly vpc?: readonly string[] | false;
  readonly inspects?: readonly { readonly destinationPorts: TlsInspection['scopes'][number]['destinationPorts'] }[];
  readonly holds?: boolean;
  readonly lists?: Readonly<Record<string, readonly string[]>>;
  /** Group ARNs of the policy that no answer holds. */
  readonly missing?: readonly string[];
  /** The defaults were not listed. */
  readonly silent?: boolean;
}

export type Fate = 'passes' | 'stopped' | 'unknown';

export interface Asked {
  readonly payload?: Payload;
  /** `data` unless told otherwise. */
  readonly mode?: Mode;
  readonly sides?: Readonly<Record<string, boolean>>;
  /** TCP's flags. */
  readonly flags?: number;
}

const resource = (id: string) => ({ id, tags: {}, source: { file: 'test', place: id } });
const prefix = (text: string): Prefix => parsePrefix(text)!;

/** Of the first group `group-1`, of the second `group-2`, …; the policy is `policy`, the firewall `firewall`. */
export function networkWith(words: FirewallWords): { readonly network: Network; readonly firewall: Firewall } {
  const { groups = [], stateless = [], vpc = ['10.0.0.0/16'], lists = {}, missing = [] } = words;
  const stateful = groups.map((group, i): StatefulRuleGroup => ({
    ...resource(`group-${i + 1}`),
    kind: 'stateful-rule-group',
    order: words.actionOrder === true ? 'DEFAULT_ACTION_ORDER' : 'STRICT_ORDER',
    rules:
      group.rules ?? (group.lines ?? []).map((text, line) => ({ text, source: { file: 'test', place: `${line}` } })),
    managed: group.managed ?? false,
    ipSets: group.ipSets ?? {},
    portSets: group.portSets ?? {},
    references: group.references ?? {},
  }));
  const references: GroupReference[] = [
    ...groups.map(({ dropToAlert = false, priority }, i) => ({
      group: `group-${i + 1}`,
      dropToAlert,
      priority: priority ?? i + 1,
    })),
    ...missing.map((group, i) => ({ group, dropToAlert: false, priority: 100 + i })),
  ];
  const policy: FirewallPolicy = {
    ...resource('policy'),
    kind: 'firewall-policy',
    stateless: {
      groups: stateless.length === 0 ? [] : [{ priority: 1, group: 'stateless' }],
      default: words.statelessDefault ?? 'aws:forward_to_sfe',
      fragmentDefault: words.fragmentDefault ?? words.statelessDefault ?? 'aws:forward_to_sfe',
    },
    stateful: {
      order: words.actionOrder === true ? 'DEFAULT_ACTION_ORDER' : 'STRICT_ORDER',
      ...(words.silent === true ? {} : { defaults: words.defaults ?? [] }),
      streamException: words.streamException ?? 'DROP',
      groups: references,
    },
    ...(words.homeNet === undefined ? {} : { homeNet: words.homeNet.map(prefix) }),
    sessionHolding: words.holds ?? false,
    ...(words.inspects === undefined ? {} : { tlsInspection: 'inspection' }),
  };
  const packets: RuleGroup = {
    ...resource('stateless'),
    kind: 'stateless-rule-group',
    rules: stateless.map((rule, i) => ({
      priority: i + 1,
      action: 'aws:forward_to_sfe',
      sourcePorts: [],
      destinationPorts: [],
      protocols: [],
      tcpFlags: [],
      source: { file: 'test', place: `${i}` },
      ...rule,
      sources: (rule.sources ?? []).map(prefix),
      destinations: (rule.destinations ?? []).map(prefix),
    })),
  };
  const firewall: Firewall = {
    ...resource('firewall'),
    kind: 'network-firewall',
    endpoints: ['vpce-fw'],
    policyArn: 'policy',
    ...(vpc === false ? {} : { vpc: 'vpc-a' }),
  };
  const own: readonly (readonly [string, Vpc])[] =
    vpc === false ? [] : [['vpc-a', { ...resource('vpc-a'), kind: 'vpc', cidrs: vpc.map(prefix) } as unknown as Vpc]];
  const none = new Map();
  const network: Network = {
    vpcs: new Map(own),
    subnets: none,
    interfaces: none,
    instances: none,
    securityGroups: none,
    networkAcls: none,
    routeTables: none,
    prefixLists: new Map(
      Object.entries(lists).map(([id, entries]): [string, PrefixList] => [
        id,
        { ...resource(id), kind: 'prefix-list', entries: entries.map(prefix) },
      ]),
    ),
    internetGateways: none,
    egressOnlyInternetGateways: none,
    natGateways: none,
    endpoints: none,
    firewalls: new Map([['firewall', firewall]]),
    firewallPolicies: new Map([['policy', policy]]),
    ruleGroups: new Map([...stateful, packets].map((group) => [group.id, group])),
    tlsInspections: new Map(
      words.inspects === undefined
        ? []
        : [
            [
              'inspection',
              {
                ...resource('inspection'),
                kind: 'tls-inspection-configuration',
                scopes: words.inspects.map((scope) => ({ sources: [], destinations: [], sourcePorts: [], ...scope })),
                outbound: true,
              },
            ],
          ],
    ),
    loadBalancers: none,
    targetGroups: none,
    webAcls: none,
    endpointServices: none,
    serviceNetworks: none,
    latticeServices: none,
    resourceGateways: none,
    resourceConfigurations: none,
    vpcPeerings: none,
    transitGateways: none,
    transitGatewayAttachments: none,
    transitGatewayRouteTables: none,
    vpnGateways: none,
    vpnConnections: none,
    directConnectGateways: none,
    virtualInterfaces: none,
    carrierGateways: new Map(),
    trafficMirrorSessions: new Map(),
    flowLogs: new Map(),
    clientVpnEndpoints: none,
    opaqueGateways: none,
    dnsFirewallRuleGroups: none,
    dnsFirewallDomainLists: none,
    dnsFirewallAssociations: none,
    resolverEndpoints: none,
    resolverRules: none,
    coverage: [],
    defaults: [],
    warnings: [],
    sources: [],
  };
  return { network, firewall };
}

const kinds = { sni: 'tls.sni', httpHost: 'http.host', dnsName: 'dns.query' } as const;

const namesIn = (payload: Payload): readonly PayloadName[] =>
  (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) =>
    payload[kind] === undefined ? [] : [{ kind, name: payload[kind] }],
  );

/** What becomes of a flow whose first packet is that one, such as `tcp 10.0.1.10:40000 -> 203.0.113.1:443`. */
export function fate(words: FirewallWords, text: string, asked: Asked = {}): Fate {
  const { network, firewall } = networkWith(words);
  const { payload = { app: 'none' }, mode = 'data', sides = {}, flags } = asked;
  const plane = createPlane(network, {
    sides: new Map(Object.entries(sides)),
    grouping: true,
    label: () => '',
    wanted: () => true,
    exacting: false,
    replies: mode !== 'packet',
    mode,
    names: namesIn(payload),
  });
  const packet = parsePacket(text)!;
  const header = freeHeader(plane.symbols, 'sent', packet.src.family);
  const policy = network.firewallPolicies.get('policy')!;
  const predicate = firewallPasses(plane, firewall, policy, packet.src.family, mode);
  const values = new Map<unknown, bigint>([
    [header.src, packet.src.value],
    [header.dst, packet.dst.value],
    [header.protocol, BigInt(packet.protocol)],
    [header.srcPort, BigInt(packet.srcPort)],
    [header.dstPort, BigInt(packet.dstPort)],
    [header.icmpType, BigInt(packet.icmpType)],
    [header.icmpCode, BigInt(packet.icmpCode)],
    [header.fragment, packet.fragment ? 1n : 0n],
    [header.flags, BigInt(flags ?? (packet.protocol === 6 ? 2 : 0))],
    [header.payload, classOf(payloadsOf(plane), payload)],
  ]);
  const value = (variable: Variable): bigint => values.get(variable)!;
  const side = (): undefined => undefined;
  if (isTrue({ header, predicate }, value, side)) return 'passes';
  return isTrue({ header, predicate: not(predicate) }, value, side) ? 'stopped' : 'unknown';
}

/** The lowest class of that payload. */
export function classOf(space: ReturnType<typeof payloadsOf>, payload: Payload): bigint {
  let set: Intervals = space.app(payload.app);
  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
    const name = payload[kind];
    if (name !== undefined) set = intersect(set, space.named(kind, name)!);
    else set = subtract(set, space.holding(kinds[kind]));
  }
  if (payload.app === 'http' && payload.bare !== true) set = intersect(set, space.withHeaders);
  return set[0]!.lo;
}

/** The lines that AWS makes of a domain list (semantics 10.53 to 10.56). */
export function domainList(
  action: 'ALLOWLIST' | 'DENYLIST',
  names: readonly string[],
  { types = ['TLS_SNI', 'HTTP_HOST'], strict = false }: { types?: readonly string[]; strict?: boolean } = {},
): readonly string[] {
  const verb = action === 'ALLOWLIST' ? 'pass' : 'drop';
  const tail = 'priority:1; flow:to_server, established;';
  let sid = 0;
  const lines = types.flatMap((type) =>
    names.map((name) => {
      const dotted = name.startsWith('.') ? 'dotprefix; ' : '';
      const start = dotted === '' ? 'startswith; ' : '';
      return type === 'TLS_SNI'
        ? `${verb} tls $HOME_NET any -> $EXTERNAL_NET any (ssl_state:client_hello; tls.sni; ${dotted}content:"${name}"; ${start}nocase; endswith; ${tail} sid:${++sid};)`
        : `${verb} http $HOME_NET any -> $EXTERNAL_NET any (http.host; ${dotted}content:"${name}"; ${start}endswith; ${tail} sid:${++sid};)`;
    }),
  );
  const rest =
    action === 'DENYLIST' || strict
      ? []
      : types.map((type) =>
          type === 'TLS_SNI'
            ? `drop tls $HOME_NET any -> $EXTERNAL_NET any (msg:"not matching"; ssl_state:client_hello; ${tail} sid:${++sid};)`
            : `drop http $HOME_NET any -> $EXTERNAL_NET any (http.header_names; content:"|0d 0a|"; startswith; ${tail} sid:${++sid};)`,
        );
  return [...lines, ...rest];
}
