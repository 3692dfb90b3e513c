import { describe, expect, test } from 'vitest';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { candidates, declared, link, problemsOf, resource, valueOf, why } from './template.ts';

const sections = (...conditions: readonly string[]) => `Parameters: { Env: { Type: String } }
Conditions:
  Is: !Equals [!Ref Env, prod]
${conditions.map((one) => `  ${one}\n`).join('')}`;
const given = (env: string) => ({ parameters: [`Env=${env}`] });

/** Whether a condition holds for that value of the parameter; undefined where nobody tells it. */
function holds(condition: string, env: string | undefined): boolean | undefined {
  const options = env === undefined ? {} : given(env);
  const value = valueOf('!If [C, yes, no]', sections(`C: ${condition}`), options);
  return value instanceof Unknown ? undefined : (value as boolean);
}

describe('conditions', () => {
  test.each([
    ['!Equals [!Ref Env, prod]', true, false, undefined],
    ['!Not [!Condition Is]', false, true, undefined],
    ['!Not [Condition: Is]', false, true, undefined],
    ['!And [!Condition Is, !Equals [a, a]]', true, false, undefined],
    ['!And [!Condition Is, !Equals [a, b]]', false, false, false],
    ['!Or [!Condition Is, !Equals [a, b]]', true, false, undefined],
    ['!Or [!Condition Is, !Equals [a, a]]', true, true, true],
    ['!Equals [!Ref Env, !Ref Env]', true, true, true],
    ['!Equals ["443", 443]', true, true, true],
    ['!Equals [true, "true"]', true, true, true],
    ['!Equals [a, A]', false, false, false],
    ['!Equals [!Ref "AWS::Region", us-east-1]', undefined, undefined, undefined],
  ])('%s', (condition, prod, other, unknown) => {
    expect(holds(condition, 'prod')).toBe(prod);
    expect(holds(condition, 'test')).toBe(other);
    expect(holds(condition, undefined)).toBe(unknown);
  });
  test('a word that YAML reads as a boolean is still that word', () => {
    const text =
      'Parameters: { P: { Type: String, Default: no, AllowedValues: [yes, no] } }\nConditions: { C: !Equals [!Ref P, yes] }';
    expect(valueOf('!If [C, a, b]', text)).toBe('b');
    expect(valueOf('!If [C, a, b]', text, { parameters: ['P=yes'] })).toBe('a');
  });
  test('a value that the template does not allow is not the parameter’s, whatever it is', () =>
    expect(
      valueOf(
        '!If [C, a, b]',
        'Parameters: { P: { Type: String, AllowedValues: [x, y] } }\nConditions: { C: !Equals [!Ref P, z] }',
      ),
    ).toBe('b'));
  test('a condition that depends on itself is a mistake', () =>
    expect(
      problemsOf(
        'Conditions: { A: !Not [!Condition B], B: !Not [!Condition A] }\nResources: { R: { Type: "A::B::C", Condition: A } }',
      ),
    ).toMatchObject([{ code: 'circular-reference' }]));
  test('a condition that there is not is a mistake, with the near ones', () =>
    expect(problemsOf(`${sections()}Resources: { R: { Type: "A::B::C", Condition: Iss } }`)).toMatchObject([
      { code: 'dangling-reference', hint: 'Did you mean `Is`?' },
    ]));
});

