/** Firewall policies, rule groups and TLS inspection as Network Firewall's calls print them, one document a call. */
import type { Document } from './aws.ts';
import type { Change } from './spec.ts';
import { account, region } from './identity.ts';

const nfw = `arn:aws:network-firewall:${region}`;

export const policyArn = (name: string): string => `${nfw}:${account}:firewall-policy/${name}`;
export const statefulGroupArn = (name: string): string => `${nfw}:${account}:stateful-rulegroup/${name}`;
export const statelessGroupArn = (name: string): string => `${nfw}:${account}:stateless-rulegroup/${name}`;
export const managedGroupArn = (name: string): string => `${nfw}:aws-managed:stateful-rulegroup/${name}`;
export const tlsInspectionArn = (name: string): string => `${nfw}:${account}:tls-configuration/${name}`;

/** What these calls printed, for a network; a firewall's policy has the name of the firewall. */
export const inspecting = (...answers: readonly Document[]): Change => ({
  others: answers.map(({ file, json }) => ({ id: `network-firewall ${file.replace(/\.json$/, '')}`, json })),
});

export type RuleOrderSpec = 'DEFAULT_ACTION_ORDER' | 'STRICT_ORDER';

/** A policy that hands everything to the stateful engine, unless it says otherwise. */
export interface PolicySpec {
  readonly order?: RuleOrderSpec;
  /** `aws:drop_strict` and its like. */
  readonly defaults?: readonly string[];
  /** ARNs of stateful groups, first looked at first. */
  readonly groups?: readonly (string | { readonly arn: string; readonly dropToAlert: true })[];
  readonly stateless?: string;
  readonly fragments?: string;
  /** ARNs of stateless groups, first looked at first. */
  readonly statelessGroups?: readonly string[];
  readonly homeNet?: readonly string[];
  readonly streamException?: 'DROP' | 'CONTINUE' | 'REJECT';
  readonly tlsInspection?: string;
  readonly sessionHolding?: boolean;
}

export function describePolicy(name: string, spec: PolicySpec = {}): Document {
  const order = spec.order ?? 'DEFAULT_ACTION_ORDER';
  const { homeNet, streamException } = spec;
  return {
    file: `describe-firewall-policy.${name}.json`,
    json: {
      UpdateToken: '0a1b2c3d-0000-4000-8000-000000000000',
      FirewallPolicyResponse: {
        FirewallPolicyName: name,
        FirewallPolicyArn: policyArn(name),
        FirewallPolicyId: name,
        FirewallPolicyStatus: 'ACTIVE',
        Tags: [],
      },
      FirewallPolicy: {
        StatelessRuleGroupReferences: (spec.statelessGroups ?? []).map((ResourceArn, index) => ({
          ResourceArn,
          Priority: 10 * (index + 1),
        })),
        StatelessDefaultActions: [spec.stateless ?? 'aws:forward_to_sfe'],
        StatelessFragmentDefaultActions: [spec.fragments ?? spec.stateless ?? 'aws:forward_to_sfe'],
        StatelessCustomActions: [],
        StatefulRuleGroupReferences: (spec.groups ?? []).map((one, index) => ({
          ResourceArn: typeof one === 'string' ? one : one.arn,
          ...(order === 'STRICT_ORDER' ? { Priority: 10 * (index + 1) } : {}),
          ...(typeof one === 'string' ? {} : { Override: { Action: 'DROP_TO_ALERT' } }),
        })),
        ...(spec.defaults === undefined ? {} : { StatefulDefaultActions: spec.defaults }),
        StatefulEngineOptions: {
          RuleOrder: order,
          ...(streamException === undefined ? {} : { StreamExceptionPolicy: streamException }),
        },
        ...(homeNet === undefined ? {} : { PolicyVariables: { RuleVariables: { HOME_NET: { Definition: homeNet } } } }),
        ...(spec.tlsInspection === undefined ? {} : { TLSInspectionConfigurationArn: spec.tlsInspection }),
        ...(spec.sessionHolding === undefined ? {} : { EnableTLSSessionHolding: spec.sessionHolding }),
      },
    },
  };
}

/** What a stateful group has beside its rules. */
export interface GroupSpec {
  readonly order?: RuleOrderSpec;
  readonly ipSets?: Readonly<Record<string, readonly string[]>>;
  readonly portSets?: Readonly<Record<string, readonly string[]>>;
  /** The ARN behind `@NAME`. */
  readonly references?: Readonly<Record<string, string>>;
}

const definitions = (sets: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(sets).map(([name, Definition]) => [name, { Definition }]));

/** A stateful group; `RulesSource` is as AWS prints it. */
export const describeStateful = (name: string, RulesSource: object, spec: GroupSpec = {}): Document => ({
  file: `describe-rule-group.${name}.json`,
  json: {
    UpdateToken: '0a1b2c3d-0000-4000-8000-000000000001',
    RuleGroup: {
      RuleVariables: { IPSets: definitions(spec.ipSets ?? {}), PortSets: definitions(spec.portSets ?? {}) },
      ...(spec.references === undefined
        ? {}
        : {
            ReferenceSets: {
              IPSetReferences: Object.fromEntries(
                Object.entries(spec.references).map(([key, ReferenceArn]) => [key, { ReferenceArn }]),
              ),
            },
          }),
      RulesSource,
      ...(spec.order === undefined ? {} : { StatefulRuleOptions: { RuleOrder: spec.order } }),
    },
    RuleGroupResponse: {
      RuleGroupArn: statefulGroupArn(name),
      RuleGroupName: name,
      RuleGroupId: name,
      Type: 'STATEFUL',
      Capacity: 100,
      RuleGroupStatus: 'ACTIVE',
      Tags: [],
    },
  },
});

