/** VPC Lattice as plans and templates declare it: wholly known, or leading anywhere where anything of it is not. */
import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../../src/network/build/index.ts';
import type { Network } from '../../../src/network/network.ts';
import { isUnread } from '../../../src/network/resource.ts';
import { aroundOf } from '../../../src/sources/declared/around.ts';
import { merge } from '../../../src/sources/declared/base.ts';
import { declare } from '../../../src/sources/declared/index.ts';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { type Fields, Unknown } from '../../../src/sources/declared/value.ts';
import { readDescribe } from '../../../src/sources/describe/index.ts';
import { declaration, declared, declaredNetwork, ref } from '../../support/declared.ts';

const unknown = new Unknown('known after apply');
const lattice = (address: string, type: string, properties: Fields = {}, more: Partial<DeclaredResource> = {}) =>
  declared(address, `AWS::VpcLattice::${type}`, properties, more);

const places = [
  ...['clients', 'providers'].flatMap((name, n) => [
    declared(name, 'AWS::EC2::VPC', { CidrBlock: `10.${n}.0.0/16` }),
    declared(`subnet-${name}`, 'AWS::EC2::Subnet', { VpcId: ref(name), CidrBlock: `10.${n}.0.0/24` }),
  ]),
  declared('group', 'AWS::EC2::SecurityGroup', { VpcId: ref('providers') }),
  declared('host', 'AWS::EC2::Instance', { SubnetId: ref('subnet-providers'), SecurityGroupIds: [ref('group')] }),
];
const network = lattice('network', 'ServiceNetwork', { Name: 'network' });
const association = (more: Fields = {}, of: Partial<DeclaredResource> = {}) =>
  lattice(
    'association',
    'ServiceNetworkVpcAssociation',
    { ServiceNetworkIdentifier: ref('network', 'Arn'), VpcIdentifier: ref('clients'), ...more },
    of,
  );
const member = (more: Fields = {}, of: Partial<DeclaredResource> = {}) =>
  lattice(
    'member',
    'ServiceNetworkServiceAssociation',
    { ServiceNetworkIdentifier: ref('network'), ServiceIdentifier: ref('service'), ...more },
    of,
  );
const service = (more: Fields = {}) => lattice('service', 'Service', { Name: 'service', ...more });
const forward = (group: string, Weight = 100) => ({
  Forward: { TargetGroups: [{ TargetGroupIdentifier: ref(group), Weight }] },
});
const listener = (more: Fields = {}, of: Partial<DeclaredResource> = {}) =>
  lattice(
    'listener',
    'Listener',
    { ServiceIdentifier: ref('service', 'Id'), Protocol: 'HTTPS', DefaultAction: forward('targets'), ...more },
    of,
  );
const rule = (more: Fields = {}, of: Partial<DeclaredResource> = {}) =>
  lattice(
    'rule',
    'Rule',
    {
      ServiceIdentifier: ref('service'),
      ListenerIdentifier: ref('listener'),
      Priority: 10,
      Match: { HttpMatch: { PathMatch: { CaseSensitive: true, Match: { Prefix: '/admin' } } } },
      Action: { FixedResponse: { StatusCode: 404 } },
      ...more,
    },
    of,
  );
const targets = (more: Fields = {}) =>
  lattice('targets', 'TargetGroup', {
    Type: 'INSTANCE',
    Config: { Port: 8443, Protocol: 'HTTPS', VpcIdentifier: ref('providers') },
    Targets: [{ Id: ref('host') }],
    ...more,
  });
const whole = [network, association(), member(), service(), listener(), rule(), targets()];

/** The whole, with others in the place of those of the same address. */
const but = (...others: readonly DeclaredResource[]): readonly DeclaredResource[] => [
  ...whole.filter(({ address }) => others.every((one) => one.address !== address)),
  ...others,
];

