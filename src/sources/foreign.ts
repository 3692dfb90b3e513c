/** What a JSON document is that holds no answer of AWS, in words for people. */

export function foreignKind(json: unknown): string {
  if (typeof json !== 'object' || json === null) return 'a single JSON value, not an object';
  if (Array.isArray(json))
    return json.length === 0 ? 'an empty list' : 'a list without AWS list keys (an answer cut down by --query?)';
  const keys = Object.keys(json);
  if (keys.length === 0) return 'an empty object';
  if ('terraform_version' in json || 'planned_values' in json) return 'a Terraform plan or state';
  if ('AWSTemplateFormatVersion' in json || ('Resources' in json && !Array.isArray(json.Resources)))
    return 'a CloudFormation template';
  return `no answer of AWS (its keys are ${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ', …' : ''})`;
}
