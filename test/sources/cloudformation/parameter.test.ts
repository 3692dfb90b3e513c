import { expect, test } from 'vitest';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredTogether, problemsOf, resource, valueOf, why } from './template.ts';

const one = (declaration: string, ...parameters: readonly string[]) =>
  valueOf('!Ref P', `Parameters: { P: ${declaration} }`, { parameters });
const mistakes = (declaration: string, ...parameters: readonly string[]) =>
  problemsOf(`Parameters: { P: ${declaration} }\nResources: { A: { Type: "A::B::C", Properties: { V: !Ref P } } }`, {
    parameters,
  });

test('a default counts where nobody says otherwise', () => {
  expect(one('{ Type: String, Default: x }')).toBe('x');
  expect(one('{ Type: String, Default: x }', 'P=other')).toBe('other');
});
test('a value may have equals signs in it, and be empty', () => {
  expect(one('{ Type: String }', 'P=a=b')).toBe('a=b');
  expect(one('{ Type: String, Default: x }', 'P=')).toBe('');
});
test('a parameter without value is not known, and said', () => {
  expect(why(one('{ Type: String }'))).toBe('the parameter `P`, which has no value');
  const { warnings } = declared(
    'Parameters: { P: { Type: String } }\nResources: { A: { Type: "A::B::C", Properties: { V: !Ref P } } }',
  );
  expect(warnings).toEqual(['The parameter `P` has no value: `--parameter P=VALUE` tells it.']);
});
test('what exists before the stack has one name wherever its id is needed', () => {
  const read =
    declared(`Parameters: { Vpc: { Type: "AWS::EC2::VPC::Id" }, Subnets: { Type: "List<AWS::EC2::Subnet::Id>" }, Cidr: { Type: String } }
Resources:
  A: { Type: "A::B::C", Properties: { VpcId: !Ref Vpc, SubnetIds: [!Select [1, !Ref Subnets], x], CidrIp: !Ref Cidr } }
  B: { Type: "A::B::C", Properties: { VpcId: !Ref Vpc, SubnetIds: !Ref Subnets, GroupId: !ImportValue group } }`);
  expect(resource(read, 'A').properties).toEqual({
    VpcId: 'parameter:Vpc',
    SubnetIds: ['parameter:Subnets/1', 'x'],
    CidrIp: expect.any(Unknown),
  });
  expect(resource(read, 'B').properties).toEqual({
    VpcId: 'parameter:Vpc',
    SubnetIds: expect.any(Unknown),
    GroupId: 'import:group',
  });
});
test('beside another stack, which may make it, it has none', () => {
  const text =
    'Parameters: { Vpc: { Type: String } }\nResources: { A: { Type: "A::B::C", Properties: { VpcId: !Ref Vpc } } }';
  const other = 'Resources: { Vpc: { Type: "AWS::EC2::VPC" } }';
  const documents = [
    { file: 'app.yaml', text },
    { file: 'net.yaml', text: other },
  ];
  expect(resource(declaredTogether(documents).after, 'app/A').properties.VpcId).toBeInstanceOf(Unknown);
  const told = declaredTogether(documents, { parameters: ['app/Vpc=net/Vpc'] }).after;
  expect(resource(told, 'app/A').properties.VpcId).toBe(resource(told, 'net/Vpc').id);
});
test('lists are taken apart', () => {
  expect(one('{ Type: CommaDelimitedList, Default: "a, b" }')).toEqual(['a', 'b']);
  expect(one('{ Type: "List<AWS::EC2::Subnet::Id>" }', 'P=subnet-1,subnet-2')).toEqual(['subnet-1', 'subnet-2']);
});
test('what is looked up in Systems Manager is not known, whatever name it has there', () => {
  const type = '"AWS::SSM::Parameter::Value<AWS::EC2::Subnet::Id>"';
  expect(why(one(`{ Type: ${type}, Default: /net/subnet }`))).toContain('Systems Manager');
  expect(one(`{ Type: ${type} }`, 'P=/net/subnet')).toBeInstanceOf(Unknown);
});
test('values that are not allowed are mistakes', () => {
  expect(mistakes('{ Type: String, AllowedValues: [a, b] }', 'P=c')).toMatchObject([
    { code: 'parameter-not-allowed', hint: 'Allowed are a, b.', place: '1:15' },
  ]);
  expect(mistakes('{ Type: String, AllowedValues: [a, b] }', 'P=a')).toEqual([]);
  expect(mistakes('{ Type: Number }', 'P=x')).toHaveLength(1);
  expect(mistakes('{ Type: Number, MinValue: 1, MaxValue: 10 }', 'P=11')).toHaveLength(1);
  expect(mistakes('{ Type: Number, MinValue: 1, MaxValue: 10 }', 'P=10')).toEqual([]);
  expect(mistakes('{ Type: String, MaxLength: 3 }', 'P=four')).toHaveLength(1);
  expect(mistakes('{ Type: String, AllowedPattern: "[a-z]+" }', 'P=a1')).toHaveLength(1);
  expect(mistakes('{ Type: CommaDelimitedList, AllowedValues: [a, b] }', 'P=a,b')).toEqual([]);
});
test('a name that no template has is a mistake, with the near ones', () =>
  expect(mistakes('{ Type: String, Default: x }', 'PP=x')).toMatchObject([
    { code: 'unknown-parameter', hint: 'Did you mean `P`?' },
  ]));