/** A group of Suricata rules, one a line. */
export const describeRules = (name: string, lines: readonly string[], spec?: GroupSpec): Document =>
  describeStateful(name, { RulesString: lines.join('\n') }, spec);

/** A domain list, for TLS and HTTP unless it says otherwise. */
export const describeDomains = (
  name: string,
  GeneratedRulesType: 'ALLOWLIST' | 'DENYLIST' | 'REJECTLIST' | 'ALERTLIST',
  Targets: readonly string[],
  spec: GroupSpec & { readonly types?: readonly ('TLS_SNI' | 'HTTP_HOST')[] } = {},
): Document => {
  const { types: TargetTypes = ['TLS_SNI', 'HTTP_HOST'], ...group } = spec;
  return describeStateful(name, { RulesSourceList: { Targets, TargetTypes, GeneratedRulesType } }, group);
};

/** `pass TCP 10.0.0.0/16 ANY -> ANY 443 | flow:to_server`, whose sid is its number. */
export function describeHeaders(name: string, rules: readonly string[], spec?: GroupSpec): Document {
  const StatefulRules = rules.map((rule, index) => {
    const [header = '', options = ''] = rule.split(' | ');
    const [action = '', Protocol, Source, SourcePort, arrow, Destination, DestinationPort] = header.split(' ');
    return {
      Action: action.toUpperCase(),
      Header: {
        Protocol,
        Source,
        SourcePort,
        Direction: arrow === '<>' ? 'ANY' : 'FORWARD',
        Destination,
        DestinationPort,
      },
      RuleOptions: [
        { Keyword: `sid:${index + 1}` },
        ...options.split(';').flatMap((one) => {
          const [Keyword = '', ...settings] = one.trim().split(':');
          return Keyword === '' ? [] : { Keyword, ...(settings.length > 0 ? { Settings: [settings.join(':')] } : {}) };
        }),
      ],
    };
  });
  return describeStateful(name, { StatefulRules }, spec);
}

export interface StatelessSpec {
  readonly action: 'aws:pass' | 'aws:drop' | 'aws:forward_to_sfe';
  readonly sources?: readonly string[];
  readonly destinations?: readonly string[];
  readonly sourcePorts?: readonly (readonly [number, number])[];
  readonly destinationPorts?: readonly (readonly [number, number])[];
  readonly protocols?: readonly number[];
  /** Names of flags set, and of those looked at. */
  readonly flags?: readonly { readonly set: readonly string[]; readonly of?: readonly string[] }[];
}

const ends = (spec: Omit<StatelessSpec, 'action'>) => ({
  Sources: (spec.sources ?? []).map((AddressDefinition) => ({ AddressDefinition })),
  Destinations: (spec.destinations ?? []).map((AddressDefinition) => ({ AddressDefinition })),
  SourcePorts: (spec.sourcePorts ?? []).map(([FromPort, ToPort]) => ({ FromPort, ToPort })),
  DestinationPorts: (spec.destinationPorts ?? []).map(([FromPort, ToPort]) => ({ FromPort, ToPort })),
  Protocols: spec.protocols ?? [],
});

/** A stateless group, first rule looked at first. */
export const describeStateless = (name: string, rules: readonly StatelessSpec[]): Document => ({
  file: `describe-rule-group.${name}.json`,
  json: {
    RuleGroup: {
      RulesSource: {
        StatelessRulesAndCustomActions: {
          StatelessRules: rules.map((rule, index) => ({
            Priority: index + 1,
            RuleDefinition: {
              MatchAttributes: {
                ...ends(rule),
                TCPFlags: (rule.flags ?? []).map((one) => ({ Flags: one.set, Masks: one.of ?? [] })),
              },
              Actions: [rule.action],
            },
          })),
        },
      },
    },
    RuleGroupResponse: {
      RuleGroupArn: statelessGroupArn(name),
      RuleGroupName: name,
      RuleGroupId: name,
      Type: 'STATELESS',
      RuleGroupStatus: 'ACTIVE',
    },
  },
});

/** A group of AWS's own, of which only its description is shown. */
export const describeManaged = (name: string, order: RuleOrderSpec): Document => ({
  file: `describe-rule-group-metadata.${name}.json`,
  json: {
    RuleGroupArn: managedGroupArn(name),
    RuleGroupName: name,
    Description: 'Threats',
    Type: 'STATEFUL',
    Capacity: 100,
    StatefulRuleOptions: { RuleOrder: order },
  },
});

export const describeTls = (
  name: string,
  scopes: readonly Omit<StatelessSpec, 'action' | 'flags'>[],
  outbound = true,
): Document => ({
  file: `describe-tls-inspection-configuration.${name}.json`,
  json: {
    TLSInspectionConfiguration: {
      ServerCertificateConfigurations: [
        {
          ...(outbound
            ? { CertificateAuthorityArn: `arn:aws:acm:${region}:${account}:certificate/ca` }
            : { ServerCertificates: [{ ResourceArn: `arn:aws:acm:${region}:${account}:certificate/web` }] }),
          Scopes: scopes.map((scope) => ends({ protocols: [6], ...scope })),
        },
      ],
    },
    TLSInspectionConfigurationResponse: {
      TLSInspectionConfigurationArn: tlsInspectionArn(name),
      TLSInspectionConfigurationName: name,
      TLSInspectionConfigurationId: name,
    },
  },
});
