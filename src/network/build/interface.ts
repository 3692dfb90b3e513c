/** Network interfaces: their roles, their instances, and the public addresses that only describe-addresses shows. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import { formatAddress, sameAddress } from '../../net/address.ts';
import type { VpcEndpoint } from '../endpoint.ts';
import type { InterfaceAddress, InterfaceRole, NetworkInterface } from '../interface.ts';
import type { Subnet } from '../subnet.ts';
import { blameDangling, blameMissingCall, type Building, wasRead } from './building.ts';
import type { CarrierAddressFinding, ElasticAddressFinding, InterfaceFinding } from './interface-finding.ts';
import { roleOf } from './interface-role.ts';
import { pendingAddresses } from './pending.ts';
import { up } from '../unknown.ts';

export function buildInterfaces(
  building: Building,
  subnets: ReadonlyMap<string, Subnet>,
  endpoints: ReadonlyMap<string, VpcEndpoint>,
): Map<string, NetworkInterface> {
  const { findings } = building;
  const elastic = groupBy(findings.elasticAddresses, (one) => one.interface);
  const carrier = groupBy(findings.carrierAddresses, (one) => one.interface);
  const owned = rolesByEndpoint(endpoints);
  const pending = pendingAddresses(building, subnets);
  const interfaces = new Map<string, NetworkInterface>();
  const add = (found: InterfaceFinding): void => {
    const picked = pending.get(found.interface.id);
    const nic = picked === undefined ? found.interface : { ...found.interface, addresses: picked };
    if (interfaces.has(nic.id) || !standsInSubnet(building, nic, subnets)) return;
    const elasticAddresses = withElastic(building, nic, elastic.get(nic.id) ?? []);
    const addresses = withCarrier(elasticAddresses, carrier.get(nic.id) ?? []);
    // Object.assign: copying by spread costs many times as much, ten thousand times.
    if (nic.state !== undefined) building.assumed.set(nic.id, up(nic.id));
    interfaces.set(nic.id, Object.assign({ role: owned.get(nic.id) ?? roleOf(found) }, nic, { addresses }));
  };
  findings.interfaces.forEach(add);
  for (const found of findings.instanceInterfaces) {
    // What only the instances show is all that is known of it.
    building.assumed.set(found.interface.id, `unread:describe-network-interfaces:${found.interface.id}`);
    add(found);
  }
  for (const address of findings.elasticAddresses) checkElastic(building, address, interfaces);
  return interfaces;
}

/** Interfaces that an endpoint names are its own, whatever their type says (semantics 1.20). */
function rolesByEndpoint(endpoints: ReadonlyMap<string, VpcEndpoint>): ReadonlyMap<string, InterfaceRole> {
  const roles = new Map<string, InterfaceRole>();
  for (const { endpointType, interfaces } of endpoints.values())
    for (const id of interfaces)
      roles.set(id, endpointType === 'GatewayLoadBalancer' ? 'firewall-endpoint' : 'interface-endpoint');
  return roles;
}

type Found = InterfaceFinding['interface'];

function standsInSubnet(building: Building, found: Found, subnets: ReadonlyMap<string, Subnet>): boolean {
  if (subnets.has(found.subnet)) return true;
  if (wasRead(building, 'describe-subnets', found))
    blameDangling(building, found, 'subnet', found.subnet, 'describe-subnets');
  else blameMissingCall(building, found, `the subnet \`${found.subnet}\``, 'describe-subnets');
  return false;
}

/** Public addresses of describe-addresses join those private addresses that show none. */
function withElastic(
  building: Building,
  found: Found,
  elastic: readonly ElasticAddressFinding[],
): readonly InterfaceAddress[] {
  if (elastic.length === 0) return found.addresses;
  const addresses = [...found.addresses];
  for (const { publicIp, privateIp, id } of elastic) {
    const at = addresses.findIndex(({ address }) =>
      privateIp === undefined ? address.family === 'ipv4' : sameAddress(address, privateIp),
    );
    const before = addresses[at];
    if (before === undefined) {
      // An address inside a delegated prefix (semantics 1.12) is the interface's all the same.
      if (privateIp !== undefined) addresses.push({ address: privateIp, publicIp });
    } else if (before.publicIp === undefined) addresses[at] = { ...before, publicIp };
    else if (!sameAddress(before.publicIp, publicIp))
      building.problems.push({
        code: 'conflicting-address',
        file: found.source.file,
        place: found.source.place,
        message: `\`${found.id}\` shows ${formatAddress(before.publicIp)} where \`${id}\` is ${formatAddress(publicIp)}.`,
        hint: 'Answers of different moments were mixed; write both again.',
      });
  }
  return addresses;
}

/** Addresses of a carrier's network join those private addresses that show none. */
const withCarrier = (
  addresses: readonly InterfaceAddress[],
  carrier: readonly CarrierAddressFinding[],
): readonly InterfaceAddress[] =>
  carrier.reduce<readonly InterfaceAddress[]>(
    (all, { carrierIp, privateIp }) =>
      all.map((one) =>
        one.carrierIp === undefined && (privateIp === undefined || sameAddress(one.address, privateIp))
          ? { ...one, carrierIp }
          : one,
      ),
    addresses,
  );

function checkElastic(
  building: Building,
  elastic: ElasticAddressFinding,
  interfaces: ReadonlyMap<string, NetworkInterface>,
): void {
  const { id, source, interface: named, interfaceOwner } = elastic;
  if (named === undefined || interfaces.has(named)) return;
  const from = { id, source, ...present({ account: interfaceOwner ?? elastic.account, region: elastic.region }) };
  if (wasRead(building, 'describe-network-interfaces', from))
    blameDangling(building, from, 'network interface', named, 'describe-network-interfaces');
}
