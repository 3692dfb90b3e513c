/** The peered VPCs with one thing gone wrong. */
import { removeRoute, setRoute } from '../change.ts';
import { named, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'direct-peering',
    fault: 'Somebody in a hurry peered shop and payments, with a route on each side.',
    edit(network) {
      const connections = network.VpcPeeringConnections!;
      const { RequesterVpcInfo } = named(connections, 'shop-shared');
      const model = named(connections, 'shared-payments');
      const VpcPeeringConnectionId = 'pcx-0ac00000000000001';
      connections.push({
        ...model,
        RequesterVpcInfo,
        Tags: [{ Key: 'Name', Value: 'shop-payments' }],
        VpcPeeringConnectionId,
      });
      setRoute(network, 'shop', { DestinationCidrBlock: '10.92.0.0/16', VpcPeeringConnectionId });
      setRoute(network, 'payments', { DestinationCidrBlock: '10.90.0.0/16', VpcPeeringConnectionId });
    },
  },
  {
    name: 'no-way-back',
    fault: 'The route to payments is missing in the table of the shared VPC: a peering needs one on each side.',
    edit: (network) => removeRoute(network, 'shared', '10.92.0.0/16'),
  },
  {
    name: 'another-group',
    fault: "The shop's hosts were moved to a new group; the rule of the registry still names the old one.",
    edit(network) {
      const old = named(network.SecurityGroups, 'shop');
      const [GroupId, GroupName] = ['sg-05509000000000002', 'shop-v2'];
      network.SecurityGroups.push({
        ...old,
        GroupId,
        GroupName,
        SecurityGroupArn: old.SecurityGroupArn!.replace(old.GroupId!, GroupId),
        Tags: [{ Key: 'Name', Value: GroupName }],
      });
      const nic = named(network.NetworkInterfaces, 'shop-1');
      const instance = network.Reservations.flatMap((each) => each.Instances!).find(
        (each) => each.InstanceId === nic.Attachment!.InstanceId,
      )!;
      nic.Groups = [{ GroupId, GroupName }];
      instance.SecurityGroups = nic.Groups;
      instance.NetworkInterfaces![0]!.Groups = nic.Groups;
    },
  },
  {
    name: 'routes-through-the-middle',
    fault:
      "Each end has a route for the other's block to its own peering, in the hope that the shared VPC hands it on.",
    edit(network) {
      for (const [table, destination, connection] of [
        ['shop', '10.92.0.0/16', 'shop-shared'],
        ['payments', '10.90.0.0/16', 'shared-payments'],
      ] as const) {
        const { VpcPeeringConnectionId } = named(network.VpcPeeringConnections!, connection);
        setRoute(network, table, { DestinationCidrBlock: destination, VpcPeeringConnectionId });
      }
    },
  },
];
