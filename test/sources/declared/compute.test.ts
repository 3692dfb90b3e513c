import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredNetwork, ref } from '../../support/declared.ts';

const network = [
  declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  ...['a', 'b'].map((name, index) =>
    declared(name, 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: `10.0.${index}.0/24` }),
  ),
  declared('group', 'AWS::EC2::SecurityGroup', { VpcId: ref('vpc') }),
];
const both = [ref('a'), ref('b')];
const soon = new Unknown('known after apply');
const shown = (made: ReturnType<typeof declaredNetwork>) =>
  [...made.interfaces.values()].map(({ id, role, groups, state }) => [id, role, groups.join(' '), state]);

describe('a Lambda function', () => {
  const fn = (config: object | Unknown) =>
    declared('fn', 'AWS::Lambda::Function', {
      FunctionName: 'ask',
      VpcConfig: config as never,
      Tags: [{ Key: 'tier', Value: 'ai' }],
    });

  it('has an interface in each subnet, which carries its address and tags and never a public address', () => {
    const made = declaredNetwork(...network, fn({ SubnetIds: both, SecurityGroupIds: [ref('group')] }));
    expect(shown(made)).toEqual([
      ['fn/a', 'lambda', 'group', undefined],
      ['fn/b', 'lambda', 'group', undefined],
    ]);
    expect(made.interfaces.get('fn/a')).toMatchObject({ declaredAs: 'fn', tags: { tier: 'ai' } });
  });

  it('has none without a VPC', () => {
    expect(declaredNetwork(...network, declared('fn', 'AWS::Lambda::Function')).interfaces.size).toBe(0);
  });

  it('may be in any subnet where it is not known in which', () => {
    expect([...declaredNetwork(...network, fn(soon)).interfaces.keys()]).toEqual(['eni-unread-a', 'eni-unread-b']);
    expect(shown(declaredNetwork(...network, fn({ SubnetIds: soon, SecurityGroupIds: [ref('group')] })))).toEqual([
      ['fn/a', 'lambda', 'group', 'unknown'],
      ['fn/b', 'lambda', 'group', 'unknown'],
    ]);
  });
});

describe('tasks of ECS', () => {
  const service = (awsvpc: object, more = {}) =>
    declared('svc', 'AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: awsvpc as never }, ...more });

  it('are two in each subnet, whatever their number, since more may be started', () => {
    const made = declaredNetwork(
      ...network,
      service({ Subnets: both, SecurityGroups: [ref('group')] }, { DesiredCount: 1 }),
    );
    expect(shown(made).map(([id, role]) => [id, role])).toEqual([
      ['svc/a/0/eth0', 'host'],
      ['svc/a/1/eth0', 'host'],
      ['svc/b/0/eth0', 'host'],
      ['svc/b/1/eth0', 'host'],
    ]);
  });

  it('have public addresses where they ask for them', () => {
    const isPublic = (assign: string) =>
      declaredNetwork(...network, service({ Subnets: [ref('a')], AssignPublicIp: assign })).interfaces.get(
        'svc/a/0/eth0',
      )!.addresses[0]!.publicIp !== undefined;
    expect(['ENABLED', 'DISABLED'].map(isPublic)).toEqual([true, false]);
  });

  it('on their hosts’ interfaces have none of their own', () => {
    expect(declaredNetwork(...network, declared('svc', 'AWS::ECS::Service', {})).interfaces.size).toBe(0);
  });
});

describe('a cluster of EKS', () => {
  const cluster = declared('eks', 'AWS::EKS::Cluster', {
    Name: 'main',
    ResourcesVpcConfig: { SubnetIds: both, SecurityGroupIds: [ref('group')] },
  });

  it('has a group of its own, which its nodes have as well', () => {
    const made = declaredNetwork(
      ...network,
      cluster,
      declared('nodes', 'AWS::EKS::Nodegroup', {
        ClusterName: ref('eks'),
        Subnets: [ref('a')],
        ScalingConfig: { MinSize: 1, MaxSize: 3 },
      }),
    );
    expect(made.securityGroups.get('eks/cluster-security-group')!.ingress).toMatchObject([{ peer: { known: true } }]);
    expect(shown(made)).toEqual([
      ['eks/a', 'managed-service', 'eks/cluster-security-group group', 'unknown'],
      ['eks/b', 'managed-service', 'eks/cluster-security-group group', 'unknown'],
      ['nodes/a/0/eth0', 'host', 'eks/cluster-security-group', undefined],
      ['nodes/a/1/eth0', 'host', 'eks/cluster-security-group', undefined],
    ]);
    expect([...made.instances.keys()]).toEqual(['nodes/a/0', 'nodes/a/1']);
  });

  it('is named by the attribute of its group', () => {
    const made = declaredNetwork(
      ...network,
      cluster,
      declared('rule', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: ref('group'),
        IpProtocol: '-1',
        SourceSecurityGroupId: ref('eks', 'ClusterSecurityGroupId'),
      }),
    );
    expect(made.securityGroups.get('group')!.ingress).toMatchObject([
      { peer: { id: 'eks/cluster-security-group', known: true } },
    ]);
  });

  it('with remote access to its nodes filters nothing for certain', () => {
    const nodes = { ClusterName: ref('eks'), Subnets: [ref('a')], RemoteAccess: { Ec2SshKey: 'key' } };
    const made = declaredNetwork(...network, cluster, declared('nodes', 'AWS::EKS::Nodegroup', nodes));
    expect(made.interfaces.get('nodes/a/0/eth0')).toMatchObject({ groups: [], state: 'unknown' });
  });

  it('that is not in the input leaves the groups of nodes open', () => {
    const made = declaredNetwork(
      ...network,
      declared('nodes', 'AWS::EKS::Nodegroup', { ClusterName: 'other', Subnets: [ref('a')] }),
    );
    expect(made.interfaces.get('nodes/a/0/eth0')).toMatchObject({ groups: [], state: 'unknown' });
  });
});

