import { describe, expect, test } from 'vitest';
import { isTemplate, isTemplateText, readTemplate } from '../../../src/sources/cloudformation/index.ts';
import { declared, problemsOf, resource } from './template.ts';

describe('references', () => {
  test('all that refer to nothing are said at once, each with its line and column', () =>
    expect(
      problemsOf(`Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Subnet:
    Type: AWS::EC2::Subnet
    DependsOn: Vcp
    Properties:
      VpcId: !Ref Vpcc
      Other: !GetAtt Nothing.Arn
      Text: !Sub "\${Vpc}-\${Gone}"
`),
    ).toMatchObject([
      { code: 'dangling-reference', file: 'network.yaml', place: '6:16', hint: 'Did you mean `Vpc`?' },
      { code: 'dangling-reference', place: '8:19', hint: 'Did you mean `Vpc`?' },
      { code: 'dangling-reference', place: '9:22' },
      { code: 'dangling-reference', place: '10:18' },
    ]));
  test('in JSON the place is a pointer', () =>
    expect(problemsOf({ Resources: { A: { Type: 'A::B::C', Properties: { V: { Ref: 'X' } } } } })).toMatchObject([
      { code: 'dangling-reference', place: '/Resources/A/Properties/V/Ref' },
    ]));
  test('JSON as a text is read like JSON', () =>
    expect(problemsOf('{"Resources": {"A": {"Type": "A::B::C", "Properties": {"V": {"Ref": "X"}}}}}')).toMatchObject([
      { place: '/Resources/A/Properties/V/Ref' },
    ]));
  test('a group that refers to itself, and groups that refer to one another, are mistakes', () => {
    const group = (name: string, other: string) =>
      `  ${name}: { Type: "AWS::EC2::SecurityGroup", Properties: { SecurityGroupIngress: [{ SourceSecurityGroupId: !Ref ${other} }] } }\n`;
    expect(problemsOf(`Resources:\n${group('A', 'A')}`)).toMatchObject([
      { code: 'circular-reference', place: '2:3', message: '`A` refers to itself.' },
    ]);
    expect(
      problemsOf(`Resources:\n${group('A', 'B')}${group('B', 'C')}${group('C', 'A')}${group('D', 'A')}`),
    ).toMatchObject([{ code: 'circular-reference', message: '`A`, `B`, `C` refer to one another in a circle.' }]);
  });
  test('rules of their own break the circle', () =>
    expect(
      problemsOf(`Resources:
  A: { Type: "AWS::EC2::SecurityGroup" }
  B: { Type: "AWS::EC2::SecurityGroup" }
  AB: { Type: "AWS::EC2::SecurityGroupIngress", Properties: { GroupId: !Ref A, SourceSecurityGroupId: !Ref B } }
  BA: { Type: "AWS::EC2::SecurityGroupIngress", Properties: { GroupId: !Ref B, SourceSecurityGroupId: !Ref A } }`),
    ).toEqual([]));
  test('waiting for one another is a circle as well', () =>
    expect(
      problemsOf('Resources: { A: { Type: "A::B::C", DependsOn: [B] }, B: { Type: "A::B::C", DependsOn: A } }'),
    ).toMatchObject([{ code: 'circular-reference' }]));
  test('blocks that need one another end in a mistake', () =>
    expect(
      problemsOf(`Resources:
  A: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: !GetAtt B.CidrBlock } }
  B: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: !GetAtt A.CidrBlock } }`),
    ).toMatchObject([{ code: 'circular-reference' }]));
});

