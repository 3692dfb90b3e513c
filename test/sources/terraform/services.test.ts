/** Firewalls, load balancers, transit gateways, lines and names that a plan makes, as the network that they make up. */
import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../../src/network/build/index.ts';
import type { Network } from '../../../src/network/network.ts';
import { isUnread } from '../../../src/network/resource.ts';
import { declare } from '../../../src/sources/declared/index.ts';
import { after, later, ref, type Resource } from '../../support/terraform.ts';

type Values = NonNullable<Resource['after']>;
type Refs = Resource['refs'];

const made = (address: string, values: Values = {}, refs: Refs = {}): Resource => ({
  address,
  after: { id: later, arn: later, ...values },
  refs,
});

function networkOf(...resources: readonly Resource[]): Network {
  const { findings, problems } = declare(after({ resources }));
  expect(problems).toEqual([]);
  const built = buildNetwork(findings, ['plan.json']);
  if (!built.ok) expect.fail(built.problems.map(({ message }) => message).join('\n'));
  return built.value;
}

const vpc = made('aws_vpc.main', { cidr_block: '10.0.0.0/16' });
const subnet = (name: string, block: string, zone: string) =>
  made(
    `aws_subnet.${name}`,
    { vpc_id: later, cidr_block: block, availability_zone: zone },
    { vpc_id: ref('aws_vpc.main.id') },
  );
const a = subnet('a', '10.0.0.0/24', 'eu-west-1a');
const b = subnet('b', '10.0.1.0/24', 'eu-west-1b');
const around = [vpc, a, b];

