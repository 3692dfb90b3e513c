/** Terraform types whose values are never a thing of the network, nor chosen from such things. */

const leaves =
  /^(random_(bytes|id|password|pet|string|uuid)$|tls_|time_|archive_|local_|null_resource$|aws_(iam|kms|s3|cloudwatch|ecr|acm|sqs|sns)_|aws_(caller_identity|partition|region|availability_zones?|default_tags|ami|canonical_user_id|service_principal)$)/;

/** Data sources that tell of attachments and nothing else that is made. */
const attachments = /^aws_ec2_transit_gateway_(dx_gateway|vpn|peering)_attachment$/;

export const isLeaf = (type: string, data: boolean): boolean => leaves.test(type) || (data && attachments.test(type));
