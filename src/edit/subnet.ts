/** Edits of what is associated with subnets and gateways' edges: route tables and network ACLs (semantics 3.1, 4.1, 4.21). */
import { isUnread } from '../network/resource.ts';
import type { RouteTable } from '../network/route-table.ts';
import type { Subnet } from '../network/subnet.ts';
import { type Draft, note, put, toEach } from './draft.ts';
import type { EditOf } from './edit.ts';
import { thing, things } from './selection.ts';

const subnetsNamed = (draft: Draft, name: string) => things(draft, 'subnet', name, 'subnet', 'subnet');

/** What was there before, as an id or in words. */
const told = (value: Subnet['routeTable']): string => (isUnread(value) ? 'not read' : value);

export function associateTable(draft: Draft, { subnet: name, table: asked }: EditOf<'associate-table'>): void {
  const subnets = subnetsNamed(draft, name);
  const named = asked === 'main' ? undefined : thing(draft, 'table', asked, 'route table', 'route-table');
  if (asked !== 'main' && named === undefined) return;
  toEach(draft, 'table', subnets, undefined, (subnet) => {
    const table = named ?? mainTable(draft, subnet);
    if (table === undefined || !isIn(draft, 'table', table, subnet)) return undefined;
    if (subnet.routeTable === table.id) return `\`${subnet.id}\` uses \`${table.id}\` already.`;
    put(draft, 'subnets', { ...subnet, routeTable: table.id });
    settle(draft, subnet.id);
    note(draft, subnet, 'route table', told(subnet.routeTable), table.id);
    return undefined;
  });
}

/** The VPC's own, which subnets without an association follow. */
function mainTable(draft: Draft, { id, vpc }: Subnet): RouteTable | undefined {
  const found = [...draft.network.routeTables.values()].find((one) => one.vpc === vpc && one.main);
  if (found !== undefined && found.changing?.includes(vpc) !== true) return found;
  draft.wrong('table', {
    code: 'not-read',
    message: `Which is the main route table of \`${vpc}\`, which \`${id}\` would follow, is not told.`,
    hint: 'Add the output of `aws ec2 describe-route-tables`, or name a table.',
  });
  return undefined;
}

export function associateAcl(draft: Draft, { subnet: name, acl: asked }: EditOf<'associate-acl'>): void {
  const subnets = subnetsNamed(draft, name);
  const named = asked === 'default' ? undefined : thing(draft, 'acl', asked, 'network ACL', 'network-acl');
  if (asked !== 'default' && named === undefined) return;
  toEach(draft, 'acl', subnets, undefined, (subnet) => {
    const acl = named ?? [...draft.network.networkAcls.values()].find((one) => one.vpc === subnet.vpc && one.isDefault);
    if (acl === undefined)
      draft.wrong('acl', {
        code: 'not-read',
        message: `The default network ACL of \`${subnet.vpc}\` was not read.`,
        hint: 'Add the output of `aws ec2 describe-network-acls`, or name a network ACL.',
      });
    if (acl === undefined || !isIn(draft, 'acl', acl, subnet)) return undefined;
    if (subnet.networkAcl === acl.id) return `\`${subnet.id}\` uses \`${acl.id}\` already.`;
    put(draft, 'subnets', { ...subnet, networkAcl: acl.id });
    note(draft, subnet, 'network ACL', told(subnet.networkAcl), acl.id);
    return undefined;
  });
}

export function associateEdge(draft: Draft, { gateway: name, table: asked }: EditOf<'associate-edge'>): void {
  const gateways = things(
    draft,
    'gateway',
    name,
    'internet or virtual private gateway',
    'internet-gateway',
    'vpn-gateway',
  );
  const table = asked === 'none' ? undefined : thing(draft, 'table', asked, 'route table', 'route-table');
  if (asked !== 'none' && table === undefined) return;
  toEach(draft, 'table', gateways, undefined, (gateway) => {
    const vpcs = 'vpcs' in gateway ? gateway.vpcs : gateway.vpc === undefined ? [] : [gateway.vpc];
    if (table !== undefined && !vpcs.includes(table.vpc)) {
      draft.wrong('table', {
        code: 'wrong-vpc',
        message: `\`${table.id}\` is of \`${table.vpc}\`, to which \`${gateway.id}\` is not attached.`,
        hint: 'A gateway has a route table of its own VPC at its edge.',
      });
      return undefined;
    }
    if (gateway.routeTable === table?.id)
      return table === undefined
        ? `\`${gateway.id}\` has no route table at its edge.`
        : `\`${gateway.id}\` has \`${table.id}\` at its edge already.`;
    const { routeTable: before, ...rest } = gateway;
    const after = table === undefined ? {} : { routeTable: table.id };
    if (rest.kind === 'internet-gateway') put(draft, 'internetGateways', { ...rest, ...after });
    else if ('vpcs' in rest) put(draft, 'opaqueGateways', { ...rest, ...after });
    else put(draft, 'vpnGateways', { ...rest, ...after });
    settle(draft, gateway.id);
    note(draft, gateway, 'edge association', before, table?.id);
    return undefined;
  });
}

/** The association of it is not changing any more: it is as the edit says. */
function settle(draft: Draft, id: string): void {
  for (const { changing, ...table } of draft.network.routeTables.values()) {
    if (changing?.includes(id) !== true) continue;
    const left = changing.filter((one) => one !== id);
    put(draft, 'routeTables', left.length === 0 ? table : { ...table, changing: left });
  }
}

function isIn(
  draft: Draft,
  field: string,
  { id, vpc }: { readonly id: string; readonly vpc: string },
  subnet: Subnet,
): boolean {
  if (vpc === subnet.vpc) return true;
  draft.wrong(field, {
    code: 'wrong-vpc',
    message: `\`${id}\` is of \`${vpc}\`, and \`${subnet.id}\` of \`${subnet.vpc}\`.`,
    hint: 'Name one of the same VPC.',
  });
  return false;
}
