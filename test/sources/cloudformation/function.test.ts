import { describe, expect, test } from 'vitest';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { link, problemsOf, valueOf, why } from './template.ts';

const vpc = `  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.1.0.0/16 }
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.1.4.0/24 }
`;
const own = (expression: string, sections = '') => valueOf(expression, sections, {}, vpc);
const ireland = { parameters: ['AWS::Region=eu-west-1'] };

describe('Ref and GetAtt', () => {
  test('a reference to a resource is a link to it', () => expect(own('!Ref Vpc')).toEqual(link('Vpc')));
  test('the short and the long form are the same', () =>
    expect(own('{"Fn::GetAtt": [Vpc, DefaultSecurityGroup]}')).toEqual(own('!GetAtt Vpc.DefaultSecurityGroup')));
  test('an attribute is a link to it', () =>
    expect(own('!GetAtt Vpc.DefaultSecurityGroup')).toEqual(link('Vpc', 'DefaultSecurityGroup')));
  test('an attribute with dots in its name is one attribute', () =>
    expect(own('!GetAtt Vpc.Endpoint.Address')).toEqual(link('Vpc', 'Endpoint.Address')));
  test('the block of a VPC that the template says is known', () => {
    expect(own('!GetAtt Vpc.CidrBlock')).toBe('10.1.0.0/16');
    expect(own('!GetAtt Subnet.VpcId')).toEqual(link('Vpc'));
  });
  test('an attribute named by a parameter is looked up', () =>
    expect(own('!GetAtt [Vpc, !Ref Which]', 'Parameters: { Which: { Type: String, Default: CidrBlock } }')).toBe(
      '10.1.0.0/16',
    ));
  test('an attribute that a custom resource decides is not known, and says so', () =>
    expect(why(valueOf('!GetAtt Custom.Answer', '', {}, '  Custom: { Type: "Custom::Asks" }'))).toContain(
      '`Custom` decides',
    ));
});

describe('Sub and Join', () => {
  test('a text with a parameter in it is put together', () =>
    expect(
      valueOf('!Sub "${A}-${B}"', 'Parameters: { A: { Type: String, Default: x }, B: { Type: String, Default: y } }'),
    ).toBe('x-y'));
  test('a text that is just one reference is that reference', () => {
    expect(own('!Sub "${Vpc}"')).toEqual(link('Vpc'));
    expect(own('!Sub "${Vpc.DefaultNetworkAcl}"')).toEqual(link('Vpc', 'DefaultNetworkAcl'));
    expect(own('!Join ["", [!Ref Vpc]]')).toEqual(link('Vpc'));
  });
  test('the second form gives names of its own', () =>
    expect(own('!Sub ["${Block} of ${Where}", {Block: !GetAtt Vpc.CidrBlock, Where: here}]')).toBe(
      '10.1.0.0/16 of here',
    ));
  test('an exclamation mark keeps the braces', () => expect(own('!Sub "${!Kept}"')).toBe('${Kept}'));
  test('a text with the id of what is not there yet is not known', () =>
    expect(why(own('!Sub "arn/${Vpc}"'))).toContain('`Vpc`'));
  test('a list is joined', () => expect(own('!Join ["/", [a, 1, true]]')).toBe('a/1/true'));
  test('where only the Region is unknown, a text has a stand-in for it', () => {
    expect(own('!Sub "com.amazonaws.${AWS::Region}.s3"')).toBe('com.amazonaws.REGION.s3');
    expect(valueOf('!Sub "com.amazonaws.${AWS::Region}.s3"', '', ireland)).toBe('com.amazonaws.eu-west-1.s3');
  });
  test('where something else is unknown too, it is not', () =>
    expect(why(own('!Sub "${AWS::Region}-${AWS::AccountId}"'))).toContain('`AWS::AccountId`'));
  test('a dynamic reference is not the value', () =>
    expect(why(own('"{{resolve:ssm:/net/cidr}}"'))).toContain('dynamic reference'));
  test('a dynamic reference put together is not the value either', () =>
    expect(why(own('!Join ["", ["{{resolve:", "ssm:/net/cidr}}"]]'))).toContain('dynamic reference'));
});

describe('Select and Split', () => {
  test('an item is selected by its number, from 0, also as a text', () => {
    expect(own('!Select [1, [a, b]]')).toBe('b');
    expect(own('!Select ["1", [a, b]]')).toBe('b');
  });
  test('a text is split', () => expect(own('!Split ["-", a-b-c]')).toEqual(['a', 'b', 'c']));
  test('a list of ids joined with commas is split again', () =>
    expect(own('!Split [",", !Join [",", [!Ref Vpc, x, !Ref Subnet]]]')).toEqual([link('Vpc'), 'x', link('Subnet')]));
  test('what may have the delimiter in it is not split', () =>
    expect(why(own('!Select [5, !Split [":", !Ref Vpc]]'))).toContain('a part of'));
  test('an item of a list that is not known is not known', () =>
    expect(
      why(own('!Select [0, !Ref Subnets]', 'Parameters: { Subnets: { Type: "List<AWS::EC2::Subnet::Id>" } }')),
    ).toBe('item 1 of the parameter `Subnets`, which has no value'));
  test('an item behind one that may be missing is not known', () =>
    expect(
      own(
        '!Select [1, [!If [C, a, !Ref "AWS::NoValue"], b, c]]',
        'Parameters: { P: { Type: String } }\nConditions: { C: !Equals [!Ref P, x] }',
      ),
    ).toBeInstanceOf(Unknown));
  test('an item that the list does not have is a mistake', () =>
    expect(problemsOf('Resources: { A: { Type: "A::B::C", Properties: { V: !Select [2, [a, b]] } } }')).toMatchObject([
      { code: 'no-such-item', place: expect.stringMatching(/^1:\d+$/) },
    ]));
});

