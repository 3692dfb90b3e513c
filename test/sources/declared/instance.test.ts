import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredNetwork, ref } from '../../support/declared.ts';

const network = [
  declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  declared('a', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.1.0/24', MapPublicIpOnLaunch: true }),
  declared('b', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.2.0/24' }),
  declared('igw', 'AWS::EC2::InternetGateway', { VpcId: ref('vpc') }),
  declared('group', 'AWS::EC2::SecurityGroup', { VpcId: ref('vpc'), SecurityGroupEgress: [] }),
];
const interfaceOf = (made: ReturnType<typeof declaredNetwork>, id: string) => made.interfaces.get(id)!;

describe('instances that are declared', () => {
  it('have an interface with an address to come, and their groups', () => {
    const made = declaredNetwork(
      ...network,
      declared('web', 'AWS::EC2::Instance', { SubnetId: ref('b'), SecurityGroupIds: [ref('group')] }),
    );
    expect(made.instances.get('web')).toMatchObject({ interfaces: ['web/eth0'], declaredAs: 'web' });
    const nic = interfaceOf(made, 'web/eth0');
    expect(nic).toMatchObject({ groups: ['group'], vpc: 'vpc', role: 'host', instance: 'web' });
    expect(nic.addresses).toHaveLength(1);
    expect(nic.addresses[0]).not.toHaveProperty('publicIp');
    expect(nic).not.toHaveProperty('state');
  });

  it('have the default group where they name none', () => {
    const made = declaredNetwork(...network, declared('web', 'AWS::EC2::Instance', { SubnetId: ref('b') }));
    expect(interfaceOf(made, 'web/eth0').groups).toEqual(['vpc/default-security-group']);
  });

  it('get a public address by their subnet, unless they say otherwise, or by an Elastic IP address', () => {
    const made = declaredNetwork(
      ...network,
      declared('mapped', 'AWS::EC2::Instance', { SubnetId: ref('a') }),
      declared('refused', 'AWS::EC2::Instance', {
        NetworkInterfaces: [
          { DeviceIndex: '0', SubnetId: ref('a'), AssociatePublicIpAddress: false, GroupSet: [ref('group')] },
        ],
      }),
      declared('elastic', 'AWS::EC2::Instance', { SubnetId: ref('b') }),
      declared('eip', 'AWS::EC2::EIP', { InstanceId: ref('elastic') }),
    );
    const isPublic = (id: string) => interfaceOf(made, `${id}/eth0`).addresses[0]!.publicIp !== undefined;
    expect(['mapped', 'refused', 'elastic'].map(isPublic)).toEqual([true, false, true]);
  });

  it('may have any group where theirs are not known', () => {
    const made = declaredNetwork(
      ...network,
      declared('web', 'AWS::EC2::Instance', { SubnetId: ref('b'), SecurityGroupIds: new Unknown('known after apply') }),
    );
    expect(interfaceOf(made, 'web/eth0')).toMatchObject({ groups: [], state: 'unknown' });
  });

  it('may be in each subnet where theirs is one of several', () => {
    const made = declaredNetwork(
      ...network,
      declared('web', 'AWS::EC2::Instance', { SubnetId: new Unknown('known after apply', [ref('a'), ref('b')]) }),
    );
    expect(['web/eth0/a', 'web/eth0/b'].map((id) => interfaceOf(made, id).state)).toEqual(['unknown', 'unknown']);
  });

  it('hold interfaces that are declared by themselves', () => {
    const made = declaredNetwork(
      ...network,
      declared('nic', 'AWS::EC2::NetworkInterface', {
        SubnetId: ref('b'),
        GroupSet: [ref('group')],
        SourceDestCheck: false,
      }),
      declared('web', 'AWS::EC2::Instance', {
        NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: ref('nic') }],
      }),
    );
    expect(made.instances.get('web')!.interfaces).toEqual(['nic']);
    expect(interfaceOf(made, 'nic')).toMatchObject({ attached: true, sourceDestCheck: false, instance: 'web' });
  });

  it('are launched as their template says', () => {
    const made = declaredNetwork(
      ...network,
      declared('template', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { SecurityGroupIds: [ref('group')] } }),
      declared('web', 'AWS::EC2::Instance', {
        SubnetId: ref('b'),
        LaunchTemplate: { LaunchTemplateId: ref('template'), Version: ref('template', 'LatestVersionNumber') },
      }),
    );
    expect(interfaceOf(made, 'web/eth0').groups).toEqual(['group']);
  });
});

describe('groups that scale', () => {
  const template = declared('template', 'AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: {
      NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true, Groups: [ref('group')] }],
    },
  });
  const group = (properties: object) =>
    declared('asg', 'AWS::AutoScaling::AutoScalingGroup', {
      VPCZoneIdentifier: [ref('a'), ref('b')],
      LaunchTemplate: { LaunchTemplateId: ref('template'), Version: '$Latest' },
      ...properties,
    });

  it('have two hosts in each subnet for any number of them', () => {
    const made = declaredNetwork(...network, template, group({ MinSize: '1', MaxSize: '9' }));
    expect([...made.instances.keys()]).toEqual(['asg/a/0', 'asg/a/1', 'asg/b/0', 'asg/b/1']);
    expect(interfaceOf(made, 'asg/b/0/eth0')).toMatchObject({ groups: ['group'], subnet: 'b' });
    expect(interfaceOf(made, 'asg/b/0/eth0').addresses[0]!.publicIp).toBeDefined();
    expect(interfaceOf(made, 'asg/b/0/eth0')).not.toHaveProperty('state');
  });

  it('may have none where none is asked for', () => {
    const made = declaredNetwork(...network, template, group({ MinSize: '0', MaxSize: '1' }));
    expect([...made.interfaces.values()].map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  });
});

describe('NAT gateways that are declared', () => {
  it('have an interface of their own, without a filter, with a public address to come', () => {
    const made = declaredNetwork(
      ...network,
      declared('eip', 'AWS::EC2::EIP'),
      declared('nat', 'AWS::EC2::NatGateway', { SubnetId: ref('a'), AllocationId: ref('eip', 'AllocationId') }),
      declared('table', 'AWS::EC2::RouteTable', {
        VpcId: ref('vpc'),
        Routes: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('nat') }],
      }),
    );
    expect(interfaceOf(made, 'nat/interface')).toMatchObject({ role: 'nat-gateway', groups: [] });
    expect(made.natGateways.get('nat')!.addresses[0]).toHaveProperty('publicIp');
    expect(made.routeTables.get('table')!.routes).toMatchObject([{}, { target: { kind: 'nat-gateway', id: 'nat' } }]);
  });

  it('may lead anywhere where nothing tells of their subnet', () => {
    const made = declaredNetwork(
      ...network,
      declared('nat', 'AWS::EC2::NatGateway', { SubnetId: 'subnet-9' }),
      declared('table', 'AWS::EC2::RouteTable', {
        VpcId: ref('vpc'),
        Routes: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('nat') }],
      }),
    );
    expect(made.routeTables.get('table')!.routes).toMatchObject([{}, { target: { kind: 'unknown', id: 'nat' } }]);
  });
});