describe('a database', () => {
  const subnets = (...ids: ReturnType<typeof ref>[]) =>
    declared('places', 'AWS::RDS::DBSubnetGroup', { SubnetIds: ids });
  const db = (more = {}) =>
    declared('db', 'AWS::RDS::DBInstance', {
      DBSubnetGroupName: ref('places'),
      VPCSecurityGroups: [ref('group', 'GroupId')],
      ...more,
    });

  it('is in its subnet where there is one alone, and may be in each of several', () => {
    expect(shown(declaredNetwork(...network, subnets(ref('a')), db()))).toEqual([
      ['db/a', 'managed-service', 'group', undefined],
    ]);
    expect(shown(declaredNetwork(...network, subnets(...both), db())).map(([id, , , state]) => [id, state])).toEqual([
      ['db/a', 'unknown'],
      ['db/b', 'unknown'],
    ]);
  });

  it('has a public address where it is publicly accessible', () => {
    const made = declaredNetwork(...network, subnets(ref('a')), db({ PubliclyAccessible: true }));
    expect(made.interfaces.get('db/a')!.addresses[0]!.publicIp).toBeDefined();
  });

  it('of a cluster is where its cluster is, in its groups', () => {
    const made = declaredNetwork(
      ...network,
      subnets(ref('a')),
      declared('cluster', 'AWS::RDS::DBCluster', {
        DBSubnetGroupName: ref('places'),
        VpcSecurityGroupIds: [ref('group')],
      }),
      declared('one', 'AWS::RDS::DBInstance', { DBClusterIdentifier: ref('cluster') }),
    );
    expect(shown(made)).toEqual([['one/a', 'managed-service', 'group', undefined]]);
  });
});

describe('SageMaker', () => {
  it('has a way of its own to the internet for a notebook that does not close it', () => {
    const notebook = (access: string) =>
      declaredNetwork(
        ...network,
        declared('nb', 'AWS::SageMaker::NotebookInstance', {
          SubnetId: ref('a'),
          SecurityGroupIds: [ref('group')],
          DirectInternetAccess: access,
        }),
      );
    expect([...notebook('Disabled').opaqueGateways.keys()]).toEqual([]);
    expect(notebook('Enabled').opaqueGateways.get('nb')).toMatchObject({
      kind: 'direct-internet-access',
      beside: ['nb/a'],
    });
  });

  it('has interfaces for a domain and for models in a VPC', () => {
    const made = declaredNetwork(
      ...network,
      declared('domain', 'AWS::SageMaker::Domain', {
        SubnetIds: [ref('a')],
        VpcId: ref('vpc'),
        AppNetworkAccessType: 'VpcOnly',
        DefaultUserSettings: { SecurityGroups: [ref('group')] },
      }),
      declared('model', 'AWS::SageMaker::Model', {
        VpcConfig: { Subnets: [ref('b')], SecurityGroupIds: [ref('group')] },
      }),
    );
    expect(shown(made)).toEqual([
      ['domain/a', 'other-service', 'group', undefined],
      ['model/b', 'other-service', 'group', undefined],
    ]);
    expect(made.opaqueGateways.size).toBe(0);
  });
});

describe('lists, peerings and Block Public Access', () => {
  it('hold what is declared', () => {
    const made = declaredNetwork(
      ...network,
      declared('other', 'AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' }),
      declared('list', 'AWS::EC2::PrefixList', {
        PrefixListName: 'offices',
        AddressFamily: 'IPv4',
        Entries: [{ Cidr: '10.9.0.0/16' }],
      }),
      declared('open', 'AWS::EC2::PrefixList', {
        PrefixListName: 'open',
        AddressFamily: 'IPv4',
        Entries: [{ Cidr: soon }],
      }),
      declared('pcx', 'AWS::EC2::VPCPeeringConnection', { VpcId: ref('vpc'), PeerVpcId: ref('other') }),
      declared('far', 'AWS::EC2::VPCPeeringConnection', { VpcId: ref('vpc'), PeerVpcId: 'vpc-9' }),
      declared('bpa', 'AWS::EC2::VPCBlockPublicAccessOptions', { InternetGatewayBlockMode: 'block-ingress' }),
      declared('but', 'AWS::EC2::VPCBlockPublicAccessExclusion', {
        SubnetId: ref('a'),
        InternetGatewayExclusionMode: 'allow-bidirectional',
      }),
    );
    expect(made.prefixLists.get('list')).toMatchObject({ name: 'offices', entries: [{ length: 16 }] });
    expect(made.prefixLists.get('open')!.entries).toHaveProperty('unread');
    expect(made.vpcPeerings.get('pcx')).toMatchObject({ vpcs: ['vpc', 'other'] });
    expect(made.opaqueGateways.get('far')).toMatchObject({ kind: 'vpc-peering' });
    expect([...made.subnets.values()].map(({ internetGatewayBlockMode }) => internetGatewayBlockMode)).toEqual([
      'off',
      'block-ingress',
    ]);
  });
});
