/** A walled garden of names, with one thing gone wrong. */
import type { Snapshot, Variant } from '../variant.ts';

const ruleOf = (network: Snapshot, name: string) => network.FirewallRules!.find((rule) => rule.Name === name)!;

const allowed = (network: Snapshot) =>
  network.FirewallDomains!.find(({ FirewallDomainListId: id }) => id === 'rslvr-fdl-0a110ed00000001')!;

export const variants: readonly Variant[] = [
  {
    name: 'block-asks-for-addresses',
    fault: 'The rule that blocks everything was narrowed to queries for addresses, so that TXT records still resolved.',
    edit: (network) => (ruleOf(network, 'block-all').Qtype = 'A'),
  },
  {
    name: 'asterisk-instead-of-both',
    fault: 'The list of approved names kept `*.corp.example` alone, which does not stand for `corp.example` itself.',
    edit: (network) =>
      (allowed(network).Domains = allowed(network).Domains.filter((domain) => domain !== 'corp.example.')),
  },
  {
    name: 'whole-partner-approved',
    fault: 'Somebody approved `*.partner.example`, where others can have names made, instead of its API.',
    edit: (network) =>
      (allowed(network).Domains = allowed(network).Domains.map((domain) =>
        domain.startsWith('api.') ? '*.partner.example.' : domain,
      )),
  },
  {
    name: 'block-comes-first',
    fault: 'The priorities of the two rules were exchanged.',
    edit(network) {
      ruleOf(network, 'block-all').Priority = 5;
    },
  },
  {
    name: 'alert-comes-first',
    fault: 'To watch what is asked before the garden closed, a rule in front of all alerts on every name, and stayed.',
    edit: (network) =>
      network.FirewallRules!.push({
        ...ruleOf(network, 'block-all'),
        Name: 'watch',
        Priority: 1,
        Action: 'ALERT',
        BlockResponse: undefined,
      }),
  },
  {
    name: 'batch-not-associated',
    fault: 'The VPC of the nightly jobs was made again, and its association was not.',
    edit: (network) =>
      (network.FirewallRuleGroupAssociations = network.FirewallRuleGroupAssociations!.filter(
        ({ Name }) => Name !== 'garden-batch',
      )),
  },
  {
    name: 'fails-open',
    fault: 'DNS Firewall of the models was told to let names through when it fails.',
    edit: (network) => (network.FirewallConfigs![0]!.FirewallFailOpen = 'ENABLED'),
  },
  {
    name: 'forwarded-to-the-office',
    fault:
      'Names of corp.example are forwarded to name servers on premises, for both VPCs, by an endpoint of another account.',
    edit(network) {
      const ResolverRuleId = 'rslvr-rr-0c0a9000000001';
      network.ResolverRules!.push({
        Id: ResolverRuleId,
        Arn: `arn:aws:route53resolver:us-east-1:444455556666:resolver-rule/${ResolverRuleId}`,
        DomainName: 'corp.example.',
        Status: 'COMPLETE',
        RuleType: 'FORWARD',
        Name: 'office',
        TargetIps: [
          { Ip: '10.99.0.53', Port: 53 },
          { Ip: '10.99.1.53', Port: 53 },
        ],
        ResolverEndpointId: 'rslvr-out-0c0a9000000001',
        OwnerId: '444455556666',
        ShareStatus: 'SHARED_WITH_ME',
      });
      network.ResolverRuleAssociations!.push(
        ...network.Vpcs.map(({ VpcId }, i) => ({
          Id: `rslvr-rrassoc-0c0a900000000${i + 1}`,
          ResolverRuleId,
          VPCId: VpcId!,
          Status: 'COMPLETE',
        })),
      );
    },
  },
];
