import { describe, expect, test } from 'vitest';
import { readTemplates, type TemplateOptions } from '../../../src/sources/cloudformation/index.ts';
import { declared, declaredTogether, link, resource, why } from './template.ts';

const parent = (url = 'https://bucket.s3.amazonaws.com/net/network.yaml', rest = '') => `
Parameters: { Env: { Type: String, Default: prod } }
Conditions: { Prod: !Equals [!Ref Env, prod] }
Resources:
  Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: 10.0.0.0/16 } }
  Network:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ${url}
      Parameters:
        VpcId: !Ref Vpc
        Blocks: !Join [",", [10.0.1.0/24, 10.0.2.0/24]]
        Vpcs: !Join [",", [!Ref Vpc, vpc-9]]
${rest}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: { VpcId: !Ref Vpc, Subnet: !GetAtt Network.Outputs.SubnetId, Block: !GetAtt Network.Outputs.Block }
`;
const child = `
Parameters:
  VpcId: { Type: "AWS::EC2::VPC::Id" }
  Blocks: { Type: CommaDelimitedList }
  Vpcs: { Type: "List<AWS::EC2::VPC::Id>" }
  Extra: { Type: String, Default: none }
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref VpcId, CidrBlock: !Select [1, !Ref Blocks], Second: !Select [1, !Ref Vpcs], First: !Select [0, !Ref Vpcs], Extra: !Ref Extra }
Outputs:
  SubnetId: { Value: !Ref Subnet }
  Block: { Value: !GetAtt Subnet.CidrBlock }
`;
const files = (text = parent(), ...others: readonly { file: string; text: string }[]) => [
  { file: 'app/main.yaml', text },
  { file: 'app/net/network.yaml', text: child },
  ...others,
];
const together = (text?: string, options: TemplateOptions = {}) => declaredTogether(files(text), options).after;

describe('nested stacks', () => {
  test('their resources stand under the stack’s name', () =>
    expect(together().resources.map(({ address }) => address)).toEqual(['Vpc', 'Group', 'Network/Subnet']));
  test('their parameters have what the stack around gives them, lists taken apart', () =>
    expect(resource(together(), 'Network/Subnet').properties).toEqual({
      VpcId: link('Vpc'),
      CidrBlock: '10.0.2.0/24',
      First: link('Vpc'),
      Second: 'vpc-9',
      Extra: 'none',
    }));
  test('their outputs are what their templates say', () =>
    expect(resource(together(), 'Group').properties).toMatchObject({
      Subnet: link('Network/Subnet'),
      Block: '10.0.2.0/24',
    }));
  test('a path beside the template is found, and the end of a URL put together as well', () => {
    for (const url of [
      'net/network.yaml',
      './net/network.yaml',
      '!Sub "https://${AWS::AccountId}.s3.amazonaws.com/x/network.yaml"',
    ])
      expect(together(parent(url)).resources).toHaveLength(3);
  });
  test('a parameter that is given no value has its default', () => {
    const text = parent().replace(
      'VpcId: !Ref Vpc',
      'Extra: !If [Prod, !Ref "AWS::NoValue", x]\n        VpcId: !Ref Vpc',
    );
    expect(resource(together(text), 'Network/Subnet').properties.Extra).toBe('none');
    expect(resource(together(text, { parameters: ['Env=test'] }), 'Network/Subnet').properties.Extra).toBe('x');
  });
  test('a parameter of a nested stack can be told by its path', () =>
    expect(
      resource(together(undefined, { parameters: ['Network/Extra=told'] }), 'Network/Subnet').properties.Extra,
    ).toBe('told'));
  test('without its path, it is no parameter of any stack', () => {
    const read = readTemplates(files(), { parameters: ['Extra=told'] });
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'unknown-parameter' }] });
  });
  test('what stands nested under a condition that nobody decides is uncertain', () => {
    const text = parent(undefined, '    Condition: Prod').replace('Default: prod', 'MinLength: 1');
    expect(resource(together(text.replace(/ {2}Group:[^]*/, '')), 'Network/Subnet').uncertain).toContain('`Prod`');
  });
  test('a stack that its condition removes makes nothing', () => {
    const text = parent(undefined, '    Condition: Prod').replace(/ {2}Group:[^]*/, '');
    expect(together(text, { parameters: ['Env=test'] }).resources.map(({ address }) => address)).toEqual(['Vpc']);
  });
  test('a stack whose template is not given is named, and its outputs are not known', () => {
    const read = declared(
      parent().replace('VpcId: !Ref Vpc', 'Group: !Ref Other').concat('  Other: { Type: "AWS::EC2::SecurityGroup" }\n'),
    );
    expect(read.resources.filter(({ uncertain }) => uncertain !== undefined)).toMatchObject([
      { type: 'AWS::EC2::SecurityGroupIngress', properties: { GroupId: link('Other') } },
      { type: 'AWS::EC2::SecurityGroupEgress', properties: { GroupId: link('Other') } },
    ]);
    expect(read.untranslated).toMatchObject([{ type: 'AWS::CloudFormation::Stack', address: 'Network' }]);
    expect(why(resource(read, 'Group').properties.Subnet)).toContain('whose template is not given');
    expect(read.warnings).toEqual([expect.stringContaining('`Network`')]);
  });
  test('an output that the nested template does not have is a mistake, with the near ones', () =>
    expect(readTemplates(files(parent().replace('Outputs.Block', 'Outputs.Blok')))).toMatchObject({
      ok: false,
      problems: [{ code: 'no-such-output', file: 'app/main.yaml', hint: 'Did you mean `Block`?' }],
    }));
  test('two files that fit equally well are a mistake', () =>
    expect(
      readTemplates([
        { file: 'app/main.yaml', text: parent('https://s3/network.yaml') },
        { file: 'a/network.yaml', text: child },
        { file: 'b/network.yaml', text: child },
      ]),
    ).toMatchObject({ ok: false, problems: [{ code: 'ambiguous-nested-stack' }] }));
  test('a template nested twice is two stacks', () => {
    const again = `  Other:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: net/network.yaml, Parameters: { VpcId: vpc-1, Blocks: "1,2", Vpcs: "1,2" } }`;
    expect(resource(together(parent(undefined, again)), 'Other/Subnet').properties).toMatchObject({ VpcId: 'vpc-1' });
  });
  test('a template that nests itself ends', () => {
    const text = 'Resources: { Me: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: main.yaml } } }';
    expect(declaredTogether([{ file: 'main.yaml', text }]).after.untranslated).toHaveLength(1);
  });
  test('stacks that wait for one another in a circle are a mistake', () => {
    const text = parent()
      .replace('VpcId: !Ref Vpc\n', 'VpcId: !GetAtt Group.VpcId\n')
      .replace('CidrBlock: 10.0.0.0/16', 'X: !Ref Group');
    expect(readTemplates(files(text))).toMatchObject({ ok: false, problems: [{ code: 'circular-reference' }] });
  });
});

