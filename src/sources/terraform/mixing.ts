/**
 * Rules that other parts of the plan take away. Rules written in a group and beside it: each apply of the one removes
 * the other's (semantics 16.1); those in it hold again after each, and of one beside it, it is not known whether it is
 * there. And rules that an exclusive list of the group's rules does not name.
 */
import type { DeclaredResource } from '../declared/resource.ts';
import { Link, Unknown, type Value } from '../declared/value.ts';
import { type Given, given, isConfigured, link, links } from './given.ts';
import { ofType, type World } from './instance.ts';

const beside = { 'AWS::EC2::SecurityGroupIngress': 'ingress', 'AWS::EC2::SecurityGroupEgress': 'egress' } as const;

type Direction = (typeof beside)[keyof typeof beside];

export interface Mixed {
  readonly resources: readonly DeclaredResource[];
  readonly warnings: readonly string[];
}

export function mixing(world: World, resources: readonly DeclaredResource[]): Mixed {
  const groups = groupsOf(world, resources);
  const lists = exclusiveLists(world, groups);
  const mixed = new Map<string, string[]>();
  const unlisted: string[] = [];
  const out = resources.map((one): DeclaredResource => {
    const direction = beside[one.type as keyof typeof beside] as Direction | undefined;
    const group = direction && groups.get(nameOf(one.properties.GroupId));
    if (direction === undefined || group === undefined) return one;
    const { address } = group.of;
    if (isConfigured(group, direction) === true) {
      mixed.set(address, [...(mixed.get(address) ?? []), one.address]);
      return doubtful(one, 'the group has rules in it, which remove it');
    }
    const list = lists.get(address)?.[direction];
    if (list === undefined || names(list, one)) return one;
    unlisted.push(one.address);
    return doubtful(one, "the exclusive list of the group's rules may not name it, and then removes it");
  });
  const complete = out.map((one) => (lists.has(one.address) ? emptied(one, groups.get(one.address)!) : one));
  return {
    resources: complete,
    warnings: [
      ...[...mixed].map(
        ([group, rules]) =>
          `\`${group}\` has rules in it and beside it (${listed(rules)}), which remove each other at every apply: whether those beside it are there is not known.`,
      ),
      ...(unlisted.length === 0
        ? []
        : [`Whether the exclusive list of their group names ${listed(unlisted)} is not known, nor whether they stay.`]),
    ],
  };
}

const listed = (all: readonly string[]): string => all.map((one) => `\`${one}\``).join(', ');

const nameOf = (group: Value | undefined): string =>
  group instanceof Link ? group.resource : typeof group === 'string' ? group : '';

/** The groups of the plan by address and by id. */
function groupsOf(world: World, resources: readonly DeclaredResource[]): ReadonlyMap<string, Given> {
  const ids = new Map(resources.map(({ address, id }) => [address, id]));
  const groups = ['aws_security_group', 'aws_default_security_group'].flatMap((type) => ofType(world, type));
  return new Map(
    groups.flatMap((one) => {
      const at = given(world, one);
      return [one.address, ids.get(one.address) ?? one.address].map((name) => [name, at] as const);
    }),
  );
}

/** What `aws_vpc_security_group_rules_exclusive` names, by the group's address. */
function exclusiveLists(
  world: World,
  groups: ReadonlyMap<string, Given>,
): ReadonlyMap<string, Readonly<Record<Direction, Value>>> {
  const out = new Map<string, Record<Direction, Value>>();
  for (const one of ofType(world, 'aws_vpc_security_group_rules_exclusive')) {
    const at = given(world, one);
    const group = groups.get(nameOf(link(at, 'security_group_id', 'security-group')));
    const rules = (key: string): Value => links(at, key, ['security-group-rule'], { every: true }) ?? [];
    if (group !== undefined)
      out.set(group.of.address, { ingress: rules('ingress_rule_ids'), egress: rules('egress_rule_ids') });
  }
  return out;
}

const names = (list: Value, { address, id }: DeclaredResource): boolean =>
  Array.isArray(list) && (list as readonly Value[]).some((one) => [address, id].includes(nameOf(one)));

/** Rules that it shows and nobody writes are on no list, and go. */
function emptied(group: DeclaredResource, at: Given): DeclaredResource {
  const gone = (direction: Direction, property: string) =>
    isConfigured(at, direction) === true ? {} : { [property]: [] };
  const rules = { ...gone('ingress', 'SecurityGroupIngress'), ...gone('egress', 'SecurityGroupEgress') };
  return { ...group, properties: { ...group.properties, ...rules, Complete: true } };
}

/** The rule with a peer that nobody knows: it may admit what it says, and need not. */
function doubtful(rule: DeclaredResource, why: string): DeclaredResource {
  const peers = /^(Cidr|Source|Destination|Self)/;
  const kept = Object.entries(rule.properties).filter(([key]) => !peers.test(key));
  return { ...rule, properties: { ...Object.fromEntries(kept), CidrIps: [new Unknown(why)] } };
}
