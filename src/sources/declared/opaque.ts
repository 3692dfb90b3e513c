/**
 * Cloud WAN and VPC Lattice as plans declare them: gateways of which nothing is told but which VPCs they serve, so that
 * what goes in may come out anywhere (semantics 14.1, 14.4).
 */
import type { AttachmentFinding } from '../../network/build/findings.ts';
import { resource } from './common.ts';
import { vpcType } from './kinds.ts';
import { candidatesOf, idOf, text } from './property.ts';
import { type At, type Construct, note, notModelled, provenance } from './reading.ts';
import { Unknown } from './value.ts';

type Kind = AttachmentFinding['gateway']['kind'] & ('core-network' | 'service-network');

const gatewayOf =
  (kind: Kind, why: string, affects: string): NonNullable<Construct['read']> =>
  (at) => {
    at.in.findings.opaqueGateways.push({ ...resource(at), kind });
    notModelled(at, kind, why, affects);
  };

export const serviceNetwork: Construct = {
  identities: ['Arn', 'Id'],
  properties: ['Name', 'AuthType', 'SharingConfig', 'Tags'],
  read: gatewayOf('service-network', 'its services are not read from plans and templates', 'flows through it'),
};

/** The VPC that an attachment or association names; each that it may be. */
function vpcsOf(at: At, key: string): readonly string[] {
  const written = text(at, key);
  const told = typeof written === 'string' && written.startsWith('arn:') ? written : idOf(at, key, vpcType);
  // AWS's ARN of it ends in its id.
  if (!(told instanceof Unknown)) return told === undefined ? [] : [told.replace(/^arn:.*\//, '')];
  note(at, key, told, 'it may be any VPC');
  const candidates = candidatesOf(at, told);
  return candidates.length > 0 ? candidates : (at.in.byType.get(vpcType) ?? []).map(({ of }) => of.id);
}

/** The gateway that it names; each of the kind that it may be. */
function gatewaysOf(at: At, key: string, type: string): readonly string[] {
  const told = idOf(at, key, type);
  if (!(told instanceof Unknown)) return told === undefined ? [] : [told];
  note(at, key, told, 'it may be any that is declared');
  const candidates = candidatesOf(at, told);
  return candidates.length > 0 ? candidates : (at.in.byType.get(type) ?? []).map(({ of }) => of.id);
}

const attaching =
  (kind: Kind, type: string, key: string, name: string, vpcKey?: string): NonNullable<Construct['read']> =>
  (at) => {
    const { id } = at.of;
    const to: readonly AttachmentFinding['to'][] =
      vpcKey === undefined
        ? [{ kind: 'on-premises', id }]
        : vpcsOf(at, vpcKey).map((vpc) => ({ kind: 'vpc', id: vpc }));
    for (const gateway of gatewaysOf(at, key, type))
      for (const one of to)
        at.in.findings.attachments.push({ id, gateway: { kind, id: gateway }, to: one, name, source: provenance(at) });
  };

export const serviceNetworkVpcAssociation: Construct = {
  properties: [
    'ServiceNetworkIdentifier',
    'VpcIdentifier',
    'SecurityGroupIds',
    'DnsOptions',
    'PrivateDnsEnabled',
    'Tags',
  ],
  read: attaching(
    'service-network',
    'AWS::VpcLattice::ServiceNetwork',
    'ServiceNetworkIdentifier',
    'service-network-vpc-association',
    'VpcIdentifier',
  ),
};
