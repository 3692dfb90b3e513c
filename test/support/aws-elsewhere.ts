/** Firewalls, peering connections, VPN and transit gateways, prefix lists and Block Public Access, one document a call. */
import type { DescribeFirewallResponse } from '@aws-sdk/client-network-firewall';
import type { Document } from './aws.ts';
import { describeVpcAttachments, describeVpn } from './aws-transit-gateway.ts';
import { account, firewallArn, region, zoneId, zoneName } from './identity.ts';
import { isIpv6 } from './lines.ts';
import type { OpaqueSpec, Spec } from './spec.ts';

export function describeLists(spec: Spec): readonly Document[] {
  return [
    {
      file: 'describe-managed-prefix-lists.json',
      json: {
        PrefixLists: spec.lists.map(({ id, name, entries }) => ({
          PrefixListId: id,
          PrefixListName: name ?? id,
          PrefixListArn: `arn:aws:ec2:${region}:${account}:prefix-list/${id}`,
          AddressFamily: entries?.some(isIpv6) ? 'IPv6' : 'IPv4',
          MaxEntries: 20,
          State: 'create-complete',
          Version: 1,
          OwnerId: name?.startsWith('com.amazonaws.') ? 'AWS' : account,
          Tags: [],
        })),
      },
    },
    ...spec.lists.flatMap(({ id, entries }) =>
      entries === undefined
        ? []
        : [
            {
              file: `get-managed-prefix-list-entries.${id}.json`,
              json: { Entries: entries.map((cidr) => ({ Cidr: cidr })) },
            },
          ],
    ),
  ];
}

export function describeFirewalls(spec: Spec): readonly Document[] {
  const names = new Set(spec.firewallEndpoints.map(({ firewall }) => firewall).filter((name) => name !== undefined));
  return [...names].map((name) => {
    const endpoints = spec.firewallEndpoints.filter(({ firewall }) => firewall === name);
    const first = spec.subnets.find(({ id }) => id === endpoints[0]!.subnet)!;
    const json: DescribeFirewallResponse = {
      Firewall: {
        FirewallName: name,
        FirewallArn: firewallArn(name),
        FirewallId: `fw-${name}`,
        FirewallPolicyArn: `arn:aws:network-firewall:${region}:${account}:firewall-policy/${name}`,
        VpcId: first.vpc,
        SubnetMappings: endpoints.map(({ subnet }) => ({ SubnetId: subnet })),
      },
      FirewallStatus: {
        Status: 'READY',
        ConfigurationSyncStateSummary: 'IN_SYNC',
        SyncStates: Object.fromEntries(
          endpoints.map(({ id, subnet }) => [
            zoneName(spec.subnets.find((item) => item.id === subnet)!.zone),
            { Attachment: { SubnetId: subnet, EndpointId: id, Status: 'READY' as const } },
          ]),
        ),
      },
    };
    return { file: `network-firewall/describe-firewall.${name}.json`, json };
  });
}

/** Those at transit gateways. */
export const describeAttachedFirewalls = ({ attachments }: Spec): readonly Document[] =>
  attachments.flatMap(({ id, gateway, firewall: name, zones = [] }) =>
    name === undefined
      ? []
      : {
          file: `network-firewall/describe-firewall.${name}.json`,
          json: {
            Firewall: {
              FirewallName: name,
              FirewallArn: firewallArn(name),
              FirewallId: `fw-${name}`,
              FirewallPolicyArn: `arn:aws:network-firewall:${region}:${account}:firewall-policy/${name}`,
              TransitGatewayId: gateway,
              TransitGatewayOwnerAccountId: account,
              AvailabilityZoneMappings: zones.map((zone) => ({ AvailabilityZone: zoneId(zone) })),
            },
            FirewallStatus: {
              Status: 'READY',
              SyncStates: Object.fromEntries(
                zones.map((zone) => [zoneName(zone), { Attachment: { Status: 'READY' as const } }]),
              ),
              TransitGatewayAttachmentSyncState: { AttachmentId: id, TransitGatewayAttachmentStatus: 'READY' },
            },
          },
        },
  );

