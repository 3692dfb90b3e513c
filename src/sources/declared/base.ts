/**
 * What runs already, changed as a plan changes it. What the plan holds and what runs are told to be one by their id; a
 * thing of which only what is added is declared (a route of a table that exists) keeps all else that it has.
 */
import { present } from '../../base/present.ts';
import { settleCoreNetworks } from './base-core-network.ts';
import { settleTransit } from './base-transit.ts';
import { settleDns } from './base-dns.ts';
import { settleFirewalls } from './base-firewall.ts';
import { withOutside } from './base-outside.ts';
import { isPaged, mergePages } from './base-pages.ts';
import { byNumber } from './entry-order.ts';
import {
  type Findings,
  type NetworkAclFinding,
  noFindings,
  type RouteTableFinding,
} from '../../network/build/findings.ts';
import type { InterfaceFinding } from '../../network/build/interface-finding.ts';
import type { RulesFinding, SecurityGroupFinding } from '../../network/build/security-group-finding.ts';
import { ownerInDescription } from '../../network/build/interface-role.ts';
import { replace } from './in-place.ts';
import type { Declared } from './index.ts';
import { replaced, routeKey } from './route-key.ts';
import { withStandIns } from './stand-in.ts';
import { elements, fields, same } from './three-way.ts';

type Id = { readonly id: string };

/** Without a base, all that the declaration tells. */
export function merge(
  base: Findings | undefined,
  before: Declared,
  after: Declared,
  gone: ReadonlySet<string>,
): Findings {
  if (base === undefined) return withStandIns(after.findings, after.outside);
  const out = noFindings();
  const lists = out as unknown as Record<string, unknown[]>;
  const dropped = new Set([...gone, ...after.outside.unread]);
  for (const [key, list] of Object.entries(base))
    if (Array.isArray(list))
      lists[key]!.push(...mergeList(key, list, listOf(before.findings, key), listOf(after.findings, key), dropped));
  mergeInterfaces(out, base, before.findings, after.findings, gone);
  for (const part of ['dns', 'lattice'] as const) mergePart(out, part, base, before.findings, after.findings, dropped);
  settleAssociations(out, before.findings, after.findings);
  const merged = withOutside(withoutGone(out, gone), base, before, after);
  settleDns(merged, base, before, after);
  settleFirewalls(merged, base, before.findings, after.findings);
  settleTransit(merged, base, before, after);
  settleCoreNetworks(merged, base, before.findings, after.findings);
  return withStandIns(merged, after.outside);
}

function mergeList(
  key: string,
  base: readonly unknown[],
  before: readonly unknown[],
  told: readonly unknown[],
  gone: ReadonlySet<string>,
): readonly unknown[] {
  if (isPaged(key, [...base, ...before, ...told])) return mergePages(key, base, before, told);
  const old = new Map(before.flatMap((one) => (isIdentified(one) ? [[one.id, one] as const] : [])));
  const now = new Map(told.flatMap((one) => (isIdentified(one) ? [[one.id, one] as const] : [])));
  const used = new Set<string>();
  const kept = base.flatMap((one) => {
    if (!isIdentified(one)) return [one];
    if (gone.has(one.id)) return [];
    const next = now.get(one.id);
    if (next === undefined) return [one];
    used.add(one.id);
    return [mergeOne(key, one, old.get(one.id), next)];
  });
  const added = told.filter((one) => !isIdentified(one) || !used.has(one.id));
  // What has no id is told of something else: the plan's word first, which is then the one that counts.
  return [...added.filter((one) => !isIdentified(one)), ...kept, ...added.filter(isIdentified)];
}

const listOf = (findings: Findings, key: string): readonly unknown[] =>
  (findings as unknown as Record<string, readonly unknown[]>)[key] ?? [];

const isIdentified = (one: unknown): one is Id => typeof one === 'object' && one !== null && 'id' in one;

function mergeOne(key: string, base: Id, before: Id | undefined, after: Id): Id {
  switch (key) {
    case 'routeTables':
      return mergeTable(base as RouteTableFinding, before as RouteTableFinding | undefined, after as RouteTableFinding);
    case 'networkAcls':
      return mergeAcl(base as NetworkAclFinding, before as NetworkAclFinding | undefined, after as NetworkAclFinding);
    case 'securityGroups':
      return mergeGroup(
        base as SecurityGroupFinding,
        before as SecurityGroupFinding | undefined,
        after as SecurityGroupFinding,
      );
    case 'vpcs':
    case 'subnets':
      return mergeBlocks(base as Blocks, before as Blocks | undefined, after as Blocks);
    case 'endpoints':
      return mergeEndpoint(base, before, after);
    default:
      return fields(base, before, after, ofBase);
  }
}

