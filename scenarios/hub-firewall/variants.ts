/** The hub with its own firewall and one thing gone wrong. */
import { propagate, removeTransitRoute } from '../change.ts';
import { named, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'spoke-propagated',
    fault: "The data spoke propagates its block into the spokes' table too, as every new attachment does by default.",
    edit: (network) => propagate(network, 'spokes', 'data', '10.81.0.0/16'),
  },
  {
    name: 'replies-past-the-firewall',
    fault:
      'The egress attachment was to know the spokes: they propagate into its table, in place of the routes to the firewall.',
    edit(network) {
      for (const [spoke, block] of [
        ['app', '10.80.0.0/16'],
        ['data', '10.81.0.0/16'],
      ] as const) {
        removeTransitRoute(network, 'egress', block);
        propagate(network, 'egress', spoke, block);
      }
    },
  },
  {
    name: 'home-net-forgotten',
    fault: 'The list of domains was made anew, and nobody set HOME_NET, which a firewall in no VPC has no default for.',
    edit(network) {
      const answer = network.FirewallRuleGroupAnswers!.find(
        ({ RuleGroupResponse }) => RuleGroupResponse!.RuleGroupName === 'approved-domains',
      );
      delete answer!.RuleGroup!.RuleVariables;
    },
  },
  {
    name: 'app-beside-the-firewall',
    fault: "The applications' attachment was associated with the firewall's own table, which knows every way.",
    edit(network) {
      const { TransitGatewayRouteTableId } = named(network.TransitGatewayRouteTables!, 'firewall');
      const { Association } = named(network.TransitGatewayAttachments!, 'app');
      Association!.TransitGatewayRouteTableId = TransitGatewayRouteTableId;
    },
  },
];
