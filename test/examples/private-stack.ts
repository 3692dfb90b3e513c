/** A stack as CDK users write them: hosts in private subnets, Bedrock by PrivateLink, and, if somebody asks for it, a way out. */
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

export interface PrivateStackProps extends StackProps {
  /** Subnets get a route to a NAT gateway. */
  readonly egress: boolean;
}

export class PrivateStack extends Stack {
  constructor(scope: Construct, id: string, { egress, ...props }: PrivateStackProps) {
    super(scope, id, props);
    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr('10.60.0.0/16'),
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      natGateways: egress ? 1 : 0,
      subnetConfiguration: [
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24 },
        {
          name: 'models',
          subnetType: egress ? ec2.SubnetType.PRIVATE_WITH_EGRESS : ec2.SubnetType.PRIVATE_ISOLATED,
          cidrMask: 24,
        },
      ],
    }) as ec2.IVpc;
    const subnets = vpc.selectSubnets({ subnetGroupName: 'models' });
    const bedrock = vpc.addInterfaceEndpoint('Bedrock', {
      service: new ec2.InterfaceVpcEndpointAwsService('bedrock-runtime'),
      subnets,
    });
    const host = new ec2.Instance(this, 'Model', {
      vpc,
      vpcSubnets: subnets,
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.M5, ec2.InstanceSize.LARGE),
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    });
    bedrock.connections.allowDefaultPortFrom(host);
  }
}
