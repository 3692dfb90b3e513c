/** The dual-stack hub with one thing gone wrong, for IPv6 alone. */
import { removeTransitRoute, setRoute } from '../change.ts';
import { named, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'ipv6-leaves-directly',
    fault: 'The application VPC got an egress-only internet gateway and ::/0 to it, for updates over IPv6.',
    edit(network) {
      const { VpcId } = named(network.Vpcs, 'app');
      const EgressOnlyInternetGatewayId = 'eigw-0a990000000000001';
      network.EgressOnlyInternetGateways.push({
        Attachments: [{ State: 'attached', VpcId }],
        EgressOnlyInternetGatewayId,
        Tags: [{ Key: 'Name', Value: 'app' }],
      });
      setRoute(network, 'app', { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId });
    },
  },
  {
    name: 'attachment-without-ipv6',
    fault: "The API's attachment was made without IPv6 support, which is off unless asked for.",
    edit(network) {
      named(network.TransitGatewayVpcAttachments!, 'api').Options!.Ipv6Support = 'disable';
    },
  },
  {
    name: 'no-ipv6-default-route',
    fault: "The spokes' table has the default route of IPv4 alone.",
    edit: (network) => removeTransitRoute(network, 'spokes', '::/0'),
  },
];