/** Of a VPC, or of Route 53 Resolver. */
type Endpoint = Id & { readonly interfaces?: readonly string[] };

const mergeEndpoint = (base: Endpoint, before: Endpoint | undefined, after: Endpoint): Endpoint => ({
  ...fields(base, before, after, ofBase),
  ...present({
    interfaces:
      before === undefined
        ? base.interfaces
        : elements(base.interfaces ?? [], before.interfaces ?? [], after.interfaces ?? [], (one) => one),
  }),
});

type Blocks = Findings['vpcs'][number] | Findings['subnets'][number];

const mergeBlocks = (base: Blocks, before: Blocks | undefined, after: Blocks): Blocks => ({
  ...fields(base, before, after, ofBase),
  cidrs: elements(base.cidrs, before?.cidrs ?? [], after.cidrs, (one) => one),
});

/** Fields in which what runs shows what AWS has made: ids of interfaces, addresses. A plan tells them by names of its own. */
const ofBase: ReadonlySet<string> = new Set([
  'interfaces',
  'addresses',
  'zone',
  'zoneName',
  'vpc',
  'cidrs',
  'isDefault',
  'state',
]);

function mergeTable(
  base: RouteTableFinding,
  before: RouteTableFinding | undefined,
  after: RouteTableFinding,
): RouteTableFinding {
  const merged = fields(base, before, after, new Set(['routes', 'subnets', 'gateways', 'main', 'impliesLocal', 'vpc']));
  return {
    ...merged,
    main: after.main,
    routes: replaced(elements(base.routes, before?.routes ?? [], after.routes, routeKey), after.routes),
    subnets: elements(base.subnets, before?.subnets ?? [], after.subnets, (one) => one),
    gateways: elements(base.gateways, before?.gateways ?? [], after.gateways, (one) => one),
  };
}

function mergeAcl(
  base: NetworkAclFinding,
  before: NetworkAclFinding | undefined,
  after: NetworkAclFinding,
): NetworkAclFinding {
  const merged = fields(
    base,
    before,
    after,
    new Set(['inbound', 'outbound', 'subnets', 'understood', 'isDefault', 'vpc']),
  );
  const side = (direction: 'inbound' | 'outbound') =>
    byNumber(
      elements(base[direction], before?.[direction] ?? [], after[direction], (one) => one),
      after[direction],
    );
  return {
    ...merged,
    inbound: side('inbound'),
    outbound: side('outbound'),
    subnets: elements(base.subnets, before?.subnets ?? [], after.subnets, (one) => one),
    understood: base.understood && after.understood,
  };
}

function mergeGroup(
  base: SecurityGroupFinding,
  before: SecurityGroupFinding | undefined,
  after: SecurityGroupFinding,
): SecurityGroupFinding {
  const merged = fields(base, before, after, new Set(['ingress', 'egress', 'vpc']));
  const side = (direction: 'ingress' | 'egress'): RulesFinding | undefined => {
    const [own, old, now] = [base[direction], before?.[direction], after[direction]];
    if (now === undefined || typeof now === 'string') return own;
    // What runs and is not understood may admit anything; so may what is not told.
    if (own === undefined || typeof own === 'string') return own ?? 'not-told';
    return elements(own, Array.isArray(old) ? old : [], now, ({ match, peer }) => [
      match,
      'id' in peer ? peer.id : peer,
    ]);
  };
  return { ...merged, ...present({ ingress: side('ingress'), egress: side('egress') }) };
}

function mergeInterfaces(
  out: Findings,
  base: Findings,
  before: Findings,
  after: Findings,
  gone: ReadonlySet<string>,
): void {
  for (const [id, own] of base.interfaces) {
    const next = after.interfaces.get(id);
    // What AWS made for a service goes from a subnet that the service leaves.
    const left = own.requesterManaged && before.interfaces.has(id) && next === undefined;
    if (left || isGone(own, gone)) continue;
    out.interfaces.set(id, next === undefined ? own : mergeInterface(own, before.interfaces.get(id), next));
  }
  const shown = new Map(base.instanceInterfaces.map((one) => [one.interface.id, one]));
  for (const [id, next] of after.interfaces) {
    if (out.interfaces.has(id)) continue;
    const own = shown.get(id);
    out.interfaces.set(id, own === undefined ? next : mergeInterface(own, before.interfaces.get(id), next));
  }
}

