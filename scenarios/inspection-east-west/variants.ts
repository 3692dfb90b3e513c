/** Inspection between two subnets with one thing gone wrong. */
import { addSubnet, launch, removeRoute } from '../change.ts';
import { named, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'one-way-route',
    fault: 'The route through the firewall is missing in the table of production: its packets take the local route.',
    edit: (network) => removeRoute(network, 'prod', '10.50.2.0/24'),
  },
  {
    name: 'group-reference',
    fault:
      'The group of production names the group of development instead of its CIDR; behind a firewall that is lost.',
    edit(network) {
      const rule = named(network.SecurityGroups, 'prod').IpPermissions![0]!;
      rule.IpRanges = [];
      rule.UserIdGroupPairs = [{ UserId: '111122223333', GroupId: named(network.SecurityGroups, 'dev').GroupId }];
    },
  },
  {
    name: 'host-beside-the-firewall',
    fault: "A jump host was launched in the firewall's own subnet, whose table has only the local route.",
    edit: (network) =>
      launch(network, 'dev-1', named(network.Subnets, 'firewall'), 'jump-1', 'bea0000000000001', '10.50.9.10'),
  },
  {
    name: 'third-subnet',
    fault: 'A subnet was added that no table steers through the firewall.',
    edit(network) {
      const subnet = addSubnet(network, 'dev', 'default', {
        name: 'test',
        SubnetId: 'subnet-07e57000000000000',
        CidrBlock: '10.50.3.0/24',
      });
      launch(network, 'dev-1', subnet, 'test-1', '7e57000000000001', '10.50.3.10');
    },
  },
];
