import { expect, test } from 'vitest';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { candidates, declared, link, problemsOf, resource, valueOf, why } from './template.ts';

const firewall = (...subnets: readonly string[]) => `  Firewall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      SubnetMappings:
${subnets.map((subnet) => `        - ${subnet}\n`).join('')}  A: { Type: "AWS::EC2::Subnet" }
  B: { Type: "AWS::EC2::Subnet" }
`;
const selected = (index: number) => `!Select [1, !Split [":", !Select [${index}, !GetAtt Firewall.EndpointIds]]]`;
const endpoint = (index: number, ...subnets: readonly string[]) =>
  valueOf(selected(index), '', {}, firewall(...subnets));
const a = 'SubnetId: !Ref A';
const b = 'SubnetId: !Ref B';

test('a firewall in one subnet has one endpoint', () =>
  expect(endpoint(0, a)).toEqual(link('Firewall', 'EndpointIn:A')));
test('of a firewall in two subnets the first may be either, for AWS promises no order', () => {
  for (const index of [0, 1])
    expect(candidates(endpoint(index, a, b))).toEqual([
      link('Firewall', 'EndpointIn:A'),
      link('Firewall', 'EndpointIn:B'),
    ]);
});
test('a subnet that exists already is named by its id', () =>
  expect(endpoint(0, 'SubnetId: subnet-0a1')).toEqual(link('Firewall', 'EndpointIn:subnet-0a1')));
test('what is joined to be split again is the same endpoint', () =>
  expect(valueOf('!Select [1, !Split [":", !Join [",", !GetAtt Firewall.EndpointIds]]]', '', {}, firewall(a))).toEqual(
    link('Firewall', 'EndpointIn:A'),
  ));
test('joined endpoints of two subnets are not known', () =>
  expect(
    valueOf('!Select [1, !Split [":", !Join [",", !GetAtt Firewall.EndpointIds]]]', '', {}, firewall(a, b)),
  ).toBeInstanceOf(Unknown));
test('a third endpoint of two is a mistake', () =>
  expect(
    problemsOf(`Resources:\n  R: { Type: "A::B::C", Properties: { V: ${selected(2)} } }\n${firewall(a, b)}`),
  ).toMatchObject([{ code: 'no-such-item' }]));
test('an endpoint in a subnet that is not known may be any', () => {
  const sections = 'Parameters: { S: { Type: String } }';
  const value = valueOf(selected(0), sections, {}, firewall(a, 'SubnetId: !Ref S'));
  expect(candidates(value)).toEqual([]);
  expect(why(value)).toContain('EndpointIds');
});
test('a subnet that may be there makes each endpoint uncertain', () => {
  const sections = 'Parameters: { P: { Type: String } }\nConditions: { C: !Equals [!Ref P, x] }';
  const value = valueOf(selected(0), sections, {}, firewall(a, '!If [C, {SubnetId: !Ref B}, !Ref "AWS::NoValue"]'));
  expect(candidates(value)).toEqual([]);
});
test('a route leads to the endpoint', () => {
  const route = `  Route: { Type: "AWS::EC2::Route", Properties: { VpcEndpointId: ${selected(0)} } }`;
  expect(resource(declared(`Resources:\n${firewall(a)}${route}`), 'Route').properties.VpcEndpointId).toEqual(
    link('Firewall', 'EndpointIn:A'),
  );
});
