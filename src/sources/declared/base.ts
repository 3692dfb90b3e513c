/**
 * What runs already, changed as a plan changes it. What the plan holds and what runs are told to be one by their id; a
 * thing of which only what is added is declared (a route of a table that exists) keeps all else that it has.
 */
import { present } from '../../base/present.ts';
import { settleCoreNetworks } from './base-core-network.ts';
import { settleTransit } from './base-transit.ts';
import { blurBalancers } from './base-blurred.ts';
import { settleInterfaces } from './base-interface.ts';
import { settleLines } from './base-line.ts';
import { isPaged, mergePages } from './base-pages.ts';
import { byNumber } from './entry-order.ts';
import {
  type Findings,
  type NetworkAclFinding,
  noFindings,
  type RouteFinding,
  type RouteTableFinding,
} from '../../network/build/findings.ts';
import type { InterfaceFinding } from '../../network/build/interface-finding.ts';
import type { RulesFinding, SecurityGroupFinding } from '../../network/build/security-group-finding.ts';
import { type Prefix, samePrefix } from '../../net/prefix.ts';
import { ownerInDescription } from '../../network/build/interface-role.ts';
import type { Declared } from './index.ts';
import { nothingOutside, type Outside } from './outside.ts';
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
  for (const [key, list] of Object.entries(base))
    if (Array.isArray(list))
      lists[key]!.push(...mergeList(key, list, listOf(before.findings, key), listOf(after.findings, key), gone));
  mergeInterfaces(out, base, before.findings, after.findings, gone);
  for (const part of ['dns', 'lattice'] as const) mergePart(out, part, base, before.findings, after.findings, gone);
  settleAssociations(out, before.findings, after.findings);
  const merged = withOutside(withoutGone(out, gone), base, before, after);
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
    default:
      return fields(base, before, after, ofBase);
  }
}

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

const routeKey = ({ destination, target }: RouteFinding): unknown => [destination, target];

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

/** One route a destination: the plan's where it has one. */
const replaced = (all: readonly RouteFinding[], told: readonly RouteFinding[]): readonly RouteFinding[] =>
  all.filter(
    (one) =>
      one.origin === 'propagated' ||
      told.every((other) => !same(other.destination, one.destination) || same(routeKey(other), routeKey(one))),
  );

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
    if (isGone(own, gone)) continue;
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

/** What the plan adds to things that it does not hold, and no longer adds. */
function withOutside(findings: Findings, base: Findings, before: Declared, after: Declared): Findings {
  const old = before.outside ?? nothingOutside();
  const now = after.outside;
  // A subnet has one table and one network ACL: who says so last counts, and the plan says so after what runs.
  const tables = new Map([...claims(after.findings.routeTables), ...now.tableOf]);
  const acls = new Map([...claims(after.findings.networkAcls), ...now.aclOf]);
  const released = {
    tables: new Map([...claims(before.findings.routeTables), ...old.tableOf]),
    acls: new Map([...claims(before.findings.networkAcls), ...old.aclOf]),
  };
  const mains = new Map([
    ...after.findings.routeTables.flatMap(({ id, vpc, main }) => (main ? [[vpc, id] as const] : [])),
    ...now.mainOf,
  ]);
  const holds =
    (claimed: ReadonlyMap<string, string>, was: ReadonlyMap<string, string>, id: string) =>
    (subnet: string): boolean =>
      claimed.has(subnet) ? claimed.get(subnet) === id : was.get(subnet) !== id;
  const blocks = ({ id, cidrs }: { readonly id: string; readonly cidrs: readonly Prefix[] }): readonly Prefix[] =>
    elements(cidrs, old.blocks.get(id) ?? [], now.blocks.get(id) ?? [], (one) => one);
  const vpcs = findings.vpcs.map((one) => ({ ...one, cidrs: blocks(one) }));
  // A local route goes with its block.
  const left = (vpc: string): readonly Prefix[] => {
    const stays = vpcs.find(({ id }) => id === vpc)?.cidrs;
    const had = base.vpcs.find(({ id }) => id === vpc)?.cidrs ?? [];
    return stays === undefined ? [] : had.filter((one) => !stays.some((other) => samePrefix(one, other)));
  };
  const isLeft = (vpc: string, { destination, target }: RouteFinding): boolean =>
    target.kind === 'local' &&
    destination.kind === 'prefix' &&
    left(vpc).some((one) => samePrefix(one, destination.prefix));
  const routeTables = findings.routeTables.map((table): RouteTableFinding => {
    const routes = replaced(
      elements(table.routes, old.routes.get(table.id) ?? [], now.routes.get(table.id) ?? [], routeKey),
      now.routes.get(table.id) ?? [],
    );
    const main = mains.get(table.vpc);
    const of = holds(tables, released.tables, table.id);
    const added = [...now.tableOf].flatMap(([subnet, id]) => (id === table.id ? [subnet] : []));
    const [gateways, subnets] = split(added, table, base, after.findings);
    return {
      ...table,
      main: main === undefined ? table.main : main === table.id,
      routes: resolved(routes, findings, base).filter((route) => !isLeft(table.vpc, route)),
      subnets: [...new Set([...table.subnets.filter(of), ...subnets])],
      gateways: [...new Set([...table.gateways.filter(of), ...gateways])],
      ...(now.changing.size === 0 ? {} : { changing: [...new Set([...(table.changing ?? []), ...now.changing])] }),
    };
  });
  const networkAcls = findings.networkAcls.map((acl): NetworkAclFinding => {
    const entries = (direction: 'inbound' | 'outbound') => {
      const egress = direction === 'outbound';
      const of = (all: typeof now.entries) =>
        (all.get(acl.id) ?? []).filter((one) => one.egress === egress).map(({ entry }) => entry);
      return byNumber(
        elements(acl[direction], of(old.entries), of(now.entries), (one) => one),
        of(now.entries),
      );
    };
    const added = [...now.aclOf].flatMap(([subnet, id]) => (id === acl.id ? [subnet] : []));
    return {
      ...acl,
      inbound: entries('inbound'),
      outbound: entries('outbound'),
      subnets: [...new Set([...acl.subnets.filter(holds(acls, released.acls, acl.id)), ...added])],
      understood: acl.understood && !now.blurredAcls.has(acl.id),
    };
  });
  const ruleKey = ({ group, direction, rule }: Findings['securityGroupRules'][number]): unknown => [
    group,
    direction,
    rule?.match,
    rule?.peer,
  ];
  const taken = before.findings.securityGroupRules.filter((one) =>
    after.findings.securityGroupRules.every((other) => !same(ruleKey(other), ruleKey(one))),
  );
  const isTaken = (group: string, direction: string, rule: { match: unknown; peer: unknown } | undefined): boolean =>
    taken.some(
      (one) =>
        one.group === group &&
        one.direction === direction &&
        rule !== undefined &&
        same([one.rule?.match, peerKey(one.rule?.peer)], [rule.match, peerKey(rule.peer)]),
    );
  const securityGroups = findings.securityGroups.map((group): SecurityGroupFinding => {
    const side = (direction: 'ingress' | 'egress'): RulesFinding | undefined => {
      const rules = group[direction];
      return Array.isArray(rules)
        ? rules.filter((rule: { match: unknown; peer: unknown }) => !isTaken(group.id, direction, rule))
        : rules;
    };
    return { ...group, ...present({ ingress: side('ingress'), egress: side('egress') }) };
  });
  const merged: Findings = {
    ...findings,
    routeTables,
    networkAcls,
    securityGroups,
    securityGroupRules: findings.securityGroupRules.filter(
      ({ group, direction, rule }) => !isTaken(group, direction, rule),
    ),
    vpcs,
    subnets: findings.subnets.map((one) => ({ ...one, cidrs: blocks(one) })),
    internetGateways: findings.internetGateways.map((one) => {
      const vpc = now.attached.get(one.id);
      return vpc === undefined ? one : { ...one, vpc };
    }),
  };
  enterLists(merged, old.entered, now.entered);
  settleInterfaces(merged, old, now);
  blurBalancers(merged, now);
  settleLines(merged, old, now);
  for (const from of [base.edges, after.findings.edges]) {
    for (const id of from.whole) merged.edges.whole.add(id);
    for (const id of from.hiding) merged.edges.hiding.add(id);
    for (const id of from.outside) merged.edges.outside.add(id);
  }
  return merged;
}

