/** The inference API and its consumer with one thing gone wrong. */
import type { IpPermission } from '@aws-sdk/client-ec2';
import { setRoute } from '../change.ts';
import { named, type Snapshot, type Variant } from '../variant.ts';

const consumer = (network: Snapshot): Snapshot => network['111122223333']!;
const provider = (network: Snapshot): Snapshot => network['444455556666']!;

export const variants: readonly Variant[] = [
  {
    name: 'endpoint-open-to-the-vpc',
    fault: "To see it work at all, the endpoint's group was opened to the whole VPC, and left so.",
    edit: (network) => admit(inbound(consumer(network), 'inference-endpoint')[0]!, '10.130.0.0/16'),
  },
  {
    name: 'balancer-admits-its-vpc',
    fault: "The load balancer's group admits its own VPC alone, as if the endpoint's packets came from there.",
    edit: (network) => admit(inbound(provider(network), 'balancer')[0]!, '172.20.0.0/16'),
  },
  {
    name: 'balancer-does-not-enforce',
    fault: 'The same rule, and the group is no longer enforced on what comes by PrivateLink.',
    edit(network) {
      admit(inbound(provider(network), 'balancer')[0]!, '172.20.0.0/16');
      provider(network).LoadBalancers![0]!.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = 'off';
    },
  },
  {
    name: 'models-admit-clients',
    fault: "The model servers' group admits the consumer's block instead of the load balancer's group.",
    edit(network) {
      admit(inbound(provider(network), 'model')[0]!, '10.130.0.0/16');
      const [health] = provider(network).LoadBalancerTargetHealth!;
      for (const each of health!.TargetHealthDescriptions)
        each.TargetHealth = { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' };
    },
  },
  {
    name: 'peered-for-the-build',
    fault: 'To roll out models, the VPCs were peered, with a route on each side, and SSH opened to the build hosts.',
    edit(network) {
      peer(network, 'build', '10.130.20.0/24');
      inbound(provider(network), 'model').push(rule(22, '10.130.20.0/24'));
    },
  },
  {
    name: 'peered-for-callbacks',
    fault: 'The model servers were to call the agents back: a peering, its routes, and a rule for the model subnets.',
    edit(network) {
      peer(network, 'agents', '10.130.10.0/23');
      inbound(consumer(network), 'agents').push(rule(8080, '172.20.10.0/23'));
    },
  },
  {
    name: 'one-zone-each',
    fault:
      'To save its hourly charge the endpoint was left in zone use1-az6 alone; the model server there was deregistered.',
    edit: apart,
  },
  {
    name: 'one-zone-each-crossed',
    fault: 'The same, and the load balancer crosses zones.',
    edit(network) {
      apart(network);
      const [{ Attributes } = { Attributes: [] }] = provider(network).LoadBalancerAttributes!;
      Attributes.find((each) => each.Key === 'load_balancing.cross_zone.enabled')!.Value = 'true';
    },
  },
  {
    name: 'not-accepted-yet',
    fault: 'The endpoint was made anew, and the provider has not accepted it yet.',
    edit(network) {
      consumer(network).VpcEndpoints[0]!.State = 'pendingAcceptance' as 'PendingAcceptance';
      provider(network).VpcEndpointConnections![0]!.VpcEndpointState = 'pendingAcceptance' as 'PendingAcceptance';
    },
  },
];

const inbound = (account: Snapshot, group: string): IpPermission[] =>
  named(account.SecurityGroups, group).IpPermissions!;

/** The rule admits this block, and no group any more. */
function admit(to: IpPermission, CidrIp: string): void {
  to.UserIdGroupPairs = [];
  to.IpRanges = [{ CidrIp }];
}

const rule = (port: number, CidrIp: string): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  UserIdGroupPairs: [],
  IpRanges: [{ CidrIp }],
  Ipv6Ranges: [],
  PrefixListIds: [],
});

/** A peering connection, which both owners are shown, between the model servers and a table of the consumer. */
function peer(network: Snapshot, table: string, block: string): void {
  const VpcPeeringConnectionId = 'pcx-0a9e0de1000000001';
  const side = ({ Vpcs: [vpc] }: Snapshot) => ({
    CidrBlock: vpc!.CidrBlock,
    CidrBlockSet: [{ CidrBlock: vpc!.CidrBlock }],
    OwnerId: vpc!.OwnerId,
    PeeringOptions: {
      AllowDnsResolutionFromRemoteVpc: false,
      AllowEgressFromLocalClassicLinkToRemoteVpc: false,
      AllowEgressFromLocalVpcToRemoteClassicLink: false,
    },
    VpcId: vpc!.VpcId,
    Region: 'us-east-1',
  });
  const connection = {
    AccepterVpcInfo: side(provider(network)),
    RequesterVpcInfo: side(consumer(network)),
    Status: { Code: 'active' as const, Message: 'Active' },
    VpcPeeringConnectionId,
  };
  consumer(network).VpcPeeringConnections!.push({ ...connection, Tags: [{ Key: 'Name', Value: 'inference' }] });
  provider(network).VpcPeeringConnections!.push({ ...connection, Tags: [] });
  setRoute(consumer(network), table, { DestinationCidrBlock: '172.20.0.0/16', VpcPeeringConnectionId });
  setRoute(provider(network), 'model', { DestinationCidrBlock: block, VpcPeeringConnectionId });
}

/** The endpoint in one zone, and the one target in the other. */
function apart(network: Snapshot): void {
  const own = consumer(network);
  const { SubnetId } = named(own.Subnets, 'endpoints-a');
  const [endpoint] = own.VpcEndpoints;
  const gone = own.NetworkInterfaces.find((each) => each.SubnetId === SubnetId)!;
  own.NetworkInterfaces = own.NetworkInterfaces.filter((each) => each !== gone);
  endpoint!.SubnetIds = endpoint!.SubnetIds!.filter((each) => each !== SubnetId);
  endpoint!.NetworkInterfaceIds = endpoint!.NetworkInterfaceIds!.filter((each) => each !== gone.NetworkInterfaceId);
  const { InstanceId } = named(provider(network).NetworkInterfaces, 'model-1').Attachment!;
  const [health] = provider(network).LoadBalancerTargetHealth!;
  health!.TargetHealthDescriptions = health!.TargetHealthDescriptions.filter((each) => each.Target!.Id !== InstanceId);
}
