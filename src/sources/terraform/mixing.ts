/**
 * Rules written in a group and beside it: each apply of the one removes the other's (semantics 16.1). Those in it hold
 * again after each apply; of one beside it, it is not known whether it is there.
 */
import { Link, Unknown } from '../declared/value.ts';
import type { DeclaredResource } from '../declared/resource.ts';
import { given, isConfigured } from './given.ts';
import type { World } from './instance.ts';

const beside = { 'AWS::EC2::SecurityGroupIngress': 'ingress', 'AWS::EC2::SecurityGroupEgress': 'egress' } as const;

export function mixing(
  world: World,
  resources: readonly DeclaredResource[],
): { readonly resources: readonly DeclaredResource[]; readonly warnings: readonly string[] } {
  const groups = new Map<string, string>();
  const writing = new Map(
    world.instances
      .filter(({ type }) => type === 'aws_security_group' || type === 'aws_default_security_group')
      .map((one) => [one.address, given(world, one)]),
  );
  for (const { address, id } of resources) if (writing.has(address)) groups.set(address, address).set(id, address);
  const mixed = new Map<string, string[]>();
  const out = resources.map((one): DeclaredResource => {
    const direction = beside[one.type as keyof typeof beside] as 'ingress' | 'egress' | undefined;
    const group = groups.get(nameOf(one.properties.GroupId));
    if (direction === undefined || group === undefined || isConfigured(writing.get(group)!, direction) !== true)
      return one;
    mixed.set(group, [...(mixed.get(group) ?? []), one.address]);
    return doubtful(one);
  });
  const warnings = [...mixed].map(
    ([group, rules]) =>
      `\`${group}\` has rules in it and beside it (${rules.map((rule) => `\`${rule}\``).join(', ')}), which remove each other at every apply: whether those beside it are there is not known.`,
  );
  return { resources: out, warnings };
}

const nameOf = (group: unknown): string =>
  group instanceof Link ? group.resource : typeof group === 'string' ? group : '';

/** The rule with a peer that nobody knows: it may admit what it says, and need not. */
function doubtful(rule: DeclaredResource): DeclaredResource {
  const peers = /^(Cidr|Source|Destination|Self)/;
  const kept = Object.entries(rule.properties).filter(([key]) => !peers.test(key));
  const why = 'the group has rules in it, which remove it';
  return { ...rule, properties: { ...Object.fromEntries(kept), CidrIps: [new Unknown(why)] } };
}
