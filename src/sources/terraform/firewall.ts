/** Network Firewall: firewalls, policies, rule groups and TLS inspection, whose blocks are CloudFormation's in snake case. */
import { type Fields, Unknown, type Value } from '../declared/value.ts';
import { isList, isObject, type Json } from './json.ts';
import {
  blocks,
  each,
  filled,
  type Given,
  inBlock,
  label,
  link,
  same,
  tags,
  told,
  type Translation,
  value,
} from './translation.ts';

export const firewall: Translation = (at) => [
  told(
    at,
    'AWS::NetworkFirewall::Firewall',
    {
      FirewallName: label(at, 'name'),
      FirewallPolicyArn: link(at, 'firewall_policy_arn', 'firewall-policy'),
      VpcId: link(at, 'vpc_id', 'vpc'),
      SubnetMappings: each(at, 'subnet_mapping', (one) => ({ SubnetId: link(one, 'subnet_id', 'subnet') })),
      SyncStates: filled(endpointsIn(at.values.firewall_status)),
      TransitGatewayId: link(at, 'transit_gateway_id', 'transit-gateway'),
      TransitGatewayAttachmentId: attachmentIn(at.values.firewall_status),
      AvailabilityZoneMappings: each(at, 'availability_zone_mapping', (one) => ({
        AvailabilityZone: value(one, 'availability_zone_id'),
      })),
      Tags: tags(at),
    },
    'arn',
  ),
];

const first = (json: Json | undefined): Json | undefined => (isList(json) ? json[0] : json);
const within = (json: Json | undefined, key: string): Json | undefined => {
  const one = first(json);
  return isObject(one) ? one[key] : undefined;
};

/** The endpoints that AWS has made, by subnet. */
function endpointsIn(status: Json | undefined): readonly Fields[] {
  const states = within(status, 'sync_states');
  if (!isList(states)) return [];
  return states.flatMap((state): readonly Fields[] => {
    const attachment = within(state, 'attachment');
    const [subnet, endpoint] = [within(attachment, 'subnet_id'), within(attachment, 'endpoint_id')];
    return typeof subnet === 'string' && typeof endpoint === 'string'
      ? [{ SubnetId: subnet, EndpointId: endpoint }]
      : [];
  });
}