describe('functions', () => {
  const mistake = (expression: string) =>
    problemsOf(`Resources: { A: { Type: "A::B::C", Properties: { V: ${expression} } } }`);
  test.each([
    '!Join [a]',
    '!Select [0]',
    '!Split [a, b, c]',
    '!If [C]',
    '!FindInMap [a, b]',
    '!Cidr [a]',
    '!Sub [a]',
    '!GetAtt A',
    '!Select [x, [a]]',
  ])('%s is written wrongly', (expression) =>
    expect(mistake(expression)).toMatchObject([
      { code: 'wrong-arity', message: expect.stringContaining('is written `') },
    ]),
  );
  test('a misspelt function is a mistake, with the near ones', () => {
    expect(mistake('!Reff A')).toMatchObject([{ code: 'unknown-function', hint: 'Did you mean `!Ref`?' }]);
    expect(mistake('{"Fn::Joim": [",", []]}')).toMatchObject([
      { code: 'unknown-function', hint: 'Did you mean `Fn::Join`?' },
    ]);
  });
  test('a function stands alone', () =>
    expect(mistake('{"Fn::Join": ["", []], Other: x}')).toMatchObject([{ code: 'function-beside-keys' }]));
});

describe('the shape of a template', () => {
  test('a key that stands twice is a mistake', () =>
    expect(problemsOf('Resources:\n  A: { Type: "A::B::C" }\n  A: { Type: "A::B::C" }\n')).toMatchObject([
      { code: 'duplicate-key', place: '3:3' },
    ]));
  test('what is not YAML is a mistake, with its place', () =>
    expect(problemsOf('Resources:\n  A: { Type: "A::B::C"\n')).toMatchObject([
      { code: 'yaml-syntax', place: expect.stringMatching(/^\d+:\d+$/) },
    ]));
  test('sections and keys of resources have near misses', () =>
    expect(problemsOf('Resource: {}\nResources: { A: { Type: "A::B::C", Propertys: {} }, B: {} }')).toMatchObject([
      { code: 'unknown-section', hint: 'Did you mean `Resources`?' },
      { code: 'unknown-key', hint: 'Did you mean `Properties`?' },
      { code: 'no-type' },
    ]));
  test('a template is known by its content', () => {
    expect(isTemplate({ Resources: { A: { Type: 'AWS::EC2::VPC' } } })).toBe(true);
    expect(isTemplate({ AWSTemplateFormatVersion: '2010-09-09' })).toBe(true);
    expect(isTemplate({ Resources: [] })).toBe(false);
    expect(isTemplate({ Vpcs: [] })).toBe(false);
    expect(isTemplateText('# one\nDescription: x\nResources:\n  A: {}')).toBe(true);
    expect(isTemplateText('properties:\n  - forbid:\n      Resources: x')).toBe(false);
  });
  test('what is nothing of CloudFormation’s is refused', () =>
    expect(readTemplate('x.json', { Vpcs: [] })).toMatchObject({ ok: false, problems: [{ code: 'not-a-template' }] }));
  test('what `get-template` prints is a template, of either language', () => {
    const json = { Resources: { A: { Type: 'A::B::C' } } };
    expect(declared({ TemplateBody: json, StagesAvailable: [] }).resources).toHaveLength(1);
    expect(
      declared({ TemplateBody: 'Resources:\n  A: { Type: "A::B::C" }', StagesAvailable: [] }).resources,
    ).toHaveLength(1);
  });
  test('a resource says where it stands', () =>
    expect(resource(declared('Resources: { A: { Type: "A::B::C" } }'), 'A').source).toEqual({
      file: 'network.yaml',
      place: 'Resources/A',
    }));
  test('an anchor is written out where its alias stands, and never without end', () => {
    expect(
      resource(declared('Resources: { A: { Type: "A::B::C", Properties: { V: &v [1], W: *v } } }'), 'A').properties.W,
    ).toEqual([1]);
    const bomb = [
      'a: &a [x, x]',
      ...Array.from(
        { length: 20 },
        (_, n) => `${'b'.repeat(n + 1)}: &b${n} [*${n === 0 ? 'a' : `b${n - 1}`}, *${n === 0 ? 'a' : `b${n - 1}`}]`,
      ),
    ];
    expect(problemsOf(`${bomb.join('\n')}\nResources: {}\n`)).toMatchObject([{ code: 'yaml-syntax' }]);
  });
});

