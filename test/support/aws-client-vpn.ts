/** Client VPN endpoints as the calls about them print them, and their interfaces. */
import type { AuthorizationRule, ClientVpnEndpoint, ClientVpnRoute, TargetNetwork } from '@aws-sdk/client-ec2';
import type { Document } from './aws.ts';
import type { ClientVpnSpec, InterfaceSpec, Spec } from './spec.ts';

const status = (word: string | undefined, settled: string) => ({ Status: { Code: (word ?? settled) as 'active' } });

export function describeClientVpns(spec: Spec): readonly Document[] {
  if (spec.clientVpns.length === 0) return [];
  return [
    {
      file: 'describe-client-vpn-endpoints.json',
      json: { ClientVpnEndpoints: spec.clientVpns.map((one) => describeEndpoint(spec, one)) },
    },
    ...spec.clientVpns.flatMap((one) => answersOf(spec, one)),
  ];
}

const describeEndpoint = (spec: Spec, { id, at, groups, families, state }: ClientVpnSpec) => ({
  ClientVpnEndpointId: id,
  Description: '',
  ...(status(state, 'available') as unknown as Pick<ClientVpnEndpoint, 'Status'>),
  ClientCidrBlock: '10.250.0.0/22',
  SplitTunnel: false,
  VpnProtocol: 'openvpn' as const,
  TransportProtocol: 'udp' as const,
  VpnPort: 443,
  SecurityGroupIds: [...groups],
  VpcId: vpcOf(spec, at?.[0] ?? ''),
  TrafficIpAddressType: families ?? 'ipv4',
  Tags: [],
});

const vpcOf = (spec: Spec, at: string): string =>
  spec.subnets.find(({ id }) => id === at.split(' ', 1)[0])?.vpc ?? 'vpc-a';

function answersOf(spec: Spec, { id, at, routes, rules, groups }: ClientVpnSpec): readonly Document[] {
  const of = { ClientVpnEndpointId: id };
  const networks = at?.map((line, i): TargetNetwork => {
    const [subnet, state] = line.split(' ');
    return {
      ...of,
      AssociationId: `cvpn-assoc-${id.replace('cvpn-endpoint-', '')}-${i}`,
      VpcId: vpcOf(spec, line),
      TargetNetworkId: subnet!,
      SecurityGroups: [...groups],
      ...(status(state, 'associated') as unknown as Pick<TargetNetwork, 'Status'>),
    };
  });
  const ways = routes?.map((line): ClientVpnRoute => {
    const [DestinationCidr, TargetSubnet, state] = line.split(' ');
    return {
      ...of,
      DestinationCidr: DestinationCidr!,
      TargetSubnet: TargetSubnet!,
      Type: 'Nat',
      ...status(state, 'active'),
    };
  });
  const allowed = rules?.map((line): AuthorizationRule => {
    const [DestinationCidr, ...words] = line.split(' ');
    const one = words[0] === 'group';
    return {
      ...of,
      DestinationCidr: DestinationCidr!,
      AccessAll: !one,
      ...(one ? { GroupId: 'S-1-5-21-1' } : {}),
      ...status(words[one ? 1 : 0], 'active'),
    };
  });
  const file = (call: string) => `describe-client-vpn-${call}.${id}.json`;
  return [
    ...(networks === undefined ? [] : [{ file: file('target-networks'), json: { ClientVpnTargetNetworks: networks } }]),
    ...(ways === undefined ? [] : [{ file: file('routes'), json: { Routes: ways } }]),
    ...(allowed === undefined ? [] : [{ file: file('authorization-rules'), json: { AuthorizationRules: allowed } }]),
  ];
}

/** `eni-cvpn-1-s1` of `cvpn-endpoint-1` in `subnet-s1`. */
export const clientVpnInterfaces = ({ clientVpns }: Spec): readonly InterfaceSpec[] =>
  clientVpns.flatMap(({ id, ips, groups }) =>
    Object.entries(ips).map(([subnet, ip]): InterfaceSpec => ({
      id: `eni-${id.replace('endpoint-', '')}-${subnet.replace('subnet-', '')}`,
      subnet,
      ips: ip.split(' '),
      groups,
      description: 'ClientVPN Endpoint resource',
      instance: 'service',
    })),
  );