describe('If', () => {
  const gateways = `  Nat: { Type: "AWS::EC2::NatGateway" }\n  Igw: { Type: "AWS::EC2::InternetGateway" }\n`;
  const value = (expression: string, env?: string) =>
    valueOf(expression, sections(), env === undefined ? {} : given(env), gateways);
  test('the branch is taken that the condition says', () => {
    expect(value('!If [Is, a, b]', 'prod')).toBe('a');
    expect(value('!If [Is, a, b]', 'test')).toBe('b');
  });
  test('where nobody decides, both are possible, and it says why', () => {
    expect(why(value('!If [Is, a, b]'))).toBe(
      'the condition `Is`, which depends on the parameter `Env`, which has no value',
    );
    expect(candidates(value('!If [Is, !Ref Nat, !Ref Igw]'))).toEqual([link('Nat'), link('Igw')]);
  });
  test('of a link and a text that are both possible, neither is named alone', () =>
    expect(candidates(value('!If [Is, !Ref Nat, igw-1]'))).toEqual([]));
  test('of a link and no value at all, neither is named alone', () =>
    expect(candidates(value('!If [Is, !Ref Nat, !Ref "AWS::NoValue"]'))).toEqual([]));
  test('where both are the same, it does not matter', () => {
    expect(value('!If [Is, a, a]')).toBe('a');
    expect(value('!If [Is, !Ref Nat, !Ref Nat]')).toEqual(link('Nat'));
  });
  test('no value takes the property and the item away', () => {
    expect(value('{ A: !If [Is, !Ref "AWS::NoValue", x], B: y }', 'prod')).toEqual({ B: 'y' });
    expect(value('[!If [Is, !Ref "AWS::NoValue", x], y]', 'prod')).toEqual(['y']);
  });
  test('an item that may be missing is still in the list, not known', () =>
    expect(value('[!If [Is, !Ref "AWS::NoValue", x], y]')).toEqual([expect.any(Unknown), 'y']));
});

describe('resources with a condition', () => {
  const text = `${sections()}Resources:
  Table: { Type: "AWS::EC2::RouteTable" }
  Igw: { Type: "AWS::EC2::InternetGateway" }
  Route:
    Type: AWS::EC2::Route
    Condition: Is
    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Igw }
`;
  const addresses = (options = {}) => declared(text, options).resources.map(({ address }) => address);
  test('a condition that does not hold removes a route', () =>
    expect(addresses(given('test'))).toEqual(['Table', 'Igw']));
  test('one that holds leaves it, and nothing about it is uncertain', () => {
    expect(addresses(given('prod'))).toContain('Route');
    expect(resource(declared(text, given('prod')), 'Route')).not.toHaveProperty('uncertain');
  });
  test('one that nobody decides leaves it uncertain, and says why', () => {
    expect(resource(declared(text), 'Route').uncertain).toBe(
      'the condition `Is`, which depends on the parameter `Env`, which has no value',
    );
    expect(resource(declared(text), 'Igw')).not.toHaveProperty('uncertain');
  });
  test('a reference to what a condition removes is a mistake', () =>
    expect(
      problemsOf(
        `${sections()}Resources:
  Igw: { Type: "AWS::EC2::InternetGateway", Condition: Is }
  Route: { Type: "AWS::EC2::Route", Properties: { GatewayId: !Ref Igw } }`,
        given('test'),
      ),
    ).toMatchObject([{ code: 'reference-to-absent' }]));
  test('a reference under the same condition is none', () => {
    const guarded = `${sections()}Resources:
  Igw: { Type: "AWS::EC2::InternetGateway", Condition: Is }
  A: { Type: "AWS::EC2::Route", Condition: Is, Properties: { GatewayId: !Ref Igw } }
  B: { Type: "AWS::EC2::Route", DependsOn: Igw, Properties: { GatewayId: !If [Is, !Ref Igw, !Ref "AWS::NoValue"] } }`;
    expect(problemsOf(guarded, given('test'))).toEqual([]);
    expect(problemsOf(guarded, given('prod'))).toEqual([]);
    expect(problemsOf(guarded)).toEqual([]);
  });
  test('a reference to nothing is a mistake in what is removed as well', () =>
    expect(
      problemsOf(
        `${sections()}Resources: { R: { Type: "A::B::C", Condition: Is, Properties: { V: !Ref Nothing } } }`,
        given('test'),
      ),
    ).toMatchObject([{ code: 'dangling-reference' }]));
});