test('a parameter that nothing refers to can be given', () =>
  expect(
    problemsOf('Parameters: { P: { Type: String } }\nResources: { A: { Type: "A::B::C" } }', { parameters: ['P=x'] }),
  ).toEqual([]));
test('what is no name and value is a mistake, and is not repeated', () => {
  const [problem, ...others] = mistakes('{ Type: String, Default: x }', 'marker');
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: 'bad-option' });
  expect(JSON.stringify(problem)).not.toContain('marker');
});

test('pseudo parameters are not known unless somebody tells', () => {
  expect(why(valueOf('!Ref "AWS::AccountId"'))).toContain('`AWS::AccountId`');
  expect(why(valueOf('!Ref "AWS::Region"'))).toContain('`AWS::Region`');
  expect(valueOf('!Ref "AWS::StackName"', '', { parameters: ['AWS::StackName=net'] })).toBe('net');
});
test('partition and suffix follow from the Region', () => {
  const arn = '!Sub "arn:${AWS::Partition}:x.${AWS::URLSuffix}"';
  expect(valueOf(arn, '', { parameters: ['AWS::Region=eu-west-1'] })).toBe('arn:aws:x.amazonaws.com');
  expect(valueOf(arn, '', { parameters: ['AWS::Region=cn-north-1'] })).toBe('arn:aws-cn:x.amazonaws.com.cn');
  expect(why(valueOf(arn))).toContain('`AWS::Partition`');
});
test('a pseudo parameter that there is not is a mistake', () =>
  expect(problemsOf('Resources: { A: { Type: "A::B::C", Properties: { V: !Ref "AWS::Regoin" } } }')).toMatchObject([
    { code: 'dangling-reference', hint: 'Did you mean `AWS::Region`?' },
  ]));
test('resources know their account and Region where these are known', () => {
  const text = 'Resources: { A: { Type: "A::B::C" } }';
  expect(declared(text).resources[0]).not.toHaveProperty('region');
  expect(
    declared(text, { parameters: ['AWS::Region=eu-west-1', 'AWS::AccountId=111122223333'] }).resources[0],
  ).toMatchObject({
    region: 'eu-west-1',
    account: '111122223333',
  });
});

test('a secret is told to nobody, and conditions may ask what it is', () => {
  const text = `Parameters: { Key: { Type: String, NoEcho: true, Default: marker }, List: { Type: CommaDelimitedList, NoEcho: true, Default: "marker,other" } }
Conditions: { Set: !Not [!Equals [!Ref Key, ""]], Other: !Equals [!Ref Key, else] }
Resources:
  A: { Type: "A::B::C", Condition: Set, Properties: { V: !Ref Key, W: !Sub "x-\${Key}", L: !Join ["/", !Ref List], S: !Select [0, !Ref List], I: !If [Set, !Ref Key, x] } }
  B: { Type: "A::B::C", Condition: Other }
`;
  const declaration = declared(text);
  expect(declaration.resources.map(({ address }) => address)).toEqual(['A']);
  expect(JSON.stringify(declaration)).not.toContain('marker');
  expect(JSON.stringify(declared(text, { parameters: ['Key=marker2'] }))).not.toContain('marker');
});
test('a secret that is not allowed is not repeated', () =>
  expect(
    JSON.stringify(mistakes('{ Type: String, NoEcho: true, AllowedPattern: "[0-9]+" }', 'P=marker')),
  ).not.toContain('marker'));
test('every mistake of what is told is told: a name, a value that nothing uses, an import', () => {
  const text = `Parameters: { Env: { Type: String, Default: dev, AllowedValues: [dev, prod] } }
Resources: { A: { Type: "A::B::C", Properties: { V: !ImportValue shared-vpc } } }`;
  const told = { parameters: ['Evn=dev', 'Env=test'], imports: ['shred-vpc=vpc-1', 'elsewhere=vpc-2'] };
  expect(problemsOf(text, told).map(({ code, hint }) => [code, hint])).toEqual([
    ['unknown-parameter', 'Did you mean `Env`?'],
    ['parameter-not-allowed', 'Allowed are dev, prod.'],
    ['unknown-import', 'Did you mean `shared-vpc`?'],
  ]);
  const { warnings } = declared(text, { imports: ['elsewhere=vpc-2', 'shared-vpc=vpc-1'] });
  expect(warnings).toEqual(['No template given imports `elsewhere`, which `--import` tells.']);
});
