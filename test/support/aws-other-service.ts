/** What the CLI prints of services that make ways beside route tables. */
import type { AnswerSpec } from './spec.ts';

const lattice = 'arn:aws:vpc-lattice:us-east-1:123456789012';

/** The associations of VPCs with the service network `sn-1` of VPC Lattice. */
export const latticeAnswer = (vpcs: readonly string[]): AnswerSpec => ({
  id: 'vpc-lattice list-service-network-vpc-associations',
  json: {
    items: vpcs.map((vpcId) => ({
      arn: `${lattice}:servicenetworkvpcassociation/snva-${vpcId}`,
      createdAt: '2026-03-02T08:51:12+00:00',
      createdBy: '123456789012',
      id: `snva-${vpcId}`,
      lastUpdatedAt: '2026-03-02T08:51:12+00:00',
      serviceNetworkArn: `${lattice}:servicenetwork/sn-1`,
      serviceNetworkId: 'sn-1',
      serviceNetworkName: 'net',
      status: 'ACTIVE',
      vpcId,
    })),
  },
});

export const notebookArn = 'arn:aws:sagemaker:us-east-1:123456789012:notebook-instance/nb';

/** A notebook instance, which without an interface stands in no VPC. */
export const notebookAnswer = (direct: 'Enabled' | 'Disabled', nic: string | undefined): AnswerSpec => ({
  id: 'sagemaker describe-notebook-instance',
  json: {
    NotebookInstanceArn: notebookArn,
    NotebookInstanceName: 'nb',
    NotebookInstanceStatus: 'InService',
    InstanceType: 'ml.t3.medium',
    RoleArn: 'arn:aws:iam::123456789012:role/nb',
    ...(nic === undefined ? {} : { SubnetId: 'subnet-s1', SecurityGroups: ['sg-open'], NetworkInterfaceId: nic }),
    DirectInternetAccess: direct,
    VolumeSizeInGB: 5,
    RootAccess: 'Enabled',
  },
});
