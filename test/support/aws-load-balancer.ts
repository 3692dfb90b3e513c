/** Load balancers, listeners, rules, target groups and web ACLs as the calls about them print them, one document a call. */
import type {
  Action,
  Listener,
  LoadBalancer,
  Rule,
  TargetGroup,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { createHash } from 'node:crypto';
import { invariant } from '../../src/base/invariant.ts';
import type { Document } from './aws.ts';
import { account, region, zoneName } from './identity.ts';
import type { BalancerSpec, Spec, TargetGroupSpec, WebAclSpec } from './spec.ts';

const elb = `arn:aws:elasticloadbalancing:${region}:${account}`;

const digits = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const words = { alb: 'app', nlb: 'net', gwlb: 'gwy' } as const;
const types = { alb: 'application', nlb: 'network', gwlb: 'gateway' } as const;

/** What follows `ELB ` in the description of its interfaces. */
export const labelOf = ({ id, type }: BalancerSpec): string =>
  type === 'clb' ? id : `${words[type]}/${id}/${digits(`${type} ${id}`)}`;

/** Its ARN; of a classic one its name: no answer tells its account. Either is its id in the network. */
export const balancerArn = (balancer: BalancerSpec): string =>
  balancer.type === 'clb' ? balancer.id : `${elb}:loadbalancer/${labelOf(balancer)}`;

/** The same by its name. */
export const balancerNamed = (spec: Spec, name: string): string => {
  const found = spec.balancers.find(({ id }) => id === name);
  invariant(found !== undefined, `the balancer ${name} is in the network`);
  return balancerArn(found);
};

const listenerArn = (balancer: BalancerSpec, line: string): string =>
  `${elb}:listener/${labelOf(balancer)}/${digits(`${balancer.id} ${line}`)}`;

/** A target group's id in the network. */
export const groupArn = (name: string): string => `${elb}:targetgroup/${name}/${digits(name)}`;

/** The name of a file about what the ARN names. */
const about = (call: string, arn: string): string => `${call}.${arn.split(':').at(-1)!.replaceAll('/', '-')}.json`;

/** Everything about the balancers of the network; nothing where there are none. */
export function describeBalancers(spec: Spec): readonly Document[] {
  if (spec.balancers.length + spec.targetGroups.length + spec.webAcls.length === 0) return [];
  const modern = spec.balancers.filter(({ type }) => type !== 'clb');
  const classic = spec.balancers.filter(({ type }) => type === 'clb');
  return [
    {
      file: 'elbv2/describe-load-balancers.json',
      json: { LoadBalancers: modern.map((one) => describeBalancer(spec, one)) },
    },
    {
      file: 'elb/describe-load-balancers.json',
      json: { LoadBalancerDescriptions: classic.map((one) => describeClassic(spec, one)) },
    },
    ...modern.flatMap(listenersOf),
    ...spec.balancers.flatMap(attributesOf),
    { file: 'describe-target-groups.json', json: { TargetGroups: spec.targetGroups.map(describeGroup) } },
    ...spec.targetGroups.flatMap((group) => targetsOf(spec, group)),
    ...spec.webAcls.flatMap((acl) => describeWebAcl(spec, acl)),
  ];
}

const describeBalancer = (spec: Spec, balancer: BalancerSpec): LoadBalancer => ({
  LoadBalancerArn: balancerArn(balancer),
  LoadBalancerName: balancer.id,
  Type: types[balancer.type as keyof typeof types],
  ...(balancer.type === 'gwlb' ? {} : { Scheme: balancer.public === true ? 'internet-facing' : 'internal' }),
  VpcId: vpcOf(spec, balancer),
  State: { Code: 'active' },
  AvailabilityZones: balancer.at.map(({ subnet }) => ({
    ZoneName: zoneName(spec.subnets.find(({ id }) => id === subnet)!.zone),
    SubnetId: subnet,
    LoadBalancerAddresses: [],
  })),
  ...(balancer.groups.length === 0 ? {} : { SecurityGroups: [...balancer.groups] }),
  ...(balancer.type === 'nlb' && balancer.groups.length > 0
    ? { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: balancer.enforces === false ? 'off' : 'on' }
    : {}),
  IpAddressType: balancer.dualstack === true ? 'dualstack' : 'ipv4',
});

/** As the classic API prints it, whose client is no dependency. */
const describeClassic = (spec: Spec, balancer: BalancerSpec) => ({
  LoadBalancerName: balancer.id,
  Scheme: balancer.public === true ? 'internet-facing' : 'internal',
  VPCId: vpcOf(spec, balancer),
  Subnets: balancer.at.map(({ subnet }) => subnet),
  SecurityGroups: balancer.groups,
  Instances: (balancer.instances ?? []).map((id) => ({ InstanceId: id })),
  ListenerDescriptions: (balancer.listeners ?? []).map((line) => {
    const [protocol, port, instancePort] = line.split(' ');
    return {
      Listener: {
        Protocol: protocol,
        LoadBalancerPort: Number(port),
        InstanceProtocol: protocol,
        InstancePort: Number(instancePort),
      },
      PolicyNames: [],
    };
  }),
});

function vpcOf(spec: Spec, { id, at }: BalancerSpec): string {
  const subnet = spec.subnets.find((one) => one.id === at[0]?.subnet);
  invariant(subnet !== undefined, `${id} stands in a subnet`);
  return subnet.vpc;
}

/** Its listeners, and the rules of each; nothing where they are unread. */
function listenersOf(balancer: BalancerSpec): readonly Document[] {
  if (balancer.listeners === undefined) return [];
  const described = balancer.listeners.map((line): { listener: Listener; rules: Rule[] } => {
    const [head, ...rules] = line.split(' | ');
    const [protocol, ...rest] = head!.split(' ');
    const port = protocol === 'GENEVE' ? undefined : Number(rest.shift());
    const arn = listenerArn(balancer, line);
    const actions = rest.map(action);
    const rule = (n: number) => `${arn.replace(':listener/', ':listener-rule/')}/${digits(`${line} ${n}`)}`;
    return {
      listener: {
        ListenerArn: arn,
        LoadBalancerArn: balancerArn(balancer),
        Protocol: protocol as 'TCP',
        ...(port === undefined ? {} : { Port: port }),
        DefaultActions: actions,
      },
      rules: [
        ...rules.map((text, n): Rule => {
          const [does, blocks] = text.split(' from ');
          return {
            RuleArn: rule(n),
            Priority: String(n + 1),
            IsDefault: false,
            Conditions: [
              blocks === undefined
                ? { Field: 'path-pattern', Values: [`/${n}/*`], PathPatternConfig: { Values: [`/${n}/*`] } }
                : { Field: 'source-ip', SourceIpConfig: { Values: blocks.split(' ') } },
            ],
            Actions: does!.split(' ').map(action),
          };
        }),
        { RuleArn: rule(-1), Priority: 'default', IsDefault: true, Conditions: [], Actions: actions },
      ],
    };
  });
  return [
    {
      file: about('describe-listeners', balancerArn(balancer)),
      json: { Listeners: described.map(({ listener }) => listener) },
    },
    ...described.map(({ listener, rules }) => ({
      file: about('describe-rules', listener.ListenerArn!),
      json: { Rules: rules },
    })),
  ];
}

/** `web`, equal ones joined by `+`; `redirect`; `fixed`. */
function action(text: string, position: number): Action {
  const Order = position + 1;
  if (text === 'redirect') return { Type: 'redirect', Order, RedirectConfig: { StatusCode: 'HTTP_301', Port: '443' } };
  if (text === 'fixed') return { Type: 'fixed-response', Order, FixedResponseConfig: { StatusCode: '503' } };
  const groups = text.split('+').map(groupArn);
  return {
    Type: 'forward',
    Order,
    ...(groups.length > 1 ? {} : { TargetGroupArn: groups[0]! }),
    ForwardConfig: { TargetGroups: groups.map((TargetGroupArn) => ({ TargetGroupArn, Weight: 1 })) },
  };
}

function attributesOf(balancer: BalancerSpec): readonly Document[] {
  const crossZone = balancer.crossZone ?? balancer.type === 'alb';
  const json =
    balancer.type === 'clb'
      ? { LoadBalancerAttributes: { CrossZoneLoadBalancing: { Enabled: crossZone } } }
      : {
          Attributes: [
            { Key: 'load_balancing.cross_zone.enabled', Value: String(crossZone) },
            { Key: 'deletion_protection.enabled', Value: 'false' },
          ],
        };
  return [{ file: about('describe-load-balancer-attributes', balancerArn(balancer)), json }];
}

const describeGroup = ({ id, vpc, type, protocol, port, family }: TargetGroupSpec): TargetGroup => ({
  TargetGroupArn: groupArn(id),
  TargetGroupName: id,
  TargetType: type ?? 'instance',
  ...(protocol === undefined ? {} : { Protocol: protocol as 'TCP' }),
  ...(port === undefined ? {} : { Port: port }),
  ...(vpc === undefined ? {} : { VpcId: vpc }),
  IpAddressType: family ?? 'ipv4',
  LoadBalancerArns: [],
});

/** The attributes and targets of a group; nothing of its targets where they are unread. */
function targetsOf(spec: Spec, group: TargetGroupSpec): readonly Document[] {
  const { id, type, protocol, preserve, crossZone, targets } = group;
  const keeps = preserve ?? (type !== 'ip' || ['UDP', 'TCP_UDP'].includes(protocol ?? ''));
  const network = ['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'].includes(protocol ?? '');
  const attributes = {
    file: about('describe-target-group-attributes', groupArn(id)),
    json: {
      Attributes: [
        { Key: 'deregistration_delay.timeout_seconds', Value: '300' },
        ...(network ? [{ Key: 'preserve_client_ip.enabled', Value: String(keeps) }] : []),
        {
          Key: 'load_balancing.cross_zone.enabled',
          Value: crossZone === undefined ? 'use_load_balancer_configuration' : String(crossZone),
        },
      ],
    },
  };
  if (targets === undefined) return [attributes];
  const health = {
    file: about('describe-target-health', groupArn(id)),
    json: { TargetHealthDescriptions: targets.map((line) => describeTarget(spec, group, line)) },
  };
  return [attributes, health];
}

/** `i-web`, `10.0.1.5`, a balancer's name, a function's ARN; then perhaps `:8080`, `@az1` or `@all`, and the health. */
function describeTarget(spec: Spec, group: TargetGroupSpec, line: string): TargetHealthDescription {
  const [first = '', health = 'healthy'] = line.split(' ');
  const [named = '', zone] = first.split('@');
  const [, id = named, port] = (named.startsWith('arn:') ? null : /^([^:]+|.*::.*?|\[.+\]):(\d+)$/.exec(named)) ?? [];
  return {
    Target: {
      Id: group.type === 'alb' ? balancerNamed(spec, id) : id.replace(/^\[(.+)\]$/, '$1'),
      ...(group.type === 'lambda' ? {} : { Port: port === undefined ? group.port! : Number(port) }),
      ...(zone === undefined ? {} : { AvailabilityZone: zone === 'all' ? zone : zoneName(zone) }),
    },
    TargetHealth: { State: health as 'healthy' },
  };
}

/** The ACL with its rule groups, and the balancers that it is associated with; nothing of them where they are unread. */
function describeWebAcl(spec: Spec, { id, balancers, allows, ...of }: WebAclSpec): readonly Document[] {
  const { ruleGroups = [], counted = [], scoped = [] } = of;
  const arn = `arn:aws:wafv2:${region}:${account}:regional/webacl/${id}/${digits(id)}`;
  const acl = {
    Name: id,
    Id: digits(id),
    ARN: arn,
    DefaultAction: { Allow: {} },
    Rules: [
      ...ruleGroups.map((name, n) => ({
        Name: name,
        Priority: n + 1,
        Statement: {
          ManagedRuleGroupStatement: {
            VendorName: 'AWS',
            Name: name,
            ...(scoped.includes(name) ? { ScopeDownStatement: { GeoMatchStatement: { CountryCodes: ['NL'] } } } : {}),
          },
        },
        OverrideAction: counted.includes(name) ? { Count: {} } : { None: {} },
      })),
      ...(allows === undefined
        ? []
        : [
            {
              Name: 'office',
              Priority: allows === 'first' ? 0 : ruleGroups.length + 1,
              Statement: { GeoMatchStatement: { CountryCodes: ['NL'] } },
              Action: { Allow: {} },
            },
          ]),
    ],
  };
  const associated = {
    file: about('list-resources-for-web-acl', arn),
    json: { ResourceArns: (balancers ?? []).map((name) => balancerNamed(spec, name)) },
  };
  return [
    { file: about('get-web-acl', arn), json: { WebACL: acl, LockToken: 'x' } },
    ...(balancers === undefined ? [] : [associated]),
  ];
}