describe('a firewall in a plan', () => {
  const firewall = made(
    'aws_networkfirewall_firewall.main',
    {
      name: 'main',
      vpc_id: later,
      firewall_policy_arn: later,
      firewall_status: later,
      subnet_mapping: [{ subnet_id: later }],
    },
    {
      vpc_id: ref('aws_vpc.main.id'),
      firewall_policy_arn: ref('aws_networkfirewall_firewall_policy.main.arn'),
      subnet_mapping: [{ subnet_id: { references: ref('aws_subnet.a.id') } }],
    },
  );
  const policy = made(
    'aws_networkfirewall_firewall_policy.main',
    {
      name: 'main',
      firewall_policy: [
        {
          stateless_default_actions: ['aws:forward_to_sfe'],
          stateless_fragment_default_actions: ['aws:drop'],
          stateful_default_actions: ['aws:drop_established'],
          stateful_engine_options: [{ rule_order: 'STRICT_ORDER', stream_exception_policy: 'REJECT' }],
          stateful_rule_group_reference: [{ priority: 5, resource_arn: later, override: [] }],
          policy_variables: [{ rule_variables: [{ key: 'HOME_NET', ip_set: [{ definition: ['10.0.0.0/8'] }] }] }],
        },
      ],
    },
    {
      firewall_policy: [
        {
          stateful_rule_group_reference: [
            {
              priority: { constant_value: 5 },
              resource_arn: { references: ref('aws_networkfirewall_rule_group.main.arn') },
            },
          ],
        },
      ],
    },
  );
  const group = made('aws_networkfirewall_rule_group.main', {
    name: 'main',
    type: 'STATEFUL',
    capacity: 100,
    rules: null,
    rule_group: [
      {
        rule_variables: [{ ip_sets: [{ key: 'APPS', ip_set: [{ definition: ['10.0.0.0/24'] }] }], port_sets: [] }],
        reference_sets: [],
        rules_source: [
          {
            rules_string: null,
            rules_source_list: [],
            stateless_rules_and_custom_actions: [],
            stateful_rule: [
              {
                action: 'PASS',
                header: [
                  {
                    destination: 'ANY',
                    destination_port: '443',
                    direction: 'FORWARD',
                    protocol: 'TCP',
                    source: '$APPS',
                    source_port: 'ANY',
                  },
                ],
                rule_option: [{ keyword: 'sid', settings: ['1'] }],
              },
            ],
          },
        ],
        stateful_rule_options: [{ rule_order: 'STRICT_ORDER' }],
      },
    ],
  });

  it('has its endpoints, its policy and its rules', () => {
    const network = networkOf(...around, firewall, policy, group);
    expect(network.firewalls.get('aws_networkfirewall_firewall.main')).toMatchObject({
      name: 'main',
      vpc: 'aws_vpc.main',
      policyArn: 'aws_networkfirewall_firewall_policy.main',
      endpoints: ['aws_networkfirewall_firewall.main/aws_subnet.a'],
    });
    expect(network.firewallPolicies.get('aws_networkfirewall_firewall_policy.main')).toMatchObject({
      stateless: { default: 'aws:forward_to_sfe', fragmentDefault: 'aws:drop' },
      stateful: {
        order: 'STRICT_ORDER',
        defaults: ['aws:drop_established'],
        streamException: 'REJECT',
        groups: [{ group: 'aws_networkfirewall_rule_group.main', priority: 5, dropToAlert: false }],
      },
      homeNet: [{ length: 8 }],
    });
    expect(network.ruleGroups.get('aws_networkfirewall_rule_group.main')).toMatchObject({
      order: 'STRICT_ORDER',
      ipSets: { APPS: ['10.0.0.0/24'] },
      rules: [{ text: 'pass tcp $APPS ANY -> ANY 443 (sid:1;)' }],
    });
  });

  it('has the text of its rules where that is all that is written', () => {
    const text = made('aws_networkfirewall_rule_group.main', {
      name: 'main',
      type: 'STATEFUL',
      rules: 'drop tcp any any -> any 23 (sid:1;)',
    });
    expect(networkOf(text).ruleGroups.get('aws_networkfirewall_rule_group.main')).toMatchObject({
      rules: [{ text: 'drop tcp any any -> any 23 (sid:1;)' }],
    });
  });

  it('is led to by the endpoint that its status will show', () => {
    const table = made('aws_route_table.app', { vpc_id: later, route: later }, { vpc_id: ref('aws_vpc.main.id') });
    const route = made(
      'aws_route.app',
      { route_table_id: later, destination_cidr_block: '0.0.0.0/0', vpc_endpoint_id: later },
      {
        route_table_id: ref('aws_route_table.app.id'),
        vpc_endpoint_id: ref('aws_networkfirewall_firewall.main.firewall_status'),
      },
    );
    const network = networkOf(...around, firewall, policy, group, table, route);
    expect(network.routeTables.get('aws_route_table.app')?.routes).toContainEqual(
      expect.objectContaining({
        target: { kind: 'firewall-endpoint', id: 'aws_networkfirewall_firewall.main/aws_subnet.a' },
      }),
    );
  });
});

