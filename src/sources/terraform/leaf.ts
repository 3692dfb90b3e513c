/** Terraform types whose values are never a thing of the network, nor chosen from such things. */

const leaves =
  /^(random_(bytes|id|password|pet|string|uuid)|tls_|time_|archive_|local_|null_resource$|aws_(iam|kms|caller_identity|partition|region|availability_zones?|default_tags|ami|ssm_|secretsmanager_|s3_|cloudwatch_|canonical_user_id|service_principal|ecr_|acm_|sqs_|sns_))/;

export const isLeaf = (type: string): boolean => leaves.test(type);
