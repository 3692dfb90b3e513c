import { expect, test } from 'vitest';
import { declaredTogether, link, resource, why } from './template.ts';

const template = `
Parameters: { Block: { Type: String }, Key: { Type: String, NoEcho: true } }
Resources:
  Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: 10.0.0.0/16 } }
  Group: { Type: "AWS::EC2::SecurityGroup", Properties: { VpcId: !Ref Vpc, GroupName: new } }
  Subnet: { Type: "AWS::EC2::Subnet", Properties: { VpcId: !Ref Vpc, CidrBlock: !Ref Block } }
  Route: { Type: "AWS::EC2::Route", Properties: { DestinationCidrBlock: 0.0.0.0/0 } }
`;
const stackId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/net/0a1b';
const change = (Action: string, LogicalResourceId: string, ResourceType: string, rest: object = {}) => ({
  Type: 'Resource',
  ResourceChange: { Action, LogicalResourceId, ResourceType, ...rest },
});
const context = (Properties: object) => ({ BeforeContext: JSON.stringify({ Properties }) });
const changeSet = (values: boolean) => ({
  ChangeSetName: 'wider',
  ChangeSetId: 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/wider/1',
  StackName: 'net',
  StackId: stackId,
  Parameters: [
    { ParameterKey: 'Block', ParameterValue: '10.0.8.0/24' },
    { ParameterKey: 'Key', ParameterValue: '****' },
  ],
  Changes: [
    change('Add', 'Route', 'AWS::EC2::Route'),
    change('Modify', 'Group', 'AWS::EC2::SecurityGroup', {
      PhysicalResourceId: 'sg-0a1',
      Replacement: 'True',
      ...(values ? context({ VpcId: 'vpc-0a1', GroupName: 'old' }) : {}),
    }),
    change('Modify', 'Subnet', 'AWS::EC2::Subnet', {
      PhysicalResourceId: 'subnet-0a1',
      Replacement: 'False',
      ...(values
        ? context({
            VpcId: 'vpc-0a1',
            CidrBlock: '10.0.7.0/24',
            Masked: '****',
            Later: '{{changeSet:KNOWN_AFTER_APPLY}}',
          })
        : {}),
    }),
    change('Remove', 'Gateway', 'AWS::EC2::InternetGateway', {
      PhysicalResourceId: 'igw-0a1',
      ...(values ? context({}) : {}),
    }),
  ],
});
const existing = {
  StackResources: [
    {
      StackName: 'net',
      StackId: stackId,
      LogicalResourceId: 'Vpc',
      PhysicalResourceId: 'vpc-0a1',
      ResourceType: 'AWS::EC2::VPC',
    },
  ],
};
const read = (values: boolean) =>
  declaredTogether([
    { file: 'net.yaml', text: template },
    { file: 'change.json', json: changeSet(values) },
    { file: 'resources.json', json: existing },
  ]);

test('a change set tells the parameters, the account and the Region', () =>
  expect(resource(read(false).after, 'Subnet')).toMatchObject({
    region: 'eu-west-1',
    account: '111122223333',
    properties: { CidrBlock: '10.0.8.0/24' },
  }));
test('it says what is added, changed, replaced and removed', () =>
  expect(read(false).after.warnings).toContain(
    'The change set `wider` adds `Route`; changes `Subnet`; replaces `Group`; removes `Gateway`.',
  ));
test('what stays has the id that it has, and what is replaced its address', () => {
  const ids = Object.fromEntries(read(false).after.resources.map(({ address, id }) => [address, id]));
  expect(ids).toEqual({ Vpc: 'vpc-0a1', Group: 'Group', Subnet: 'subnet-0a1', Route: 'Route' });
});
test('without property values nothing tells what was before', () => expect(read(false).before).toBeUndefined());
test('with them, before is what the stack declares before the change', () => {
  const before = read(true).before!;
  expect(before.resources.map(({ address, id }) => [address, id])).toEqual([
    ['Vpc', 'vpc-0a1'],
    ['Group', 'sg-0a1'],
    ['Subnet', 'subnet-0a1'],
    ['Gateway', 'igw-0a1'],
  ]);
  expect(resource(before, 'Group').properties).toEqual({ VpcId: 'vpc-0a1', GroupName: 'old' });
  expect(resource(before, 'Subnet').properties.CidrBlock).toBe('10.0.7.0/24');
  expect(why(resource(before, 'Subnet').properties.Masked)).toContain('masks');
  expect(why(resource(before, 'Subnet').properties.Later)).toContain('after the change');
});
test('pages of one change set are one', () => {
  const { Changes, ...rest } = changeSet(false);
  const pages = [Changes.slice(0, 2), Changes.slice(2)].map((changes, page) => ({
    file: `page-${page}.json`,
    json: { ...rest, Changes: changes },
  }));
  const { after } = declaredTogether([{ file: 'net.yaml', text: template }, ...pages]);
  expect(after.warnings).toContain(
    'The change set `wider` adds `Route`; changes `Subnet`; replaces `Group`; removes `Gateway`.',
  );
});
test('what the stack lets go of and leaves in the account is still there', () => {
  const kept = (values: boolean) => {
    const { Changes, ...rest } = changeSet(values);
    const changes = Changes.map(({ Type, ResourceChange }) => ({
      Type,
      ResourceChange: {
        ...ResourceChange,
        PolicyAction: ResourceChange.Action === 'Remove' ? 'Retain' : 'ReplaceAndRetain',
      },
    }));
    return declaredTogether([
      { file: 'net.yaml', text: template },
      {
        file: 'change.json',
        json: { ...rest, Changes: changes.filter(({ ResourceChange: { Action } }) => Action !== 'Add') },
      },
    ]).after;
  };
  expect(resource(kept(true), 'Gateway')).toMatchObject({ id: 'igw-0a1', type: 'AWS::EC2::InternetGateway' });
  expect(resource(kept(true), 'Group (replaced)')).toMatchObject({ id: 'sg-0a1', properties: { GroupName: 'old' } });
  expect(kept(false).untranslated).toContainEqual(expect.objectContaining({ address: 'Gateway' }));
});
test('after the change, links stay links', () =>
  expect(resource(read(true).after, 'Subnet').properties.VpcId).toEqual(link('Vpc')));