describe('a load balancer in a plan', () => {
  const balancer = (values: Values = {}) =>
    made(
      'aws_lb.main',
      {
        name: 'main',
        internal: true,
        load_balancer_type: 'application',
        subnets: later,
        security_groups: later,
        ...values,
      },
      { subnets: ref('aws_subnet.a.id', 'aws_subnet.b.id') },
    );
  const group = (values: Values = {}) =>
    made(
      'aws_lb_target_group.main',
      { name: 'main', port: 8080, protocol: 'HTTP', target_type: 'instance', vpc_id: later, ...values },
      { vpc_id: ref('aws_vpc.main.id') },
    );
  const listener = made(
    'aws_lb_listener.main',
    {
      load_balancer_arn: later,
      port: 443,
      protocol: 'HTTPS',
      default_action: [{ type: 'forward', target_group_arn: later, forward: [], order: later }],
    },
    {
      load_balancer_arn: ref('aws_lb.main.arn'),
      default_action: [
        { type: { constant_value: 'forward' }, target_group_arn: { references: ref('aws_lb_target_group.main.arn') } },
      ],
    },
  );
  const host = made('aws_instance.app', { subnet_id: later, private_ip: later }, { subnet_id: ref('aws_subnet.a.id') });
  const attachment = (attribute: string, values: Values = {}) =>
    made(
      'aws_lb_target_group_attachment.main',
      { target_group_arn: later, target_id: later, port: null, availability_zone: null, ...values },
      {
        target_group_arn: ref('aws_lb_target_group.main.arn'),
        target_id: ref(`aws_instance.app.${attribute}`),
      },
    );

  it('listens, and forwards to what is attached to its target group', () => {
    const network = networkOf(...around, balancer(), group(), listener, host, attachment('id'));
    expect(network.loadBalancers.get('aws_lb.main')).toMatchObject({
      scheme: 'internal',
      interfaces: ['aws_lb.main/aws_subnet.a', 'aws_lb.main/aws_subnet.b'],
      listeners: [{ from: 443, protocol: 'HTTPS', forwards: [{ group: 'aws_lb_target_group.main' }] }],
    });
    expect(network.targetGroups.get('aws_lb_target_group.main')?.targets).toMatchObject([
      { kind: 'interface', id: 'aws_instance.app/eth0', port: 8080 },
    ]);
  });

  it('sends to an address that AWS has yet to pick', () => {
    const network = networkOf(...around, group({ target_type: 'ip' }), host, attachment('private_ip', { port: 9000 }));
    expect(network.targetGroups.get('aws_lb_target_group.main')?.targets).toMatchObject([
      { kind: 'interface', id: 'aws_instance.app/eth0', port: 9000 },
    ]);
  });

  it('is open to the internet where it does not say that it is internal', () => {
    const open = balancer({ internal: null });
    expect(networkOf(...around, open).loadBalancers.get('aws_lb.main')?.scheme).toBe('internet-facing');
  });

  it('has unread targets where nothing attaches any', () => {
    const network = networkOf(...around, balancer(), group(), listener);
    expect(isUnread(network.targetGroups.get('aws_lb_target_group.main')!.targets)).toBe(true);
  });

  it('forwards by the conditions of its rules', () => {
    const quiet = made(
      'aws_lb_listener.main',
      { load_balancer_arn: later, port: 443, protocol: 'HTTPS', default_action: [{ type: 'fixed-response' }] },
      { load_balancer_arn: ref('aws_lb.main.arn') },
    );
    const rule = made(
      'aws_lb_listener_rule.main',
      {
        listener_arn: later,
        priority: 10,
        action: [{ type: 'forward', target_group_arn: later }],
        condition: [
          {
            source_ip: [{ values: ['10.0.0.0/8'] }],
            path_pattern: [],
            host_header: [],
            http_header: [],
            query_string: [],
          },
          { path_pattern: [{ values: ['/chat'] }], source_ip: [] },
        ],
      },
      {
        listener_arn: ref('aws_lb_listener.main.arn'),
        action: [{ target_group_arn: { references: ref('aws_lb_target_group.main.arn') } }],
      },
    );
    const { listeners } = networkOf(...around, balancer(), group(), quiet, rule).loadBalancers.get('aws_lb.main')!;
    expect(listeners).toMatchObject([{ forwards: [{ group: 'aws_lb_target_group.main', sources: [{ length: 8 }] }] }]);
  });

  it('stands behind the web ACL that is associated with it', () => {
    const acl = made('aws_wafv2_web_acl.main', {
      name: 'main',
      scope: 'REGIONAL',
      rule: [
        {
          name: 'common',
          priority: 1,
          override_action: [{ none: [{}], count: [] }],
          statement: [
            {
              managed_rule_group_statement: [{ vendor_name: 'AWS', name: 'Common' }],
              rule_group_reference_statement: [],
            },
          ],
        },
      ],
    });
    const association = made(
      'aws_wafv2_web_acl_association.main',
      { resource_arn: later, web_acl_arn: later },
      { resource_arn: ref('aws_lb.main.arn'), web_acl_arn: ref('aws_wafv2_web_acl.main.arn') },
    );
    expect(networkOf(...around, balancer(), acl, association).webAcls.get('aws_wafv2_web_acl.main')).toMatchObject({
      associated: ['aws_lb.main'],
      ruleGroups: ['AWS:Common'],
    });
  });

  it.each([
    { name: 'a scope-down statement', scope_down_statement: [{ geo_match_statement: [{ country_codes: ['NL'] }] }] },
    { name: 'a rule that allows what it matches', allow: [{}] },
  ])(
    'does not take a rule group for one of every request where there is $name',
    ({ scope_down_statement = [], allow = [] }) => {
      const managed = { vendor_name: 'AWS', name: 'Common', scope_down_statement };
      const acl = made('aws_wafv2_web_acl.main', {
        name: 'main',
        scope: 'REGIONAL',
        rule: [
          {
            name: 'common',
            priority: 1,
            override_action: [{ none: [{}], count: [] }],
            statement: [{ managed_rule_group_statement: [managed], rule_group_reference_statement: [] }],
          },
          {
            name: 'office',
            priority: 0,
            action: [{ allow, block: allow.length === 0 ? [{}] : [] }],
            statement: [{ geo_match_statement: [{ country_codes: ['NL'] }] }],
          },
        ],
      });
      expect(networkOf(...around, acl).webAcls.get('aws_wafv2_web_acl.main')).toMatchObject({
        ruleGroups: ['AWS:Common'],
        notOfAll: ['AWS:Common'],
      });
    },
  );

  it('sends to every zone by default where it is a classic one', () => {
    const classic = made(
      'aws_elb.main',
      {
        name: 'main',
        internal: true,
        subnets: later,
        listener: [{ lb_port: 80, lb_protocol: 'http', instance_port: 8080, instance_protocol: 'http' }],
        instances: later,
      },
      { subnets: ref('aws_subnet.a.id') },
    );
    expect(networkOf(...around, classic).loadBalancers.get('aws_elb.main')).toMatchObject({
      balancerType: 'classic',
      crossZone: true,
      listeners: [{ from: 80, protocol: 'HTTP' }],
    });
  });

  it('is behind a service that an endpoint names', () => {
    const nlb = balancer({ load_balancer_type: 'network' });
    const service = made(
      'aws_vpc_endpoint_service.main',
      { acceptance_required: false, network_load_balancer_arns: later, service_name: later },
      { network_load_balancer_arns: ref('aws_lb.main.arn') },
    );
    const endpoint = made(
      'aws_vpc_endpoint.main',
      { vpc_endpoint_type: 'Interface', vpc_id: later, service_name: later, subnet_ids: later },
      {
        vpc_id: ref('aws_vpc.main.id'),
        service_name: ref('aws_vpc_endpoint_service.main.service_name'),
        subnet_ids: ref('aws_subnet.b.id'),
        vpc_endpoint_type: [],
      },
    );
    expect(
      networkOf(...around, nlb, service, endpoint).endpointServices.get('aws_vpc_endpoint_service.main'),
    ).toMatchObject({
      loadBalancers: ['aws_lb.main'],
      connections: [{ endpoint: 'aws_vpc_endpoint.main', state: 'available' }],
    });
  });
});

