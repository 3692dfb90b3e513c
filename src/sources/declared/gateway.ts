/** Internet gateways and egress-only internet gateways, with their attachments. */
import { present } from '../../base/present.ts';
import { resource } from './common.ts';
import { mayBe } from './every.ts';
import { idOf } from './property.ts';
import { type At, type Construct, isThere, note } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { Unknown } from './value.ts';

const vpc = 'AWS::EC2::VPC';

export const internetGateway: Construct = {
  identities: ['InternetGatewayId'],
  properties: ['Tags', 'VpcId'],
  read(at) {
    const attached = attachmentOf(at);
    if (!(attached instanceof Unknown)) {
      at.in.findings.internetGateways.push({ ...resource(at), kind: 'internet-gateway', ...attached });
      return;
    }
    // It may be any VPC's: one stands in each, and routes to it may lead anywhere.
    note(at, 'VpcId', attached, 'the gateway may be attached to any VPC that it could name');
    at.in.findings.edges.outside.add(at.of.id);
    for (const of of vpcsAmong(at, attached))
      at.in.findings.internetGateways.push({
        ...resource(at),
        id: `${at.of.id}/${of}`,
        kind: 'internet-gateway',
        vpc: of,
        state: 'unknown',
      });
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
    // Nothing but routes leads to it: those may lead anywhere.
    if (of instanceof Unknown) {
      note(at, 'VpcId', of, 'what is routed to it may go anywhere');
      at.in.findings.edges.outside.add(at.of.id);
      return;
    }
    at.in.findings.egressOnlyInternetGateways.push({
      ...resource(at),
      kind: 'egress-only-internet-gateway',
      ...present({ vpc: of, state: isThere(at) ? undefined : 'unknown' }),
    });
  },
};

/** The VPCs that it may name, but for those that have a gateway and run: AWS attaches no second one (semantics 5.1). */
const vpcsAmong = (at: At, unknown: Unknown): readonly string[] =>
  mayBe(at, unknown, vpc).filter((id) => !at.in.around.withInternetGateway.has(id));

/** The VPC that its own property names, or its attachment; `unknown` where an attachment may be its own. */
function attachmentOf(at: At): { vpc?: string; state?: string } | Unknown {
  const { certain, possible } = satellitesOf(
    at.in,
    'AWS::EC2::VPCGatewayAttachment',
    'InternetGatewayId',
    at.of.id,
    at.of.type,
  );
  const all = [at, ...certain];
  const told = all.map((one) => idOf(one, 'VpcId', vpc)).find((one) => one !== undefined);
  if (told instanceof Unknown) return told;
  if (typeof told === 'string') return isThere(at) ? { vpc: told } : { vpc: told, state: 'unknown' };
  const [other] = possible;
  const may = other === undefined ? undefined : idOf(other, 'VpcId', vpc);
  if (may instanceof Unknown) return may;
  return may === undefined ? {} : { vpc: may, state: 'unknown' };
}