describe('a service network that is declared', () => {
  it('has its VPCs, and its services with their listeners, rules and targets', () => {
    const made = declaredNetwork(...places, ...whole);
    expect(made.opaqueGateways.has('network')).toBe(false);
    expect(made.serviceNetworks.get('network')).toMatchObject({
      authorizes: false,
      associations: [{ id: 'association', vpc: 'clients', state: 'active', groups: [] }],
      services: [{ id: 'service', state: 'active' }],
      resources: [],
    });
    expect(made.latticeServices.get('service')?.listeners).toMatchObject([
      { id: 'listener', protocol: 'HTTPS', from: 443, to: 443, forwards: [{ group: 'targets' }] },
    ]);
    expect(made.targetGroups.get('targets')?.targets).toMatchObject([
      { kind: 'interface', id: 'host/eth0', port: 8443 },
    ]);
    expect(made.coverage.filter(({ status }) => status === 'not-modelled')).toEqual([]);
  });

  it('tells apart target groups of stacks with the same logical id', () => {
    const inStack = (stack: string): readonly DeclaredResource[] => [
      lattice(`${stack}/listener`, 'Listener', {
        ServiceIdentifier: ref('service'),
        Protocol: 'HTTP',
        Port: stack === 'A' ? 80 : 81,
        DefaultAction: forward(`${stack}/targets`),
      }),
      lattice(`${stack}/targets`, 'TargetGroup', {
        Type: 'IP',
        Config: { Port: 80, Protocol: 'HTTP', VpcIdentifier: ref('providers') },
        Targets: [{ Id: stack === 'A' ? '10.1.0.10' : '10.1.0.11' }],
      }),
    ];
    const made = declaredNetwork(...places, ...but(...inStack('A'), ...inStack('B')));
    const forwards = made.latticeServices.get('service')?.listeners.map((one) => [one.from, one.forwards]);
    expect(forwards).toMatchObject([
      [443, [{ group: 'targets' }]],
      [80, [{ group: 'A/targets' }]],
      [81, [{ group: 'B/targets' }]],
    ]);
  });

  it('takes targets that are registered beside their group, and those of fleets', () => {
    const beside = declared('beside', 'Vpcproof::VpcLattice::TargetGroupAttachment', {
      TargetGroupIdentifier: ref('targets'),
      Target: { Id: ref('host', 'PrivateIp'), Port: 9443 },
    });
    const fleet = declared('fleet', 'AWS::AutoScaling::AutoScalingGroup', {
      VPCZoneIdentifier: [ref('subnet-providers')],
      MinSize: 1,
      LaunchTemplate: { LaunchTemplateId: ref('template') },
      TrafficSources: [{ Identifier: ref('targets'), Type: 'vpc-lattice' }],
    });
    const template = declared('template', 'AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { SecurityGroupIds: [ref('group')] },
    });
    const made = declaredNetwork(...places, ...but(targets({ Targets: [] }), beside, template, fleet));
    const found = made.targetGroups.get('targets')?.targets;
    if (found === undefined || isUnread(found)) return expect.fail('the targets are known');
    expect([...new Set(found.map(({ id }) => id.replace(/\/.*/, '')))]).toEqual(['host', 'fleet']);
  });

  it('lets pass whom a policy decides only where its type says so', () => {
    const policy = lattice('policy', 'AuthPolicy', { ResourceIdentifier: ref('network'), Policy: {} });
    const authorizes = (AuthType: Fields[string]) =>
      declaredNetwork(...places, ...but(service({ AuthType })), policy).latticeServices.get('service')?.authorizes;
    expect(authorizes('NONE')).toBe(false);
    expect(authorizes('AWS_IAM')).toBe(true);
    expect(authorizes(unknown)).toMatchObject({ unread: 'vpc-lattice get-service', subject: 'service' });
  });

  it('filters by groups that are unread where it is not known which', () => {
    const made = declaredNetwork(...places, ...but(association({ SecurityGroupIds: [unknown] })));
    expect(isUnread(made.serviceNetworks.get('network')!.associations[0]!.groups)).toBe(true);
  });

  it('may have what a condition decides', () => {
    const uncertain = { uncertain: 'a condition' };
    const made = declaredNetwork(...places, ...but(association({}, uncertain), member({}, uncertain)));
    expect(made.serviceNetworks.get('network')).toMatchObject({
      associations: [{ state: 'pending' }],
      services: [{ state: 'pending' }],
    });
  });

  it('may serve any VPC where it is not known which', () => {
    const made = declaredNetwork(...places, ...but(association({ VpcIdentifier: unknown })));
    const associations = made.serviceNetworks.get('network')?.associations;
    expect(associations).toMatchObject([
      { vpc: 'clients', state: 'pending' },
      { vpc: 'providers', state: 'pending' },
    ]);
  });

  const target = (Target: Fields | Unknown, group: Fields[string] = ref('targets')) =>
    declared('beside', 'Vpcproof::VpcLattice::TargetGroupAttachment', { TargetGroupIdentifier: group, Target });
  const unsettled: readonly (readonly [why: string, ...resources: DeclaredResource[]])[] = [
    ['which service is its own', member({ ServiceIdentifier: unknown })],
    [
      'whether a service of another network is its own',
      lattice('other', 'ServiceNetworkServiceAssociation', {
        ServiceNetworkIdentifier: unknown,
        ServiceIdentifier: unknown,
      }),
    ],
    [
      'which resource is its own',
      lattice('other', 'ServiceNetworkResourceAssociation', {
        ServiceNetworkId: ref('network'),
        ResourceConfigurationId: unknown,
      }),
    ],
    ['the port of a listener', listener({ Port: unknown })],
    ['the protocol of a listener', listener({ Protocol: unknown })],
    ['what a listener does', listener({ DefaultAction: unknown })],
    [
      'which group a listener forwards to',
      listener({ DefaultAction: { Forward: { TargetGroups: [{ TargetGroupIdentifier: unknown }] } } }),
    ],
    [
      'how a listener weighs',
      listener({
        DefaultAction: { Forward: { TargetGroups: [{ TargetGroupIdentifier: ref('targets'), Weight: unknown }] } },
      }),
    ],
    ['whether a listener is there', listener({}, { uncertain: 'a condition' })],
    [
      'of which service another listener is',
      lattice('second', 'Listener', {
        ServiceIdentifier: unknown,
        Protocol: 'HTTP',
        DefaultAction: { FixedResponse: { StatusCode: 404 } },
      }),
    ],
    ['which requests a rule takes', rule({ Match: { HttpMatch: { Method: unknown } } })],
    ['which rule comes first', rule({ Priority: unknown })],
    ['what a rule does', rule({ Action: unknown })],
    ['whether a rule is there', rule({}, { uncertain: 'a condition' })],
    ['of which listener a rule is', rule({ ListenerIdentifier: unknown })],
    ['what kind of targets a group has', targets({ Type: unknown })],
    ['in which VPC a group is', targets({ Config: { Port: 1, VpcIdentifier: unknown } })],
    ['a target', targets({ Targets: [{ Id: unknown }] })],
    ['all targets', targets({ Targets: unknown })],
    ['what registers targets, where nothing does', targets({ Targets: [] })],
    ['a target beside the group', target(unknown)],
    ['whether a target is of the group', target({ Id: ref('host') }, unknown)],
    [
      'which port a service of containers listens on',
      declared('tasks', 'AWS::ECS::Service', {
        VpcLatticeConfigurations: [{ TargetGroupArn: ref('targets'), PortName: 'http' }],
      }),
    ],
    ['what else is associated with it', { ...network, id: 'sn-1' }],
  ];
  const each = unsettled.map(([why, ...resources]) => [why, resources] as const);
  it.each(each)('leads anywhere where it is not known: %s', (_, resources) => {
    const made = declaredNetwork(...places, ...but(...resources));
    const [first, ...others] = [...made.opaqueGateways.values()].filter(({ kind }) => kind === 'service-network');
    expect([first, others]).toMatchObject([{ vpcs: ['clients', 'providers'], clients: ['clients'] }, []]);
    expect(made.serviceNetworks.size).toBe(0);
  });
});

