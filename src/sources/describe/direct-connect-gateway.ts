/**
 * directconnect describe-direct-connect-gateways, -gateway-associations, -gateway-attachments and describe-virtual-interfaces,
 * whose client is no dependency. Unlike EC2's, their keys begin with a small letter.
 */
import { present } from '../../base/present.ts';
import type { Family } from '../../net/address.ts';
import { formatPrefix } from '../../net/prefix.ts';
import type { DirectConnectAssociationFinding } from '../../network/build/direct-connect-finding.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type At, complain, inner, list, prefix, provenance, required, text } from './fields.ts';
import { resource } from './resource.ts';
import { fileNameOf } from './subject.ts';

export interface AwsDirectConnectGateway {
  directConnectGatewayId?: string | undefined;
  directConnectGatewayName?: string | undefined;
  ownerAccount?: string | undefined;
  directConnectGatewayState?: string | undefined;
}

export function readDirectConnectGateway(at: At<AwsDirectConnectGateway>, findings: Findings): void {
  const id = required(at, 'directConnectGatewayId');
  if (id === undefined || text(at, 'directConnectGatewayState') === 'deleted') return;
  const told = { name: text(at, 'directConnectGatewayName'), account: text(at, 'ownerAccount') };
  findings.directConnectGateways.push({ ...resource(at, id, told), kind: 'direct-connect-gateway' });
}

interface Association {
  associationId?: string | undefined;
  directConnectGatewayId?: string | undefined;
  associationState?: string | undefined;
  associatedGateway?: { id?: string | undefined } | undefined;
  associatedCoreNetwork?: { id?: string | undefined } | undefined;
  /** What older answers have instead of `associatedGateway`. */
  virtualGatewayId?: string | undefined;
  allowedPrefixesToDirectConnectGateway?: { cidr?: string | undefined }[] | undefined;
}

/** One answer, which is about one Direct Connect gateway, or one that is associated, and does not say so. */
export interface DirectConnectAssociations {
  directConnectGatewayAssociations?: Association[] | undefined;
}

export function readDirectConnectAssociations(at: At<DirectConnectAssociations>, findings: Findings): void {
  for (const one of list(at, 'directConnectGatewayAssociations')) readAssociation(one, findings);
  const subject = subjectOf(at, findings);
  if (subject !== undefined) findings.directConnectAnswers.push({ subject, ...present({ account: at.in.account }) });
}

function readAssociation(at: At<Association>, findings: Findings): void {
  const directConnectGateway = required(at, 'directConnectGatewayId');
  const of = inner(at, 'associatedGateway') ?? inner(at, 'associatedCoreNetwork');
  const gateway = of === undefined ? required(at, 'virtualGatewayId') : required(of, 'id');
  const state = text(at, 'associationState');
  if (directConnectGateway === undefined || gateway === undefined || state === 'disassociated') return;
  const allowed = list(at, 'allowedPrefixesToDirectConnectGateway').flatMap((one) => prefix(one, 'cidr') ?? []);
  const found = {
    id: text(at, 'associationId') ?? `${directConnectGateway} ${gateway}`,
    directConnectGateway,
    gateway,
    // While it is `updating`, which of them are in force is not told.
    allowed: state === 'associated' ? allowed : [],
    source: provenance(at),
  };
  const other = findings.directConnectAssociations.find(({ id }) => id === found.id);
  if (other === undefined) findings.directConnectAssociations.push(found);
  else if (contentOf(other) !== contentOf(found))
    complain(
      at,
      'duplicate-id',
      '',
      `\`${found.id}\` is described here and, differently, at ${other.source.place} of ${other.source.file}.`,
      'Keep the answers of one moment: the older file is to go.',
    );
}

/** The answers about a Direct Connect gateway and about what is associated with it show the same association. */
const contentOf = ({
  directConnectGateway,
  gateway,
  allowed,
}: Omit<DirectConnectAssociationFinding, 'source'>): string =>
  [directConnectGateway, gateway, ...allowed.map(formatPrefix).sort()].join(' ');

const subjects = new Set(['directConnectGatewayId', 'associatedGatewayId', 'virtualGatewayId']);
const neutral = new Set(['maxResults', 'nextToken']);

/** Of which gateway these are all associations: told by the request, else by the file's name. */
function subjectOf({ in: { file, request } }: At<object>, findings: Findings): string | undefined {
  if (request !== undefined) {
    const keys = Object.keys(request).filter((key) => !neutral.has(key));
    const value = keys.length === 1 && subjects.has(keys[0]!) ? request[keys[0]!] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
  const name = fileNameOf(file);
  const named = findings.directConnectGateways.find(({ id }) => name.includes(id))?.id;
  return named ?? /\b(?:vgw|tgw)-[0-9a-z]+\b/.exec(name)?.[0];
}

export interface AwsVirtualInterface {
  virtualInterfaceId?: string | undefined;
  virtualInterfaceName?: string | undefined;
  virtualInterfaceType?: string | undefined;
  virtualInterfaceState?: string | undefined;
  ownerAccount?: string | undefined;
  virtualGatewayId?: string | undefined;
  directConnectGatewayId?: string | undefined;
  bgpPeers?: BgpPeer[] | undefined;
}

interface BgpPeer {
  addressFamily?: string | undefined;
  bgpStatus?: string | undefined;
}

export function readVirtualInterface(at: At<AwsVirtualInterface>, findings: Findings): void {
  const id = required(at, 'virtualInterfaceId');
  const state = text(at, 'virtualInterfaceState') ?? '';
  if (id === undefined || state === 'deleted' || state === 'rejected') return;
  const gateway = text(at, 'directConnectGatewayId') || text(at, 'virtualGatewayId');
  if (gateway === undefined || gateway === '') return passOver(at, id, findings);
  const sessions = list(at, 'bgpPeers').filter((peer) => text(peer, 'bgpStatus') === 'up');
  findings.virtualInterfaces.push({
    ...resource(at, id, { name: text(at, 'virtualInterfaceName'), account: text(at, 'ownerAccount') }),
    kind: 'virtual-interface',
    gateway,
    up: state === 'available' ? familiesOf(sessions) : [],
  });
}

const familiesOf = (sessions: readonly At<BgpPeer>[]): readonly Family[] => {
  const told = new Set(sessions.map((peer) => text(peer, 'addressFamily')));
  return (['ipv4', 'ipv6'] as const).filter((family) => told.has(family));
};

/** A public virtual interface leads to no VPC: what comes by it comes to public addresses (semantics 8.10). */
function passOver(at: At<AwsVirtualInterface>, id: string, findings: Findings): void {
  const open = text(at, 'virtualInterfaceType') === 'public';
  findings.notModelled.push({
    kind: 'virtual-interface',
    id,
    status: 'not-modelled',
    why: open ? 'what comes by it counts as the internet' : 'it leads to no gateway',
    affects: open ? 'flows between on-premises and public addresses' : 'flows through it',
    source: provenance(at),
  });
}

export interface DirectConnectAttachment {
  directConnectGatewayId?: string | undefined;
  virtualInterfaceId?: string | undefined;
  attachmentState?: string | undefined;
}

/** It shows that the interface is there, and nothing of its sessions. */
export function readDirectConnectAttachment(at: At<DirectConnectAttachment>, findings: Findings): void {
  const gateway = required(at, 'directConnectGatewayId');
  const id = required(at, 'virtualInterfaceId');
  if (gateway === undefined || id === undefined || text(at, 'attachmentState') === 'detached') return;
  findings.virtualInterfaces.push({ ...resource(at, id), kind: 'virtual-interface', gateway });
}
