/** VPCs, peerings, gateways, addresses and prefix lists, as Terraform tells them. */
import { describe, expect, test } from 'vitest';
import { after, at, later, type Plan, property, ref, type Resource, shown } from '../../support/terraform.ts';

const fresh = (address: string, values: Resource['after'] = {}, refs: Resource['refs'] = {}): Resource => ({
  address,
  after: { id: later, ...values },
  refs,
});
const there = (address: string, values: Readonly<Record<string, unknown>>, refs: Resource['refs'] = {}): Resource => ({
  address,
  before: values as never,
  after: values as never,
  actions: ['no-op'],
  refs,
});
const told = (resources: Plan['resources'], address = resources.at(-1)!.address): unknown =>
  shown(at(after({ resources }), address).properties);

describe('a VPC', () => {
  test('tells the ids of what AWS made with it, once it exists', () => {
    const values = {
      id: 'vpc-1',
      cidr_block: '10.0.0.0/16',
      default_security_group_id: 'sg-0',
      default_network_acl_id: 'acl-0',
      default_route_table_id: 'rtb-0',
      main_route_table_id: 'rtb-0',
    };
    expect(told([there('aws_vpc.v', values)])).toEqual({
      CidrBlock: '10.0.0.0/16',
      DefaultSecurityGroup: 'sg-0',
      DefaultNetworkAcl: 'acl-0',
      MainRouteTable: 'rtb-0',
    });
  });

  test('has the IPv6 block that AWS will give, or none', () => {
    expect(told([fresh('aws_vpc.v', { assign_generated_ipv6_cidr_block: true, ipv6_cidr_block: later })])).toEqual({
      AmazonProvidedIpv6CidrBlock: true,
    });
    expect(told([fresh('aws_vpc.v', { assign_generated_ipv6_cidr_block: null, ipv6_cidr_block: later })])).toEqual({});
    expect(
      told([
        there('aws_vpc.v', { id: 'vpc-1', ipv6_cidr_block: '2001:db8::/56', assign_generated_ipv6_cidr_block: true }),
      ]),
    ).toEqual({ Ipv6CidrBlock: '2001:db8::/56' });
  });

  test('has further blocks', () => {
    const it = fresh(
      'aws_vpc_ipv4_cidr_block_association.b',
      { vpc_id: later, cidr_block: '10.1.0.0/16' },
      { vpc_id: ref('aws_vpc.v.id') },
    );
    expect(told([fresh('aws_vpc.v'), it])).toEqual({ VpcId: '→aws_vpc.v', CidrBlock: '10.1.0.0/16' });
  });

  test('that is the account’s default one is adopted', () => {
    expect(told([fresh('aws_default_vpc.v', { cidr_block: later })])).toMatchObject({ Adopts: {} });
  });

  test('has its defaults named by others', () => {
    const group = fresh(
      'aws_instance.i',
      { vpc_security_group_ids: later },
      { vpc_security_group_ids: ref('aws_vpc.v.default_security_group_id') },
    );
    expect(told([fresh('aws_vpc.v', { default_security_group_id: later }), group])).toMatchObject({
      SecurityGroupIds: ['→aws_vpc.v.DefaultSecurityGroup'],
    });
  });
});

test('a subnet’s IPv6 block that is worked out at apply is not known', () => {
  const it = fresh(
    'aws_subnet.s',
    { cidr_block: '10.0.0.0/24', ipv6_cidr_block: later, availability_zone: later },
    { ipv6_cidr_block: ref('aws_vpc.v.ipv6_cidr_block') },
  );
  expect(told([fresh('aws_vpc.v', { ipv6_cidr_block: later }), it])).toEqual({
    CidrBlock: '10.0.0.0/24',
    Ipv6CidrBlock: '?',
  });
});

describe('a peering', () => {
  const vpcs = [fresh('aws_vpc.a'), fresh('aws_vpc.b')];
  const peering = (auto: boolean) =>
    fresh(
      'aws_vpc_peering_connection.p',
      { vpc_id: later, peer_vpc_id: later, auto_accept: auto, accept_status: later },
      { vpc_id: ref('aws_vpc.a.id'), peer_vpc_id: ref('aws_vpc.b.id') },
    );

  test('leads from one VPC to the other', () => {
    expect(told([...vpcs, peering(true)])).toEqual({ VpcId: '→aws_vpc.a', PeerVpcId: '→aws_vpc.b', Accepted: true });
  });

  test('is not accepted by itself', () => {
    expect(told([...vpcs, peering(false)])).toMatchObject({ Accepted: false });
  });

  test('is accepted by its accepter, whose id is the connection’s', () => {
    const accepter = fresh(
      'aws_vpc_peering_connection_accepter.q',
      { vpc_peering_connection_id: later, auto_accept: true },
      { vpc_peering_connection_id: ref('aws_vpc_peering_connection.p.id') },
    );
    const route = fresh(
      'aws_route.r',
      { vpc_peering_connection_id: later },
      { vpc_peering_connection_id: ref('aws_vpc_peering_connection_accepter.q.id') },
    );
    const resources = [...vpcs, peering(false), accepter, route];
    expect(told(resources, 'aws_vpc_peering_connection.p')).toMatchObject({ Accepted: true });
    expect(told(resources)).toEqual({ VpcPeeringConnectionId: '→aws_vpc_peering_connection.p' });
  });

  test('of somebody else is what its accepter tells of it', () => {
    const accepter = there('aws_vpc_peering_connection_accepter.q', {
      id: 'pcx-1',
      vpc_peering_connection_id: 'pcx-1',
      vpc_id: 'vpc-1',
      peer_vpc_id: 'vpc-9',
      accept_status: 'active',
      auto_accept: true,
    });
    expect(told([accepter])).toEqual({ VpcId: 'vpc-9', PeerVpcId: 'vpc-1', Status: 'active', Accepted: true });
  });
});