describe('resources that are shared', () => {
  const gateway = (more: Fields = {}) =>
    lattice('gateway', 'ResourceGateway', {
      VpcIdentifier: ref('providers'),
      SubnetIds: [ref('subnet-providers')],
      SecurityGroupIds: [ref('group')],
      ...more,
    });
  const resource = (more: Fields = {}) =>
    lattice('resource', 'ResourceConfiguration', {
      ResourceConfigurationType: 'SINGLE',
      ResourceGatewayId: ref('gateway'),
      PortRanges: ['5432', '8000-8010'],
      ResourceConfigurationDefinition: { IpResource: '10.1.0.10' },
      ...more,
    });
  const endpoint = declared('endpoint', 'AWS::EC2::VPCEndpoint', {
    VpcEndpointType: 'Resource',
    VpcId: ref('clients'),
    SubnetIds: [ref('subnet-clients')],
    ResourceConfigurationArn: ref('resource', 'Arn'),
  });
  const found = (...resources: readonly DeclaredResource[]): Network => declaredNetwork(...places, ...resources);

  it('stand behind the interfaces of their gateway, and are asked for by an endpoint', () => {
    const made = found(gateway(), resource(), endpoint);
    expect(made.endpoints.get('endpoint')?.resourceConfiguration).toBe('resource');
    expect(made.resourceGateways.get('gateway')).toMatchObject({
      interfaces: ['gateway/subnet-providers'],
      state: 'active',
    });
    expect(made.interfaces.get('gateway/subnet-providers')).toMatchObject({ role: 'other-service', groups: ['group'] });
    expect(made.resourceConfigurations.get('resource')?.resources).toMatchObject([
      {
        gateway: 'gateway',
        ports: [
          { from: 5432, to: 5432 },
          { from: 8000, to: 8010 },
        ],
        address: { family: 'ipv4' },
      },
    ]);
  });

  it('are members of a group, all of which are declared', () => {
    const group = lattice('all', 'ResourceConfiguration', {
      ResourceConfigurationType: 'GROUP',
      ResourceGatewayId: ref('gateway'),
    });
    const child = resource({
      ResourceConfigurationType: 'CHILD',
      ResourceConfigurationGroupId: ref('all'),
      ResourceGatewayId: null,
    });
    expect(found(gateway(), group, child).resourceConfigurations.get('all')?.resources).toMatchObject([
      { id: 'resource' },
    ]);
    const stray = lattice('stray', 'ResourceConfiguration', {
      ResourceConfigurationType: 'CHILD',
      ResourceConfigurationGroupId: unknown,
    });
    expect(found(gateway(), group, child, stray).resourceConfigurations.has('all')).toBe(false);
  });

  it('may be anywhere that the gateway reaches where their address is not known', () => {
    const made = found(gateway(), resource({ ResourceConfigurationDefinition: { IpResource: unknown } }));
    expect(made.resourceConfigurations.get('resource')?.resources).toMatchObject([{ id: 'resource' }]);
    expect(made.resourceConfigurations.get('resource')?.resources[0]?.address).toBeUndefined();
    expect(made.warnings.join()).toContain('it may be anywhere');
  });

  it.each<readonly [why: string, gateway: DeclaredResource, resource: DeclaredResource]>([
    ['the subnets of the gateway', gateway({ SubnetIds: [unknown] }), resource()],
    ['which gateway', gateway(), resource({ ResourceGatewayId: unknown })],
    ['the ports', gateway(), resource({ PortRanges: [unknown] })],
    ['the kind', gateway(), resource({ ResourceConfigurationType: unknown })],
  ])('are not modelled where it is not known: %s', (_, by, one) => {
    const made = found(by, one, endpoint);
    expect(made.resourceConfigurations.size).toBe(0);
    expect(made.endpoints.get('endpoint')?.resourceConfiguration).toBe('resource');
  });
});

