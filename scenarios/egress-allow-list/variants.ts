/** The allow list with one thing gone wrong: most are rules that read as if they did what was meant. */
import { removeRoute, setRoute } from '../change.ts';
import { addRules, addStateless, append, policyOf, rewrite } from '../rule-group.ts';
import { named, type Snapshot, type Variant } from '../variant.ts';

const blocks = { first: '10.130.0.0/16', second: '100.64.0.0/20', ipv6: '2600:1f18:13aa:dd00::/56' };
const endpoints = { a: 'vpce-0f12e00000000000a', b: 'vpce-0f12e00000000000b' };

const setHomeNet = (network: Snapshot, ...Definition: string[]): void =>
  void (policyOf(network).PolicyVariables = { RuleVariables: { HOME_NET: { Definition } } });

/** Rules of one's own at the end, whose alerts say more than those of the default action, instead of that. */
function closeByRules(network: Snapshot): void {
  policyOf(network).StatefulDefaultActions = ['aws:alert_established'];
  addRules(
    network,
    'closing-rules',
    'drop ip $HOME_NET any -> $EXTERNAL_NET any (msg:"no TCP"; ip_proto:!TCP; sid:1000091; rev:1;)',
    'drop tcp $HOME_NET any -> $EXTERNAL_NET any (msg:"not approved"; flow:to_server, established; sid:1000092; rev:1;)',
  );
}

