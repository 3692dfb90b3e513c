/** The two tiers with one thing gone wrong. */
import { entry, publish, removeEntry, setRoute } from '../change.ts';
import { named, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'nacl-forgets-replies',
    fault: "The web network ACL lost its outbound entry for the clients' ports: requests come in, answers stay in.",
    edit: (network) => removeEntry(network, 'web', 'outbound', 120),
  },
  {
    name: 'nacl-entry-out-of-order',
    fault: 'An entry that denies everything was given the number 95 instead of 950.',
    edit: (network) =>
      named(network.NetworkAcls, 'web').Entries!.push({
        CidrBlock: '0.0.0.0/0',
        Egress: false,
        Protocol: '-1',
        RuleAction: 'deny',
        RuleNumber: 95,
      }),
  },
  {
    name: 'db-group-open',
    fault: 'The security group of the database admits the whole VPC instead of the web group.',
    edit(network) {
      const rule = named(network.SecurityGroups, 'db').IpPermissions![0]!;
      rule.UserIdGroupPairs = [];
      rule.IpRanges = [{ CidrIp: '10.30.0.0/16' }];
    },
  },
  {
    name: 'db-published',
    fault: 'The database was made publicly accessible and opened in both filters; there is no route back, and still.',
    edit(network) {
      const database = network.NetworkInterfaces.find((each) => each.Description === 'RDSNetworkInterface')!;
      publish(network, database, 'amazon-rds', '198.51.100.99');
      named(network.SecurityGroups, 'db').IpPermissions![0]!.IpRanges = [{ CidrIp: '0.0.0.0/0' }];
      entry(network, 'db', 'inbound', 100).CidrBlock = '0.0.0.0/0';
    },
  },
  {
    name: 'db-routed-out',
    fault:
      'The main table, which the database uses, got a default route; without an address out there nothing changes.',
    edit: (network) =>
      setRoute(network, 'main', { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0eb00000000000001' }),
  },
];
