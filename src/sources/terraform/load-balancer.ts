/** Load balancers of both generations, what they listen on, what they send to, and the web ACLs before them. */
import { Unknown, type Value } from '../declared/value.ts';
import type { Kind } from './kinds.ts';
import {
  blocks,
  defined,
  each,
  filled,
  type Given,
  hanging,
  inBlock,
  label,
  link,
  links,
  onceKnown,
  same,
  tags,
  told,
  type Translation,
  value,
} from './translation.ts';

export const loadBalancer: Translation = (at) => [
  told(
    at,
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    {
      Name: label(at, 'name'),
      Type: value(at, 'load_balancer_type'),
      Scheme: schemeOf(at),
      Subnets: filled(links(at, 'subnets', ['subnet'], { every: true })),
      SubnetMappings: each(at, 'subnet_mapping', (one) => ({
        SubnetId: link(one, 'subnet_id', 'subnet'),
        AllocationId: link(one, 'allocation_id', 'eip'),
        PrivateIPv4Address: onceKnown(value(one, 'private_ipv4_address')),
        IPv6Address: onceKnown(value(one, 'ipv6_address')),
      })),
      SecurityGroups: filled(links(at, 'security_groups', ['security-group'])),
      IpAddressType: value(at, 'ip_address_type'),
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: value(
        at,
        'enforce_security_group_inbound_rules_on_private_link_traffic',
      ),
      LoadBalancerAttributes: attributes({
        'load_balancing.cross_zone.enabled': value(at, 'enable_cross_zone_load_balancing'),
        'waf.fail_open.enabled': value(at, 'enable_waf_fail_open'),
      }),
      Tags: tags(at),
    },
    'arn',
  ),
];

function schemeOf(at: Given): Value {
  const internal = value(at, 'internal') ?? false;
  return internal instanceof Unknown ? internal : internal === true ? 'internal' : 'internet-facing';
}

const attributes = (all: Readonly<Record<string, Value | undefined>>): Value =>
  Object.entries(all).flatMap(([Key, Value]) => (Value === undefined ? [] : [{ Key, Value }]));

export const listener: Translation = (at) => [
  told(
    at,
    'AWS::ElasticLoadBalancingV2::Listener',
    {
      LoadBalancerArn: link(at, 'load_balancer_arn', 'load-balancer'),
      // A Gateway Load Balancer's listens on every port.
      Port: positive(value(at, 'port')),
      Protocol: value(at, 'protocol'),
      DefaultActions: actionsIn(at, 'default_action'),
      Tags: tags(at),
    },
    'arn',
  ),
];

const positive = (port: Value | undefined): Value | undefined => (port === 0 ? undefined : port);

const actionsIn = (at: Given, key: string): Value | undefined =>
  each(at, key, (action) => {
    const shared = inBlock(action, 'forward', (forward) => ({
      TargetGroups: each(forward, 'target_group', (one) => ({
        TargetGroupArn: link(one, 'arn', 'target-group'),
        Weight: value(one, 'weight'),
      })),
    }));
    return {
      Type: value(action, 'type'),
      Order: onceKnown(value(action, 'order')),
      TargetGroupArn: link(action, 'target_group_arn', 'target-group'),
      ForwardConfig: shared,
    };
  });

export const listenerRule: Translation = (at) => [
  told(
    at,
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    {
      ListenerArn: link(at, 'listener_arn', 'listener'),
      Priority: value(at, 'priority'),
      Actions: actionsIn(at, 'action'),
      Conditions: conditionsIn(at),
      Tags: tags(at),
    },
    'arn',
  ),
];

const fields = {
  host_header: ['host-header', 'HostHeaderConfig'],
  path_pattern: ['path-pattern', 'PathPatternConfig'],
  http_request_method: ['http-request-method', 'HttpRequestMethodConfig'],
  source_ip: ['source-ip', 'SourceIpConfig'],
} as const;

/** A block of a condition asks for one thing or more. */
function conditionsIn(at: Given): Value {
  return blocks(at, 'condition').flatMap((one): readonly Value[] => {
    if (one instanceof Unknown) return [one];
    const plain = Object.entries(fields).flatMap(([key, [Field, config]]) =>
      blocks(one, key).map((block): Value =>
        block instanceof Unknown
          ? block
          : defined({ Field, [config]: defined({ Values: value(block, 'values') }), ...regexIn(block) }),
      ),
    );
    const headers = blocks(one, 'http_header').map((block): Value =>
      block instanceof Unknown
        ? block
        : defined({
            Field: 'http-header',
            HttpHeaderConfig: defined(same(block, 'http_header_name', 'values')),
            ...regexIn(block),
          }),
    );
    const pairs = blocks(one, 'query_string');
    const queries: readonly Value[] =
      pairs.length === 0
        ? []
        : [
            {
              Field: 'query-string',
              QueryStringConfig: {
                Values: pairs.map((pair) => (pair instanceof Unknown ? pair : defined(same(pair, 'key', 'value')))),
              },
            },
          ];
    return [...plain, ...headers, ...queries];
  });
}

const regexIn = (at: Given) => ({ RegexValues: filled(value(at, 'regex_values')) });

export const targetGroup: Translation = (at) => [
  told(
    at,
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    {
      Name: label(at, 'name'),
      ...same(at, 'target_type', 'protocol', 'port'),
      VpcId: link(at, 'vpc_id', 'vpc'),
      IpAddressType: value(at, 'ip_address_type'),
      TargetGroupAttributes: attributes({
        'preserve_client_ip.enabled': value(at, 'preserve_client_ip'),
        'load_balancing.cross_zone.enabled': value(at, 'load_balancing_cross_zone_enabled'),
      }),
      Tags: tags(at),
    },
    'arn',
  ),
];

