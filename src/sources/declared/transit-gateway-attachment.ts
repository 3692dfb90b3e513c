/** Attachments of transit gateways: to VPCs, peers, Connect, and what other constructs attach (semantics 7.1). */
import { present } from '../../base/present.ts';
import type { AttachmentFinding } from '../../network/build/opaque-gateway-finding.ts';
import { derivedResource, resource } from './common.ts';
import { everyOne } from './every.ts';
import { subnetType, vpcType } from './kinds.ts';
import { address, candidatesOf, idOf, inner, known, references, text, type Told } from './property.ts';
import { type At, type Construct, isThere, note, topOf } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { vpcOfSubnet } from './service-interface.ts';
import { associationOf, gatewayType, isOn } from './transit-gateway-association.ts';
import { transitGatewayAttachmentAcceptance } from './types.ts';
import { Unknown } from './value.ts';

/** AWS's type and state words, and what is attached. */
interface Attached {
  readonly id: string;
  readonly gateway: Told<string>;
  readonly type: 'vpc' | 'vpn' | 'direct-connect-gateway' | 'peering' | 'connect' | 'network-function' | 'client-vpn';
  /** Undefined where it is not known. */
  readonly behind: string | undefined;
  readonly state?: string;
  /** AWS makes the attachment along with the resource. */
  readonly resource?: 'derived';
}

/**
 * One attachment of a gateway, with the table that it is associated with. What is not known of it makes the gateway one
 * of which nothing is known but what is attached: `modifying` is how AWS calls an attachment that is not settled.
 */
export function attach(at: At, { id, gateway, type, behind, state = 'available', resource: made }: Attached): void {
  if (gateway === undefined) return;
  if (gateway instanceof Unknown) {
    note(at, 'TransitGatewayId', gateway, 'each transit gateway that it may be could lead there');
    for (const one of gatewaysLike(at, gateway)) {
      const own = { ...derivedResource(at, `${id} ${one}`), gateway: one, type, translates: false } as const;
      at.in.findings.transitGatewayAttachments.push({ ...own, state: 'modifying', ...present({ behind }) });
      lead(at, id, one, type, behind);
    }
    return;
  }
  const association = associationOf(at, id, gateway);
  const settled = behind !== undefined && association !== 'unknown';
  at.in.findings.transitGatewayAttachments.push({
    ...(made === 'derived' ? derivedResource(at, id) : resource(at)),
    gateway,
    type,
    state: !settled ? 'modifying' : isThere(at) ? state : 'pending',
    translates: false,
    ...present({ behind, association: association === 'unknown' ? undefined : association }),
  });
  lead(at, id, gateway, type, behind);
}

/** The gateways of the input that an unknown one may be. */
function gatewaysLike(at: At, unknown: Unknown): readonly string[] {
  const candidates = candidatesOf(at, unknown);
  if (candidates.length > 0) return candidates;
  const outside = [...at.in.outside.named].flatMap(([id, { type }]) => (type === gatewayType ? [id] : []));
  return [...new Set([...everyOne(at.in, gatewayType), ...outside])];
}

/** Where the gateway leads, for as long as nothing else is known of it. */
function lead(at: At, id: string, gateway: string, type: Attached['type'], behind: string | undefined): void {
  const { attachments } = at.in.findings;
  const push = (to: AttachmentFinding['to']): void => {
    const name = 'transit-gateway-attachment';
    attachments.push({ id, gateway: { kind: 'transit-gateway', id: gateway }, to, name, source: at.of.source });
  };
  if (type === 'vpc' && behind === undefined)
    for (const one of everyOne(at.in, vpcType)) push({ kind: 'vpc', id: one });
  else if (type === 'vpc') push({ kind: 'vpc', id: behind! });
  else push({ kind: type === 'peering' ? 'gateway' : 'on-premises', id: behind ?? id });
}

/** `AWS::EC2::TransitGatewayAttachment` and `AWS::EC2::TransitGatewayVpcAttachment` alike. */
export const vpcAttachment: Construct = {
  properties: [
    'TransitGatewayId',
    'VpcId',
    'SubnetIds',
    'AddSubnetIds',
    'RemoveSubnetIds',
    'Options',
    'State',
    'DefaultRouteTableAssociation',
    'DefaultRouteTablePropagation',
    'Tags',
  ],
  read(at) {
    const id = at.of.id;
    const gateway = idOf(at, 'TransitGatewayId', gatewayType);
    const added = references(at, 'AddSubnetIds', subnetType);
    const removed = references(at, 'RemoveSubnetIds', subnetType);
    const named = references(at, 'SubnetIds', subnetType);
    const subnets = [...named.known, ...added.known].filter((one) => !removed.known.includes(one));
    const told = idOf(at, 'VpcId', vpcType);
    const vpc = known(told) ?? subnets.map((one) => vpcOfSubnet(at.in, one)).find((one) => one !== undefined);
    if (told instanceof Unknown && vpc === undefined)
      note(at, 'VpcId', told, 'its transit gateway may lead to any VPC');
    const options = optionsOf(at);
    const unknown = [
      ...named.unknown,
      ...added.unknown,
      ...removed.unknown,
      ...(options instanceof Unknown ? [options] : []),
    ];
    for (const one of unknown) note(at, 'SubnetIds', one, 'how its transit gateway forwards is not known');
    attach(at, {
      id,
      gateway,
      type: 'vpc',
      behind: vpc,
      state: unknown.length > 0 ? 'modifying' : stateOf(at, gateway),
    });
    if (typeof gateway === 'string' && !(options instanceof Unknown))
      at.in.findings.transitGatewayVpcAttachments.push({ id, gateway, subnets, ...options });
  },
};

