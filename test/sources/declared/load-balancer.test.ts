import { describe, expect, it } from 'vitest';
import { isUnread } from '../../../src/network/resource.ts';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredFindings, declaredNetwork, ref } from '../../support/declared.ts';

const unknown = new Unknown('known after apply');
const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const subnet = (name: string, block: string) =>
  declared(name, 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: block, AvailabilityZone: `eu-west-1${name}` });
const a = subnet('a', '10.0.0.0/24');
const b = subnet('b', '10.0.1.0/24');
const group = declared('group', 'AWS::EC2::SecurityGroup', { VpcId: ref('vpc'), GroupDescription: 'x' });
const host = declared('host', 'AWS::EC2::Instance', { SubnetId: ref('a'), SecurityGroupIds: [ref('group')] });
const around = [vpc, a, b, group, host];

type Properties = Record<string, unknown>;
const balancer = (properties: Properties = {}) =>
  declared('alb', 'AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Name: 'front',
    Subnets: [ref('a'), ref('b')],
    SecurityGroups: [ref('group')],
    ...(properties as object),
  });
const targets = (properties: Properties = {}) =>
  declared('targets', 'AWS::ElasticLoadBalancingV2::TargetGroup', {
    Protocol: 'HTTP',
    Port: 8080,
    VpcId: ref('vpc'),
    Targets: [{ Id: ref('host') }],
    ...(properties as object),
  });
const listener = (properties: Properties = {}) =>
  declared('listener', 'AWS::ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: ref('alb'),
    Port: '443',
    Protocol: 'HTTPS',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('targets') }],
    ...(properties as object),
  });
const rule = (properties: Properties = {}) =>
  declared('rule', 'AWS::ElasticLoadBalancingV2::ListenerRule', {
    ListenerArn: ref('listener'),
    Priority: 10,
    Conditions: [{ Field: 'path-pattern', Values: ['/chat/*'] }],
    Actions: [{ Type: 'forward', TargetGroupArn: ref('targets') }],
    ...(properties as object),
  });

const built = (...more: readonly DeclaredResource[]) => declaredNetwork(...around, ...more);
const listenersOf = (...more: readonly DeclaredResource[]) => built(...more).loadBalancers.get('alb')!.listeners;

describe('load balancers that are declared', () => {
  it('have a node in each subnet, open to the internet unless they are internal', () => {
    const network = built(balancer());
    expect(network.loadBalancers.get('alb')).toMatchObject({
      balancerType: 'application',
      scheme: 'internet-facing',
      vpc: 'vpc',
      interfaces: ['alb/a', 'alb/b'],
      listeners: [],
      crossZone: true,
    });
    expect(network.interfaces.get('alb/a')).toMatchObject({ role: 'load-balancer', groups: ['group'] });
    expect(network.interfaces.get('alb/a')?.addresses[0]).toMatchObject({ publicPending: true });
    const inside = built(balancer({ Scheme: 'internal' })).interfaces.get('alb/a');
    expect(inside?.addresses[0]).not.toHaveProperty('publicIp');
  });

  it('may be open to the internet where that is not known', () => {
    const { interfaces } = built(balancer({ Scheme: unknown }));
    expect(interfaces.get('alb/a')).not.toHaveProperty('state');
    expect(interfaces.get('alb/a')?.addresses[0]).not.toHaveProperty('publicIp');
    expect(interfaces.get('alb/a/perhaps')).toHaveProperty('state');
    expect(interfaces.get('alb/a/perhaps')?.addresses[0]).toMatchObject({ publicPending: true });
  });

  it("have the VPC's default group, but for Network Load Balancers, which have none", () => {
    const bare = { SecurityGroups: null };
    expect(built(balancer(bare)).interfaces.get('alb/a')?.groups).toEqual(['vpc/default-security-group']);
    const network = built(balancer({ ...bare, Type: 'network' }));
    expect(network.interfaces.get('alb/a')?.groups).toEqual([]);
    expect(network.loadBalancers.get('alb')?.crossZone).toBe(false);
  });

  it('have the addresses of their mappings', () => {
    const mapped = balancer({
      Type: 'network',
      Scheme: 'internal',
      Subnets: null,
      SubnetMappings: [{ SubnetId: ref('a'), PrivateIPv4Address: '10.0.0.9' }],
    });
    const [first] = built(mapped).interfaces.get('alb/a')!.addresses;
    expect(first).toMatchObject({ address: { value: 0x0a000009n } });
    expect(first).not.toHaveProperty('pending');
  });

  it('send to every zone where an attribute says so', () => {
    const attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: true }];
    const on = balancer({ Type: 'network', LoadBalancerAttributes: attributes });
    expect(built(on).loadBalancers.get('alb')?.crossZone).toBe(true);
    const open = balancer({ Type: 'network', LoadBalancerAttributes: unknown });
    expect(isUnread(built(open).loadBalancers.get('alb')!.crossZone)).toBe(true);
  });

  it('may stand in each subnet of their VPC where it is not known in which', () => {
    const { interfaces } = built(balancer({ Subnets: [ref('a'), unknown] }));
    expect(interfaces.get('alb/b')).toHaveProperty('state');
  });
});

