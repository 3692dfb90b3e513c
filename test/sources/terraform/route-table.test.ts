/** Route tables, network ACLs and what is associated with them, as Terraform tells them. */
import { describe, expect, test } from 'vitest';
import { after, at, later, property, ref, type Resource, shown } from '../../support/terraform.ts';

const vpc: Resource = { address: 'aws_vpc.v', after: { id: later, cidr_block: '10.0.0.0/16' }, refs: {} };
const told = (resources: readonly Resource[], address: string): unknown => {
  const { type, properties } = at(after({ resources }), address);
  return { type, ...(shown(properties) as object) };
};
const fresh = (address: string): Resource => ({ address, after: { id: later }, refs: {} });

describe('a route', () => {
  const by = (argument: string, target: string, value: unknown = later) =>
    told(
      [
        fresh(target),
        {
          address: 'aws_route.r',
          after: { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0', [argument]: value as never },
          refs: { [argument]: ref(`${target}.id`) },
        },
      ],
      'aws_route.r',
    );

  test.each([
    ['gateway_id', 'aws_internet_gateway.x', 'GatewayId'],
    ['gateway_id', 'aws_vpn_gateway.x', 'GatewayId'],
    ['gateway_id', 'aws_nat_gateway.x', 'NatGatewayId'],
    ['gateway_id', 'aws_vpc_endpoint.x', 'VpcEndpointId'],
    ['nat_gateway_id', 'aws_nat_gateway.x', 'NatGatewayId'],
    ['egress_only_gateway_id', 'aws_egress_only_internet_gateway.x', 'EgressOnlyInternetGatewayId'],
    ['vpc_peering_connection_id', 'aws_vpc_peering_connection.x', 'VpcPeeringConnectionId'],
    ['transit_gateway_id', 'aws_ec2_transit_gateway.x', 'TransitGatewayId'],
    ['vpc_endpoint_id', 'aws_vpc_endpoint.x', 'VpcEndpointId'],
    ['network_interface_id', 'aws_network_interface.x', 'NetworkInterfaceId'],
  ])('whose `%s` is %s leads there', (argument, target, name) => {
    expect(by(argument, target)).toEqual({
      type: 'AWS::EC2::Route',
      RouteTableId: 'rtb-1',
      DestinationCidrBlock: '0.0.0.0/0',
      [name]: `→${target}`,
    });
  });

  test.each([
    ['igw-1', 'GatewayId'],
    ['nat-1', 'NatGatewayId'],
    ['vpce-1', 'VpcEndpointId'],
    ['local', 'GatewayId'],
  ])('whose gateway is known as %s goes by what that is', (id, name) => {
    expect(by('gateway_id', 'aws_internet_gateway.x', id)).toMatchObject({ [name]: id });
  });

  test('to an instance’s interface leads there', () => {
    const it = {
      address: 'aws_route.r',
      after: { network_interface_id: later },
      refs: { network_interface_id: ref('aws_instance.x.primary_network_interface_id') },
    };
    const instance = { address: 'aws_instance.x', after: { id: later, primary_network_interface_id: later }, refs: {} };
    expect(told([instance, it], 'aws_route.r')).toMatchObject({
      NetworkInterfaceId: '→aws_instance.x.NetworkInterface',
    });
  });

  test('to a firewall’s endpoint leads to that of its only subnet, or to any of several', () => {
    const firewall = (...subnets: readonly string[]): readonly Resource[] => [
      ...subnets.map(fresh),
      {
        address: 'aws_networkfirewall_firewall.f',
        after: { id: later, subnet_mapping: subnets.map(() => ({ subnet_id: later })), firewall_status: later },
        refs: { subnet_mapping: subnets.map((one) => ({ subnet_id: { references: ref(`${one}.id`) } })) },
      },
      {
        address: 'aws_route.r',
        after: { vpc_endpoint_id: later },
        refs: { vpc_endpoint_id: ref('aws_networkfirewall_firewall.f.firewall_status[0].sync_states') },
      },
    ];
    expect(told(firewall('aws_subnet.a'), 'aws_route.r')).toMatchObject({
      VpcEndpointId: '→aws_networkfirewall_firewall.f.EndpointIn:aws_subnet.a',
    });
    expect(told(firewall('aws_subnet.a', 'aws_subnet.b'), 'aws_route.r')).toMatchObject({
      VpcEndpointId:
        '? →aws_networkfirewall_firewall.f.EndpointIn:aws_subnet.a | →aws_networkfirewall_firewall.f.EndpointIn:aws_subnet.b',
    });
  });
});

describe('what a table shows that `aws_route` manages', () => {
  const route = (cidr_block: string, gateway_id: string) => ({
    cidr_block,
    gateway_id,
    ipv6_cidr_block: '',
    nat_gateway_id: '',
  });
  const shows = { id: 'rtb-1', vpc_id: 'vpc-1', route: [route('0.0.0.0/0', 'igw-1'), route('192.0.2.0/24', 'vgw-1')] };
  const table = (refs: Resource['refs']): Resource => ({
    address: 'aws_route_table.t',
    before: shows,
    after: shows,
    actions: ['no-op'],
    refs,
  });
  const gone: Resource = {
    address: 'aws_route.r',
    before: { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' },
    after: null,
    refs: {},
  };

  test('goes when that is deleted; what somebody else made stays', () => {
    expect(told([table({}), gone], 'aws_route_table.t')).toMatchObject({
      Routes: [{ DestinationCidrBlock: '192.0.2.0/24', GatewayId: 'vgw-1' }],
    });
  });

  test('stays where it is written in the table', () => {
    expect(told([table({ route: [] }), gone], 'aws_route_table.t')).toMatchObject({
      Routes: [{ GatewayId: 'igw-1' }, { GatewayId: 'vgw-1' }],
    });
  });
});

describe('tables', () => {
  test('that are associated with a subnet or with a gateway', () => {
    const it = (key: string, target: string): Resource => ({
      address: 'aws_route_table_association.a',
      after: { route_table_id: 'rtb-1', [key]: later },
      refs: { [key]: ref(`${target}.id`) },
    });
    expect(told([fresh('aws_subnet.s'), it('subnet_id', 'aws_subnet.s')], 'aws_route_table_association.a')).toEqual({
      type: 'AWS::EC2::SubnetRouteTableAssociation',
      RouteTableId: 'rtb-1',
      SubnetId: '→aws_subnet.s',
    });
    expect(
      told(
        [fresh('aws_internet_gateway.g'), it('gateway_id', 'aws_internet_gateway.g')],
        'aws_route_table_association.a',
      ),
    ).toEqual({
      type: 'AWS::EC2::GatewayRouteTableAssociation',
      RouteTableId: 'rtb-1',
      GatewayId: '→aws_internet_gateway.g',
    });
  });

  test('that become the main one', () => {
    const it: Resource = {
      address: 'aws_main_route_table_association.m',
      after: { vpc_id: later, route_table_id: 'rtb-1' },
      refs: { vpc_id: ref('aws_vpc.v.id') },
    };
    expect(told([vpc, it], 'aws_main_route_table_association.m')).toEqual({
      type: 'Vpcproof::EC2::MainRouteTableAssociation',
      VpcId: '→aws_vpc.v',
      RouteTableId: 'rtb-1',
    });
  });

  test('that are the VPC’s original one, adopted, and named so by others', () => {
    const adopted: Resource = {
      address: 'aws_default_route_table.d',
      after: { id: later, default_route_table_id: later, route: [] },
      refs: { default_route_table_id: ref('aws_vpc.v.default_route_table_id'), route: { constant_value: [] } },
    };
    const it = { ...vpc, after: { ...vpc.after, default_route_table_id: later, main_route_table_id: later } };
    expect(told([it, adopted], 'aws_default_route_table.d')).toEqual({
      type: 'AWS::EC2::RouteTable',
      Adopts: { VpcId: '→aws_vpc.v' },
      Routes: [],
    });
    const route: Resource = {
      address: 'aws_route.r',
      after: { route_table_id: later },
      refs: { route_table_id: ref('aws_vpc.v.main_route_table_id') },
    };
    expect(told([it, route], 'aws_route.r')).toMatchObject({ RouteTableId: '→aws_vpc.v.MainRouteTable' });
  });

  test('of a VPC whose main role somebody gave to another', () => {
    const there = { id: 'vpc-1', default_route_table_id: 'rtb-0', main_route_table_id: 'rtb-9' };
    const it: Resource = { address: 'aws_vpc.v', before: there, after: there, refs: {} };
    expect(told([it], 'aws_vpc.v#main-route-table')).toEqual({
      type: 'Vpcproof::EC2::MainRouteTableAssociation',
      VpcId: '→aws_vpc.v',
      RouteTableId: 'rtb-9',
    });
    const by: Resource = {
      address: 'aws_main_route_table_association.m',
      before: { vpc_id: 'vpc-1', route_table_id: 'rtb-9' },
      after: null,
      refs: {},
    };
    expect(after({ resources: [it, by] }).resources.map(({ address }) => address)).toEqual(['aws_vpc.v']);
  });
});

describe('a network ACL', () => {
  const entry = {
    rule_no: 100,
    action: 'allow',
    protocol: 'tcp',
    from_port: 443,
    to_port: 443,
    cidr_block: '0.0.0.0/0',
    ipv6_cidr_block: '',
    icmp_type: 0,
    icmp_code: 0,
  };
  const entries = (resources: readonly Resource[]): unknown =>
    property(after({ resources }), 'aws_network_acl.n', 'Entries');

  test('has its entries in both directions, and its subnets', () => {
    const it: Resource = {
      address: 'aws_network_acl.n',
      after: {
        id: later,
        vpc_id: 'vpc-1',
        ingress: [entry],
        egress: [{ ...entry, protocol: '-1' }],
        subnet_ids: later,
      },
      refs: { subnet_ids: ref('aws_subnet.s.id'), ingress: [], egress: [] },
    };
    expect(told([fresh('aws_subnet.s'), it], 'aws_network_acl.n')).toMatchObject({
      Entries: [
        {
          RuleNumber: 100,
          Egress: false,
          Protocol: 6,
          RuleAction: 'allow',
          CidrBlock: '0.0.0.0/0',
          PortRange: { From: 443, To: 443 },
        },
        { RuleNumber: 100, Egress: true, Protocol: -1 },
      ],
      SubnetIds: ['→aws_subnet.s'],
    });
  });

  test('without entries has none, and denies all', () => {
    expect(
      entries([{ address: 'aws_network_acl.n', after: { id: later, ingress: later, egress: later }, refs: {} }]),
    ).toEqual([]);
  });

  test('shows no entry that one beside it managed', () => {
    const shows = { id: 'acl-1', ingress: [entry, { ...entry, rule_no: 200 }], egress: [{ ...entry, rule_no: 200 }] };
    const rule: Resource = {
      address: 'aws_network_acl_rule.r',
      before: { network_acl_id: 'acl-1', rule_number: 200, egress: false },
      after: null,
      refs: {},
    };
    expect(entries([{ address: 'aws_network_acl.n', before: shows, after: shows, refs: {} }, rule])).toMatchObject([
      { RuleNumber: 100, Egress: false },
      { RuleNumber: 200, Egress: true },
    ]);
  });

  test('that is the VPC’s default one is adopted', () => {
    const it: Resource = {
      address: 'aws_default_network_acl.d',
      after: { id: later, default_network_acl_id: later, ingress: [], egress: [] },
      refs: { default_network_acl_id: ref('aws_vpc.v.default_network_acl_id') },
    };
    expect(
      told([{ ...vpc, after: { ...vpc.after, default_network_acl_id: later } }, it], 'aws_default_network_acl.d'),
    ).toEqual({ type: 'AWS::EC2::NetworkAcl', Adopts: { VpcId: '→aws_vpc.v' }, Entries: [] });
  });
});