/** Appliance mode and IPv6 are off where they are not asked for (semantics 7.19, 7.30). */
function optionsOf(at: At) {
  const options = inner(at, 'Options');
  if (options instanceof Unknown) return options;
  const applianceMode = options === undefined ? false : isOn(options, 'ApplianceModeSupport', false);
  const ipv6 = options === undefined ? false : isOn(options, 'Ipv6Support', false);
  if (applianceMode instanceof Unknown) return applianceMode;
  if (ipv6 instanceof Unknown) return ipv6;
  // What AWS takes where nothing is said is disputed (semantics 2.19).
  const referencing = options && isOn(options, 'SecurityGroupReferencingSupport', undefined);
  return { applianceMode, ipv6, ...present({ securityGroupReferencing: known(referencing) }) };
}

/** Between accounts it waits for the gateway's owner, unless that accepts it or all; when that happens is not known. */
function stateOf(at: At, gateway: Told<string>): string {
  const shown = known(text(at, 'State'));
  if (shown !== undefined) return shown;
  const owner = typeof gateway === 'string' ? at.in.byId.get(gateway) : undefined;
  const foreign = owner?.account !== undefined && at.of.account !== undefined && owner.account !== at.of.account;
  if (!foreign || isAccepted(at)) return 'available';
  const open = owner.properties['AutoAcceptSharedAttachments'];
  return open === 'enable' ? 'available' : 'pending';
}

const isAccepted = (at: At): boolean =>
  satellitesOf(at.in, transitGatewayAttachmentAcceptance, 'TransitGatewayAttachmentId', at.of.id, at.of.type).certain
    .length > 0;

export const peeringAttachment: Construct = {
  identities: ['TransitGatewayAttachmentId'],
  properties: [
    'TransitGatewayId',
    'PeerTransitGatewayId',
    'PeerAccountId',
    'PeerRegion',
    'Options',
    'State',
    'DefaultRouteTableAssociation',
    'DefaultRouteTablePropagation',
    'Tags',
  ],
  read(at) {
    const id = at.of.id;
    const sides = [idOf(at, 'TransitGatewayId', gatewayType), idOf(at, 'PeerTransitGatewayId', gatewayType)] as const;
    const [near, far] = sides;
    // Nobody but its owner accepts for the peer, and the declaration need not tell.
    const state = known(text(at, 'State')) ?? (isAccepted(at) ? 'available' : 'pending');
    if (far instanceof Unknown) note(at, 'PeerTransitGatewayId', far, 'where it leads is not known');
    attach(at, { id, gateway: near, type: 'peering', behind: known(far), state });
    if (typeof far === 'string' && at.in.byId.has(far))
      attach(at, { id, gateway: far, type: 'peering', behind: known(near), state });
  },
};

export const connectAttachment: Construct = {
  identities: ['TransitGatewayAttachmentId'],
  properties: [
    'TransportTransitGatewayAttachmentId',
    'TransitGatewayId',
    'Options',
    'State',
    'DefaultRouteTableAssociation',
    'DefaultRouteTablePropagation',
    'Tags',
  ],
  read(at) {
    const transport = idOf(at, 'TransportTransitGatewayAttachmentId', 'AWS::EC2::TransitGatewayAttachment');
    const carrier = typeof transport === 'string' ? at.in.byId.get(transport) : undefined;
    const told = idOf(at, 'TransitGatewayId', gatewayType);
    const gateway = told ?? (carrier && idOf(topOf(at.in, carrier), 'TransitGatewayId', gatewayType));
    const unknown = new Unknown('it is that of the attachment that carries it');
    attach(at, { id: at.of.id, gateway: gateway ?? unknown, type: 'connect', behind: known(transport) ?? at.of.id });
    at.in.findings.transitGatewayConnects.push({ id: at.of.id, ...present({ transport: known(transport) }) });
    if (at.of.lookedUp !== true) at.in.findings.edges.whole.add(at.of.id);
    const { certain, possible } = satellitesOf(
      at.in,
      connectPeerType,
      'TransitGatewayAttachmentId',
      at.of.id,
      at.of.type,
    );
    for (const peer of [...certain, ...possible]) {
      const configuration = known(inner(peer, 'ConnectPeerConfiguration')) ?? peer;
      const own = known(address(configuration, 'PeerAddress'));
      at.in.findings.transitGatewayConnectPeers.push({ attachment: at.of.id, ...present({ address: own }) });
    }
  },
};

const connectPeerType = 'AWS::EC2::TransitGatewayConnectPeer';

/** Read by its Connect attachment. */
export const connectPeer: Construct = {
  properties: ['TransitGatewayAttachmentId', 'ConnectPeerConfiguration', 'Tags'],
};

/** Read by the attachment that it accepts, for which it stands. */
export const attachmentAcceptance: Construct = {
  properties: ['TransitGatewayAttachmentId', 'DefaultRouteTableAssociation', 'DefaultRouteTablePropagation', 'Tags'],
};

/** Read by its transit gateway. */
export const transitGatewayDefault: Construct = {
  properties: ['TransitGatewayId', 'AssociationDefaultRouteTableId', 'PropagationDefaultRouteTableId'],
};
