/** What the CLI prints of DNS Firewall and of resolver rules. */
import { account, region } from './identity.ts';
import type { AnswerSpec, Change } from './spec.ts';

/** `ALLOW`, `BLOCK` or `ALERT`, and its names: `10 BLOCK * A`. A list of a name in angle brackets is AWS's own, `<dga>` no list at all. */
export interface NamesGroupSpec {
  readonly id: string;
  /** `PRIORITY ACTION NAME,NAME… [TYPE]`; absent: no call lists them. */
  readonly rules?: readonly string[];
  /** The VPCs, with the group's priority in each, and perhaps a state: `vpc-a 101 UPDATING`. */
  readonly on: readonly string[];
}

export interface NamesSpec {
  readonly groups?: readonly NamesGroupSpec[];
  /** VPCs whose DNS Firewall fails open. */
  readonly failOpen?: readonly string[];
  /** VPCs with a Route 53 Profile. */
  readonly profiles?: readonly string[];
  /** `ID TYPE DOMAIN [VPC…]`, `.` for every name: `rslvr-rr-1 FORWARD corp.example vpc-a`; `vpc-a!` is on its way. */
  readonly rules?: readonly string[];
  /** Lists of answers that nobody asked for. */
  readonly unread?: readonly ('associations' | 'rule associations' | 'resolver rules' | 'domains')[];
}

const arn = (kind: string, id: string) => `arn:aws:route53resolver:${region}:${account}:${kind}/${id}`;
const call = (name: string, json: object): AnswerSpec => ({ id: `route53resolver ${name}`, json });

/** The id of the list that has these names. */
const listOf = (list: string): string => `rslvr-fdl-${Buffer.from(list).toString('hex')}`;

export function names({ groups = [], failOpen = [], profiles, rules, unread = [] }: NamesSpec): Change {
  const written = groups.flatMap(({ id, rules: own = [] }) =>
    own.map((text) => {
      const [priority = '', action = '', list = '', type] = text.split(' ');
      return { group: id, priority: Number(priority), action, list, type };
    }),
  );
  const isManaged = (list: string): boolean => list.startsWith('<');
  const lists = [...new Set(written.map(({ list }) => list))].filter((list) => list !== '<dga>');
  const told = !unread.includes('associations');
  return {
    others: [
      ...(groups.length > 0 && told
        ? [call('list-firewall-rule-group-associations', { FirewallRuleGroupAssociations: groups.flatMap(associated) })]
        : []),
      ...groups.flatMap(({ id, rules: own }) =>
        own === undefined
          ? []
          : [
              call(`list-firewall-rules.${id}`, {
                FirewallRules: written.filter(({ group }) => group === id).map(ruleOf),
              }),
            ],
      ),
      ...(lists.length === 0
        ? []
        : [
            call('list-firewall-domain-lists', {
              FirewallDomainLists: lists.map((list) => ({
                Id: listOf(list),
                Arn: arn('firewall-domain-list', listOf(list)),
                Name: list,
                ...(isManaged(list) ? { ManagedOwnerName: 'Route 53 Resolver DNS Firewall' } : {}),
              })),
            }),
          ]),
      ...lists.flatMap((list) =>
        isManaged(list) || unread.includes('domains')
          ? []
          : [call(`list-firewall-domains.${listOf(list)}`, { Domains: list.split(',') })],
      ),
      call('list-firewall-configs', {
        FirewallConfigs: failOpen.map((vpc) => ({
          Id: `rslvr-fc-${vpc}`,
          OwnerId: account,
          ResourceId: vpc,
          FirewallFailOpen: 'ENABLED',
        })),
      }),
      {
        id: 'route53profiles list-profile-associations',
        json: {
          ProfileAssociations: (profiles ?? []).map((vpc) => ({
            Id: `rpassoc-${vpc}`,
            ProfileId: 'rp-1',
            ResourceId: vpc,
            OwnerId: account,
            Status: 'COMPLETE',
          })),
        },
      },
      ...(rules === undefined ? [] : resolverAnswers(rules, unread)),
    ],
  };
}

const associated = ({ id, on }: NamesGroupSpec): readonly object[] =>
  on.map((text) => {
    const [vpc = '', priority = '', state = 'COMPLETE'] = text.split(' ');
    const own = `rslvr-frgassoc-${id}-${vpc}`;
    return {
      Id: own,
      Arn: arn('firewall-rule-group-association', own),
      FirewallRuleGroupId: id,
      VpcId: vpc,
      Name: id,
      Priority: Number(priority),
      MutationProtection: 'DISABLED',
      Status: state,
    };
  });

const ruleOf = ({
  group,
  priority,
  action,
  list,
  type,
}: {
  group: string;
  priority: number;
  action: string;
  list: string;
  type?: string | undefined;
}): object => ({
  FirewallRuleGroupId: group,
  ...(list === '<dga>'
    ? { FirewallThreatProtectionId: `rslvr-ftp-${priority}`, DnsThreatProtection: 'DGA', ConfidenceThreshold: 'LOW' }
    : { FirewallDomainListId: listOf(list), FirewallDomainRedirectionAction: 'INSPECT_REDIRECTION_DOMAIN' }),
  Name: `rule-${priority}`,
  Priority: priority,
  Action: action,
  ...(action === 'BLOCK' ? { BlockResponse: 'NODATA' } : {}),
  ...(type === undefined ? {} : { Qtype: type }),
});

function resolverAnswers(rules: readonly string[], unread: NonNullable<NamesSpec['unread']>): readonly AnswerSpec[] {
  const read = rules.map((text) => {
    const [id = '', type = '', domain = '', ...vpcs] = text.split(' ');
    return { id, type, domain, vpcs };
  });
  const leads = (type: string): boolean => type === 'FORWARD' || type === 'DELEGATE';
  return [
    ...(unread.includes('resolver rules')
      ? []
      : [
          call('list-resolver-rules', {
            ResolverRules: read.map(({ id, type, domain }) => ({
              Id: id,
              Arn: arn('resolver-rule', id),
              DomainName: domain === '.' ? '.' : `${domain}.`,
              Status: 'COMPLETE',
              RuleType: type,
              Name: id,
              ...(leads(type)
                ? { ResolverEndpointId: 'rslvr-out-1', TargetIps: [{ Ip: '10.99.0.53', Port: 53 }] }
                : {}),
              OwnerId: account,
              ShareStatus: 'NOT_SHARED',
            })),
          }),
        ]),
    ...(unread.includes('rule associations')
      ? []
      : [
          call('list-resolver-rule-associations', {
            ResolverRuleAssociations: read.flatMap(({ id, vpcs }) =>
              vpcs.map((vpc) => ({
                Id: `rslvr-rrassoc-${id}-${vpc}`,
                ResolverRuleId: id,
                VPCId: vpc.replace('!', ''),
                Status: vpc.endsWith('!') ? 'CREATING' : 'COMPLETE',
              })),
            ),
          }),
        ]),
  ];
}
