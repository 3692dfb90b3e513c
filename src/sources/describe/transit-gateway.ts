/** Transit gateways and their attachments: describe-transit-gateways, -attachments, -vpc-attachments, -peering-attachments, -connects, -connect-peers. */
import type {
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayConnect,
  TransitGatewayConnectPeer,
  TransitGatewayPeeringAttachment,
  TransitGatewayVpcAttachment,
} from '@aws-sdk/client-ec2';
import { present } from '../../base/present.ts';
import type { AttachmentFinding } from '../../network/build/opaque-gateway-finding.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { TransitGatewayFinding } from '../../network/build/transit-gateway-finding.ts';
import { address, type At, inner, required, text, texts } from './fields.ts';
import { attach, isGone } from './opaque-gateway.ts';
import { resource } from './resource.ts';

export function readTransitGateway(at: At<TransitGateway>, findings: Findings): void {
  const id = required(at, 'TransitGatewayId');
  if (id === undefined) return;
  const found = resource(at, id, { arn: text(at, 'TransitGatewayArn'), account: text(at, 'OwnerId') });
  const options = inner(at, 'Options');
  findings.opaqueGateways.push({ ...found, kind: 'transit-gateway' });
  findings.transitGateways.push({
    ...found,
    kind: 'transit-gateway',
    state: text(at, 'State') ?? 'available',
    ...present({
      securityGroupReferencing: options && switched(text(options, 'SecurityGroupReferencingSupport')),
      defaults: options && defaultsOf(options),
    }),
  });
}

/** The tables that new attachments get (semantics 7.1); undefined where an answer shows but a part of it. */
function defaultsOf(options: At<NonNullable<TransitGateway['Options']>>): TransitGatewayFinding['defaults'] {
  const [association, propagation] = [
    tableIn(text(options, 'DefaultRouteTableAssociation'), text(options, 'AssociationDefaultRouteTableId')),
    tableIn(text(options, 'DefaultRouteTablePropagation'), text(options, 'PropagationDefaultRouteTableId')),
  ];
  if (association === undefined || propagation === undefined) return undefined;
  return present({ association: association || undefined, propagation: propagation || undefined });
}

/** Empty where none is. */
const tableIn = (word: string | undefined, table: string | undefined): string | undefined =>
  switched(word) === false ? '' : word === undefined ? undefined : table;

const switched = (word: string | undefined): boolean | undefined => (word === undefined ? word : word === 'enable');

export function readTransitGatewayAttachment(at: At<TransitGatewayAttachment>, findings: Findings): void {
  const id = required(at, 'TransitGatewayAttachmentId');
  const gateway = required(at, 'TransitGatewayId');
  if (id === undefined || gateway === undefined) return;
  const type = text(at, 'ResourceType');
  const behind = text(at, 'ResourceId');
  const association = inner(at, 'Association');
  findings.transitGatewayAttachments.push({
    ...resource(at, id, { account: text(at, 'TransitGatewayOwnerId') }),
    gateway,
    type: type ?? '',
    state: text(at, 'State') ?? 'available',
    translates: !['disabled', undefined].includes(text(at, 'NatGatewaySupport')),
    ...present({
      behind,
      association: association && {
        state: text(association, 'State') ?? 'associated',
        ...present({
          table: text(association, 'TransitGatewayRouteTableId') || undefined,
          policyTable: text(association, 'TransitGatewayPolicyTableId') || undefined,
        }),
      },
    }),
  });
  if (isGone(at)) return;
  const to = targetOfAttachment(type, behind ?? id);
  attach(at, 'transit-gateway', gateway, { id, to, name: 'transit-gateway-attachment' }, findings);
}

function targetOfAttachment(type: string | undefined, id: string): AttachmentFinding['to'] {
  if (type === 'vpc') return { kind: 'vpc', id };
  const known = ['vpn', 'vpn-concentrator', 'direct-connect-gateway', 'connect', 'client-vpn', 'network-function'];
  return { kind: type !== undefined && known.includes(type) ? 'on-premises' : 'gateway', id };
}

export function readTransitGatewayVpcAttachment(at: At<TransitGatewayVpcAttachment>, findings: Findings): void {
  const id = required(at, 'TransitGatewayAttachmentId');
  const gateway = required(at, 'TransitGatewayId');
  const vpc = required(at, 'VpcId');
  if (id === undefined || gateway === undefined || vpc === undefined || isGone(at)) return;
  const options = inner(at, 'Options');
  findings.transitGatewayVpcAttachments.push({
    id,
    gateway,
    subnets: texts(at, 'SubnetIds'),
    ...present({
      applianceMode: options && switched(text(options, 'ApplianceModeSupport')),
      ipv6: options && switched(text(options, 'Ipv6Support')),
      securityGroupReferencing: options && switched(text(options, 'SecurityGroupReferencingSupport')),
    }),
  });
  const to = { kind: 'vpc', id: vpc } as const;
  attach(at, 'transit-gateway', gateway, { id, to, name: 'transit-gateway-attachment' }, findings);
}

export function readTransitGatewayPeering(at: At<TransitGatewayPeeringAttachment>, findings: Findings): void {
  const id = required(at, 'TransitGatewayAttachmentId');
  const sides = [inner(at, 'RequesterTgwInfo'), inner(at, 'AccepterTgwInfo')].map(
    (side) => side && text(side, 'TransitGatewayId'),
  );
  const [one, other] = sides;
  if (id === undefined || one === undefined || other === undefined || isGone(at)) return;
  for (const [gateway, peer] of [
    [one, other],
    [other, one],
  ] as const) {
    const to = { kind: 'gateway', id: peer } as const;
    attach(at, 'transit-gateway', gateway, { id, to, name: 'transit-gateway-peering-attachment' }, findings);
  }
}

export function readTransitGatewayConnect(at: At<TransitGatewayConnect>, findings: Findings): void {
  const id = required(at, 'TransitGatewayAttachmentId');
  const gateway = required(at, 'TransitGatewayId');
  if (id === undefined || gateway === undefined || isGone(at)) return;
  findings.transitGatewayConnects.push({
    id,
    ...present({ transport: text(at, 'TransportTransitGatewayAttachmentId') }),
  });
  const to = { kind: 'on-premises', id } as const;
  attach(at, 'transit-gateway', gateway, { id, to, name: 'transit-gateway-connect' }, findings);
}

export function readTransitGatewayConnectPeer(at: At<TransitGatewayConnectPeer>, findings: Findings): void {
  const attachment = required(at, 'TransitGatewayAttachmentId');
  if (attachment === undefined || isGone(at)) return;
  const configuration = inner(at, 'ConnectPeerConfiguration');
  const peer = configuration && address(configuration, 'PeerAddress');
  findings.transitGatewayConnectPeers.push({ attachment, ...present({ address: peer }) });
}
