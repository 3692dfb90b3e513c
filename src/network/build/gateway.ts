/** Internet, egress-only and NAT gateways: those read, and those that only routes, addresses or interfaces show. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import type { EgressOnlyInternetGateway, InternetGateway, NatAddress, NatGateway } from '../gateway.ts';
import type { NetworkInterface } from '../interface.ts';
import { conditionOf } from '../state.ts';
import { up } from '../unknown.ts';
import type { Vpc } from '../vpc.ts';
import { blameDangling, type Building, byId, wasRead } from './building.ts';
import type { RouteTableFinding } from './findings.ts';
import { ownerInDescription } from './interface-role.ts';

export function buildInternetGateways(
  building: Building,
  vpcs: ReadonlyMap<string, Vpc>,
  interfaces: ReadonlyMap<string, NetworkInterface>,
): Map<string, InternetGateway> {
  const call = 'describe-internet-gateways';
  const gateways: Map<string, InternetGateway> = byId(building.findings.internetGateways);
  assumeChanging(building, gateways.values());
  const invent = (id: string, vpc: string, from: Pick<Vpc, 'account' | 'region' | 'source'>): void => {
    building.assumed.set(id, `unread:${call}:${id}`);
    const { account, region, source } = from;
    gateways.set(id, { id, kind: 'internet-gateway', tags: {}, vpc, source, ...present({ account, region }) });
  };
  for (const { id, table } of namedByTables(building, 'internet-gateway', 'igw-'))
    if (!gateways.has(id) && !wasRead(building, call, table)) invent(id, table.vpc, table);
  for (const table of building.findings.routeTables)
    for (const id of table.gateways) {
      const gateway = gateways.get(id);
      if (gateway !== undefined) gateways.set(id, { ...gateway, routeTable: table.id });
      else if (id.startsWith('igw-')) blameDangling(building, table, 'internet gateway', id, call);
    }
  const attached = new Set([...gateways.values()].map(({ vpc }) => vpc));
  const unread = [...vpcs.values()].filter((vpc) => !attached.has(vpc.id) && !wasRead(building, call, vpc));
  const byVpc = groupBy(unread.length === 0 ? [] : interfaces.values(), ({ vpc }) => vpc);
  for (const vpc of unread) {
    const own = byVpc.get(vpc.id) ?? [];
    const id = `igw-unread-${vpc.id}`;
    // AWS detaches no internet gateway while a public address is mapped in its VPC.
    if (own.some(({ addresses }) => addresses.some(({ publicIp }) => publicIp !== undefined))) invent(id, vpc.id, vpc);
    else if (own.some(mayBePublic)) {
      invent(id, vpc.id, vpc);
      gateways.set(id, { ...gateways.get(id)!, state: 'unknown' });
      building.assumed.set(id, up(id));
    }
  }
  return gateways;
}

/** IPv6 needs no mapping (semantics 1.10, 5.8), and nobody knows the addresses of an interface that was not read. */
const mayBePublic = ({ addresses, imaginary }: NetworkInterface): boolean =>
  imaginary !== undefined || addresses.some(({ address }) => address.family === 'ipv6');

export function buildEgressOnlyInternetGateways(building: Building): Map<string, EgressOnlyInternetGateway> {
  const call = 'describe-egress-only-internet-gateways';
  const gateways = byId(building.findings.egressOnlyInternetGateways);
  assumeChanging(building, gateways.values());
  for (const { id, table } of namedByTables(building, 'egress-only-internet-gateway', 'eigw-')) {
    if (gateways.has(id) || wasRead(building, call, table)) continue;
    building.assumed.set(id, `unread:${call}:${id}`);
    const { account, region, source, vpc } = table;
    const known = present({ account, region });
    gateways.set(id, { id, kind: 'egress-only-internet-gateway', tags: {}, vpc, source, ...known });
  }
  return gateways;
}

function assumeChanging(
  building: Building,
  gateways: Iterable<{ readonly id: string; readonly state?: string }>,
): void {
  for (const { id, state } of gateways) if (state !== undefined) building.assumed.set(id, up(id));
}

/** Gateways that live routes and edge associations name, each with the first table that does. */
function* namedByTables(
  { findings }: Building,
  kind: 'internet-gateway' | 'egress-only-internet-gateway',
  start: string,
): Iterable<{ id: string; table: RouteTableFinding }> {
  for (const table of findings.routeTables) {
    for (const { target, state } of table.routes)
      if (target.kind === kind && state !== 'blackhole') yield { id: target.id, table };
    for (const id of table.gateways) if (id.startsWith(start)) yield { id, table };
  }
}

export function buildNatGateways(
  building: Building,
  interfaces: ReadonlyMap<string, NetworkInterface>,
): Map<string, NatGateway> {
  const call = 'describe-nat-gateways';
  const gateways = new Map<string, NatGateway>();
  for (const found of building.findings.natGateways) {
    const inPlace = conditionOf(found.state) === 'works';
    const addresses = found.addresses.map((one) => knownInterface(building, found, one, interfaces, inPlace));
    gateways.set(found.id, { ...found, addresses });
    if (conditionOf(found.state) === 'changing') building.assumed.set(found.id, up(found.id));
  }
  const own = [...interfaces.values()].filter(({ role }) => role === 'nat-gateway');
  for (const [id, nics] of groupBy(own, ({ description }) => ownerInDescription(description))) {
    const [first] = nics;
    if (id === undefined || first === undefined || gateways.has(id) || wasRead(building, call, first)) continue;
    building.assumed.set(id, `unread:${call}:${id}`);
    gateways.set(id, fromInterfaces(id, first, nics));
  }
  return gateways;
}

/** An address without the interface that nobody read; one that was read and is not there is a mistake. */
function knownInterface(
  building: Building,
  gateway: NatGateway,
  address: NatAddress,
  interfaces: ReadonlyMap<string, NetworkInterface>,
  inPlace: boolean,
): NatAddress {
  const { interface: id, ...rest } = address;
  const nic = id === undefined ? undefined : interfaces.get(id);
  if (id === undefined || nic !== undefined) return withPending(address, nic);
  const call = 'describe-network-interfaces';
  // While the gateway or the address is changing, its interface may be gone or not yet there.
  const settled = inPlace && rest.state === undefined;
  if (settled && wasRead(building, call, gateway)) blameDangling(building, gateway, 'network interface', id, call);
  return rest;
}

/** What AWS will pick for the gateway stands at its interface. */
function withPending(address: NatAddress, nic: NetworkInterface | undefined): NatAddress {
  const [coming] = nic?.addresses.filter(({ pending }) => pending !== undefined) ?? [];
  if (coming === undefined || address.privateIp !== undefined) return address;
  return { ...address, privateIp: coming.address, ...present({ publicIp: address.publicIp ?? coming.publicIp }) };
}

function fromInterfaces(id: string, first: NetworkInterface, nics: readonly NetworkInterface[]): NatGateway {
  const { vpc, subnet, account, region, source } = first;
  const addresses = nics.flatMap((nic) =>
    nic.addresses.map(({ address, publicIp }) => ({
      privateIp: address,
      interface: nic.id,
      ...present({ publicIp }),
    })),
  );
  return {
    id,
    kind: 'nat-gateway',
    tags: {},
    vpc,
    subnet,
    availabilityMode: 'zonal',
    connectivity: addresses.some(({ publicIp }) => publicIp !== undefined) ? 'public' : 'private',
    state: 'available',
    addresses,
    source,
    ...present({ account, region }),
  };
}
