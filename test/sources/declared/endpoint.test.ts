import { describe, expect, it } from 'vitest';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredFindings, declaredNetwork, ref } from '../../support/declared.ts';

const unknown = new Unknown('known after apply');
const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const subnet = (name: string, block: string) =>
  declared(name, 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: block, AvailabilityZone: 'eu-west-1a' });
const a = subnet('a', '10.0.0.0/24');
const b = subnet('b', '10.0.1.0/24');
const group = declared('group', 'AWS::EC2::SecurityGroup', { VpcId: ref('vpc'), GroupDescription: 'x' });
const table = declared('table', 'AWS::EC2::RouteTable', { VpcId: ref('vpc') });
const interfaceEndpoint = (properties: Record<string, unknown> = {}) =>
  declared('endpoint', 'AWS::EC2::VPCEndpoint', {
    VpcEndpointType: 'Interface',
    VpcId: ref('vpc'),
    ServiceName: 'com.amazonaws.REGION.bedrock-runtime',
    SubnetIds: [ref('a'), ref('b')],
    SecurityGroupIds: [ref('group')],
    ...(properties as object),
  });
const gatewayEndpoint = (properties: Record<string, unknown> = {}) =>
  declared('endpoint', 'AWS::EC2::VPCEndpoint', {
    VpcId: ref('vpc'),
    ServiceName: 'com.amazonaws.eu-west-1.s3',
    RouteTableIds: [ref('table')],
    ...(properties as object),
  });
const around = [vpc, a, b, group, table];

describe('interface endpoints that are declared', () => {
  it('have an interface in each subnet, with an address to come', () => {
    const network = declaredNetwork(...around, interfaceEndpoint());
    expect(network.endpoints.get('endpoint')).toMatchObject({
      endpointType: 'Interface',
      state: 'available',
      privateDnsEnabled: false,
      interfaces: ['endpoint/a', 'endpoint/b'],
    });
    const nic = network.interfaces.get('endpoint/a')!;
    expect(nic).toMatchObject({ role: 'interface-endpoint', groups: ['group'], denyAllIgwTraffic: false });
    expect(nic.addresses).toEqual([expect.objectContaining({ pending: expect.anything() })]);
  });

  it("have the VPC's default group where none is named", () => {
    const { interfaces } = declaredNetwork(...around, interfaceEndpoint({ SecurityGroupIds: [] }));
    expect(interfaces.get('endpoint/a')?.groups).toEqual(['vpc/default-security-group']);
  });

  it('have the addresses that are asked for', () => {
    const told = { SubnetConfigurations: [{ SubnetId: ref('a'), Ipv4: '10.0.0.7' }] };
    const [first] = declaredNetwork(...around, interfaceEndpoint(told)).interfaces.get('endpoint/a')!.addresses;
    expect(first).toMatchObject({ address: { value: 0x0a000007n } });
    expect(first).not.toHaveProperty('pending');
  });

  it('may stand in each subnet of their VPC where it is not known in which', () => {
    const network = declaredNetwork(...around, interfaceEndpoint({ SubnetIds: [ref('a'), unknown] }));
    expect(network.interfaces.get('endpoint/a')).not.toHaveProperty('state');
    expect(network.interfaces.get('endpoint/b')).toHaveProperty('state');
  });

  it('stand for certain in none of the subnets of which it is one', () => {
    const open = interfaceEndpoint({ SubnetIds: [new Unknown('known after apply', [ref('b')])] });
    const { interfaces } = declaredNetwork(...around, open);
    expect([...interfaces.keys()]).toEqual(['endpoint/b']);
    expect(interfaces.get('endpoint/b')).toHaveProperty('state');
  });

  it('are closed to the internet by IPv6', () => {
    const dual = [
      declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16', Ipv6CidrBlock: '2600:1f18:1::/56' }),
      declared('a', 'AWS::EC2::Subnet', {
        VpcId: ref('vpc'),
        CidrBlock: '10.0.0.0/24',
        Ipv6CidrBlock: '2600:1f18:1::/64',
      }),
    ];
    const endpoint = interfaceEndpoint({ SubnetIds: [ref('a')], SecurityGroupIds: [], IpAddressType: 'dualstack' });
    const nic = declaredNetwork(...dual, endpoint).interfaces.get('endpoint/a')!;
    expect(nic.denyAllIgwTraffic).toBe(true);
    expect(nic.addresses.map(({ address }) => address.family)).toEqual(['ipv4', 'ipv6']);
  });

  it('add up with what is associated beside them', () => {
    const bare = interfaceEndpoint({ SubnetIds: null, SecurityGroupIds: [ref('group')] });
    const beside = declared('beside', 'Vpcproof::EC2::VPCEndpointSubnetAssociation', {
      VpcEndpointId: ref('endpoint'),
      SubnetId: ref('b'),
    });
    const policy = declared('policy', 'Vpcproof::EC2::VPCEndpointPolicy', {
      VpcEndpointId: ref('endpoint'),
      PolicyDocument: { Statement: [] },
    });
    expect(declaredNetwork(...around, bare, beside, policy).endpoints.get('endpoint')).toMatchObject({
      subnets: ['b'],
      interfaces: ['endpoint/b'],
      policy: '{"Statement":[]}',
    });
  });

  it('open nothing by a policy of which a part is not known', () => {
    const open = interfaceEndpoint({ PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: unknown }] } });
    expect(declaredNetwork(...around, open).endpoints.get('endpoint')?.policy).toBe(
      '{"Statement":[{"Effect":"Allow","Principal":"unknown"}]}',
    );
  });

  it('are not modelled where their type is not known, and may stand in their subnets', () => {
    const { findings } = declaredFindings(...around, interfaceEndpoint({ VpcEndpointType: unknown }));
    expect(findings.notModelled).toMatchObject([{ kind: 'vpc-endpoint', id: 'endpoint' }]);
    expect([...findings.edges.hiding]).toEqual(['a', 'b']);
  });
});

