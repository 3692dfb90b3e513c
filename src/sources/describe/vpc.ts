/** describe-vpcs and describe-vpc-attribute. */
import type { Vpc as AwsVpc } from '@aws-sdk/client-ec2';
import { type Prefix, includesPrefix } from '../../net/prefix.ts';
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type At, flag, inner, list, prefix, provenance, required, text } from './fields.ts';
import { blockMode } from './block-public-access.ts';
import { readEncryptionControl } from './encryption-control.ts';
import { resource } from './resource.ts';

export function readVpc(at: At<AwsVpc>, findings: Findings): void {
  const id = required(at, 'VpcId');
  if (id === undefined) return;
  findings.vpcs.push({
    ...resource(at, id, { account: text(at, 'OwnerId') }),
    kind: 'vpc',
    cidrs: blocksOf(at),
    isDefault: flag(at, 'IsDefault') ?? false,
    ...present({ internetGatewayBlockMode: blockMode(at) }),
  });
  const control = inner(at, 'EncryptionControl');
  if (control !== undefined) readEncryptionControl({ ...control, json: { VpcId: id, ...control.json } }, findings);
}

/** The associated blocks, the primary IPv4 block first. */
function blocksOf(at: At<AwsVpc>): readonly Prefix[] {
  const blocks: Prefix[] = [];
  const add = (block: Prefix | undefined): void => {
    if (block !== undefined && !includesPrefix(blocks, block)) blocks.push(block);
  };
  add(prefix(at, 'CidrBlock'));
  for (const block of list(at, 'CidrBlockAssociationSet'))
    if (isAssociated(inner(block, 'CidrBlockState'))) add(prefix(block, 'CidrBlock'));
  for (const block of list(at, 'Ipv6CidrBlockAssociationSet'))
    if (isAssociated(inner(block, 'Ipv6CidrBlockState'))) add(prefix(block, 'Ipv6CidrBlock'));
  return blocks;
}

/** A block without a state is one that somebody wrote by hand. */
export const isAssociated = (state: At<{ State?: string | undefined }> | undefined): boolean =>
  ['associated', undefined].includes(state === undefined ? undefined : text(state, 'State'));

/** One answer of describe-vpc-attribute: a VPC and one of its DNS attributes. */
export interface VpcAttribute {
  VpcId?: string | undefined;
  EnableDnsSupport?: { Value?: boolean | undefined } | undefined;
  EnableDnsHostnames?: { Value?: boolean | undefined } | undefined;
}

export function readVpcAttribute(at: At<VpcAttribute>, findings: Findings): void {
  const vpc = required(at, 'VpcId');
  if (vpc === undefined) return;
  for (const attribute of ['EnableDnsSupport', 'EnableDnsHostnames'] as const) {
    const value = inner(at, attribute);
    const told = value === undefined ? undefined : flag(value, 'Value');
    if (told !== undefined) findings.dnsAttributes.push({ vpc, attribute, value: told, source: provenance(at) });
  }
}
