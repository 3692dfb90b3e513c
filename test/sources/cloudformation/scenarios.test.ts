/** Whole networks, written as templates: what is read of each is what it declares. */
import { describe, expect, test } from 'vitest';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { type Fields, Link, Unknown, type Value } from '../../../src/sources/declared/value.ts';
import { redeclared } from '../../support/redeclared.ts';
import { declared } from './template.ts';

/** The resources as a template; their addresses become logical ids. */
function templateOf(resources: readonly DeclaredResource[]): {
  readonly json: object;
  readonly idOf: (address: string) => string;
} {
  const ids = new Map(resources.map(({ address }, index) => [address, `Resource${index}`]));
  const idOf = (address: string): string => ids.get(address)!;
  const written = (value: Value): unknown => {
    if (value instanceof Link)
      return value.attribute === 'Ref'
        ? { Ref: idOf(value.resource) }
        : { 'Fn::GetAtt': [idOf(value.resource), value.attribute] };
    if (value instanceof Unknown) throw new Error('nothing is unknown there');
    if (Array.isArray(value)) return (value as readonly Value[]).map(written);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, written(one)]));
  };
  const entries = resources.map(({ address, type, properties }) => [
    idOf(address),
    { Type: type, Properties: written(properties) },
  ]);
  return { json: { Resources: Object.fromEntries(entries) }, idOf };
}

/**
 * Rules that name groups stand beside their groups, for CloudFormation makes no circles; where no egress rule is left in
 * the group, one to nowhere keeps away AWS's own.
 */
function rulesApart(resources: readonly DeclaredResource[]): readonly DeclaredResource[] {
  return resources.flatMap((one) => {
    if (one.type !== 'AWS::EC2::SecurityGroup') return [one];
    const apart: DeclaredResource[] = [];
    const left: [string, Value][] = [];
    for (const [key, value] of Object.entries(one.properties)) {
      const rules = /^SecurityGroup(?:In|E)gress$/.test(key) ? (value as readonly Fields[]) : undefined;
      const named = rules?.filter((rule) => Object.values(rule).some((part) => part instanceof Link)) ?? [];
      for (const rule of named) {
        const address = `${one.address} ${key} ${apart.length}`;
        const properties = { GroupId: new Link(one.address), ...rule };
        apart.push({ ...one, type: `AWS::EC2::${key}`, address, id: address, properties });
      }
      const rest = rules?.filter((rule) => !named.includes(rule)) ?? [];
      const nowhere = { IpProtocol: '-1', CidrIp: '127.0.0.1/32' };
      left.push([key, rules === undefined ? value : rest.length > 0 || key.endsWith('Ingress') ? rest : [nowhere]]);
    }
    return [{ ...one, properties: Object.fromEntries(left) }, ...apart];
  });
}

describe.each(['hub-and-spoke', 'waf-front-door', 'egress-allow-list', 'genai-private'])('%s', (name) => {
  const resources = rulesApart(redeclared(`scenarios/${name}/network`));
  const { json, idOf } = templateOf(resources);

  test.each([
    ['JSON', json],
    ['YAML', `# a template\n${JSON.stringify(json, undefined, 1)}`],
  ])('is declared by a template in %s as it is written', (_, content) => {
    const read = declared(content);
    const again = (value: Value): Value => {
      if (value instanceof Link) return new Link(idOf(value.resource), value.attribute);
      if (Array.isArray(value)) return (value as readonly Value[]).map(again);
      if (typeof value !== 'object' || value === null || value instanceof Unknown) return value;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, again(one)]));
    };
    expect(read.resources.length).toBeGreaterThan(10);
    expect(read.resources.map(({ address, type, properties }) => ({ address, type, properties }))).toEqual(
      resources.map(({ address, type, properties }) => ({
        address: idOf(address),
        type,
        properties: again(properties),
      })),
    );
  });
});