describe('gateway endpoints that are declared', () => {
  const routesOf = (...more: readonly DeclaredResource[]) =>
    declaredNetwork(...around, ...more)
      .routeTables.get('table')!
      .routes.filter(({ destination }) => destination.kind === 'prefix-list');

  it("put their service's prefix list into their tables, of which nobody knows the blocks", () => {
    const network = declaredNetwork(...around, gatewayEndpoint());
    expect(routesOf(gatewayEndpoint())).toMatchObject([
      {
        destination: { id: 'com.amazonaws.eu-west-1.s3' },
        target: { kind: 'gateway-endpoint', id: 'endpoint' },
        state: 'active',
      },
    ]);
    expect(network.prefixLists.get('com.amazonaws.eu-west-1.s3')).toMatchObject({
      name: 'com.amazonaws.eu-west-1.s3',
      entries: { unread: 'get-managed-prefix-list-entries' },
    });
  });

  it('put the list of AWS where its id and blocks are known', () => {
    const told = gatewayEndpoint({ PrefixListId: 'pl-1', CidrBlocks: ['52.216.0.0/15'] });
    expect(routesOf(told)).toMatchObject([{ destination: { id: 'pl-1' } }]);
    expect(declaredNetwork(...around, told).prefixLists.get('pl-1')?.entries).toHaveLength(1);
  });

  it('may put a route into each table where it is not known into which', () => {
    expect(routesOf(gatewayEndpoint({ RouteTableIds: unknown }))).toMatchObject([{ state: 'unknown' }]);
    expect(routesOf({ ...gatewayEndpoint(), uncertain: 'a condition' })).toMatchObject([{ state: 'unknown' }]);
  });

  it('put a route into the tables that are associated beside them', () => {
    const beside = declared('beside', 'Vpcproof::EC2::VPCEndpointRouteTableAssociation', {
      VpcEndpointId: ref('endpoint'),
      RouteTableId: ref('table'),
    });
    expect(routesOf(gatewayEndpoint({ RouteTableIds: [] }))).toEqual([]);
    expect(routesOf(gatewayEndpoint({ RouteTableIds: [] }), beside)).toMatchObject([{ state: 'active' }]);
  });
});

describe('endpoint services that are declared', () => {
  const balancer = declared('nlb', 'AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Type: 'network',
    Scheme: 'internal',
    Subnets: [ref('a')],
  });
  const service = (properties: Record<string, unknown> = {}) =>
    declared('service', 'AWS::EC2::VPCEndpointService', {
      NetworkLoadBalancerArns: [ref('nlb')],
      ...(properties as object),
    });
  const consumer = interfaceEndpoint({ ServiceName: ref('service', 'ServiceName') });
  const acceptance = declared('acceptance', 'Vpcproof::EC2::VPCEndpointConnectionAcceptance', {
    ServiceId: ref('service'),
    VpcEndpointId: ref('endpoint'),
  });
  const stateWith = (...more: readonly DeclaredResource[]) =>
    declaredNetwork(...around, balancer, ...more)
      .endpointServices.get('service')
      ?.connections.map(({ state }) => state);

  it('take an endpoint for certain once it is accepted, or needs not be', () => {
    expect(stateWith(service(), consumer)).toEqual(['pending']);
    expect(stateWith(service(), consumer, acceptance)).toEqual(['available']);
    expect(stateWith(service({ AcceptanceRequired: false }), consumer)).toEqual(['available']);
  });

  it('are known by a text around their id', () => {
    const named = interfaceEndpoint({ ServiceName: new Unknown('a text with it', [ref('service')]) });
    expect(stateWith(service({ AcceptanceRequired: 'false' }), named)).toEqual(['available']);
  });

  it('lead to their load balancers, in the zones of these', () => {
    expect(declaredNetwork(...around, balancer, service()).endpointServices.get('service')).toMatchObject({
      loadBalancers: ['nlb'],
      zones: ['eu-west-1a'],
      families: ['ipv4'],
    });
  });

  it('may have consumers elsewhere exactly where somebody is allowed to connect', () => {
    const open = declared('permissions', 'AWS::EC2::VPCEndpointServicePermissions', {
      ServiceId: ref('service'),
      AllowedPrincipals: ['arn:aws:iam::444455556666:root'],
    });
    const of = (...more: readonly DeclaredResource[]) =>
      declaredNetwork(...around, balancer, service(), ...more).endpointServices.get('service');
    expect(of()).not.toHaveProperty('unread');
    expect(of(open)).toHaveProperty('unread');
  });
});
