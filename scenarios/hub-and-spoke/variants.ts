/** The hub and its spokes with one thing gone wrong. */
import { propagate, setRoute } from '../change.ts';
import { named, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'appliance-mode-off',
    fault: 'The attachment of the inspection VPC was made anew, and appliance mode is off by default.',
    edit(network) {
      const attachment = named(network.TransitGatewayVpcAttachments!, 'inspection');
      attachment.Options!.ApplianceModeSupport = 'disable';
    },
  },
  {
    name: 'spoke-propagated',
    fault: "The data spoke propagates its block into the spokes' table too, as every new attachment does by default.",
    edit: (network) => propagate(network, 'spokes', 'data', '10.81.0.0/16'),
  },
  {
    name: 'egress-past-the-firewall',
    fault: 'To unburden the firewall, the transit subnets send it the spokes alone; the default route is NAT.',
    edit(network) {
      for (const zone of ['a', 'b']) {
        const DestinationCidrBlock = '0.0.0.0/0';
        const { VpcEndpointId } = named(network.VpcEndpoints, `hub (us-east-1${zone})`);
        const { NatGatewayId } = named(network.NatGateways, `nat-${zone}`);
        setRoute(network, `hub-transit-${zone}`, { DestinationCidrBlock, NatGatewayId });
        for (const spoke of ['10.80.0.0/16', '10.81.0.0/16'])
          setRoute(network, `hub-transit-${zone}`, { DestinationCidrBlock: spoke, GatewayId: VpcEndpointId });
      }
    },
  },
  {
    name: 'data-default-route',
    fault: 'Someone gave the data subnets a default route to the transit gateway, to fetch patches once.',
    edit(network) {
      const { TransitGatewayId } = named(network.TransitGateways!, 'hub');
      setRoute(network, 'data', { DestinationCidrBlock: '0.0.0.0/0', TransitGatewayId });
    },
  },
];
