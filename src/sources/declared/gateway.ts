/** Internet gateways and egress-only internet gateways, with their attachments. */
import { present } from '../../base/present.ts';
import { resource } from './common.ts';
import { idOf, known } from './property.ts';
import { type At, type Construct, isThere, note } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { Unknown } from './value.ts';

const vpc = 'AWS::EC2::VPC';

export const internetGateway: Construct = {
  identities: ['InternetGatewayId'],
  properties: ['Tags', 'VpcId'],
  read(at) {
    at.in.findings.internetGateways.push({ ...resource(at), kind: 'internet-gateway', ...attachmentOf(at) });
  },
};

/** Read by the gateways that it attaches: `AWS::EC2::VPCGatewayAttachment`. */
export const gatewayAttachment: Construct = {
  identities: ['AttachmentType'],
  properties: ['VpcId', 'InternetGatewayId', 'VpnGatewayId'],
};

export const egressOnlyInternetGateway: Construct = {
  properties: ['VpcId', 'Tags'],
  read(at) {
    const of = idOf(at, 'VpcId', vpc);
    if (of instanceof Unknown) note(at, 'VpcId', of, 'the gateway is attached to nothing');
    at.in.findings.egressOnlyInternetGateways.push({
      ...resource(at),
      kind: 'egress-only-internet-gateway',
      ...present({ vpc: known(of), state: isThere(at) ? undefined : 'unknown' }),
    });
  },
};

/** The VPC that its own property names, or its attachment; `unknown` where an attachment may be its own. */
function attachmentOf(at: At): { vpc?: string; state?: string } {
  const { certain, possible } = satellitesOf(
    at.in,
    'AWS::EC2::VPCGatewayAttachment',
    'InternetGatewayId',
    at.of.id,
    at.of.type,
  );
  const all = [at, ...certain];
  const told = all.map((one) => idOf(one, 'VpcId', vpc)).find((one) => one !== undefined);
  if (told instanceof Unknown) note(at, 'VpcId', told, 'the gateway is attached to nothing');
  if (typeof told === 'string') return isThere(at) ? { vpc: told } : { vpc: told, state: 'unknown' };
  const [other] = possible;
  const may = other === undefined ? undefined : known(idOf(other, 'VpcId', vpc));
  return may === undefined ? {} : { vpc: may, state: 'unknown' };
}
