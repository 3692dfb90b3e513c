/** Resource gateways, with the interfaces that their descriptions give them, and the resources wholly read behind them. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import type { NetworkInterface } from '../interface.ts';
import type { Resource } from '../resource.ts';
import type { ResourceConfiguration, ResourceGateway, SharedResource } from '../resource-configuration.ts';
import { type Building, tellsOf } from './building.ts';
import type { LatticeListFinding, ResourceConfigurationFinding } from './lattice-finding.ts';

/** Those in VPCs of the input of which an interface is there in every subnet that they have, as far as that is told. */
export function buildResourceGateways(
  { findings: { lattice } }: Building,
  vpcs: ReadonlyMap<string, unknown>,
  interfaces: ReadonlyMap<string, NetworkInterface>,
): Map<string, ResourceGateway> {
  const owned = groupBy(
    [...interfaces.values()].filter(
      ({ role, attached, imaginary }) => role === 'other-service' && attached && imaginary === undefined,
    ),
    ({ description }) => /^Resource Gateway Interface (\S+)/i.exec(description)?.[1],
  );
  const gateways = new Map<string, ResourceGateway>();
  for (const { vpc, subnets, interfaces: named, ...found } of lattice.resourceGateways) {
    const own = named?.flatMap((id) => interfaces.get(id) ?? []) ?? owned.get(found.id) ?? [];
    const nics = own.filter((nic) => nic.vpc === vpc);
    const whole = nics.length > 0 && subnets.every((id) => nics.some(({ subnet }) => subnet === id));
    if (vpc !== undefined && vpcs.has(vpc) && whole)
      gateways.set(found.id, { ...found, kind: 'resource-gateway', vpc, interfaces: nics.map(({ id }) => id) });
  }
  return gateways;
}

/** What a list shows, and what `get-resource-configuration` tells, added up; those that are not wholly read left out. */
export function buildResourceConfigurations(
  building: Building,
  gateways: ReadonlyMap<string, ResourceGateway>,
): Map<string, ResourceConfiguration> {
  const { lattice } = building.findings;
  const listsMembersOf = (list: LatticeListFinding, group: Pick<Resource, 'id' | 'account' | 'region'>): boolean =>
    list.of === 'members' && (list.subject ?? group.id) === group.id && tellsOf(building, list, group);
  const found = [...groupBy(lattice.resourceConfigurations, ({ id }) => id).values()].map(merged);
  const groups = new Map(found.map((one) => [one.id, one]));
  const configurations = new Map<string, ResourceConfiguration>();
  for (const { type, gateway: _, group: __, ports: ___, definition: ____, ...one } of found) {
    const isGroup = type === 'GROUP';
    if (isGroup && !lattice.lists.some((list) => listsMembersOf(list, one))) continue;
    const parts = isGroup ? found.filter(({ group }) => group === one.id) : [groups.get(one.id)!];
    const resources = parts.map((part) => sharedBy(part, groups.get(part.group ?? ''), gateways));
    if (type !== '' && type !== 'CHILD' && resources.length > 0 && resources.every((each) => each !== undefined))
      configurations.set(one.id, { ...one, kind: 'resource-configuration', resources });
  }
  return configurations;
}

const merged = (all: readonly ResourceConfigurationFinding[]): ResourceConfigurationFinding =>
  Object.assign({}, ...all) as ResourceConfigurationFinding;

/** A member has its group's gateway and ports where it shows none of its own; what an ARN names has ports of its own. */
function sharedBy(
  { id, state, type, gateway, ports, definition }: ResourceConfigurationFinding,
  group: ResourceConfigurationFinding | undefined,
  gateways: ReadonlyMap<string, ResourceGateway>,
): SharedResource | undefined {
  const by = gateway ?? group?.gateway;
  const open = ports ?? group?.ports ?? (type === 'ARN' ? [{ from: 0, to: 65535 }] : undefined);
  if (definition === undefined || by === undefined || !gateways.has(by) || open === undefined) return undefined;
  return { id, state, gateway: by, ports: open, ...present({ address: definition.address }) };
}