describe('gateways', () => {
  test('an internet gateway is attached where it says, or by an attachment', () => {
    const gateway = fresh('aws_internet_gateway.g', { vpc_id: later }, { vpc_id: ref('aws_vpc.v.id') });
    expect(told([fresh('aws_vpc.v'), gateway], 'aws_internet_gateway.g#attachment')).toEqual({
      VpcId: '→aws_vpc.v',
      InternetGatewayId: '→aws_internet_gateway.g',
    });
    const apart = [
      fresh('aws_internet_gateway.g', { vpc_id: later }),
      fresh(
        'aws_internet_gateway_attachment.a',
        { vpc_id: 'vpc-1', internet_gateway_id: later },
        { internet_gateway_id: ref('aws_internet_gateway.g.id') },
      ),
    ];
    expect(after({ resources: apart }).resources.map(({ address }) => address)).toEqual([
      'aws_internet_gateway.g',
      'aws_internet_gateway_attachment.a',
    ]);
  });

  test('an attachment that is deleted is not shown by the gateway', () => {
    const gateway = there('aws_internet_gateway.g', { id: 'igw-1', vpc_id: 'vpc-1' });
    const gone: Resource = {
      address: 'aws_internet_gateway_attachment.a',
      before: { internet_gateway_id: 'igw-1', vpc_id: 'vpc-1' },
      after: null,
      refs: {},
    };
    expect(after({ resources: [gateway, gone] }).resources).toHaveLength(1);
  });

  test('a NAT gateway has its subnet and its address; what AWS picks is absent', () => {
    const nat = fresh(
      'aws_nat_gateway.n',
      {
        subnet_id: later,
        allocation_id: later,
        connectivity_type: 'public',
        private_ip: later,
        public_ip: later,
        secondary_private_ip_address_count: later,
      },
      { subnet_id: ref('aws_subnet.s.id'), allocation_id: ref('aws_eip.e.allocation_id') },
    );
    expect(told([fresh('aws_subnet.s'), fresh('aws_eip.e', { allocation_id: later }), nat])).toEqual({
      SubnetId: '→aws_subnet.s',
      AllocationId: '→aws_eip.e',
      ConnectivityType: 'public',
    });
  });

  test('a NAT gateway has the addresses that are associated with it beside', () => {
    const nat = fresh('aws_nat_gateway.n', { subnet_id: 'subnet-1', secondary_allocation_ids: later });
    const more = fresh(
      'aws_nat_gateway_eip_association.a',
      { nat_gateway_id: later, allocation_id: 'eipalloc-1' },
      { nat_gateway_id: ref('aws_nat_gateway.n.id') },
    );
    expect(told([nat, more], 'aws_nat_gateway.n')).toMatchObject({ SecondaryAllocationIds: ['eipalloc-1'] });
  });

  test('an address that a NAT gateway holds is no interface’s beside', () => {
    const nat = there('aws_nat_gateway.n', {
      id: 'nat-1',
      subnet_id: 'subnet-1',
      allocation_id: 'eipalloc-1',
      network_interface_id: 'eni-1',
    });
    const eip = there('aws_eip.e', {
      id: 'eipalloc-1',
      allocation_id: 'eipalloc-1',
      network_interface: 'eni-1',
      public_ip: '203.0.113.9',
      domain: 'vpc',
    });
    expect(told([nat, eip])).toEqual({ Domain: 'vpc', PublicIp: '203.0.113.9' });
  });
});

describe('a prefix list', () => {
  const entry = (rest: Partial<Resource>): Resource => ({
    address: 'aws_ec2_managed_prefix_list_entry.e',
    refs: { prefix_list_id: ref('aws_ec2_managed_prefix_list.l.id') },
    ...rest,
  });

  test('has its entries and those beside it', () => {
    const list = fresh(
      'aws_ec2_managed_prefix_list.l',
      { name: 'x', address_family: 'IPv4', max_entries: 5, entry: [{ cidr: '10.0.0.0/8', description: '' }] },
      { entry: [] },
    );
    const resources = [list, entry({ after: { prefix_list_id: later, cidr: '192.0.2.0/24' } })];
    expect(told(resources, 'aws_ec2_managed_prefix_list.l')).toMatchObject({
      Entries: [{ Cidr: '10.0.0.0/8' }, { Cidr: '192.0.2.0/24' }],
    });
    expect(after({ resources }).resources).toHaveLength(1);
  });

  test('shows no entry that is deleted beside it', () => {
    const list = there('aws_ec2_managed_prefix_list.l', {
      id: 'pl-1',
      entry: [{ cidr: '10.0.0.0/8' }, { cidr: '192.0.2.0/24' }],
    });
    const gone = entry({ before: { prefix_list_id: 'pl-1', cidr: '192.0.2.0/24' }, after: null });
    expect(property(after({ resources: [list, gone] }), 'aws_ec2_managed_prefix_list.l', 'Entries')).toEqual([
      { Cidr: '10.0.0.0/8' },
    ]);
  });
});

test('a flow log watches what it names', () => {
  const it = fresh('aws_flow_log.f', { subnet_id: later, traffic_type: 'ALL' }, { subnet_id: ref('aws_subnet.s.id') });
  expect(told([fresh('aws_subnet.s'), it])).toEqual({
    ResourceType: 'Subnet',
    ResourceId: '→aws_subnet.s',
    TrafficType: 'ALL',
  });
});
