/** The egress VPC and its spokes with one thing gone wrong. */
import { propagate, publish, removeRoute, removeTransitRoute, setRoute } from '../change.ts';
import { named, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'spoke-with-its-own-gateway',
    fault: 'The lab got an internet gateway, a default route to it, and an Elastic IP address for one host.',
    edit(network) {
      const { VpcId } = named(network.Vpcs, 'lab');
      const GatewayId = 'igw-01ab0000000000001';
      network.InternetGateways.push({
        Attachments: [{ State: 'available' as 'attached', VpcId }],
        InternetGatewayId: GatewayId,
        OwnerId: '111122223333',
        Tags: [{ Key: 'Name', Value: 'lab' }],
      });
      setRoute(network, 'lab', { DestinationCidrBlock: '0.0.0.0/0', GatewayId });
      const nic = named(network.NetworkInterfaces, 'lab-1');
      publish(network, nic, '111122223333', '203.0.113.92');
      network.Addresses.push({
        AllocationId: 'eipalloc-01ab0000000000001',
        AssociationId: 'eipassoc-01ab0000000000001',
        Domain: 'vpc',
        NetworkInterfaceId: nic.NetworkInterfaceId,
        NetworkInterfaceOwnerId: '111122223333',
        PrivateIpAddress: nic.PrivateIpAddress,
        PublicIp: '203.0.113.92',
        PublicIpv4Pool: 'amazon',
        NetworkBorderGroup: 'us-east-1',
        InstanceId: nic.Attachment!.InstanceId,
      });
    },
  },
  {
    name: 'blackhole-missing',
    fault:
      "The spokes' table was made anew from a list that showed active routes alone: the blackhole of 10.0.0.0/8 is gone.",
    edit: (network) => removeTransitRoute(network, 'spokes', '10.0.0.0/8'),
  },
  {
    name: 'lab-propagated',
    fault: "The lab's attachment propagates its block into the spokes' table too, as by default.",
    edit: (network) => propagate(network, 'spokes', 'lab', '10.92.0.0/16'),
  },
  {
    name: 'no-way-back',
    fault: 'The route table of one NAT gateway has lost its route back to the transit gateway.',
    edit: (network) => removeRoute(network, 'nat-b', '10.0.0.0/8'),
  },
];