/** Addresses that it has, it keeps; a public one that the plan takes away goes, and one that it adds comes. */
function mergeInterface(
  base: InterfaceFinding,
  before: InterfaceFinding | undefined,
  after: InterfaceFinding,
): InterfaceFinding {
  const merged = fields(
    base.interface,
    before?.interface,
    after.interface,
    new Set([...ofBase, 'subnet', 'interfaceType', 'description', 'tags', 'name']),
  );
  const isPublic = (one: InterfaceFinding | undefined): boolean | undefined =>
    one && (one.pending?.public === true || one.interface.addresses.some(({ publicIp }) => publicIp !== undefined));
  const has = base.interface.addresses.some(({ publicIp }) => publicIp !== undefined);
  const changed = before !== undefined && isPublic(before) !== isPublic(after);
  const addresses =
    changed && isPublic(after) === false
      ? base.interface.addresses.map(({ publicIp: _publicIp, ...one }) => one)
      : base.interface.addresses;
  const { state: _, ...rest } = merged;
  // What the plan no longer tells for certain is not there for certain.
  const blurred = after.interface.state !== undefined && before?.interface.state === undefined;
  const state = blurred ? after.interface.state : base.interface.state;
  return {
    ...base,
    interface: { ...rest, addresses, ...present({ state }) },
    ...((changed || before === undefined) && isPublic(after) === true && !has
      ? { pending: { ipv4: 0, ipv6: 0, public: true } }
      : {}),
  };
}

/** An interface goes with what it belongs to. */
const isGone = ({ interface: nic }: InterfaceFinding, gone: ReadonlySet<string>): boolean =>
  [nic.id, nic.instance, nic.subnet, ownerInDescription(nic.description)].some(
    (id) => id !== undefined && gone.has(id),
  );

/** Tables and network ACLs let go of what is gone; routes to it lead nowhere (semantics 4.16). */
function withoutGone(findings: Findings, gone: ReadonlySet<string>): Findings {
  if (gone.size === 0) return findings;
  const still = (id: string): boolean => !gone.has(id);
  return {
    ...findings,
    routeTables: findings.routeTables.map((table) => ({
      ...table,
      subnets: table.subnets.filter(still),
      gateways: table.gateways.filter(still),
      routes: table.routes.map((route) =>
        'id' in route.target && gone.has(route.target.id) ? { ...route, state: 'blackhole' as const } : route,
      ),
    })),
    networkAcls: findings.networkAcls.map((acl) => ({ ...acl, subnets: acl.subnets.filter(still) })),
    elasticAddresses: findings.elasticAddresses.filter((one) => still(one.id) && still(one.interface ?? '')),
    instances: findings.instances.map((one) => ({ ...one, interfaces: one.interfaces.filter(still) })),
    instanceInterfaces: findings.instanceInterfaces.filter((one) => !isGone(one, gone)),
  };
}

/** Findings that stand together: each of their lists as the others. */
function mergePart(
  out: Findings,
  part: 'dns' | 'lattice',
  base: Findings,
  before: Findings,
  after: Findings,
  gone: ReadonlySet<string>,
): void {
  const of = (from: Findings, key: string): readonly unknown[] =>
    (from[part] as unknown as Record<string, readonly unknown[]>)[key] ?? [];
  for (const key of Object.keys(base[part]))
    (out[part] as unknown as Record<string, unknown[]>)[key]!.push(
      ...mergeList(key, of(base, key), of(before, key), of(after, key), gone),
    );
}

/** An attachment that the plan associates with another table, or with none, has left the one that it runs with. */
function settleAssociations(out: Findings, before: Findings, after: Findings): void {
  const [old, now] = [before, after].map(
    ({ transitGatewayAttachments, transitGatewayAssociations }) =>
      new Map<string, Findings['transitGatewayAttachments'][number]['association']>([
        ...transitGatewayAttachments.map(({ id, association }) => [id, association] as const),
        ...transitGatewayAssociations.flatMap(({ table, members }) =>
          members.map(({ attachment, state }) => [attachment, { table, state }] as const),
        ),
      ]),
  );
  const declared = new Set(after.transitGatewayAttachments.map(({ id }) => id));
  const moved = [...new Set([...old!.keys(), ...now!.keys()])].filter((id) => !same(old!.get(id), now!.get(id)));
  if (moved.length === 0) return;
  const left = new Set(moved);
  replace(out.transitGatewayAssociations, (one) => ({
    ...one,
    members: one.members.filter(({ attachment }) => !left.has(attachment) || now!.get(attachment)?.table === one.table),
  }));
  replace(out.transitGatewayAttachments, ({ association: runs, ...one }) => {
    if (!left.has(one.id) || declared.has(one.id)) return { ...one, ...present({ association: runs }) };
    return { ...one, ...present({ association: now!.get(one.id) }) };
  });
}