describe('macros', () => {
  const resources = 'Resources: { A: { Type: "A::B::C" } }';
  test('one that is not known may rewrite anything, and the template is refused', () =>
    expect(problemsOf(`Transform: Mine\n${resources}`)).toMatchObject([
      { code: 'macro', hint: expect.stringContaining('get-template') },
    ]));
  test('the language extensions are understood', () => {
    expect(problemsOf(`Transform: AWS::LanguageExtensions\n${resources}`)).toEqual([]);
    expect(problemsOf(`Transform: [AWS::LanguageExtensions, Mine]\n${resources}`)).toHaveLength(1);
  });
  test('resources that a macro writes are refused', () =>
    expect(
      problemsOf('Resources: { "Fn::Transform": { Name: "AWS::Include" }, A: { Type: "A::B::C" } }'),
    ).toMatchObject([{ code: 'macro' }]));
  test('of SAM, functions in subnets are read, and what else it makes is named', () => {
    const read = declared(`Transform: AWS::Serverless-2016-10-31
Globals: { Function: { VpcConfig: { SubnetIds: [subnet-1], SecurityGroupIds: [sg-1] } } }
Resources:
  Worker: { Type: "AWS::Serverless::Function", Properties: { VpcConfig: { SubnetIds: [subnet-2] } } }
  Api: { Type: "AWS::Serverless::Api", Properties: { Role: !GetAtt WorkerRole.Arn } }`);
    expect(resource(read, 'Worker')).toMatchObject({
      type: 'AWS::Lambda::Function',
      properties: { VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] } },
    });
    expect(read.untranslated).toMatchObject([{ type: 'AWS::Serverless::Api', address: 'Api' }]);
    expect(read.warnings).toEqual([expect.stringContaining('`AWS::Serverless-2016-10-31`')]);
  });
});

describe('loops', () => {
  test('resources are written once for each', () => {
    const read = declared(`Parameters: { Names: { Type: CommaDelimitedList, Default: "a-1,b" } }
Resources:
  Vpc: { Type: "AWS::EC2::VPC" }
  Fn::ForEach::Subnets:
    - Name
    - !Ref Names
    - "Subnet&{Name}":
        Type: AWS::EC2::Subnet
        Properties: { VpcId: !Ref Vpc, Name: !Ref Name, Text: !Sub "sub-\${Name}" }
Outputs:
  Fn::ForEach::Ids: [Name, [x], { "Out\${Name}": { Value: !Ref Vpc } }]`);
    expect(read.resources.map(({ address }) => address)).toEqual(['Vpc', 'Subneta1', 'Subnetb']);
    expect(resource(read, 'Subneta1').properties).toMatchObject({ Name: 'a-1', Text: 'sub-a-1' });
  });
  test('loops in loops are written out', () =>
    expect(
      declared(`Resources:
  Fn::ForEach::A:
    - X
    - [a, b]
    - Fn::ForEach::B: [Y, [c, d], { "R\${X}\${Y}": { Type: "A::B::C" } }]`).resources.map(({ address }) => address),
    ).toEqual(['Rac', 'Rad', 'Rbc', 'Rbd']));
  test('properties are written once for each as well', () =>
    expect(
      resource(
        declared(
          'Resources: { A: { Type: "A::B::C", Properties: { "Fn::ForEach::P": [N, [x, y], { "P${N}": "v-${N}" }] } } }',
        ),
        'A',
      ).properties,
    ).toEqual({ Px: 'v-x', Py: 'v-y' }));
  test('how often is not known without the list, and that is a mistake', () =>
    expect(
      problemsOf(
        'Parameters: { L: { Type: CommaDelimitedList } }\nResources: { "Fn::ForEach::A": [X, !Ref L, { "R${X}": { Type: "A::B::C" } }] }',
      ),
    ).toMatchObject([{ code: 'unknown-loop', hint: expect.stringContaining('--parameter') }]));
});
