/** What is read, by CloudFormation type: a type is one line here and one file, or a line in a file, beside this one. */
import { egressOnlyInternetGateway, gatewayAttachment, internetGateway } from './gateway.ts';
import type { Construct } from './reading.ts';

export const constructs: ReadonlyMap<string, Construct> = new Map(
  Object.entries({
    'AWS::EC2::InternetGateway': internetGateway,
    'AWS::EC2::VPCGatewayAttachment': gatewayAttachment,
    'AWS::EC2::EgressOnlyInternetGateway': egressOnlyInternetGateway,
  } satisfies Record<string, Construct>),
);
