/** Which table of its transit gateway an attachment is associated with, and to which it propagates, by default too (semantics 7.1, 7.29). */
import type { TransitGatewayAttachmentFinding } from '../../network/build/transit-gateway-finding.ts';
import { idOf, text } from './property.ts';
import { type At, type Construct, derive, note, type Reading, topOf } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { transitGatewayAttachmentAcceptance, transitGatewayDefaultTable } from './types.ts';
import { Unknown } from './value.ts';

export const gatewayType = 'AWS::EC2::TransitGateway';
export const tableType = 'AWS::EC2::TransitGatewayRouteTable';
export const propagationType = 'AWS::EC2::TransitGatewayRouteTablePropagation';
export const attachmentType = 'AWS::EC2::TransitGatewayAttachment';
export const associationType = 'AWS::EC2::TransitGatewayRouteTableAssociation';

/** Whether a switch is on, `enable` or true; or it is not known. */
export function isOn<T extends boolean | undefined>(at: At, key: string, otherwise: T): boolean | T | Unknown {
  const found = text(at, key);
  return found instanceof Unknown ? found : found === undefined ? otherwise : /^(?:enabled?|true)$/i.test(found);
}

/** The table that attachments get where none is told: AWS's id where it is known; of a declared gateway. */
export function defaultTable(at: At, of: 'Association' | 'Propagation' = 'Association'): string | Unknown {
  const key = `${of}DefaultRouteTableId`;
  const beside = satellitesOf(at.in, transitGatewayDefaultTable, 'TransitGatewayId', at.of.id, gatewayType);
  const changed = beside.certain.map((one) => idOf(one, key, tableType)).find((one) => one !== undefined);
  if (beside.possible.some((one) => one.fields[key] !== undefined))
    return new Unknown('another table may be made the default one');
  const told = changed ?? idOf(at, key, tableType);
  return told ?? derive(at.in, `${at.of.id}/default-route-table`, tableType);
}

/** `unknown` where it could be any. */
export function associationOf(
  at: At,
  attachment: string,
  gateway: string,
): TransitGatewayAttachmentFinding['association'] | 'unknown' {
  const { certain, possible } = satellitesOf(
    at.in,
    associationType,
    'TransitGatewayAttachmentId',
    attachment,
    at.of.type,
  );
  for (const one of certain) {
    const table = idOf(one, 'TransitGatewayRouteTableId', tableType);
    if (table instanceof Unknown) note(one, 'TransitGatewayRouteTableId', table, forwards);
    if (table !== undefined) return table instanceof Unknown ? 'unknown' : { table, state: 'associated' };
  }
  if (possible.length > 0) return 'unknown';
  const byDefault = defaultOf(at, gateway, 'Association');
  if (byDefault === undefined) return undefined;
  if (byDefault instanceof Unknown) {
    note(at, 'TransitGatewayId', byDefault, forwards);
    return 'unknown';
  }
  return { table: byDefault, state: 'associated' };
}

const forwards = 'how its transit gateway forwards is not known';

/** The default table of the gateway, unless it or the attachment does without; undefined where there is none. */
function defaultOf(at: At, gateway: string, what: 'Association' | 'Propagation'): string | Unknown | undefined {
  const accepted = satellitesOf(
    at.in,
    transitGatewayAttachmentAcceptance,
    'TransitGatewayAttachmentId',
    at.of.id,
    attachmentType,
  );
  for (const one of [at, ...accepted.certain]) {
    const own = isOn(one, `DefaultRouteTable${what}`, true);
    if (own !== true) return own === false ? undefined : own;
  }
  const declared = at.in.byId.get(gateway);
  if (declared === undefined || declared.lookedUp === true) return defaultOutside(at, gateway, what);
  const of = topOf(at.in, declared);
  const on = isOn(of, `DefaultRouteTable${what}`, true);
  if (on !== true) return on === false ? undefined : on;
  return defaultTable(of, what);
}