describe('VPC Lattice that runs', () => {
  const arn = (rest: string) => `arn:aws:vpc-lattice:us-east-1:111122223333:${rest}`;
  const listenerArn = arn('service/svc-1/listener/listener-1');
  const vpcs = ['vpc-1', 'vpc-2'];
  const answers = [
    {
      Vpcs: vpcs.map((VpcId, n) => ({ VpcId, CidrBlock: `10.${n}.0.0/16` })),
      Subnets: [],
      RouteTables: [],
      NetworkAcls: [],
      SecurityGroups: [],
      NetworkInterfaces: [],
      InternetGateways: [],
    },
    {
      items: [
        {
          arn: arn('servicenetworkvpcassociation/snva-1'),
          id: 'snva-1',
          serviceNetworkId: 'sn-1',
          vpcId: 'vpc-1',
          status: 'ACTIVE',
        },
      ],
    },
    {
      items: [
        {
          arn: arn('servicenetworkserviceassociation/snsa-1'),
          id: 'snsa-1',
          serviceNetworkId: 'sn-1',
          serviceId: 'svc-1',
          status: 'ACTIVE',
        },
      ],
    },
    { arn: arn('servicenetwork/sn-1'), id: 'sn-1', name: 'one', authType: 'NONE' },
    { arn: arn('service/svc-1'), id: 'svc-1', name: 'one', status: 'ACTIVE', authType: 'NONE' },
    {
      arn: listenerArn,
      id: 'listener-1',
      port: 443,
      protocol: 'HTTPS',
      defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: 'tg-1' }] } },
    },
    { arn: arn('targetgroup/tg-1'), id: 'tg-1', type: 'IP', vpcIdentifier: 'vpc-2', port: 80, protocol: 'HTTP' },
  ];
  const lists = [
    ['list-service-network-service-associations.sn-1.json', [answers[2]!]],
    ['list-service-network-resource-associations.sn-1.json', [{ items: [] }]],
    ['list-listeners.svc-1.json', [{ items: [{ arn: listenerArn, id: 'listener-1', port: 443, protocol: 'HTTPS' }] }]],
    ['list-rules.svc-1.listener-1.json', [{ items: [{ arn: `${listenerArn}/rule/rule-0`, isDefault: true }] }]],
    ['list-targets.tg-1.json', [{ items: [{ id: '10.1.0.10', port: 80, status: 'HEALTHY' }] }]],
  ] as const;
  const files = [
    ...answers.map((json, n) => ({ file: `answer-${n}.json`, json })),
    ...lists.map(([file, [json]]) => ({ file, json })),
  ];
  const changed = (...after: readonly DeclaredResource[]): Network => {
    const { findings, problems } = readDescribe(files);
    expect(problems).toEqual([]);
    const is = declare(declaration(...after), aroundOf(findings));
    const built = buildNetwork(merge(findings, declare(declaration()), is, new Set()), ['answers.json']);
    return built.ok ? built.value : expect.fail(built.problems.map(({ message }) => message).join('\n'));
  };
  const ownRule = (Action: Fields | Unknown, ListenerIdentifier = 'listener-1') =>
    lattice('rule', 'Rule', {
      ServiceIdentifier: 'svc-1',
      ListenerIdentifier,
      Priority: 1,
      Match: { HttpMatch: { Method: 'GET' } },
      Action,
    });
  const group = lattice('group-2', 'TargetGroup', {
    Type: 'IP',
    Config: { Port: 81, VpcIdentifier: 'vpc-2' },
    Targets: [{ Id: '10.1.0.11' }],
  });
  const forwards = (made: Network) => made.latticeServices.get('svc-1')?.listeners.map((one) => one.forwards);

  it('is as it runs where the plan adds nothing', () => {
    expect(forwards(changed())).toMatchObject([[{ group: arn('targetgroup/tg-1') }]]);
    expect(changed().serviceNetworks.has('sn-1')).toBe(true);
  });

  it.each(['listener-1', listenerArn])('has the rule that the plan adds, by `%s`', (name) => {
    expect(forwards(changed(group, ownRule(forward('group-2'), name)))).toMatchObject([
      [{ group: 'group-2' }, { group: arn('targetgroup/tg-1') }],
    ]);
  });

  it('has the service that the plan adds', () => {
    const made = changed(
      lattice('svc-2', 'Service'),
      lattice('snsa-2', 'ServiceNetworkServiceAssociation', {
        ServiceNetworkIdentifier: arn('servicenetwork/sn-1'),
        ServiceIdentifier: ref('svc-2'),
      }),
    );
    expect(made.serviceNetworks.get('sn-1')?.services).toMatchObject([{ id: 'svc-1' }, { id: 'svc-2' }]);
  });

  it.each<readonly [string, DeclaredResource]>([
    ['what a rule does', ownRule(unknown)],
    [
      'a listener',
      lattice('more', 'Listener', { ServiceIdentifier: 'svc-1', Protocol: unknown, DefaultAction: unknown }),
    ],
    [
      'a target',
      declared('target', 'Vpcproof::VpcLattice::TargetGroupAttachment', {
        TargetGroupIdentifier: 'tg-1',
        Target: { Id: unknown, Port: 80 },
      }),
    ],
    [
      'a service',
      lattice('more', 'ServiceNetworkServiceAssociation', {
        ServiceNetworkIdentifier: 'sn-1',
        ServiceIdentifier: unknown,
      }),
    ],
  ])('leads anywhere once the plan adds, and it is not known: %s', (_, one) => {
    const made = changed(one);
    expect(made.serviceNetworks.has('sn-1')).toBe(false);
    expect(made.opaqueGateways.get('sn-1')?.vpcs).toEqual(vpcs);
  });
});
