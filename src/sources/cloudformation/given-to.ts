/**
 * What programs and templates that are not read do with what a stack gives them: a nested stack whose template is not
 * given, and a custom resource, may add routes, rules and entries to tables, groups and network ACLs that they are told.
 */
import type { DeclaredResource } from '../declared/resource.ts';
import { Link, Unknown, type Fields } from '../declared/value.ts';
import { at, textOf } from './node.ts';
import { isPartialFields, type Partial, Text } from './partial.ts';
import type { Stack } from './stack.ts';

/** What may be there besides, each as a resource that nothing is known of. */
export function addedBy(stack: Stack, name: string, properties: Partial, why: string): readonly DeclaredResource[] {
  const address = `${stack.prefix}${name}`;
  const unknown = new Unknown(why);
  const seen = new Set<string>();
  return linksIn(properties).flatMap((link) => {
    const key = `${link.resource}.${link.attribute}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return (additions[typeOf(stack, link) ?? ''] ?? []).map(({ type, of, others }): DeclaredResource => ({
      type,
      address: `${address}/${type} of ${link.resource}${link.attribute === 'Ref' ? '' : `.${link.attribute}`}`,
      id: `${address}/${type} of ${key}`,
      properties: { ...Object.fromEntries(others.map((one) => [one, unknown])), [of]: link } satisfies Fields,
      uncertain: why,
      source: { file: stack.template.file, place: `Resources/${name}` },
    }));
  });
}

/** What can be added to a resource of the type: the property that names it, and those that nobody knows. */
const additions: Readonly<
  Record<string, readonly { readonly type: string; readonly of: string; readonly others: readonly string[] }[]>
> = {
  'AWS::EC2::RouteTable': [
    { type: 'AWS::EC2::Route', of: 'RouteTableId', others: ['DestinationCidrBlock', 'GatewayId'] },
  ],
  'AWS::EC2::SecurityGroup': ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'].map((type) => ({
    type,
    of: 'GroupId',
    others: ['IpProtocol', 'CidrIp'],
  })),
  'AWS::EC2::NetworkAcl': [
    {
      type: 'AWS::EC2::NetworkAclEntry',
      of: 'NetworkAclId',
      others: ['RuleNumber', 'Protocol', 'RuleAction', 'Egress', 'CidrBlock'],
    },
  ],
};

function typeOf({ context }: Stack, { resource, attribute }: Link): string | undefined {
  if (attribute === 'DefaultSecurityGroup') return 'AWS::EC2::SecurityGroup';
  if (attribute === 'DefaultNetworkAcl') return 'AWS::EC2::NetworkAcl';
  const found = context.resources.get(resource);
  return textOf(at(found?.stack.resources.get(found.name)?.value, 'Type'));
}

function linksIn(partial: Partial): readonly Link[] {
  if (partial instanceof Link) return [partial];
  if (partial instanceof Unknown) return partial.candidates;
  if (partial instanceof Text) return partial.parts.flatMap((part) => (typeof part === 'string' ? [] : linksIn(part)));
  if (Array.isArray(partial)) return (partial as readonly Partial[]).flatMap(linksIn);
  return isPartialFields(partial) ? Object.values(partial).flatMap(linksIn) : [];
}
