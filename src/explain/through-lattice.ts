/** Ways that lead to a destination by VPC Lattice or a resource gateway: the address to ask at, and what is then sent on. */
import type { Address } from '../net/address.ts';
import { contains } from '../net/interval.ts';
import type { Packet } from '../net/packet.ts';
import type { Prefix } from '../net/prefix.ts';
import { latticeAddresses, latticeResources, latticeServices } from '../net/special.ts';
import type { Network } from '../network/network.ts';
import { isUnread } from '../network/resource.ts';
import type { SharedResource } from '../network/resource-configuration.ts';
import type { LatticeService, ServiceNetwork } from '../network/service-network.ts';
import type { Place, Question } from '../policy/question.ts';
import { type Detour, isAmong } from './through-balancer.ts';

/** Where a client asks for services and resources. */
interface Entrance {
  readonly services: readonly LatticeService[];
  readonly servicesAt?: Address;
  readonly resources: readonly SharedResource[];
  readonly resourcesAt?: Address;
}

/** One for each target and resource that the question's destination holds, from that interface; `asked` is the destination asked for. */
export function latticeDetours(
  network: Network,
  { to }: Question,
  client: Packet,
  origin: string,
  asked: Prefix | undefined,
): readonly Detour[] {
  const vpc = network.interfaces.get(origin)?.vpc;
  return [...byAssociation(network, vpc, client.src, asked), ...byEndpoint(network, client.src)].flatMap(
    ({ services, servicesAt, resources, resourcesAt }) => [
      ...(servicesAt === undefined
        ? []
        : services.flatMap((service) => toTargets(network, service, { ...client, dst: servicesAt }, to.members))),
      ...(resourcesAt === undefined
        ? []
        : resources.flatMap((resource) => toResource(network, resource, { ...client, dst: resourcesAt }, to.members))),
    ],
  );
}

function byAssociation(
  network: Network,
  vpc: string | undefined,
  { family }: Address,
  asked: Prefix | undefined,
): readonly Entrance[] {
  const [service] = latticeServices[family];
  const [resource] = latticeResources[family];
  const named = asked?.family === family && contains(latticeAddresses[family], asked.base);
  const at = (lo: bigint | undefined): { readonly at?: Address } =>
    named ? { at: { family, value: asked.base } } : lo === undefined ? {} : { at: { family, value: lo + 1n } };
  const { at: servicesAt } = at(service?.lo);
  const { at: resourcesAt } = at(resource?.lo);
  return [...network.serviceNetworks.values()]
    .filter(({ associations }) => associations.some((one) => one.vpc === vpc))
    .map((one) => ({
      ...within(network, one),
      ...(servicesAt === undefined ? {} : { servicesAt }),
      ...(resourcesAt === undefined ? {} : { resourcesAt }),
    }));
}

function byEndpoint(network: Network, { family }: Address): readonly Entrance[] {
  return [...network.endpoints.values()].flatMap(
    ({ endpointType, serviceNetwork, resourceConfiguration, interfaces }) => {
      const sn = endpointType === 'ServiceNetwork' ? network.serviceNetworks.get(serviceNetwork ?? '') : undefined;
      const only =
        endpointType === 'Resource' ? network.resourceConfigurations.get(resourceConfiguration ?? '') : undefined;
      const members = sn !== undefined ? within(network, sn) : only && { services: [], resources: only.resources };
      return interfaces.flatMap((id) => {
        const at = network.interfaces.get(id)?.addresses.find(({ address }) => address.family === family)?.address;
        return members === undefined || at === undefined ? [] : [{ ...members, servicesAt: at, resourcesAt: at }];
      });
    },
  );
}

const within = (
  network: Network,
  { services, resources }: ServiceNetwork,
): Pick<Entrance, 'services' | 'resources'> => ({
  services: services.flatMap(({ id }) => network.latticeServices.get(id) ?? []),
  resources: resources.flatMap(({ id }) => network.resourceConfigurations.get(id)?.resources ?? []),
});

function toTargets(
  network: Network,
  { id, listeners }: LatticeService,
  packet: Packet,
  places: readonly Place[],
): readonly Detour[] {
  return listeners.flatMap(({ from, forwards }) =>
    (isUnread(forwards) ? [] : forwards).flatMap(({ group }): readonly Detour[] => {
      const { vpc, targets } = network.targetGroups.get(group)!;
      return (isUnread(targets) ? [] : targets).flatMap((target) => {
        if (vpc === undefined || !('address' in target) || !isAmong(network, places, target.address)) return [];
        const { address: dst, port: dstPort } = target;
        const src = sourceOf(network, dst);
        const sent = { ...packet, src, srcPort: 1024, dst, dstPort };
        const emits = new Map([[id, { packet: sent, at: { kind: 'vpc', id: vpc } } as const]]);
        return [{ packet: { ...packet, dstPort: from }, emits }];
      });
    }),
  );
}

/** The first address of Lattice, as its prefix list tells where that was read. */
function sourceOf({ prefixLists }: Network, { family }: Address): Address {
  for (const { name = '', entries } of prefixLists.values()) {
    const [first] = /^com\.amazonaws\..*\bvpc-lattice$/.test(name) && !isUnread(entries) ? entries : [];
    if (first?.family === family) return { family, value: first.base };
  }
  return { family, value: latticeServices[family][0]!.lo };
}

function toResource(
  network: Network,
  { id, gateway, ports, address }: SharedResource,
  packet: Packet,
  places: readonly Place[],
): readonly Detour[] {
  if (address === undefined || !isAmong(network, places, address)) return [];
  const { dstPort: wanted } = packet;
  const open = ports.some(({ from, to }) => from <= wanted && wanted <= to);
  const dstPort = open ? wanted : (ports[0]?.from ?? wanted);
  return network.resourceGateways.get(gateway)!.interfaces.flatMap((nic) => {
    const src = network.interfaces.get(nic)?.addresses.find((own) => own.address.family === address.family)?.address;
    if (src === undefined) return [];
    const sent = { ...packet, src, srcPort: 1024, dst: address, dstPort };
    return [
      {
        packet: { ...packet, dstPort },
        emits: new Map([[id, { packet: sent, at: { kind: 'interface', id: nic } } as const]]),
      },
    ];
  });
}
