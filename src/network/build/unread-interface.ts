/**
 * Interfaces that may be there: where no call read those of a subnet, one stands for all that it could hold, and one for
 * each node of an endpoint or balancer that is known to stand in it. What they do is on the may side alone.
 */
import { present } from '../../base/present.ts';
import type { Address } from '../../net/address.ts';
import { contains, isEmpty, none, single, subtract, unionAll } from '../../net/interval.ts';
import { prefixContains } from '../../net/prefix.ts';
import type { DefaultTaken } from '../coverage.ts';
import type { VpcEndpoint } from '../endpoint.ts';
import { freeIn, type Held, heldAddresses, type Pool, standInAddresses } from '../free-address.ts';
import type { NatGateway } from '../gateway.ts';
import type { InterfaceAddress, NetworkInterface } from '../interface.ts';
import { conditionOf } from '../state.ts';
import type { Subnet } from '../subnet.ts';
import { type Building, wasRead } from './building.ts';
import { isAssociated, isShownOfClientVpn, untoldClientVpns } from './client-vpn-endpoint.ts';

const call = 'describe-network-interfaces';
const balancersCalls = ['elbv2 describe-load-balancers', 'elb describe-load-balancers'];

interface Parts {
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly interfaces: ReadonlyMap<string, NetworkInterface>;
  readonly natGateways: ReadonlyMap<string, NatGateway>;
  readonly endpoints: ReadonlyMap<string, VpcEndpoint>;
}

/** What tells one unread interface from another. */
type Node = Pick<NetworkInterface, 'id' | 'role' | 'interfaceType' | 'description' | 'addresses'> & {
  readonly subnet: Subnet;
  readonly public: boolean;
};

/** A guest that hands on what it is sent, a NAT instance say, has its check off (semantics 1.14); said, since nobody read it. */
const handingNothingOn: DefaultTaken = {
  setting: 'SourceDestCheck of interfaces that nobody read',
  value: 'on',
  call: `ec2 ${call}`,
};

/** What comes from inside is taken not to come out of balancers that nobody read; said likewise. */
const balancingNothing: DefaultTaken = {
  setting: 'forwarding between hosts by load balancers of other accounts',
  value: 'none',
  call: balancersCalls[0]!,
};

export function unreadInterfaces(building: Building, parts: Parts): readonly NetworkInterface[] {
  const open = new Map([...parts.subnets].filter(([, subnet]) => !wasRead(building, call, subnet)));
  const clientVpn = clientVpnNodes(building, parts, open);
  const unseen = unseenBalancers(building, open);
  if (open.size > 0) building.defaults.push(handingNothingOn);
  if (unseen.length > 0) building.defaults.push(balancingNothing);
  if (open.size === 0 && clientVpn.length === 0) return [];
  const held = heldAddresses(parts);
  const standIns = standInAddresses(held);
  const elastic = elasticBySubnet(building, open, held);
  const nodes = [
    ...[...open.values()].map((subnet): Node => ({
      id: `eni-unread-${subnet.id}`,
      subnet,
      role: 'host',
      interfaceType: 'interface',
      description: 'may be there: no call read the interfaces of the subnet',
      addresses: elastic.get(subnet.id) ?? [],
      public: true,
    })),
    ...endpointNodes(building, parts, open),
    ...balancerNodes(building, parts, open),
    ...unseen,
    ...clientVpn,
  ];
  const published = new Map<string, Address>();
  return nodes.flatMap(({ public: exposed, subnet, ...node }): readonly NetworkInterface[] => {
    const pool = without(freeIn(subnet, held), elastic.get(subnet.id) ?? []);
    if (pool.ipv4 === undefined && pool.ipv6 === undefined && node.addresses.length === 0) return [];
    // They may hold the same private address, and so stand behind the same public one.
    const publicIp =
      exposed && pool.ipv4 !== undefined ? (published.get(subnet.id) ?? standIns.next().value) : undefined;
    if (publicIp !== undefined) published.set(subnet.id, publicIp);
    return [{ ...inSubnet(subnet), ...node, imaginary: { pool, ...present({ publicIp }) } }];
  });
}

const inSubnet = (subnet: Subnet) =>
  ({
    kind: 'network-interface',
    name: `an unread interface of ${subnet.name ?? subnet.id}`,
    tags: {},
    source: subnet.source,
    vpc: subnet.vpc,
    subnet: subnet.id,
    // What has no group has no filter: nobody told which it has.
    groups: [],
    prefixes: [],
    sourceDestCheck: true,
    denyAllIgwTraffic: false,
    attached: true,
    unread: { unread: call, subject: subnet.id },
    ...present({ account: subnet.account, region: subnet.region }),
  }) satisfies Partial<NetworkInterface>;

function without({ ipv4 = none, ...pool }: Pool, addresses: readonly InterfaceAddress[]): Pool {
  const left = subtract(ipv4, unionAll(addresses.map(({ address }) => single(address.value))));
  return isEmpty(left) ? pool : { ...pool, ipv4: left };
}

