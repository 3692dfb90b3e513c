/** What a plan adds to things that run and that it does not hold, and no longer adds. */
import { present } from '../../base/present.ts';
import { type Prefix, includesPrefix } from '../../net/prefix.ts';
import type { Findings, NetworkAclFinding, RouteFinding, RouteTableFinding } from '../../network/build/findings.ts';
import type { RulesFinding, SecurityGroupFinding } from '../../network/build/security-group-finding.ts';
import { blur } from './base-blurred.ts';
import { settleInterfaces } from './base-interface.ts';
import { settleLines } from './base-line.ts';
import { byNumber } from './entry-order.ts';
import { replace } from './in-place.ts';
import type { Declared } from './index.ts';
import { nothingOutside, type Outside } from './outside.ts';
import { replaced, routeKey } from './route-key.ts';
import { elements, same } from './three-way.ts';

export function withOutside(findings: Findings, base: Findings, before: Declared, after: Declared): Findings {
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
    return stays === undefined ? [] : had.filter((one) => !includesPrefix(stays, one));
  };
  const isLeft = (vpc: string, { destination, target }: RouteFinding): boolean =>
    target.kind === 'local' && destination.kind === 'prefix' && includesPrefix(left(vpc), destination.prefix);
  // What a table is associated with besides are gateways.
  const subnetIds = new Set([...base.subnets, ...after.findings.subnets].map(({ id }) => id));
  const isSubnet = (id: string): boolean => subnetIds.has(id);
  const routeTables = findings.routeTables.map((table): RouteTableFinding => {
    const routes = replaced(
      elements(table.routes, old.routes.get(table.id) ?? [], now.routes.get(table.id) ?? [], routeKey),
      now.routes.get(table.id) ?? [],
    );
    const main = mains.get(table.vpc);
    const of = holds(tables, released.tables, table.id);
    const added = [...now.tableOf].flatMap(([subnet, id]) => (id === table.id ? [subnet] : []));
    return {
      ...table,
      main: main === undefined ? table.main : main === table.id,
      routes: resolved(routes, findings, base).filter((route) => !isLeft(table.vpc, route)),
      subnets: [...new Set([...table.subnets.filter(of), ...added.filter(isSubnet)])],
      gateways: [...new Set([...table.gateways.filter(of), ...added.filter((id) => !isSubnet(id))])],
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
    internetGateways: findings.internetGateways.map((one) => attached(one, old, now)),
    vpnGateways: findings.vpnGateways.map((one) => attached(one, old, now)),
    opaqueGateways: findings.opaqueGateways.map((one) => {
      const vpc = now.attached.get(one.id);
      return vpc === undefined || one.vpcs === undefined ? one : { ...one, vpcs: [...new Set([...one.vpcs, vpc])] };
    }),
  };
  enterLists(merged, old.entered, now.entered);
  settleInterfaces(merged, old, now);
  blur(merged, now);
  settleLines(merged, old, now);
  for (const from of [base.edges, after.findings.edges]) {
    for (const id of from.whole) merged.edges.whole.add(id);
    for (const id of from.hiding) merged.edges.hiding.add(id);
    for (const id of from.outside) merged.edges.outside.add(id);
  }
  return merged;
}

/** At the VPC to which the plan attaches it, and no longer at one from which the plan takes it. */
function attached<T extends { readonly id: string; readonly vpc?: string }>(one: T, old: Outside, now: Outside): T {
  const vpc = now.attached.get(one.id);
  if (vpc !== undefined)
    return { ...one, vpc, ...present({ state: now.mayAttach.has(one.id) ? 'unknown' : undefined }) };
  if (one.vpc === undefined || old.attached.get(one.id) !== one.vpc) return one;
  const { vpc: _, ...rest } = one;
  return rest as T;
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

/** A route to an instance that runs leads to its first interface. */
const resolved = (routes: readonly RouteFinding[], findings: Findings, base: Findings): readonly RouteFinding[] =>
  routes.map((route) => {
    const { target } = route;
    if (target.kind !== 'unknown') return route;
    const [id] = [...findings.instances, ...base.instances].find((one) => one.id === target.id)?.interfaces ?? [];
    return id === undefined ? route : { ...route, target: { kind: 'network-interface', id, instance: target.id } };
  });