function attachmentIn(status: Json | undefined): Value | undefined {
  const id = within(within(status, 'transit_gateway_attachment_sync_states'), 'attachment_id');
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** An endpoint of a firewall in another subnet or VPC. */
export const endpointAssociation: Translation = (at) => {
  const mapping = inBlock(at, 'subnet_mapping', (one) => ({ SubnetId: link(one, 'subnet_id', 'subnet') }));
  const shown = within(within(at.values.vpc_endpoint_association_status, 'association_sync_state'), 'attachment');
  const endpoint = within(shown, 'endpoint_id');
  return [
    told(
      at,
      'AWS::NetworkFirewall::VpcEndpointAssociation',
      {
        FirewallArn: link(at, 'firewall_arn', 'firewall'),
        VpcId: link(at, 'vpc_id', 'vpc'),
        SubnetMapping: mapping,
        EndpointId: typeof endpoint === 'string' ? endpoint : undefined,
        Tags: tags(at),
      },
      'vpc_endpoint_association_arn',
    ),
  ];
};

export const firewallPolicy: Translation = (at) => [
  told(
    at,
    'AWS::NetworkFirewall::FirewallPolicy',
    {
      FirewallPolicyName: label(at, 'name'),
      FirewallPolicy: inBlock(at, 'firewall_policy', (policy) => ({
        PolicyVariables: inBlock(policy, 'policy_variables', (one) => ({
          RuleVariables: byKey(one, 'rule_variables', (set) => definitionIn(set, 'ip_set')),
        })),
        StatefulDefaultActions: filled(value(policy, 'stateful_default_actions')),
        StatefulEngineOptions: inBlock(policy, 'stateful_engine_options', (one) =>
          same(one, 'rule_order', 'stream_exception_policy'),
        ),
        StatefulRuleGroupReferences: each(policy, 'stateful_rule_group_reference', (one) => ({
          ResourceArn: link(one, 'resource_arn', 'firewall-rule-group'),
          Priority: value(one, 'priority'),
          Override: inBlock(one, 'override', (override) => same(override, 'action')),
        })),
        StatelessDefaultActions: value(policy, 'stateless_default_actions'),
        StatelessFragmentDefaultActions: value(policy, 'stateless_fragment_default_actions'),
        StatelessRuleGroupReferences: each(policy, 'stateless_rule_group_reference', (one) => ({
          ResourceArn: link(one, 'resource_arn', 'firewall-rule-group'),
          Priority: value(one, 'priority'),
        })),
        TLSInspectionConfigurationArn: link(policy, 'tls_inspection_configuration_arn', 'tls-inspection'),
        EnableTLSSessionHolding: value(policy, 'enable_tls_session_holding'),
      })),
      Tags: tags(at),
    },
    'arn',
  ),
];

/** Blocks with a `key`, as a record. */
function byKey(at: Given, name: string, read: (block: Given) => Value | undefined): Value | undefined {
  const all = blocks(at, name);
  if (all.length === 0) return undefined;
  const entries: [string, Value][] = [];
  for (const one of all) {
    if (one instanceof Unknown) return one;
    const key = value(one, 'key');
    if (key instanceof Unknown) return key;
    const found = read(one);
    if (typeof key === 'string' && found !== undefined) entries.push([key, found]);
  }
  return Object.fromEntries(entries);
}

const definitionIn = (at: Given, name: string): Value | undefined =>
  inBlock(at, name, (set) => ({ Definition: value(set, 'definition') }));

export const ruleGroup: Translation = (at) => [
  told(
    at,
    'AWS::NetworkFirewall::RuleGroup',
    {
      RuleGroupName: label(at, 'name'),
      Type: value(at, 'type'),
      RuleGroup: ruleGroupIn(at),
      Tags: tags(at),
    },
    'arn',
  ),
];

/** `rules` is the text alone, in the place of a `rule_group`. */
function ruleGroupIn(at: Given): Value | undefined {
  const rules = value(at, 'rules');
  const written = inBlock(at, 'rule_group', (group) => ({
    ReferenceSets: inBlock(group, 'reference_sets', (sets) => ({
      IPSetReferences: byKey(sets, 'ip_set_references', (one) =>
        inBlock(one, 'ip_set_reference', (reference) => ({
          ReferenceArn: link(reference, 'reference_arn', 'prefix-list'),
        })),
      ),
    })),
    RuleVariables: inBlock(group, 'rule_variables', (variables) => ({
      IPSets: byKey(variables, 'ip_sets', (one) => definitionIn(one, 'ip_set')),
      PortSets: byKey(variables, 'port_sets', (one) => definitionIn(one, 'port_set')),
    })),
    RulesSource: inBlock(group, 'rules_source', (source) => rulesIn(source)),
    StatefulRuleOptions: inBlock(group, 'stateful_rule_options', (one) => same(one, 'rule_order')),
  }));
  return rules === undefined ? written : (onlySource(written) ?? { RulesSource: { RulesString: rules } });
}

/** What a block says that has rules of its own. */
const onlySource = (written: Value | undefined): Value | undefined =>
  typeof written === 'object' && written !== null && 'RulesSource' in written ? written : undefined;

const rulesIn = (at: Given) => ({
  RulesString: value(at, 'rules_string'),
  RulesSourceList: inBlock(at, 'rules_source_list', (one) =>
    same(one, 'generated_rules_type', 'target_types', 'targets'),
  ),
  StatefulRules: each(at, 'stateful_rule', (rule) => ({
    Action: value(rule, 'action'),
    Header: inBlock(rule, 'header', (one) =>
      same(one, 'destination', 'destination_port', 'direction', 'protocol', 'source', 'source_port'),
    ),
    RuleOptions: each(rule, 'rule_option', (one) => same(one, 'keyword', 'settings')),
  })),
  StatelessRulesAndCustomActions: inBlock(at, 'stateless_rules_and_custom_actions', (all) => ({
    StatelessRules: each(all, 'stateless_rule', (rule) => ({
      Priority: value(rule, 'priority'),
      RuleDefinition: inBlock(rule, 'rule_definition', (definition) => ({
        Actions: value(definition, 'actions'),
        MatchAttributes: inBlock(definition, 'match_attributes', (match) => matchIn(match)) ?? {},
      })),
    })),
  })),
});

const addressesIn = (at: Given, key: string) => each(at, key, (one) => same(one, 'address_definition'));
const portsIn = (at: Given, key: string) => each(at, key, (one) => same(one, 'from_port', 'to_port'));

const matchIn = (at: Given) => ({
  Protocols: value(at, 'protocols'),
  Sources: addressesIn(at, 'source'),
  Destinations: addressesIn(at, 'destination'),
  SourcePorts: portsIn(at, 'source_port'),
  DestinationPorts: portsIn(at, 'destination_port'),
  TCPFlags: each(at, 'tcp_flag', (one) => same(one, 'flags', 'masks')),
});

export const tlsInspection: Translation = (at) => [
  told(
    at,
    'AWS::NetworkFirewall::TLSInspectionConfiguration',
    {
      TLSInspectionConfigurationName: label(at, 'name'),
      TLSInspectionConfiguration: inBlock(at, 'tls_inspection_configuration', (configuration) => ({
        ServerCertificateConfigurations: each(configuration, 'server_certificate_configuration', (one) => ({
          CertificateAuthorityArn: value(one, 'certificate_authority_arn'),
          Scopes: each(one, 'scope', (scope) => ({
            Protocols: value(scope, 'protocols'),
            Sources: addressesIn(scope, 'source'),
            Destinations: addressesIn(scope, 'destination'),
            SourcePorts: portsIn(scope, 'source_ports'),
            DestinationPorts: portsIn(scope, 'destination_ports'),
          })),
        })),
      })),
      Tags: tags(at),
    },
    'arn',
  ),
];
