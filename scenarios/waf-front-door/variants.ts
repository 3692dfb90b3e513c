/** The assistant behind its web ACL, with one thing gone wrong. */
import type { IpPermission } from '@aws-sdk/client-ec2';
import { publish } from '../change.ts';
import { named, type Snapshot, type Variant } from '../variant.ts';

export const variants: readonly Variant[] = [
  {
    name: 'balancer-beside-the-waf',
    fault:
      'Partners got an internet-facing Network Load Balancer to the same instances; web ACLs cannot be put on one.',
    edit: partners,
  },
  {
    name: 'web-acl-not-associated',
    fault: 'Somebody took the web ACL off the front load balancer to see whether it was to blame, and left it off.',
    edit: (network) => (network.WebAclResources![0]!.ResourceArns = []),
  },
  {
    name: 'instance-published',
    fault: 'To look into an incident an instance got a public address, and its group was opened on TCP 8080.',
    edit(network) {
      publish(network, named(network.NetworkInterfaces, 'chat-1'), 'amazon', '203.0.113.99');
      inbound(network).push({
        IpProtocol: 'tcp',
        FromPort: 8080,
        ToPort: 8080,
        UserIdGroupPairs: [],
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
      });
    },
  },
  {
    name: 'targets-on-the-old-port',
    fault: 'A deployment registered the instances with the front load balancer on port 8000, as they used to be.',
    edit(network) {
      const health = network.LoadBalancerTargetHealth!.find((each) => each.TargetGroupArn.includes('assistant-http'))!;
      for (const each of health.TargetHealthDescriptions) {
        each.Target!.Port = 8000;
        each.HealthCheckPort = '8000';
        each.TargetHealth = { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' };
      }
    },
  },
  {
    name: 'front-group-lets-nothing-out',
    fault: "The outbound rule of the front load balancer's group was left at the port of another application.",
    edit(network) {
      const rule = named(network.SecurityGroups, 'front').IpPermissionsEgress![0]!;
      rule.FromPort = rule.ToPort = 8443;
    },
  },
  {
    name: 'app-admits-nodes',
    fault:
      "The application's group admits the internal load balancer's addresses instead of its group; it sees the clients'.",
    edit: (network) => admit(network, '10.120.30.10/32', '10.120.31.10/32'),
  },
  {
    name: 'app-admits-clients',
    fault:
      "The application's group admits the colleagues' subnet instead of the internal load balancer's group: both ways are open.",
    edit: (network) => admit(network, '10.120.20.0/24'),
  },
  {
    name: 'client-ip-not-preserved',
    fault: "Client IP preservation was switched off; the group is referenced, so that the nodes' addresses pass too.",
    edit(network) {
      const { Attributes } = network.TargetGroupAttributes!.find((each) =>
        each.TargetGroupArn.includes('assistant-tcp'),
      )!;
      Attributes.find((each) => each.Key === 'preserve_client_ip.enabled')!.Value = 'false';
    },
  },
  {
    name: 'plain-http-forwarded',
    fault: 'The listener on port 80 forwards to the application instead of redirecting to HTTPS.',
    edit(network) {
      const plain = network.Listeners!.find((each) => each.Port === 80)!;
      const forward = network.Rules!.find((each) => each.Priority === '1')!.Actions!;
      const standard = network.Rules!.find((each) => each.RuleArn!.startsWith(ruleOf(plain.ListenerArn!)));
      plain.DefaultActions = forward;
      standard!.Actions = forward;
    },
  },
];

const ruleOf = (listenerArn: string): string => listenerArn.replace(':listener/', ':listener-rule/');

const inbound = (network: Snapshot): IpPermission[] => named(network.SecurityGroups, 'app').IpPermissions!;

/** The application's group admits these blocks instead of the group of the internal load balancer. */
function admit(network: Snapshot, ...blocks: string[]): void {
  const [rule] = inbound(network);
  const { GroupId } = named(network.SecurityGroups, 'internal');
  rule!.UserIdGroupPairs = rule!.UserIdGroupPairs!.filter((each) => each.GroupId !== GroupId);
  rule!.IpRanges = blocks.map((CidrIp) => ({ CidrIp }));
}

/** A twin of the internal load balancer in the edge subnets, with public addresses and a group that admits everybody. */
function partners(network: Snapshot): void {
  const renamed: readonly (readonly [string, string])[] = [
    ['assistant-internal', 'assistant-partners'],
    ['f0d01451de000001', 'f0d09a4700000001'],
    ['f0d0044300000002', 'f0d0044300000003'],
    ['f0d0044300000029', 'f0d0044300000039'],
    ['assistant-tcp', 'assistant-partners'],
    ['f0d0a99000000002', 'f0d0a99000000003'],
    ['sg-041b0000000000001', 'sg-09a47000000000001'],
    ['subnet-01451de00000000', 'subnet-0ed9e0000000000'],
    ['"internal"', '"partners"'],
  ];
  const twin = <T>(model: T): T =>
    JSON.parse(renamed.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(model))) as T;
  const doubled = <T>(list: T[] | undefined, isModel: (each: T) => boolean): T[] => {
    const added = list!.filter(isModel).map(twin);
    list!.push(...added);
    return added;
  };
  const balancer = ':loadbalancer/net/assistant-internal/';
  const group = ':targetgroup/assistant-tcp/';
  const [added] = doubled(network.LoadBalancers, (each) => each.LoadBalancerArn!.includes(balancer));
  added!.Scheme = 'internet-facing';
  doubled(network.LoadBalancerAttributes, (each) => each.LoadBalancerArn.includes(balancer));
  doubled(network.Listeners, (each) => each.LoadBalancerArn!.includes(balancer));
  doubled(network.Rules, (each) => each.RuleArn!.includes(':listener-rule/net/assistant-internal/'));
  doubled(network.TargetGroups, (each) => each.TargetGroupArn!.includes(group));
  doubled(network.TargetGroupAttributes, (each) => each.TargetGroupArn.includes(group));
  doubled(network.LoadBalancerTargetHealth, (each) => each.TargetGroupArn.includes(group));
  const [filter] = doubled(network.SecurityGroups, (each) => each.GroupName === 'internal');
  Object.assign(filter!, { Description: 'Load balancer for partners' });
  Object.assign(filter!.IpPermissions![0]!, { UserIdGroupPairs: [], IpRanges: [{ CidrIp: '0.0.0.0/0' }] });
  inbound(network)[0]!.UserIdGroupPairs!.push({ UserId: filter!.OwnerId, GroupId: filter!.GroupId });
  const nodes = doubled(network.NetworkInterfaces, (each) => each.Description!.includes('assistant-internal'));
  for (const [zone, node] of nodes.entries()) {
    const ip = `10.120.${zone}.20`;
    const PrivateDnsName = `ip-${ip.replaceAll('.', '-')}.ec2.internal`;
    const suffix = node.NetworkInterfaceId!.replace('eni-041b', '09a47').replace(/0(?=0{3}\w$)/, '');
    Object.assign(node, {
      Attachment: { ...node.Attachment, AttachmentId: `ela-attach-${suffix}` },
      MacAddress: `0a:1f:c0:df:00:2${zone}`,
      NetworkInterfaceId: `eni-${suffix}`,
      PrivateDnsName,
      PrivateIpAddress: ip,
      PrivateIpAddresses: [{ Primary: true, PrivateDnsName, PrivateIpAddress: ip }],
    });
    publish(network, node, 'amazon-elb', `203.0.113.${40 + zone}`);
  }
}