/** As what was looked up of the gateway tells it, or what runs (`--base`). */
function defaultOutside(at: At, gateway: string, what: 'Association' | 'Propagation'): string | Unknown | undefined {
  const key = `${what}DefaultRouteTableId`;
  const beside = satellitesOf(at.in, transitGatewayDefaultTable, 'TransitGatewayId', gateway, gatewayType);
  const changes = [...beside.certain, ...beside.possible].filter((one) => one.fields[key] !== undefined);
  const unknown = new Unknown('its transit gateway exists already, and decides');
  if (changes.length > 0) {
    const table = beside.possible.length > 0 ? unknown : idOf(changes[0]!, key, tableType);
    return table ?? unknown;
  }
  const lookedUp = at.in.byId.get(gateway);
  if (lookedUp !== undefined) {
    const of = topOf(at.in, lookedUp);
    const on = isOn(of, `DefaultRouteTable${what}`, undefined);
    if (on === false) return undefined;
    const shown = idOf(of, key, tableType);
    if (on === true && typeof shown === 'string') return shown;
  }
  const runs = at.in.around.transitDefaults.get(gateway);
  return runs === undefined ? unknown : runs[what === 'Association' ? 'association' : 'propagation'];
}

/** Attachments that are declared, of gateways that are not, with the table to which they propagate by default; absent where that is not known. */
export const propagationsByDefault = (
  reading: Reading,
): readonly { readonly attachment: string; readonly at: At; readonly table?: string }[] =>
  attached.flatMap(([type, key, id]) =>
    (reading.byType.get(type) ?? []).flatMap((at) => {
      const gateway = idOf(at, key, gatewayType);
      const owner = typeof gateway === 'string' ? reading.byId.get(gateway) : undefined;
      if (typeof gateway !== 'string' || (owner !== undefined && owner.lookedUp !== true)) return [];
      const table = defaultOf(at, gateway, 'Propagation');
      if (table === undefined) return [];
      const one = { attachment: id(at), at };
      return [table instanceof Unknown || at.of.uncertain !== undefined ? one : { ...one, table }];
    }),
  );

/** The attachments that propagate to the table; `whole` is false where others may. */
export interface Propagations {
  readonly attachments: readonly { readonly attachment: string; readonly at: At }[];
  readonly whole: boolean;
}

export function propagationsTo(reading: Reading, table: string, gateway: string | undefined): Propagations {
  const { certain, possible } = satellitesOf(reading, propagationType, 'TransitGatewayRouteTableId', table, tableType);
  const told = certain.map((at) => ({ at, attachment: idOf(at, 'TransitGatewayAttachmentId', attachmentType) }));
  const own = gateway === undefined ? [] : attachedTo(reading, gateway);
  const byDefault = own.map((one) => ({ ...one, into: defaultOf(one.at, gateway!, 'Propagation') }));
  return {
    attachments: [
      ...told.flatMap(({ at, attachment }) => (typeof attachment === 'string' ? [{ at, attachment }] : [])),
      ...byDefault.flatMap(({ at, attachment, into }) => (into === table ? [{ at, attachment }] : [])),
    ],
    whole:
      possible.length === 0 &&
      told.every(({ attachment }) => !(attachment instanceof Unknown)) &&
      byDefault.every(({ into }) => !(into instanceof Unknown)),
  };
}

/** What propagates routes: no peer does (semantics 7.10), nor a network function (7.23). */
const attached: readonly (readonly [type: string, key: string, id: (at: At) => string])[] = [
  [attachmentType, 'TransitGatewayId', ({ of }) => of.id],
  ['AWS::EC2::TransitGatewayVpcAttachment', 'TransitGatewayId', ({ of }) => of.id],
  ['AWS::EC2::TransitGatewayConnect', 'TransitGatewayId', ({ of }) => of.id],
  ['AWS::EC2::VPNConnection', 'TransitGatewayId', attachmentMadeWith],
  ['AWS::DirectConnect::DirectConnectGatewayAssociation', 'AssociatedGatewayId', attachmentMadeWith],
];

const attachedTo = (reading: Reading, gateway: string): Propagations['attachments'] =>
  attached.flatMap(([type, key, id]) =>
    satellitesOf(reading, type, key, gateway, gatewayType).certain.map((at) => ({ at, attachment: id(at) })),
  );

/** The attachment that AWS makes along with a VPN connection, an association of Direct Connect or a firewall. */
export function attachmentMadeWith(at: At): string {
  const shown = at.fields['TransitGatewayAttachmentId'];
  return derive(at.in, typeof shown === 'string' ? shown : `${at.of.id}/transit-gateway-attachment`, attachmentType);
}

/** Read by attachments and tables. */
export const tableAssociation: Construct = {
  properties: ['TransitGatewayAttachmentId', 'TransitGatewayRouteTableId', 'ReplaceExistingAssociation'],
};
export const tablePropagation: Construct = { properties: ['TransitGatewayAttachmentId', 'TransitGatewayRouteTableId'] };
