/** The security group that EKS makes for a cluster. */
import { groupType } from './kinds.ts';
import { inner, known, text } from './property.ts';
import { type At, derive } from './reading.ts';
import { Unknown } from './value.ts';

/** AWS's id where it is known, else one of its own. */
export function clusterGroupOf(at: At): string {
  const config = inner(at, 'ResourcesVpcConfig');
  const told =
    known(text(at, 'ClusterSecurityGroupId')) ??
    (config === undefined || config instanceof Unknown ? undefined : known(text(config, 'ClusterSecurityGroupId')));
  return derive(at.in, told ?? `${at.of.id}/cluster-security-group`, groupType);
}
