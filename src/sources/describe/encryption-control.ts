/** VPC encryption controls: describe-vpc-encryption-controls, and describe-vpcs, which shows them beside each VPC (semantics 14.6). */
import type { VpcEncryptionControl, VpcEncryptionControlExclusion } from '@aws-sdk/client-ec2';
import { excludable } from '../../network/build/encryption-control-finding.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type At, inner, provenance, text } from './fields.ts';

/** Monitoring changes no traffic; one that comes about or ends may be in force. */
export function readEncryptionControl(at: At<VpcEncryptionControl>, findings: Findings): void {
  const vpc = text(at, 'VpcId');
  const enforces = text(at, 'Mode') === 'enforce' || (text(at, 'State') ?? '').startsWith('enforce');
  if (vpc === undefined || !enforces || text(at, 'State') === 'deleted') return;
  const exclusions = inner(at, 'ResourceExclusions');
  const excluded = excludable.filter((kind) => {
    const one: At<VpcEncryptionControlExclusion> | undefined = exclusions && inner(exclusions, kind);
    return one !== undefined && text(one, 'State') === 'enabled';
  });
  findings.encryptionControls.push({ vpc, excluded, source: provenance(at) });
}
