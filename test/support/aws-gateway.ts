/** Internet gateways, NAT gateways and VPC endpoints as `aws ec2 describe-*` prints them. */
import type { CarrierGateway, InternetGateway, NatGateway, NatGatewayAddress, VpcEndpoint } from '@aws-sdk/client-ec2';
import { invariant } from '../../src/base/invariant.ts';
import { account, endpointInterface, natInterface, region, zoneId, zoneName } from './identity.ts';
import { serviceNamed } from './aws-endpoint-service.ts';
import type { NatSpec, Spec } from './spec.ts';

export function describeInternetGateways(spec: Spec): InternetGateway[] {
  return spec.igws.map(({ id, vpc }) => ({
    InternetGatewayId: id,
    OwnerId: account,
    Attachments: vpc === undefined ? [] : [{ State: 'available' as 'attached', VpcId: vpc }],
    Tags: [],
  }));
}

export const describeCarriers = (spec: Spec): CarrierGateway[] =>
  spec.carriers.map(({ id, vpc, state }) => ({
    CarrierGatewayId: id,
    VpcId: vpc,
    State: (state ?? 'available') as 'available',
    OwnerId: account,
    Tags: [],
  }));

export function describeNat(spec: Spec, nat: NatSpec): NatGateway {
  const regional = nat.subnet === undefined;
  const vpc = nat.vpc ?? spec.subnets.find(({ id }) => id === nat.subnet)?.vpc;
  invariant(vpc !== undefined, `${nat.id} has a subnet or a VPC`);
  return {
    NatGatewayId: nat.id,
    VpcId: vpc,
    ...(regional ? {} : { SubnetId: nat.subnet }),
    State: (nat.state ?? 'available') as 'available',
    ConnectivityType: nat.private === true ? 'private' : 'public',
    AvailabilityMode: regional ? 'regional' : 'zonal',
    ...(nat.table === undefined ? {} : { RouteTableId: nat.table }),
    NatGatewayAddresses: nat.ips.map((ip, i): NatGatewayAddress => {
      if (regional) {
        const [address, zone] = ip.split('@');
        return {
          PublicIp: address!,
          AllocationId: `eipalloc-${address}`,
          Status: 'succeeded',
          ...(zone === undefined ? {} : { AvailabilityZone: zoneName(zone), AvailabilityZoneId: zoneId(zone) }),
        };
      }
      const [address, mapped] = ip.split('=');
      return {
        NetworkInterfaceId: natInterface(nat),
        PrivateIp: address!,
        IsPrimary: i === 0,
        Status: 'succeeded',
        ...(mapped === undefined ? {} : { PublicIp: mapped, AllocationId: `eipalloc-${mapped}` }),
      };
    }),
    Tags: [],
  };
}

export function describeEndpoints(spec: Spec): VpcEndpoint[] {
  const common = (id: string, vpc: string, service: string, policy?: string, state?: string) => ({
    VpcEndpointId: id,
    VpcId: vpc,
    ServiceName: service.startsWith('vpce-svc-') ? serviceNamed(spec, service) : `com.amazonaws.${region}.${service}`,
    State: (state ?? 'available') as 'Available',
    PolicyDocument: policy ?? '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
    RequesterManaged: false,
    OwnerId: account,
    Tags: [],
  });
  return [
    ...spec.gatewayEndpoints.map(({ id, vpc, service, tables, policy, state }) => ({
      ...common(id, vpc, service, policy, state),
      VpcEndpointType: 'Gateway' as const,
      RouteTableIds: [...tables],
      SubnetIds: [],
      Groups: [],
      NetworkInterfaceIds: [],
      PrivateDnsEnabled: false,
    })),
    ...spec.interfaceEndpoints.map(({ id, vpc, service, type, leads, privateDns, at, groups, policy, state }) => ({
      ...common(id, vpc, service, policy, state),
      ...(type === undefined ? {} : { ServiceName: undefined }),
      VpcEndpointType: type ?? ('Interface' as const),
      ...(leads === undefined ? {} : ledTo(leads)),
      RouteTableIds: [],
      SubnetIds: at.map(({ subnet }) => subnet),
      Groups: groups.map((group) => ({ GroupId: group, GroupName: group })),
      NetworkInterfaceIds: at.map(({ subnet }) => endpointInterface(id, subnet)),
      PrivateDnsEnabled: privateDns ?? true,
    })),
    ...spec.firewallEndpoints.map(
      ({ id, subnet, firewall, dualstack, state, service = 'vpce-svc-0a1b2c3d4e5f60718' }) => ({
        ...common(id, spec.subnets.find((item) => item.id === subnet)!.vpc, service, undefined, state),
        ...(firewall === undefined
          ? { IpAddressType: dualstack === true ? ('dualstack' as const) : ('ipv4' as const) }
          : {}),
        VpcEndpointType: 'GatewayLoadBalancer' as const,
        RouteTableIds: [],
        SubnetIds: [subnet],
        Groups: [],
        NetworkInterfaceIds: [endpointInterface(id, subnet)],
        PrivateDnsEnabled: false,
      }),
    ),
  ];
}

const ledTo = (id: string) =>
  id.startsWith('sn-')
    ? { ServiceNetworkArn: `arn:aws:vpc-lattice:${region}:${account}:servicenetwork/${id}` }
    : { ResourceConfigurationArn: `arn:aws:vpc-lattice:${region}:${account}:resourceconfiguration/${id}` };