export const targetAttachment: Translation = (at) => [
  hanging('Vpcproof::ElasticLoadBalancingV2::TargetGroupAttachment', {
    TargetGroupArn: link(at, 'target_group_arn', 'target-group'),
    Id: link(at, 'target_id', 'instance', 'private-address', 'load-balancer', 'function'),
    Port: value(at, 'port'),
    AvailabilityZone: onceKnown(value(at, 'availability_zone')),
  }),
];

/** What an Auto Scaling group registers its instances with. */
export const fleetAttachment: Translation = (at) => {
  const sources = blocks(at, 'traffic_source').map((one) =>
    one instanceof Unknown ? one : link(one, 'identifier', 'target-group', 'lattice-target-group'),
  );
  const group =
    link(at, 'lb_target_group_arn', 'target-group') ?? link(at, 'alb_target_group_arn', 'target-group') ?? sources[0];
  return [
    hanging('Vpcproof::AutoScaling::Attachment', {
      AutoScalingGroupName: link(at, 'autoscaling_group_name', 'auto-scaling-group'),
      TargetGroupArn: group,
      LoadBalancerName: link(at, 'elb', 'classic-load-balancer'),
    }),
  ];
};

export const classicLoadBalancer: Translation = (at) => [
  told(at, 'AWS::ElasticLoadBalancing::LoadBalancer', {
    LoadBalancerName: label(at, 'name'),
    Scheme: schemeOf(at),
    Subnets: filled(links(at, 'subnets', ['subnet'], { every: true })),
    SecurityGroups: filled(links(at, 'security_groups', ['security-group'])),
    Listeners: each(at, 'listener', (one) => ({
      LoadBalancerPort: value(one, 'lb_port'),
      Protocol: value(one, 'lb_protocol'),
      InstancePort: value(one, 'instance_port'),
      InstanceProtocol: value(one, 'instance_protocol'),
    })),
    Instances: filled(links(at, 'instances', ['instance'])),
    // On where nothing is said, other than AWS's own default.
    CrossZone: value(at, 'cross_zone_load_balancing') ?? true,
    Tags: tags(at),
  }),
];

export const classicAttachment: Translation = (at) => [
  hanging('Vpcproof::ElasticLoadBalancing::Attachment', {
    LoadBalancerName: link(at, 'elb', 'classic-load-balancer'),
    InstanceId: link(at, 'instance', 'instance'),
  }),
];

export const webAcl: Translation = (at) => [
  told(
    at,
    'AWS::WAFv2::WebACL',
    {
      Name: label(at, 'name'),
      Scope: value(at, 'scope'),
      Rules: each(at, 'rule', (rule) => ({
        Name: label(rule, 'name'),
        Priority: value(rule, 'priority'),
        OverrideAction: overrideIn(rule),
        Action: inBlock(rule, 'action', (action) => ({ Allow: inBlock(action, 'allow', () => ({})) })),
        Statement: inBlock(rule, 'statement', (statement) => ({
          RuleGroupReferenceStatement: inBlock(statement, 'rule_group_reference_statement', (one) => ({
            ARN: link(one, 'arn', 'web-rule-group'),
          })),
          ManagedRuleGroupStatement: inBlock(statement, 'managed_rule_group_statement', (one) => ({
            ...same(one, 'vendor_name', 'name'),
            ScopeDownStatement: inBlock(one, 'scope_down_statement', () => ({})),
          })),
        })),
      })),
      Tags: tags(at),
    },
    'arn',
  ),
];

/** An empty block says it. */
function overrideIn(at: Given): Value | undefined {
  const [found] = blocks(at, 'override_action');
  if (found === undefined || found instanceof Unknown) return found;
  return blocks(found, 'count').length > 0 ? { Count: {} } : { None: {} };
}

export const webAclAssociation: Translation = (at) => [
  hanging('AWS::WAFv2::WebACLAssociation', {
    ResourceArn: link(at, 'resource_arn', 'load-balancer'),
    WebACLArn: link(at, 'web_acl_arn', 'web-acl'),
  }),
];

export const endpointService: Translation = (at) => [
  told(at, 'AWS::EC2::VPCEndpointService', {
    NetworkLoadBalancerArns: filled(links(at, 'network_load_balancer_arns', ['load-balancer'])),
    GatewayLoadBalancerArns: filled(links(at, 'gateway_load_balancer_arns', ['load-balancer'])),
    ...same(at, 'acceptance_required'),
    Name: onceKnown(value(at, 'service_name')),
    PrivateDnsName: onceKnown(value(at, 'private_dns_name')),
    SupportedIpAddressTypes: filled(onceKnown(value(at, 'supported_ip_address_types'))),
    SupportedRegions: filled(onceKnown(value(at, 'supported_regions'))),
    AllowedPrincipals: filled(value(at, 'allowed_principals')),
    Tags: tags(at),
  }),
];

const service: Kind = 'endpoint-service';

export const allowedPrincipal: Translation = (at) => [
  hanging('AWS::EC2::VPCEndpointServicePermissions', {
    ServiceId: link(at, 'vpc_endpoint_service_id', service),
    AllowedPrincipals: [value(at, 'principal_arn') ?? '*'],
  }),
];

export const connectionAcceptance: Translation = (at) => [
  hanging('Vpcproof::EC2::VPCEndpointConnectionAcceptance', {
    ServiceId: link(at, 'vpc_endpoint_service_id', service),
    VpcEndpointId: link(at, 'vpc_endpoint_id', 'endpoint'),
  }),
];