/** Entries that the plan adds to lists that run, and no longer adds; one that is not known makes the list unread. */
function enterLists(findings: Findings, old: Outside['entered'], now: Outside['entered']): void {
  for (const list of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(list) ?? [], now.get(list) ?? []];
    const told = <T extends { readonly entries?: readonly Prefix[] }>(one: T): T => {
      if (one.entries === undefined) return one;
      const { entries, ...rest } = one;
      if (is.includes(undefined)) return rest as T;
      const blocks = (all: typeof is): readonly Prefix[] => all.flatMap((block) => block ?? []);
      return { ...one, entries: elements(entries, blocks(was), blocks(is), (block) => block) };
    };
    replace(findings.prefixLists, (one) => (one.id === list ? told(one) : one));
    const [first, ...others] = findings.prefixListEntries.filter((one) => one.list === list);
    if (first === undefined) continue;
    const all = told({ ...first, entries: [first, ...others].flatMap(({ entries }) => entries) });
    const rest = findings.prefixListEntries.filter((one) => one.list !== list);
    const kept = (all as Partial<typeof first>).entries === undefined ? [] : [all];
    findings.prefixListEntries.splice(0, findings.prefixListEntries.length, ...rest, ...kept);
  }
}

const peerKey = (peer: unknown): unknown =>
  typeof peer === 'object' && peer !== null && 'id' in peer ? peer.id : peer;

/** What each of them is associated with, by the other's id. */
const claims = (
  all: readonly { readonly id: string; readonly subnets: readonly string[]; readonly gateways?: readonly string[] }[],
) => all.flatMap(({ id, subnets, gateways = [] }) => [...subnets, ...gateways].map((one) => [one, id] as const));

/** Which of the ids are gateways. */
function split(
  ids: readonly string[],
  _table: RouteTableFinding,
  base: Findings,
  after: Findings,
): readonly [readonly string[], readonly string[]] {
  const subnets = new Set([...base.subnets, ...after.subnets].map(({ id }) => id));
  return [ids.filter((id) => !subnets.has(id)), ids.filter((id) => subnets.has(id))];
}

/** A route to an instance that runs leads to its first interface. */
const resolved = (routes: readonly RouteFinding[], findings: Findings, base: Findings): readonly RouteFinding[] =>
  routes.map((route) => {
    const { target } = route;
    if (target.kind !== 'unknown') return route;
    const [id] = [...findings.instances, ...base.instances].find((one) => one.id === target.id)?.interfaces ?? [];
    return id === undefined ? route : { ...route, target: { kind: 'network-interface', id, instance: target.id } };
  });

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

function replace<T>(all: T[], change: (one: T) => T): void {
  all.splice(0, all.length, ...all.map(change));
}