describe('a transit gateway in a plan', () => {
  const gateway = (values: Values = {}) =>
    made('aws_ec2_transit_gateway.main', {
      default_route_table_association: 'enable',
      default_route_table_propagation: 'enable',
      association_default_route_table_id: later,
      propagation_default_route_table_id: later,
      ...values,
    });
  const attachment = (values: Values = {}) =>
    made(
      'aws_ec2_transit_gateway_vpc_attachment.main',
      {
        transit_gateway_id: later,
        vpc_id: later,
        subnet_ids: later,
        appliance_mode_support: 'enable',
        ipv6_support: 'disable',
        ...values,
      },
      {
        transit_gateway_id: ref('aws_ec2_transit_gateway.main.id'),
        vpc_id: ref('aws_vpc.main.id'),
        subnet_ids: ref('aws_subnet.a.id'),
      },
    );
  const attached = 'aws_ec2_transit_gateway_vpc_attachment.main';

  it('has its attachments in the default table', () => {
    const network = networkOf(...around, gateway(), attachment());
    expect(network.transitGatewayAttachments.get(attached)).toMatchObject({
      behind: { vpc: 'aws_vpc.main', subnets: ['aws_subnet.a'], applianceMode: true, ipv6: false },
      routeTable: 'aws_ec2_transit_gateway.main/default-route-table',
    });
  });

  it('has a route in the default table that names it', () => {
    const route = made(
      'aws_ec2_transit_gateway_route.main',
      {
        destination_cidr_block: '0.0.0.0/0',
        transit_gateway_attachment_id: later,
        transit_gateway_route_table_id: later,
        blackhole: false,
      },
      {
        transit_gateway_attachment_id: ref(`${attached}.id`),
        transit_gateway_route_table_id: ref('aws_ec2_transit_gateway.main.association_default_route_table_id'),
      },
    );
    const network = networkOf(...around, gateway(), attachment(), route);
    expect(
      network.transitGatewayRouteTables.get('aws_ec2_transit_gateway.main/default-route-table')?.routes,
    ).toMatchObject([{ origin: 'static', attachments: [attached] }, { origin: 'propagated' }]);
  });

  it('leaves out of its default table the attachments that do without', () => {
    const without = attachment({
      transit_gateway_default_route_table_association: false,
      transit_gateway_default_route_table_propagation: false,
    });
    expect(networkOf(...around, gateway(), without).transitGatewayAttachments.get(attached)).not.toHaveProperty(
      'routeTable',
    );
  });

  it('is opaque where a policy table chooses', () => {
    const policy = made(
      'aws_ec2_transit_gateway_policy_table_association.main',
      { transit_gateway_attachment_id: later, transit_gateway_policy_table_id: later },
      { transit_gateway_attachment_id: ref(`${attached}.id`) },
    );
    expect(networkOf(...around, gateway(), attachment(), policy).transitGateways.size).toBe(0);
  });

  it('leads on premises by the attachments that data sources look up', () => {
    const off = { default_route_table_association: 'disable', default_route_table_propagation: 'disable' };
    const vpn = made(
      'aws_vpn_connection.main',
      { transit_gateway_id: later, transit_gateway_attachment_id: later, static_routes_only: true, type: 'ipsec.1' },
      { transit_gateway_id: ref('aws_ec2_transit_gateway.main.id') },
    );
    const direct = [
      made('aws_dx_gateway.main', { name: 'main' }),
      made(
        'aws_dx_gateway_association.main',
        { dx_gateway_id: later, associated_gateway_id: later, allowed_prefixes: ['10.0.0.0/8'] },
        { dx_gateway_id: ref('aws_dx_gateway.main.id'), associated_gateway_id: ref('aws_ec2_transit_gateway.main.id') },
      ),
    ];
    const table = made(
      'aws_ec2_transit_gateway_route_table.main',
      { transit_gateway_id: later },
      { transit_gateway_id: ref('aws_ec2_transit_gateway.main.id') },
    );
    const lookups = [
      {
        ...made(
          'data.aws_ec2_transit_gateway_vpn_attachment.main',
          { vpn_connection_id: later },
          { vpn_connection_id: ref('aws_vpn_connection.main.id') },
        ),
        actions: ['read'],
      },
      {
        ...made(
          'data.aws_ec2_transit_gateway_dx_gateway_attachment.main',
          { dx_gateway_id: later },
          { dx_gateway_id: ref('aws_dx_gateway.main.id') },
        ),
        actions: ['read'],
      },
    ];
    const associate = (name: string, to: string) =>
      made(
        `aws_ec2_transit_gateway_route_table_association.${name}`,
        { transit_gateway_attachment_id: later, transit_gateway_route_table_id: later },
        {
          transit_gateway_attachment_id: ref(to),
          transit_gateway_route_table_id: ref('aws_ec2_transit_gateway_route_table.main.id'),
        },
      );
    const network = networkOf(
      gateway(off),
      vpn,
      ...direct,
      table,
      ...lookups,
      associate('vpn', 'data.aws_ec2_transit_gateway_vpn_attachment.main.id'),
      associate('dx', 'data.aws_ec2_transit_gateway_dx_gateway_attachment.main.id'),
    );
    const attachments = [...network.transitGatewayAttachments.values()].map(({ behind, routeTable }) => [
      behind,
      routeTable,
    ]);
    expect(attachments).toEqual([
      [{ kind: 'on-premises', id: 'aws_vpn_connection.main' }, 'aws_ec2_transit_gateway_route_table.main'],
      [{ kind: 'on-premises', id: 'aws_dx_gateway.main' }, 'aws_ec2_transit_gateway_route_table.main'],
    ]);
  });
});