describe('listeners that are declared', () => {
  it('forward to the groups of their default actions and rules', () => {
    expect(listenersOf(balancer(), targets(), listener(), rule())).toMatchObject([
      { id: 'listener', protocol: 'HTTPS', from: 443, to: 443, forwards: [{ group: 'targets' }] },
    ]);
  });

  it('forward to nobody by actions that answer themselves', () => {
    const redirect = listener({ DefaultActions: [{ Type: 'redirect', RedirectConfig: { Host: unknown } }] });
    expect(listenersOf(balancer(), redirect)).toMatchObject([{ forwards: [] }]);
  });

  it.each([
    ['port', listener({ Port: unknown })],
    ['protocol', listener({ Protocol: unknown })],
    ['balancer', listener({ LoadBalancerArn: unknown })],
    ['existence', { ...listener(), uncertain: 'a condition' }],
  ])('leave unread what a balancer listens on where their %s is not known', (_, one) => {
    expect(isUnread(listenersOf(balancer(), targets(), one))).toBe(true);
  });

  it.each([
    ['the group of an action', [listener({ DefaultActions: [{ Type: 'forward', TargetGroupArn: unknown }] })]],
    ['the listener of a rule', [listener(), rule({ ListenerArn: unknown })]],
    ['the priority of a rule', [listener(), rule({ Priority: unknown })]],
    ['whether a rule is there', [listener(), { ...rule(), uncertain: 'a condition' }]],
    ['a group that exists', [listener({ DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:aws:x' }] })]],
  ])('leave unread what they forward to where that is not known: %s', (_, all) => {
    const [one] = listenersOf(balancer(), targets(), ...all) as readonly { readonly forwards: object }[];
    expect(isUnread(one!.forwards)).toBe(true);
  });

  it('forward to nobody for certain by a rule whose conditions are not known', () => {
    const quiet = listener({
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
    const open = rule({ Conditions: [{ Field: 'source-ip', SourceIpConfig: { Values: [unknown] } }] });
    expect(listenersOf(balancer(), targets(), quiet, open)).toMatchObject([
      { forwards: [{ group: 'targets', unsure: 'all' }] },
    ]);
  });

  it('forward for the clients that their conditions name', () => {
    const quiet = listener({
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
    const some = rule({ Conditions: [{ Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/16'] } }] });
    expect(listenersOf(balancer(), targets(), quiet, some)).toMatchObject([
      { forwards: [{ group: 'targets', sources: [{ length: 16 }] }] },
    ]);
  });
});

describe('target groups that are declared', () => {
  const groupOf = (...more: readonly DeclaredResource[]) => built(...more).targetGroups.get('targets')!;

  it('hold the first interface of an instance, whatever address it will have', () => {
    expect(groupOf(targets())).toMatchObject({
      protocol: 'HTTP',
      preservesClientIp: false,
      targets: [{ kind: 'interface', id: 'host/eth0', port: 8080 }],
    });
  });

  it('hold what is registered by an address that AWS has yet to pick', () => {
    const byAddress = targets({ TargetType: 'ip', Targets: [{ Id: ref('host', 'PrivateIp'), Port: 9000 }] });
    expect(groupOf(byAddress).targets).toMatchObject([{ kind: 'interface', id: 'host/eth0', port: 9000 }]);
  });

  it('hold what is attached beside them', () => {
    const beside = declared('beside', 'Vpcproof::ElasticLoadBalancingV2::TargetGroupAttachment', {
      TargetGroupArn: ref('targets'),
      Id: '10.0.1.7',
      Port: 9000,
    });
    const { targets: all } = groupOf(targets({ TargetType: 'ip', Targets: null }), beside);
    expect(all).toMatchObject([{ kind: 'address', id: '10.0.1.7', port: 9000, zone: 'eu-west-1b' }]);
  });

  it('hold whatever runs in an Auto Scaling group', () => {
    const template = declared('template', 'AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { SecurityGroupIds: [ref('group')] },
    });
    const fleet = declared('fleet', 'AWS::AutoScaling::AutoScalingGroup', {
      MinSize: '1',
      MaxSize: '4',
      VPCZoneIdentifier: [ref('a'), ref('b')],
      LaunchTemplate: { LaunchTemplateId: ref('template'), Version: '1' },
      TargetGroupARNs: [ref('targets')],
    });
    const network = built(targets({ Targets: null }), template, fleet);
    const all = network.targetGroups.get('targets')!.targets as readonly { readonly id: string }[];
    const own = [...network.interfaces.keys()].filter((id) => id.startsWith('fleet/'));
    expect(own.length).toBeGreaterThan(1);
    expect(all.map(({ id }) => id)).toEqual(own);
  });

  it.each([
    ['nothing is registered', targets({ Targets: null })],
    ['a target is not known', targets({ Targets: [{ Id: unknown }] })],
    ['the targets are not known', targets({ Targets: unknown })],
    ['a port is not known', targets({ Targets: [{ Id: ref('host'), Port: unknown }] })],
  ])('have unread targets where %s', (_, one) => {
    expect(isUnread(groupOf(one).targets)).toBe(true);
  });

  it.each([
    ['TCP', 'instance', {}, true],
    ['TCP', 'ip', {}, false],
    ['UDP', 'ip', {}, true],
    ['TCP', 'ip', { TargetGroupAttributes: [{ Key: 'preserve_client_ip.enabled', Value: 'true' }] }, true],
    ['TCP', 'instance', { TargetGroupAttributes: [{ Key: 'preserve_client_ip.enabled', Value: false }] }, false],
  ])('of %s and type %s with %j preserve the client: %s', (Protocol, TargetType, more, preserves) => {
    const one = targets({ Protocol, TargetType, Targets: [], ...more });
    expect(groupOf(one).preservesClientIp).toBe(preserves);
  });

  it('leave open whether they preserve the client where that is not known', () => {
    const one = targets({ Protocol: 'TCP', TargetGroupAttributes: unknown });
    expect(isUnread(groupOf(one).preservesClientIp)).toBe(true);
  });
});

describe('classic load balancers that are declared', () => {
  const classic = (properties: Properties = {}) =>
    declared('classic', 'AWS::ElasticLoadBalancing::LoadBalancer', {
      Subnets: [ref('a')],
      SecurityGroups: [ref('group')],
      Listeners: [{ LoadBalancerPort: '80', InstancePort: '8080', Protocol: 'http' }],
      Instances: [ref('host')],
      ...(properties as object),
    });

  it('send to their instances', () => {
    const network = built(classic());
    expect(network.loadBalancers.get('classic')).toMatchObject({
      balancerType: 'classic',
      interfaces: ['classic/a'],
      crossZone: false,
      listeners: [{ protocol: 'HTTP', from: 80, forwards: [{ group: 'classic:instances:8080' }] }],
    });
    expect(network.targetGroups.get('classic:instances:8080')?.targets).toMatchObject([
      { id: 'host/eth0', port: 8080 },
    ]);
  });

  it('listen on what is not known where a listener is not', () => {
    expect(isUnread(built(classic({ Listeners: [unknown] })).loadBalancers.get('classic')!.listeners)).toBe(true);
  });
});

describe('web ACLs that are declared', () => {
  const acl = declared('acl', 'AWS::WAFv2::WebACL', {
    Name: 'acl',
    Scope: 'REGIONAL',
    DefaultAction: { Allow: {} },
    Rules: [
      {
        Name: 'common',
        Priority: 1,
        OverrideAction: { None: {} },
        Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
      },
      { Name: 'own', Priority: 2, Action: { Block: {} }, Statement: { IPSetReferenceStatement: { Arn: unknown } } },
    ],
  });
  const associate = (to: unknown, from: unknown = ref('acl')) =>
    declared('association', 'AWS::WAFv2::WebACLAssociation', { ResourceArn: to as string, WebACLArn: from as string });

  it('stand before the load balancers that they are associated with', () => {
    expect(built(balancer(), acl, associate(ref('alb'))).webAcls.get('acl')).toMatchObject({
      associated: ['alb'],
      ruleGroups: ['AWS:AWSManagedRulesCommonRuleSet'],
    });
  });

  it('stand before none for certain where it is not known which', () => {
    const open = built(balancer(), acl, associate(unknown)).webAcls.get('acl');
    expect(open).toMatchObject({ associated: [], unread: { unread: 'wafv2 list-resources-for-web-acl' } });
  });

  it('may exist already, with rules that are not told', () => {
    const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/x/1';
    expect(built(balancer(), associate(ref('alb'), arn)).webAcls.get(arn)).toMatchObject({
      associated: ['alb'],
      ruleGroups: { unread: 'wafv2 get-web-acl' },
    });
  });

  it('are not counted as problems where they name what exists already', () => {
    const outside = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/x/1';
    expect(declaredFindings(acl, associate(outside)).problems).toEqual([]);
  });
});