export function describeOpaque(spec: Spec): readonly Document[] {
  const of = (prefix: string) => spec.opaque.filter(({ id }) => id.startsWith(prefix));
  return [
    {
      file: 'describe-vpc-peering-connections.json',
      json: {
        VpcPeeringConnections: of('pcx-').map(({ id, vpcs: [requester, accepter], region: far }) => ({
          VpcPeeringConnectionId: id,
          Status: { Code: 'active', Message: 'Active' },
          RequesterVpcInfo: peer(spec, requester),
          AccepterVpcInfo: {
            ...peer(spec, accepter ?? 'vpc-elsewhere'),
            ...(far === undefined ? {} : { Region: far }),
          },
        })),
      },
    },
    {
      file: 'describe-vpn-gateways.json',
      json: {
        VpnGateways: [
          ...of('vgw-'),
          ...spec.vgws.map(({ id, vpc, state }) => ({ id, vpcs: vpc === undefined ? [] : [vpc], state })),
        ].map(({ id, vpcs, state }: OpaqueSpec & { readonly state?: string | undefined }) => ({
          VpnGatewayId: id,
          State: 'available',
          Type: 'ipsec.1',
          AmazonSideAsn: 64512,
          VpcAttachments: vpcs.map((vpc) => ({ State: state ?? 'attached', VpcId: vpc })),
        })),
      },
    },
    ...(spec.vgws.length + spec.vpns.length === 0
      ? []
      : [
          { file: 'describe-vpn-connections.json', json: { VpnConnections: spec.vpns.map((vpn) => describeVpn(vpn)) } },
        ]),
    {
      file: 'describe-transit-gateways.json',
      json: {
        TransitGateways: [
          ...of('tgw-').map(({ id }) => ({ id, options: {} })),
          ...spec.tgws.map(({ id, referencing }) => ({
            id,
            options: { SecurityGroupReferencingSupport: referencing === true ? 'enable' : 'disable' },
          })),
        ].map(({ id, options }) => ({
          TransitGatewayId: id,
          State: 'available',
          OwnerId: account,
          Options: options,
        })),
      },
    },
    {
      file: 'describe-transit-gateway-vpc-attachments.json',
      json: {
        TransitGatewayVpcAttachments: [
          ...of('tgw-').flatMap(({ id, vpcs, subnets }) =>
            vpcs.map((vpc) => ({
              TransitGatewayAttachmentId: `tgw-attach-${id.slice(4)}-${vpc.slice(4)}`,
              TransitGatewayId: id,
              VpcId: vpc,
              VpcOwnerId: account,
              State: 'available',
              SubnetIds: spec.subnets
                .filter((subnet) => subnet.vpc === vpc && subnets?.includes(subnet.id))
                .map((subnet) => subnet.id),
            })),
          ),
          ...describeVpcAttachments(spec),
        ],
      },
    },
  ];
}

function peer(spec: Spec, vpc: string | undefined): object {
  const cidrs = spec.vpcs.find(({ id }) => id === vpc)?.cidrs ?? [];
  const ipv4 = cidrs.filter((cidr) => !isIpv6(cidr));
  return {
    VpcId: vpc,
    OwnerId: account,
    Region: region,
    ...(ipv4[0] === undefined ? {} : { CidrBlock: ipv4[0] }),
    CidrBlockSet: ipv4.map((cidr) => ({ CidrBlock: cidr })),
    Ipv6CidrBlockSet: cidrs.filter(isIpv6).map((cidr) => ({ Ipv6CidrBlock: cidr })),
  };
}

export function describeBlock(spec: Spec): readonly Document[] {
  const [block] = spec.block;
  return [
    {
      file: 'describe-vpc-block-public-access-options.json',
      json: {
        VpcBlockPublicAccessOptions: {
          AwsAccountId: account,
          AwsRegion: region,
          State: block === undefined ? 'default-state' : 'update-complete',
          InternetGatewayBlockMode: block?.mode ?? 'off',
          ManagedBy: 'account',
          ExclusionsAllowed: 'allowed',
        },
      },
    },
    {
      file: 'describe-vpc-block-public-access-exclusions.json',
      json: {
        VpcBlockPublicAccessExclusions: (block?.exclusions ?? []).map(({ resource, mode }, i) => ({
          ExclusionId: `vpcbpa-exclude-${i}`,
          InternetGatewayExclusionMode: mode,
          ResourceArn: `arn:aws:ec2:${region}:${account}:${resource.startsWith('vpc-') ? 'vpc' : 'subnet'}/${resource}`,
          State: 'create-complete',
        })),
      },
    },
  ];
}