describe('Cidr', () => {
  test('a block is cut into smaller ones', () =>
    expect(own('!Cidr [!GetAtt Vpc.CidrBlock, 3, 8]')).toEqual(['10.1.0.0/24', '10.1.1.0/24', '10.1.2.0/24']));
  test('numbers may be texts', () =>
    expect(own('!Cidr [10.0.0.0/24, "2", "5"]')).toEqual(['10.0.0.0/27', '10.0.0.32/27']));
  test('a block of IPv6 is cut as well', () =>
    expect(own('!Select [255, !Cidr ["2001:db8:0:100::/56", 256, 64]]')).toBe('2001:db8:0:1ff::/64'));
  test('of a block that is not known each is not known', () => {
    const blocks = own('!Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 2, 64]');
    expect(blocks).toEqual([expect.any(Unknown), expect.any(Unknown)]);
    expect(why((blocks as readonly Unknown[])[1])).toContain('address block 2');
  });
  test('blocks that do not fit are a mistake', () =>
    expect(
      problemsOf('Resources: { A: { Type: "A::B::C", Properties: { V: !Cidr [10.0.0.0/24, 3, 7] } } }'),
    ).toMatchObject([{ code: 'blocks-do-not-fit' }]));
});

describe('GetAZs', () => {
  test('two of them are two zones', () => {
    expect(own('!Select [0, !GetAZs ""]')).toBe('REGIONa');
    expect(own('!Select [1, !GetAZs ""]')).toBe('REGIONb');
  });
  test('in a Region that is known they have its name', () => {
    expect(valueOf('!Select [2, !GetAZs ""]', '', ireland)).toBe('eu-west-1c');
    expect(valueOf('!Select [0, "Fn::GetAZs": !Ref "AWS::Region"]', '', ireland)).toBe('eu-west-1a');
    expect(own('!Select [0, !GetAZs us-west-2]')).toBe('us-west-2a');
  });
  test('all of them together are not known', () => expect(why(own('!GetAZs ""'))).toContain('Availability Zones'));
});

describe('FindInMap', () => {
  const sections = `Mappings:
  Blocks:
    prod: { vpc: 10.0.0.0/16, same: x }
    test: { vpc: 10.9.0.0/16, same: x }
Parameters: { Env: { Type: String } }`;
  test('a value is found by two keys', () =>
    expect(own('!FindInMap [Blocks, prod, vpc]', sections)).toBe('10.0.0.0/16'));
  test('a key that is not known leaves it unknown', () =>
    expect(why(own('!FindInMap [Blocks, !Ref Env, vpc]', sections))).toContain('`Env`'));
  test('where all values are the same, the key does not matter', () =>
    expect(own('!FindInMap [Blocks, !Ref Env, same]', sections)).toBe('x'));
  test('a default stands in for what is not there', () => {
    expect(own('!FindInMap [Blocks, dev, vpc, DefaultValue: 10.5.0.0/16]', sections)).toBe('10.5.0.0/16');
    expect(own('!FindInMap [Other, dev, vpc, DefaultValue: 10.5.0.0/16]', sections)).toBe('10.5.0.0/16');
    expect(own('!FindInMap [Blocks, prod, vpc, DefaultValue: 10.5.0.0/16]', sections)).toBe('10.0.0.0/16');
  });
  test('a key that is not there is a mistake, with the near ones', () =>
    expect(
      problemsOf(
        `${sections}\nResources: { A: { Type: "A::B::C", Properties: { V: !FindInMap [Blocks, pord, vpc] } } }`,
      ),
    ).toMatchObject([{ code: 'no-such-key', hint: 'Did you mean `prod`?' }]));
  test('the key may be a number', () =>
    expect(
      own('!FindInMap [Accounts, 012345678901, cidr]', 'Mappings: { Accounts: { 012345678901: { cidr: a } } }'),
    ).toBe('a'));
});

describe('the others', () => {
  test('a text is encoded', () => expect(own('!Base64 "é"')).toBe('w6k='));
  test('the length of a list is known', () => expect(own('{"Fn::Length": [a, b]}')).toBe(2));
  test('a value is written as JSON', () => expect(own('{"Fn::ToJsonString": {a: [1, x]}}')).toBe('{"a":[1,"x"]}'));
  test('JSON with a link in it is not known', () =>
    expect(own('{"Fn::ToJsonString": {a: !Ref Vpc}}')).toBeInstanceOf(Unknown));
  test('what a macro makes of it is not known', () =>
    expect(why(own('{"Fn::Transform": {Name: Mine, Parameters: {}}}'))).toContain('macro'));
  test('a function that is newer than this program is not known', () =>
    expect(why(own('{"Fn::Imagine": [1]}'))).toContain('`Fn::Imagine`'));
  test('user data and passwords are not read', () => {
    const text =
      'Resources: { A: { Type: "A::B::C", Properties: { UserData: marker, Deep: { MasterUserPassword: marker } } } }';
    expect(problemsOf(text)).toEqual([]);
    expect(JSON.stringify(valueOf('{UserData: marker, Deep: {MasterUserPassword: marker}}'))).not.toContain('marker');
  });
});

describe('imports', () => {
  test('an import that is told is known', () =>
    expect(valueOf('!ImportValue net-vpc', '', { imports: ['net-vpc=vpc-0a1'] })).toBe('vpc-0a1'));
  test('an import of nothing given is not known, and named', () =>
    expect(why(own('!ImportValue net-vpc'))).toBe('the import `net-vpc`, which no template given exports'));
  test('an import under a name that is not known is not known', () =>
    expect(why(own('{"Fn::ImportValue": !Sub "${AWS::StackName}-vpc"}'))).toContain('`AWS::StackName`'));
});
