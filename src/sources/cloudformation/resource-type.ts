/** What the type of a resource tells of its attributes. */
import { at, type Node, textOf } from './node.ts';

/** Custom resources and modules: a program, or another template, decides their attributes. */
export const decidesItself = (type: string): boolean =>
  type.startsWith('Custom::') ||
  type === 'AWS::CloudFormation::CustomResource' ||
  type === 'AWS::CloudFormation::WaitCondition' ||
  type.endsWith('::MODULE');

export const isModule = (resource: Node): boolean => textOf(at(resource, 'Type'))?.endsWith('::MODULE') === true;

/** Attributes that are just what the property of the same name says. */
export const told: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::VPC': ['CidrBlock'],
  'AWS::EC2::Subnet': ['AvailabilityZone', 'CidrBlock', 'VpcId'],
  'AWS::EC2::SecurityGroup': ['VpcId'],
  'AWS::EC2::Instance': ['AvailabilityZone'],
  'AWS::SSM::Parameter': ['Value'],
};
