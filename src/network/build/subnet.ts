/** Subnets: the route table and network ACL in force (semantics 3.1, 4.1). */
import { present } from '../../base/present.ts';
import type { Unread } from '../resource.ts';
import type { Subnet } from '../subnet.ts';
import { blockModeOf, isBlocked } from './block-public-access.ts';
import { blameDangling, type Building, wasRead } from './building.ts';

const tablesCall = 'describe-route-tables';
const aclsCall = 'describe-network-acls';

export function buildSubnets(building: Building): Map<string, Subnet> {
  const tables = associations(building, 'route table', building.findings.routeTables);
  const acls = associations(building, 'network ACL', building.findings.networkAcls);
  const mainTables = defaults(building, 'main route table', building.findings.routeTables, ({ main }) => main);
  const defaultAcls = defaults(building, 'default ACL', building.findings.networkAcls, ({ isDefault }) => isDefault);
  const changing = new Set(building.findings.routeTables.flatMap((table) => table.changing ?? []));
  const blurred = new Set(building.findings.networkAcls.filter((acl) => !acl.understood).map(({ id }) => id));

  const owners = new Map(building.findings.vpcs.map(({ id, account }) => [id, account]));
  // Of what a plan makes it is not told whose it is; in a VPC that runs it is its owner's.
  const ownerOf = ({ account, vpc }: { readonly account?: string; readonly vpc: string }) =>
    account ?? owners.get(vpc) ?? '';
  const zones = zonesByName(building.findings.subnets, ownerOf);

  const subnets = new Map<string, Subnet>();
  for (const { internetGatewayBlockMode, zoneName: _, ...found } of building.findings.subnets) {
    const region = found.region ?? building.regionOfVpc.get(found.vpc);
    const mode = internetGatewayBlockMode ?? blockModeOf(building, found);
    // What no association shows is in force only where there is no association that was not shown.
    const of = { ...found, ...present({ region }) };
    const isMainTold = wasRead(building, tablesCall, of) && !changing.has(found.vpc);
    const table = tables.get(found.id) ?? (isMainTold ? mainTables.get(found.vpc) : undefined);
    const defaultAcl = wasRead(building, aclsCall, of) ? defaultAcls.get(found.vpc) : undefined;
    const networkAcl = acls.get(found.id) ?? defaultAcl;
    subnets.set(found.id, {
      ...found,
      ...present({ region }),
      zone: zones.get(`${ownerOf(found)} ${found.zone}`) ?? found.zone,
      routeTable: changing.has(found.id) || table === undefined ? unread(tablesCall, found.id) : table,
      networkAcl: networkAcl === undefined || blurred.has(networkAcl) ? unread(aclsCall, found.id) : networkAcl,
      internetGatewayBlockMode: mode,
      ...(mode === 'off' && isBlocked(building, found) ? { excludedFromBlock: true } : {}),
    });
  }
  checkAssociated(building, subnets);
  return subnets;
}

/** From account and AWS's name of a zone to its id, where some subnet shows both: a plan tells names alone of what it makes. */
const zonesByName = <T extends { readonly zone: string; readonly zoneName?: string }>(
  subnets: readonly T[],
  ownerOf: (subnet: T) => string,
): ReadonlyMap<string, string> =>
  new Map(
    subnets.flatMap((one) =>
      one.zoneName === undefined ? [] : [[`${ownerOf(one)} ${one.zoneName}`, one.zone] as const],
    ),
  );

const unread = (call: string, subject: string): Unread => ({ unread: call, subject });

interface Associated {
  readonly id: string;
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly source: { readonly file: string; readonly place: string };
}

/** Subnet to what is associated with it; a subnet has one of each kind. */
function associations(building: Building, what: string, found: readonly Associated[]): Map<string, string> {
  const of = new Map<string, string>();
  for (const { id, subnets, source } of found)
    for (const subnet of new Set(subnets)) {
      const other = of.get(subnet);
      if (other === undefined) of.set(subnet, id);
      else
        building.problems.push({
          code: 'conflicting-association',
          file: source.file,
          place: source.place,
          message: `\`${subnet}\` is associated with two of the kind ${what}: \`${other}\` and \`${id}\`.`,
          hint: 'Answers of different moments were mixed; write both again.',
        });
    }
  return of;
}

/** VPC to the one that holds for subnets without an association. */
function defaults<T extends Associated>(
  building: Building,
  what: string,
  found: readonly T[],
  isDefault: (one: T) => boolean,
): Map<string, string> {
  const of = new Map<string, string>();
  for (const one of found) {
    if (!isDefault(one)) continue;
    const other = of.get(one.vpc);
    if (other === undefined) of.set(one.vpc, one.id);
    else
      building.problems.push({
        code: 'conflicting-association',
        file: one.source.file,
        place: one.source.place,
        message: `\`${one.vpc}\` has two ${what}s: \`${other}\` and \`${one.id}\`.`,
        hint: 'Answers of different moments were mixed; write them again.',
      });
  }
  return of;
}

function checkAssociated(building: Building, subnets: ReadonlyMap<string, Subnet>): void {
  for (const from of [...building.findings.routeTables, ...building.findings.networkAcls])
    for (const id of from.subnets)
      if (!subnets.has(id) && wasRead(building, 'describe-subnets', from))
        blameDangling(building, from, 'subnet', id, 'describe-subnets');
}