describe('lines and names in a plan', () => {
  it('attach a virtual private gateway to the VPC that it names', () => {
    const gateway = made('aws_vpn_gateway.main', { vpc_id: later }, { vpc_id: ref('aws_vpc.main.id') });
    const vpn = made(
      'aws_vpn_connection.main',
      { vpn_gateway_id: later, static_routes_only: true },
      { vpn_gateway_id: ref('aws_vpn_gateway.main.id') },
    );
    const route = made(
      'aws_vpn_connection_route.main',
      { vpn_connection_id: later, destination_cidr_block: '192.168.0.0/16' },
      { vpn_connection_id: ref('aws_vpn_connection.main.id') },
    );
    const network = networkOf(vpc, gateway, vpn, route);
    expect(network.vpnGateways.get('aws_vpn_gateway.main')).toMatchObject({ vpc: 'aws_vpc.main' });
    expect(network.vpnConnections.get('aws_vpn_connection.main')).toMatchObject({
      dynamic: false,
      staticRoutes: [{ length: 16 }],
    });
  });

  it('filter names by the rules beside a rule group', () => {
    const list = made('aws_route53_resolver_firewall_domain_list.main', { name: 'main', domains: ['*.example.com'] });
    const group = made('aws_route53_resolver_firewall_rule_group.main', { name: 'main' });
    const rule = made(
      'aws_route53_resolver_firewall_rule.main',
      {
        name: 'x',
        action: 'ALLOW',
        priority: 1,
        firewall_rule_group_id: later,
        firewall_domain_list_id: later,
        q_type: null,
      },
      {
        firewall_rule_group_id: ref('aws_route53_resolver_firewall_rule_group.main.id'),
        firewall_domain_list_id: ref('aws_route53_resolver_firewall_domain_list.main.id'),
      },
    );
    const association = made(
      'aws_route53_resolver_firewall_rule_group_association.main',
      { firewall_rule_group_id: later, vpc_id: later, priority: 101 },
      {
        firewall_rule_group_id: ref('aws_route53_resolver_firewall_rule_group.main.id'),
        vpc_id: ref('aws_vpc.main.id'),
      },
    );
    const network = networkOf(vpc, list, group, rule, association);
    expect(network.dnsFirewallRuleGroups.get('aws_route53_resolver_firewall_rule_group.main')?.rules).toMatchObject([
      { priority: 1, action: 'ALLOW', domainList: 'aws_route53_resolver_firewall_domain_list.main' },
    ]);
    expect([...network.dnsFirewallAssociations.values()]).toMatchObject([{ vpc: 'aws_vpc.main', priority: 101 }]);
  });
});
