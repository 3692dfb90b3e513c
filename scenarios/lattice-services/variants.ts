/** Services and resources of VPC Lattice, with one thing gone wrong. */
import { named, type Snapshot, type Variant } from '../variant.ts';

const list = [{ PrefixListId: 'pl-0fc0000000000001' }];

/** What list-targets printed: its items have no ARN. */
const targetsIn = ({ LatticeAnswers = [] }: Snapshot) =>
  LatticeAnswers.flatMap(({ Response: { items = [] } }) =>
    items[0] !== undefined && !('arn' in items[0]) ? [items] : [],
  )[0]!;

export const variants: readonly Variant[] = [
  {
    name: 'models-admit-the-agents',
    fault: 'The models’ group admits the block of the agents’ VPC in place of the prefix list of VPC Lattice.',
    edit(network) {
      const [rule] = named(network.SecurityGroups, 'model').IpPermissions!;
      rule!.PrefixListIds = [];
      rule!.IpRanges = [{ CidrIp: '10.80.0.0/16' }];
    },
  },
  {
    name: 'vectors-registered-as-a-target',
    fault: 'The vector store was registered with the models’ target group, and its group admits VPC Lattice.',
    edit(network) {
      targetsIn(network).push({ id: 'i-0da7a000000000a1', port: 5432, status: 'HEALTHY' });
      named(network.SecurityGroups, 'vectors').IpPermissions!.push({
        IpProtocol: 'tcp',
        FromPort: 5432,
        ToPort: 5432,
        PrefixListIds: list,
      });
    },
  },
  {
    name: 'agents-let-out-to-lattice',
    fault: 'The agents’ group lets out everything to VPC Lattice, and the group of its association admits all of it.',
    edit(network) {
      const [rule] = named(network.SecurityGroups, 'agent').IpPermissionsEgress!;
      rule!.IpProtocol = '-1';
      delete rule!.FromPort;
      delete rule!.ToPort;
      const [admits] = named(network.SecurityGroups, 'lattice-clients').IpPermissions!;
      admits!.IpProtocol = '-1';
      delete admits!.FromPort;
      delete admits!.ToPort;
    },
  },
];
