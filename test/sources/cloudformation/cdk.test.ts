import { expect, test } from 'vitest';
import { roleOf } from '../../../src/sources/cloudformation/index.ts';
import { declared, declaredTogether, link, resource } from './template.ts';

const stack = (name: string, environment: string) => ({
  type: 'aws:cloudformation:stack',
  environment,
  properties: { templateFile: `${name}.template.json`, parameters: {} },
});
const manifest = (environment: string) => ({
  version: '48.0.0',
  artifacts: {
    'Net.assets': { type: 'cdk:asset-manifest', properties: { file: 'Net.assets.json' } },
    Net: stack('Net', environment),
    App: { ...stack('App', environment), properties: { templateFile: 'App.template.json', stackName: 'shop-app' } },
    Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
  },
});
const net = {
  Resources: {
    Vpc8378EB38: {
      Type: 'AWS::EC2::VPC',
      Properties: { CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Name', Value: 'Net/Vpc' }] },
      Metadata: { 'aws:cdk:path': 'Net/Vpc/Resource' },
    },
    PrivateSubnet1: {
      Type: 'AWS::EC2::Subnet',
      Properties: {
        AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
        CidrBlock: '10.0.0.0/24',
        VpcId: { Ref: 'Vpc8378EB38' },
      },
    },
    InnerNestedStackResource: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: {
        Parameters: { referencetoNetVpcRef: { Ref: 'Vpc8378EB38' } },
        TemplateURL: {
          'Fn::Join': [
            '',
            [
              'https://s3.',
              { Ref: 'AWS::Region' },
              '.',
              { Ref: 'AWS::URLSuffix' },
              '/',
              { 'Fn::Sub': 'cdk-assets-${AWS::AccountId}' },
              '/0a1b2c.json',
            ],
          ],
        },
      },
      Metadata: { 'aws:asset:path': 'NetInner0A1B.nested.template.json', 'aws:asset:property': 'TemplateURL' },
    },
    CDKMetadata: { Type: 'AWS::CDK::Metadata', Condition: 'CDKMetadataAvailable', Properties: { Analytics: 'v2' } },
  },
  Conditions: {
    CDKMetadataAvailable: {
      'Fn::Or': [
        { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
        { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
      ],
    },
  },
  Outputs: {
    ExportsOutputRefVpc8378EB38: { Value: { Ref: 'Vpc8378EB38' }, Export: { Name: 'Net:ExportsOutputRefVpc8378EB38' } },
  },
  Parameters: {
    BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
  },
  Rules: {
    CheckBootstrapVersion: {
      Assertions: [
        {
          Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2'], { Ref: 'BootstrapVersion' }] }] },
          AssertDescription: 'new enough',
        },
      ],
    },
  },
};
const inner = {
  Parameters: { referencetoNetVpcRef: { Type: 'String' } },
  Resources: { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'referencetoNetVpcRef' } } } },
};
const app = {
  Resources: {
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        VpcId: { 'Fn::ImportValue': 'Net:ExportsOutputRefVpc8378EB38' },
        GroupName: { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, 'group']] },
      },
    },
  },
};
const folder = (environment: string) => [
  { file: 'cdk.out/App.template.json', json: app },
  { file: 'cdk.out/Net.template.json', json: net },
  { file: 'cdk.out/NetInner0A1B.nested.template.json', json: inner },
  { file: 'cdk.out/Net.assets.json', json: { version: '48.0.0', files: {}, dockerImages: {} } },
  { file: 'cdk.out/manifest.json', json: manifest(environment) },
  { file: 'cdk.out/tree.json', json: { version: 'tree-0.1', tree: { id: 'App', path: '' } } },
];
const known = 'aws://111122223333/eu-west-1';

test('every file that CDK writes is known by its content', () =>
  expect(folder(known).map(({ json }) => roleOf(json))).toEqual([
    'template',
    'template',
    'template',
    'cdk-other',
    'cdk-manifest',
    'cdk-other',
  ]));
test('each stack has its name in front, and what is nested the name of the nested stack', () =>
  expect(declaredTogether(folder(known)).after.resources.map(({ address }) => address)).toEqual([
    'shop-app/Group',
    'Net/Vpc8378EB38',
    'Net/PrivateSubnet1',
    'Net/InnerNestedStackResource/Group',
  ]));
test('the manifest tells account, Region and name', () => {
  const { after } = declaredTogether(folder(known));
  expect(resource(after, 'Net/PrivateSubnet1')).toMatchObject({
    account: '111122223333',
    region: 'eu-west-1',
    properties: { AvailabilityZone: 'eu-west-1a' },
  });
  expect(resource(after, 'shop-app/Group').properties.GroupName).toBe('shop-app-group');
});
test('an environment that the manifest does not know is not known', () => {
  const { after } = declaredTogether(folder('aws://unknown-account/unknown-region'));
  expect(resource(after, 'Net/PrivateSubnet1')).not.toHaveProperty('region');
  expect(resource(after, 'Net/PrivateSubnet1').properties.AvailabilityZone).toBe('REGIONa');
});
test('what one stack exports another imports', () =>
  expect(resource(declaredTogether(folder(known)).after, 'shop-app/Group').properties.VpcId).toEqual(
    link('Net/Vpc8378EB38'),
  ));
test('a nested stack is the file that CDK names', () =>
  expect(
    resource(declaredTogether(folder(known)).after, 'Net/InnerNestedStackResource/Group').properties.VpcId,
  ).toEqual(link('Net/Vpc8378EB38')));
test('a template of an earlier run is left out, and said', () => {
  const { after } = declaredTogether([...folder(known), { file: 'cdk.out/Old.template.json', json: app }]);
  expect(after.resources).toHaveLength(4);
  expect(after.warnings).toContainEqual(expect.stringContaining('`cdk.out/Old.template.json` was not used'));
});
test('one stack’s template alone is read as well, and what it imports exists before it', () => {
  const { after } = declaredTogether([{ file: 'cdk.out/App.template.json', json: app }]);
  expect(resource(after, 'Group').properties.VpcId).toBe('import:Net:ExportsOutputRefVpc8378EB38');
  expect(after.warnings).toEqual([expect.stringContaining('`Net:ExportsOutputRefVpc8378EB38`')]);
});
test('the resource by which CDK empties a default security group is that group, without rules', () => {
  const properties = { ServiceToken: 'arn', DefaultSecurityGroupId: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] } };
  const read = declared({
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC' },
      Empty: { Type: 'Custom::VpcRestrictDefaultSG', Properties: properties },
    },
  });
  expect(resource(read, 'Empty')).toMatchObject({
    type: 'AWS::EC2::SecurityGroup',
    properties: { Adopts: { VpcId: link('Vpc') } },
  });
});