describe('stacks beside one another', () => {
  const exporter = `
Resources: { Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: 10.0.0.0/16 } } }
Outputs: { Vpc: { Value: !Ref Vpc, Export: { Name: !Sub "shared-\${AWS::Region}-vpc" } }, Block: { Value: !GetAtt Vpc.CidrBlock, Export: { Name: block } } }
`;
  const importer = `
Resources: { Subnet: { Type: "AWS::EC2::Subnet", Properties: { VpcId: !ImportValue shared-eu-west-1-vpc, Of: !ImportValue block } } }
`;
  const both = [
    { file: 'a/shared.yaml', text: exporter },
    { file: 'a/app.template.json', text: importer },
  ];
  const region = { parameters: ['AWS::Region=eu-west-1'] };
  test('an import is what the other exports; each has its file’s name in front', () => {
    const { after } = declaredTogether(both, region);
    expect(after.resources.map(({ address }) => address)).toEqual(['shared/Vpc', 'app/Subnet']);
    expect(resource(after, 'app/Subnet').properties).toEqual({ VpcId: link('shared/Vpc'), Of: '10.0.0.0/16' });
  });
  test('under a name that is not known, nothing is exported', () =>
    expect(why(resource(declaredTogether(both).after, 'app/Subnet').properties.VpcId)).toContain(
      'no template given exports',
    ));
  test('of another Region nothing is imported', () => {
    const { after } = declaredTogether(both, {
      parameters: ['shared/AWS::Region=us-east-1', 'app/AWS::Region=eu-west-1'],
    });
    expect(why(resource(after, 'app/Subnet').properties.Of)).toContain('no template given exports');
  });
  test('nor of another account', () => {
    const parameters = ['shared/AWS::AccountId=111122223333', 'app/AWS::AccountId=444455556666'];
    expect(why(resource(declaredTogether(both, { parameters }).after, 'app/Subnet').properties.Of)).toContain(
      'no template',
    );
  });
  test('what the person tells goes before', () =>
    expect(
      resource(declaredTogether(both, { ...region, imports: ['block=10.9.0.0/16'] }).after, 'app/Subnet').properties.Of,
    ).toBe('10.9.0.0/16'));
  test('an import that nothing asks for is said', () =>
    expect(declared(exporter, { imports: ['other=x'] }).warnings).toEqual([expect.stringContaining('`other`')]));
});
