/** The one-line forms of rules, network ACL entries, routes and addresses, as AWS's JSON. */
import type { IpPermission, NetworkAclEntry, Route } from '@aws-sdk/client-ec2';
import { invariant } from '../../src/base/invariant.ts';
import { account, coreNetworkArn } from './identity.ts';

const numbers: Readonly<Record<string, string>> = { all: '-1', icmp: '1', tcp: '6', udp: '17', icmpv6: '58' };

export const isIpv6 = (text: string): boolean => text.includes(':');

type Pair = readonly [number, number];

/** `443` or `8000-8100`, and for ICMP a type with or without its code (`8`, `3/4`); nothing for `all` and what is absent. */
function range(text: string | undefined, icmp: boolean): Pair | undefined {
  if (text === undefined || text === 'all') return undefined;
  const match = /^(-?\d+)(?:[-/](-?\d+))?$/.exec(text);
  invariant(match !== null, `\`${text}\` is a port, a range or an ICMP type`);
  const first = Number(match[1]);
  return [first, match[2] === undefined ? (icmp ? -1 : first) : Number(match[2])];
}

const isIcmp = (protocol: string): boolean => ['1', '58', 'icmp', 'icmpv6'].includes(protocol);

/** `tcp 443 0.0.0.0/0`, `icmp 8/-1 10.0.0.0/8`, `all sg-1`, `50 443 pl-1`. */
export function permission(line: string): IpPermission {
  const words = line.split(' ');
  const [protocol, middle] = words;
  const peer = words.at(-1)!;
  const named = protocol === 'all' ? '-1' : protocol!;
  const ports = words.length === 3 ? range(middle, isIcmp(named)) : undefined;
  return {
    IpProtocol: named,
    ...portsOf(named, ports),
    IpRanges: /^[\d.]+\/\d+$/.test(peer) ? [{ CidrIp: peer }] : [],
    Ipv6Ranges: isIpv6(peer) ? [{ CidrIpv6: peer }] : [],
    PrefixListIds: peer.startsWith('pl-') ? [{ PrefixListId: peer }] : [],
    UserIdGroupPairs: peer.startsWith('sg-') ? [group(peer)] : [],
  };
}

/** `sg-1`; `sg-1!pcx-1` for a reference over a peering connection that is deleted; `sg-1@ACCOUNT` for another account's. */
function group(text: string): NonNullable<IpPermission['UserIdGroupPairs']>[number] {
  const [, id, owner, peering] = /^(sg-[^@!]+)(?:@(\d+))?(?:!(.+))?$/.exec(text) ?? [];
  invariant(id !== undefined, `\`${text}\` names a security group`);
  const pair = { GroupId: id, UserId: owner ?? account };
  return peering === undefined ? pair : { ...pair, VpcPeeringConnectionId: peering, PeeringStatus: 'deleted' };
}

function portsOf(protocol: string, ports: Pair | undefined): Pick<IpPermission, 'FromPort' | 'ToPort'> {
  if (protocol === '-1') return {};
  if (ports !== undefined) return { FromPort: ports[0], ToPort: ports[1] };
  return isIcmp(protocol) ? { FromPort: -1, ToPort: -1 } : { FromPort: 0, ToPort: 65535 };
}

/** `100 allow tcp 443 0.0.0.0/0`. */
export function aclEntry(line: string, egress: boolean): NetworkAclEntry {
  const words = line.split(' ');
  const [number, action, protocol] = words;
  const peer = words.at(-1)!;
  const named = numbers[protocol!] ?? protocol!;
  const icmp = isIcmp(named);
  const ports = words.length === 5 ? range(words[3], icmp) : undefined;
  return {
    RuleNumber: Number(number),
    RuleAction: action === 'allow' ? 'allow' : 'deny',
    Protocol: named,
    Egress: egress,
    ...(isIpv6(peer) ? { Ipv6CidrBlock: peer } : { CidrBlock: peer }),
    ...(icmp
      ? { IcmpTypeCode: { Type: ports?.[0] ?? -1, Code: ports?.[1] ?? -1 } }
      : ports === undefined
        ? {}
        : { PortRange: { From: ports[0], To: ports[1] } }),
  };
}

/** `0.0.0.0/0 igw-1`, `pl-1 tgw-1`, `10.0.0.0/16 local`, with `blackhole`, `propagated` or `advertised` after it. */
export function route(line: string, instanceOf: (interfaceId: string) => string | undefined): Route {
  const [destination, target, word] = line.split(' ');
  return {
    ...(destination!.startsWith('pl-')
      ? { DestinationPrefixListId: destination! }
      : isIpv6(destination!)
        ? { DestinationIpv6CidrBlock: destination! }
        : { DestinationCidrBlock: destination! }),
    ...targetOf(target!, instanceOf),
    Origin:
      word === 'propagated'
        ? 'EnableVgwRoutePropagation'
        : word === 'advertised'
          ? 'Advertisement'
          : target === 'local'
            ? 'CreateRouteTable'
            : 'CreateRoute',
    State: word === 'blackhole' ? 'blackhole' : 'active',
  };
}

/** The field of a route that holds such a target, by the first word of its id; gateways and endpoints share `GatewayId`. */
const fields: Readonly<Record<string, keyof Route>> = {
  nat: 'NatGatewayId',
  eigw: 'EgressOnlyInternetGatewayId',
  pcx: 'VpcPeeringConnectionId',
  tgw: 'TransitGatewayId',
  lgw: 'LocalGatewayId',
  cagw: 'CarrierGatewayId',
  eni: 'NetworkInterfaceId',
};

function targetOf(target: string, instanceOf: (interfaceId: string) => string | undefined): Partial<Route> {
  if (target.startsWith('core-network-')) return { CoreNetworkArn: coreNetworkArn(target) };
  const instance = target.startsWith('eni-') ? instanceOf(target) : undefined;
  return {
    [fields[target.split('-')[0]!] ?? 'GatewayId']: target,
    ...(instance === undefined ? {} : { InstanceId: instance, InstanceOwnerId: account }),
  };
}