export const variants: readonly Variant[] = [
  // The policy.
  {
    name: 'action-order',
    fault: 'The policy was made anew in action order, as the console offers first, with the same rule groups.',
    edit(network) {
      const policy = policyOf(network);
      policy.StatefulEngineOptions!.RuleOrder = 'DEFAULT_ACTION_ORDER';
      delete policy.StatefulDefaultActions;
      for (const reference of policy.StatefulRuleGroupReferences!) delete reference.Priority;
      for (const { RuleGroup } of network.FirewallRuleGroupAnswers!)
        RuleGroup!.StatefulRuleOptions!.RuleOrder = 'DEFAULT_ACTION_ORDER';
    },
  },
  {
    name: 'alert-only',
    fault: 'While something was being looked for, the default drop was taken out; the default alert is still there.',
    edit: (network) => (policyOf(network).StatefulDefaultActions = ['aws:alert_established']),
  },
  {
    name: 'drop-strict',
    fault: 'The default drop became the one that drops all: handshakes too, which no rule about names can pass.',
    edit: (network) => (policyOf(network).StatefulDefaultActions = ['aws:drop_strict', 'aws:alert_strict']),
  },
  {
    name: 'fragments-passed',
    fault: 'Fragments of UDP pass by the stateless default, for the sake of a video service that is no longer used.',
    edit: (network) => (policyOf(network).StatelessFragmentDefaultActions = ['aws:pass']),
  },
  {
    name: 'stateless-https',
    fault: 'To save capacity, stateless rules pass TCP 443 in both directions before the stateful engine sees it.',
    edit(network) {
      const https = [{ FromPort: 443, ToPort: 443 }];
      const pass = (Priority: number, ports: object) => ({
        Priority,
        RuleDefinition: { Actions: ['aws:pass'], MatchAttributes: { Protocols: [6], ...ports } },
      });
      addStateless(network, 'https', pass(1, { DestinationPorts: https }), pass(2, { SourcePorts: https }));
    },
  },

  // The rules.
  {
    name: 'quic-passed',
    fault: 'HTTP/3 fell back too slowly, and UDP 443 was passed.',
    edit: (network) =>
      append(
        network,
        'approved-names',
        'pass udp $HOME_NET any -> $EXTERNAL_NET 443 (msg:"HTTP/3"; sid:1000014; rev:1;)',
      ),
  },
  {
    name: 'port-443-passed',
    fault: 'A last rule passes TCP 443, meant for what is left when the names have been judged.',
    edit: (network) =>
      addRules(network, 'https', 'pass tcp $HOME_NET any -> any 443 (msg:"other HTTPS"; sid:1000021; rev:1;)'),
  },
  {
    name: 'replies-passed',
    fault: 'A rule passes the replies from TCP 443, as a network ACL would need; they belong to flows that are judged.',
    edit: (network) =>
      addRules(
        network,
        'replies',
        'pass tcp $EXTERNAL_NET 443 -> $HOME_NET any (msg:"replies of HTTPS"; sid:1000031; rev:1;)',
      ),
  },
  {
    name: 'name-contained',
    fault: 'The rule of the model API lost startswith and endswith: the name may stand anywhere in another.',
    edit: (network) =>
      rewrite(
        network,
        'approved-names',
        'content:"api.example.org"; startswith; nocase; endswith;',
        'content:"api.example.org"; nocase;',
      ),
  },
  {
    name: 'dot-forgotten',
    fault: 'The rule of the model hub names it without dotprefix: what ends in it need not be below it.',
    edit: (network) =>
      rewrite(
        network,
        'approved-names',
        'dotprefix; content:".example.net"; nocase; endswith;',
        'content:"example.net"; nocase; endswith;',
      ),
  },
  {
    name: 'case-matters',
    fault: 'The rule against the paste site lost nocase, and the client writes the name as it likes.',
    edit: (network) =>
      rewrite(network, 'denied-names', 'content:".paste.example.com"; nocase;', 'content:".paste.example.com";'),
  },

  // Rules in the default's place, and HOME_NET.
  {
    name: 'closed-by-rules',
    fault: 'None: rules at the end drop what the default action dropped.',
    edit: closeByRules,
  },
  {
    name: 'closed-at-the-handshake',
    fault:
      'Rules at the end pass handshakes and drop the rest; the drop is of addresses alone, and so never asked again.',
    edit(network) {
      policyOf(network).StatefulDefaultActions = ['aws:alert_established'];
      addRules(
        network,
        'closing-rules',
        'pass tcp $HOME_NET any <> any any (msg:"handshake"; flow:not_established; sid:1000093; rev:1;)',
        'drop ip $HOME_NET any -> any any (msg:"not approved"; sid:1000094; rev:1;)',
      );
    },
  },
  {
    name: 'home-net-without-training',
    fault: "Rules at the end instead of the default, and a HOME_NET from before the VPC's second block.",
    edit(network) {
      closeByRules(network);
      setHomeNet(network, blocks.first, blocks.ipv6);
    },
  },
  {
    name: 'home-net-without-ipv6',
    fault: 'Rules at the end instead of the default, and a HOME_NET of the IPv4 blocks alone.',
    edit(network) {
      closeByRules(network);
      setHomeNet(network, blocks.first, blocks.second);
    },
  },
  {
    name: 'home-net-too-narrow',
    fault: "HOME_NET is from before the VPC's second block; what it does not name meets the default drop.",
    edit: (network) => setHomeNet(network, blocks.first, blocks.ipv6),
  },
  {
    name: 'home-net-not-set',
    fault: "HOME_NET is left to its default: the VPC's CIDR blocks, of which nobody says that IPv6 is among them.",
    edit: (network) => delete policyOf(network).PolicyVariables,
  },

  // The way to the firewall.
  {
    name: 'one-zone',
    fault:
      'Zone b uses the firewall endpoint of zone a, to save one; the table of the NAT gateway there leads no replies back to it.',
    edit(network) {
      const subnet = named(network.Subnets, 'firewall-b').SubnetId;
      const { Firewall, FirewallStatus } = network;
      Firewall!.SubnetMappings = Firewall!.SubnetMappings!.filter((each) => each.SubnetId !== subnet);
      delete FirewallStatus!.SyncStates!['us-east-1b'];
      network.VpcEndpoints = network.VpcEndpoints.filter((each) => each.VpcEndpointId !== endpoints.b);
      network.NetworkInterfaces = network.NetworkInterfaces.filter((each) => each.SubnetId !== subnet);
      const GatewayId = endpoints.a;
      setRoute(network, 'ai-b', { DestinationCidrBlock: '0.0.0.0/0', GatewayId });
      setRoute(network, 'ai-b', { DestinationIpv6CidrBlock: '::/0', GatewayId });
      for (const name of ['agents-b', 'training-b']) {
        const { CidrBlock, Ipv6CidrBlockAssociationSet } = named(network.Subnets, name);
        removeRoute(network, 'nat-b', CidrBlock!);
        const DestinationIpv6CidrBlock = Ipv6CidrBlockAssociationSet![0]!.Ipv6CidrBlock!;
        setRoute(network, 'edge', { DestinationIpv6CidrBlock, GatewayId });
      }
    },
  },
];
