/** Service networks of VPC Lattice: those of which everything was read, and what stands in them. */
import { groupBy } from '../../base/group.ts';
import type { Instance } from '../instance.ts';
import type { NetworkInterface } from '../interface.ts';
import type { Network } from '../network.ts';
import type { Resource } from '../resource.ts';
import type { ResourceConfiguration } from '../resource-configuration.ts';
import type { LatticeService, NetworkMember, ServiceNetwork, VpcAssociation } from '../service-network.ts';
import type { Subnet } from '../subnet.ts';
import type { Vpc } from '../vpc.ts';
import { type Building, tellsOf } from './building.ts';
import type { LatticeNetworkFinding, MemberAssociationFinding, VpcAssociationFinding } from './lattice-finding.ts';
import { buildLatticeServices } from './lattice-service.ts';
import { buildResourceConfigurations, buildResourceGateways } from './resource-configuration.ts';
import type { TargetParts } from './target.ts';

type Lattice = Pick<
  Network,
  'serviceNetworks' | 'latticeServices' | 'resourceGateways' | 'resourceConfigurations' | 'targetGroups'
>;

interface Parts {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly interfaces: ReadonlyMap<string, NetworkInterface>;
  readonly instances: ReadonlyMap<string, Instance>;
}

/** `targets`: by what targets of load balancers are known as well; the target groups are those of Lattice alone. */
export function buildServiceNetworks(building: Building, { vpcs, interfaces }: Parts, targets: TargetParts): Lattice {
  const { lattice } = building.findings;
  const resourceGateways = buildResourceGateways(building, vpcs, interfaces);
  const resourceConfigurations = buildResourceConfigurations(building, resourceGateways);
  const { services, targetGroups } = buildLatticeServices(building, targets, vpcs);
  const associations = groupBy(lattice.vpcAssociations, ({ network }) => network);
  const members = groupBy(lattice.memberAssociations, ({ network }) => network);
  const named = groupBy(lattice.networks, ({ id }) => id);
  const serviceNetworks = new Map<string, ServiceNetwork>();
  for (const id of new Set([...associations.keys(), ...members.keys(), ...named.keys()])) {
    const own = members.get(id) ?? [];
    const owner = ownerOf(named.get(id) ?? [], [...own, ...(associations.get(id) ?? [])]);
    const listed = (of: 'services' | 'resources'): boolean =>
      lattice.lists.some((list) => list.of === of && list.subject === id && tellsOf(building, list, owner));
    if (!listed('services') || !listed('resources')) continue;
    const made = {
      services: membersIn(own, 'service', services),
      resources: membersIn(own, 'resource', resourceConfigurations),
    };
    if (made.services === undefined || made.resources === undefined) continue;
    const told = associations.get(id) ?? [];
    const network = networkOf(id, named.get(id) ?? [], told);
    if (network === undefined) continue;
    serviceNetworks.set(id, {
      ...network,
      services: made.services,
      resources: made.resources,
      associations: [...groupBy(told, (one) => one.id).values()].flatMap((one) => associationOf(one, vpcs)),
    });
  }
  const used = new Set([...resourceConfigurations.values()].flatMap(({ resources }) => resources.map(({ id }) => id)));
  leaveOut(building, 'lattice-service', lattice.services, services);
  leaveOut(building, 'target-group', lattice.targetGroups, targetGroups);
  leaveOut(building, 'resource-gateway', lattice.resourceGateways, resourceGateways);
  const told = { has: (id: string) => used.has(id) || resourceConfigurations.has(id) };
  leaveOut(building, 'resource-configuration', lattice.resourceConfigurations, told);
  return { serviceNetworks, latticeServices: services, resourceGateways, resourceConfigurations, targetGroups };
}

/** Who owns the network, as far as it is told: those with whom it is shared may not see all that stands in it. */
function ownerOf(
  named: readonly LatticeNetworkFinding[],
  associations: readonly { readonly owner?: string }[],
): { readonly account?: string } {
  const account = [...named.map((one) => one.account), ...associations.map((one) => one.owner)].find(
    (one) => one !== undefined,
  );
  return account === undefined ? {} : { account };
}

/** What was named and is not wholly read, or that nothing read forwards to. */
function leaveOut(
  building: Building,
  kind: string,
  found: readonly Resource[],
  kept: { readonly has: (id: string) => boolean },
): void {
  for (const { id, source } of new Map(found.map((one) => [one.id, one])).values())
    if (!kept.has(id))
      building.coverage.push({
        kind,
        id,
        status: 'not-modelled',
        why: 'not all was read that tells what it leads to, or nothing that was read leads to it',
        affects: 'flows over service networks and resource endpoints',
        source,
      });
}

/** Each once; undefined where one of them is not in the input, or was not wholly read. */
function membersIn(
  found: readonly MemberAssociationFinding[],
  kind: MemberAssociationFinding['kind'],
  read: ReadonlyMap<string, LatticeService | ResourceConfiguration>,
): readonly NetworkMember[] | undefined {
  const own = new Map(found.filter((one) => one.kind === kind).map((one) => [one.id, one]));
  if (![...own.values()].every(({ member }) => read.has(member))) return undefined;
  return [...own.values()].map(({ id, member, state }) => ({ id: member, association: id, state }));
}

/** What is known of the network itself, which only associations may name. */
function networkOf(
  id: string,
  named: readonly LatticeNetworkFinding[],
  [association]: readonly VpcAssociationFinding[],
): Omit<ServiceNetwork, 'services' | 'resources' | 'associations'> | undefined {
  const authorizes = named.find((one) => one.authorizes !== undefined)?.authorizes;
  const [first] = named;
  const source = first?.source ?? association?.source;
  if (source === undefined) return undefined;
  const { authorizes: _, ...resource } = first ?? { id, tags: {}, source };
  return {
    ...resource,
    kind: 'service-network',
    authorizes: authorizes ?? { unread: 'vpc-lattice get-service-network', subject: id },
  };
}

/** Lists show an association without its groups, and `get-service-network-vpc-association` with them. */
function associationOf(
  found: readonly VpcAssociationFinding[],
  vpcs: ReadonlyMap<string, Vpc>,
): readonly VpcAssociation[] {
  const { id, vpc, state, source } = found[0]!;
  if (!vpcs.has(vpc)) return [];
  const groups = found.find((one) => one.groups !== undefined)?.groups;
  const unread = { unread: 'vpc-lattice get-service-network-vpc-association', subject: id };
  return [{ id, vpc, state, groups: groups ?? unread, source }];
}
