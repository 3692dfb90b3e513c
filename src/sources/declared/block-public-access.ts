/** VPC Block Public Access, its exclusions, and encryption controls (semantics 4.34 to 4.40, 14.6). */
import { present } from '../../base/present.ts';
import { excludable } from '../../network/build/encryption-control-finding.ts';
import type { InternetGatewayBlockMode } from '../../network/vpc.ts';
import { vpcType, subnetType } from './kinds.ts';
import { has, idOf, known, text } from './property.ts';
import { type Construct, note, provenance } from './reading.ts';
import { Unknown } from './value.ts';

const modes: readonly InternetGatewayBlockMode[] = ['off', 'block-bidirectional', 'block-ingress'];

export const blockPublicAccess: Construct = {
  identities: ['AccountId'],
  properties: ['InternetGatewayBlockMode', 'ExclusionsAllowed'],
  read(at) {
    const told = text(at, 'InternetGatewayBlockMode');
    if (told instanceof Unknown) note(at, 'InternetGatewayBlockMode', told, 'it counts as off');
    const mode = modes.find((one) => one === known(told));
    if (mode === undefined || at.of.uncertain !== undefined) return;
    const { account, region } = at.of;
    at.in.findings.blockPublicAccess.push({ mode, source: provenance(at), ...present({ account, region }) });
  },
};

export const blockPublicAccessExclusion: Construct = {
  identities: ['ExclusionId'],
  properties: ['InternetGatewayExclusionMode', 'VpcId', 'SubnetId', 'Tags'],
  read(at) {
    const resource = has(at, 'SubnetId') ? idOf(at, 'SubnetId', subnetType) : idOf(at, 'VpcId', vpcType);
    const mode = text(at, 'InternetGatewayExclusionMode');
    if (mode instanceof Unknown) note(at, 'InternetGatewayExclusionMode', mode, 'it lets pass both ways');
    const all = resource instanceof Unknown ? resource.candidates : [];
    if (resource instanceof Unknown)
      note(at, 'VpcId', resource, all.length === 0 ? 'it excludes nothing' : 'it may exclude any that it could name');
    const word = known(mode) === 'allow-egress' ? 'allow-egress' : 'allow-bidirectional';
    if (typeof resource === 'string')
      at.in.findings.blockPublicAccessExclusions.push({ id: at.of.id, resource, mode: word, source: provenance(at) });
  },
};

export const encryptionControl: Construct = {
  identities: ['VpcEncryptionControlId'],
  properties: [
    'VpcId',
    'Mode',
    'EgressOnlyInternetGatewayExclusionInput',
    'ElasticFileSystemExclusionInput',
    'InternetGatewayExclusionInput',
    'LambdaExclusionInput',
    'NatGatewayExclusionInput',
    'VirtualPrivateGatewayExclusionInput',
    'VpcLatticeExclusionInput',
    'VpcPeeringExclusionInput',
    'Tags',
  ],
  read(at) {
    const vpc = idOf(at, 'VpcId', vpcType);
    const mode = text(at, 'Mode');
    // What it would stop, it stops where that is certain alone.
    if (vpc instanceof Unknown || mode instanceof Unknown)
      note(at, 'Mode', (vpc instanceof Unknown ? vpc : mode) as Unknown, 'it enforces nothing');
    if (typeof vpc !== 'string' || known(mode) !== 'enforce') return;
    const excluded = excludable.filter((kind) => {
      const told = text(at, `${kind}ExclusionInput`);
      return told instanceof Unknown || told === 'enable';
    });
    at.in.findings.encryptionControls.push({ vpc, excluded, source: provenance(at) });
  },
};