/** Elastic IP addresses of interfaces that nobody read, by the subnet around the private address. */
function elasticBySubnet(
  { findings }: Building,
  open: ReadonlyMap<string, Subnet>,
  held: Held,
): ReadonlyMap<string, readonly InterfaceAddress[]> {
  const bySubnet = new Map<string, InterfaceAddress[]>();
  for (const { publicIp, privateIp: address, region } of findings.elasticAddresses) {
    if (address === undefined || contains(held.outside, publicIp.value)) continue;
    const around = [...open.values()].find(
      (subnet) =>
        (region === undefined || subnet.region === undefined || subnet.region === region) &&
        subnet.cidrs.some((cidr) => prefixContains(cidr, address)) &&
        !contains(held.inside.get(subnet.vpc)?.ipv4 ?? [], address.value),
    );
    if (around === undefined) continue;
    const others = bySubnet.get(around.id) ?? [];
    bySubnet.set(around.id, [...others, { address, publicIp }]);
  }
  return bySubnet;
}

/** Endpoints that stand in the subnet by an interface, when none of theirs is in the input. */
function endpointNodes(building: Building, parts: Parts, open: ReadonlyMap<string, Subnet>): readonly Node[] {
  return [...parts.endpoints.values()].flatMap((endpoint) => {
    const { id, endpointType, state, subnets, interfaces } = endpoint;
    const byInterface = endpointType !== 'Gateway' && endpointType !== 'GatewayLoadBalancer';
    if (!byInterface || conditionOf(state) === 'idle' || wasRead(building, call, endpoint)) return [];
    if (interfaces.some((one) => parts.interfaces.has(one))) return [];
    return nodesIn(open, subnets, {
      id,
      role: 'interface-endpoint',
      interfaceType: 'vpc_endpoint',
      description: `VPC Endpoint Interface ${id}`,
      public: false,
    });
  });
}

/** Likewise balancers; the packets of a Gateway Load Balancer come by its endpoints. */
function balancerNodes(building: Building, parts: Parts, open: ReadonlyMap<string, Subnet>): readonly Node[] {
  const known = new Set([...parts.interfaces.values()].map(({ subnet, description }) => `${subnet} ${description}`));
  return building.findings.loadBalancers.flatMap((balancer) => {
    const { name, label, balancerType, scheme, subnets } = balancer;
    const description = `ELB ${label}`;
    if (balancerType === 'gateway' || wasRead(building, call, balancer)) return [];
    const hidden = subnets.filter((subnet) => !known.has(`${subnet} ${description}`));
    return nodesIn(open, hidden, {
      id: name ?? label,
      role: 'load-balancer',
      interfaceType: balancerType === 'network' ? 'network_load_balancer' : 'interface',
      description,
      public: scheme === 'internet-facing',
    });
  });
}

/**
 * Whoever was shown interfaces of a subnet, and not all, has hosts there that somebody else's balancer may have for targets: in
 * a shared VPC the owner's, which a participant is not shown (semantics 1.25). What clients outside ask comes in by it.
 */
function unseenBalancers(building: Building, open: ReadonlyMap<string, Subnet>): readonly Node[] {
  if (!building.reads.has(call)) return [];
  return [...open.values()].flatMap((subnet): readonly Node[] =>
    balancersCalls.every((each) => wasRead(building, each, subnet))
      ? []
      : nodesIn(open, [subnet.id], {
          id: 'balancer',
          role: 'other-service',
          interfaceType: 'interface',
          description: 'a load balancer’s node may be there: no call read the balancers of who owns the subnet',
          public: false,
        }),
  );
}

/** Where clients come in by an association with the subnet, and no interface shows that. */
function clientVpnNodes(
  building: Building,
  { subnets, interfaces }: Parts,
  open: ReadonlyMap<string, Subnet>,
): readonly Node[] {
  const shown = new Set([...interfaces.values()].flatMap((nic) => (isShownOfClientVpn(nic) ? [nic.subnet] : [])));
  const associated = building.findings.clientVpnAssociations.flatMap(({ endpoint, items }) =>
    items.flatMap(({ subnet, state }) => (isAssociated(state) && !shown.has(subnet) ? [{ endpoint, subnet }] : [])),
  );
  // With which subnets, nobody was told: any whose interfaces nobody read.
  const anywhere = untoldClientVpns(building).flatMap(({ id: endpoint, vpc: own }) =>
    [...open.values()].flatMap(({ id: subnet, vpc }) => ((own ?? vpc) === vpc ? [{ endpoint, subnet }] : [])),
  );
  return [...associated, ...anywhere].flatMap(({ endpoint, subnet }) =>
    nodesIn(subnets, [subnet], {
      id: endpoint,
      role: 'other-service',
      interfaceType: 'interface',
      description: `ClientVPN Endpoint ${endpoint}`,
      public: false,
    }),
  );
}

const nodesIn = (
  open: ReadonlyMap<string, Subnet>,
  subnets: readonly string[],
  node: Omit<Node, 'subnet' | 'addresses'>,
): readonly Node[] =>
  subnets.flatMap((id) => {
    const subnet = open.get(id);
    return subnet === undefined ? [] : [{ ...node, id: `eni-unread-${id}-${node.id}`, subnet, addresses: [] }];
  });
