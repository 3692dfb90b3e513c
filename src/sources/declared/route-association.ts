/** Which subnets and gateways a route table is associated with, and which table is the main one (semantics 4.1, 4.21). */
import { adopterOf, defaultOf } from './default.ts';
import { everyOne, mayBe } from './every.ts';
import { subnetType, tableType, vpcType } from './kinds.ts';
import { candidatesOf, idOf, known } from './property.ts';
import { type At, type Construct, type Reading, topOf } from './reading.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { mainRouteTableAssociation } from './types.ts';
import { Unknown } from './value.ts';

const subnets = ['AWS::EC2::SubnetRouteTableAssociation', 'SubnetId', subnetType] as const;
const gateways = ['AWS::EC2::GatewayRouteTableAssociation', 'GatewayId', 'AWS::EC2::InternetGateway'] as const;
const gatewayTypes = ['AWS::EC2::InternetGateway', 'AWS::EC2::VPNGateway'] as const;

/** These three, tables and VPCs read. */
export const subnetTableAssociation: Construct = { properties: ['RouteTableId', 'SubnetId'] };
export const gatewayTableAssociation: Construct = {
  identities: ['AssociationId'],
  properties: ['RouteTableId', 'GatewayId'],
};
export const mainTableAssociation: Construct = { properties: ['VpcId', 'RouteTableId'] };

export interface TableAssociations {
  readonly subnets: readonly string[];
  readonly gateways: readonly string[];
  /** What may be associated with it: nobody knows which table holds there. */
  readonly changing?: readonly string[];
}

export function associationsOf(reading: Reading, table: string, vpc: string): TableAssociations {
  const of = ([type, key, what]: typeof subnets | typeof gateways) => {
    const { certain, possible } = satellitesOf(reading, type, 'RouteTableId', table, tableType);
    const told = certain.map((at) => ({ at, to: idOf(at, key, what) }));
    return {
      certain: told.flatMap(({ to }) => (typeof to === 'string' ? [to] : [])),
      may: [
        ...told.flatMap(({ at, to }) => (to instanceof Unknown ? anyOf(at, to, what, vpc) : [])),
        ...possible.flatMap((at) => {
          const to = idOf(at, key, what);
          return to instanceof Unknown ? anyOf(at, to, what, vpc) : (to ?? []);
        }),
      ],
    };
  };
  const bySubnet = of(subnets);
  const byGateway = of(gateways);
  const changing = [...new Set([...bySubnet.may, ...byGateway.may, ...mainMayChange(reading, vpc)])];
  return {
    subnets: [...new Set(bySubnet.certain)],
    gateways: [...new Set(byGateway.certain)],
    ...(changing.length === 0 ? {} : { changing }),
  };
}

/** Subnets and gateways whose table is not declared, with its id. */
export const tablesOutside = (reading: Reading): readonly (readonly [of: string, table: string])[] =>
  [subnets, gateways].flatMap(([type, key, what]) =>
    aroundOutside(reading, type, 'RouteTableId', tableType).flatMap(([table, all]) =>
      all.flatMap((at) => {
        const of = at.of.uncertain === undefined ? idOf(at, key, what) : undefined;
        return typeof of === 'string' ? [[of, table] as const] : [];
      }),
    ),
  );

/** What may get a table that exists already, or exists and may get any, by an association that does not tell which, or what gets it (`--base`). */
export function changingOutside(reading: Reading): readonly string[] {
  const isOutside = (id: string): boolean => !reading.byId.has(id) && !reading.derived.has(id);
  const mains = [mainRouteTableAssociation, 'VpcId', vpcType] as const;
  return [subnets, gateways, mains].flatMap(([type, key, what]) =>
    (reading.byType.get(type) ?? []).flatMap((at) => {
      const [table, of] = [idOf(at, 'RouteTableId', tableType), idOf(at, key, what)];
      const isTold = !(table instanceof Unknown) && !(of instanceof Unknown) && at.of.uncertain === undefined;
      if (isTold) return [];
      const tables = table instanceof Unknown ? mayBe(at, table, tableType) : [table];
      const types = type === gateways[0] ? gatewayTypes : [what];
      const all = of instanceof Unknown ? types.flatMap((one) => mayBe(at, of, one)) : of === undefined ? [] : [of];
      // What is declared and may get a table that is declared, that table tells.
      return tables.some((id) => id !== undefined && isOutside(id)) ? all : all.filter(isOutside);
    }),
  );
}

/** What an unknown may be: its candidates, or every subnet of the VPC, or every gateway. */
function anyOf(at: At, unknown: Unknown, type: string, vpc: string): readonly string[] {
  const candidates = candidatesOf(at, unknown);
  if (candidates.length > 0) return candidates;
  if (type !== subnetType) return gatewayTypes.flatMap((one) => everyOne(at.in, one));
  return (at.in.byType.get(subnetType) ?? []).flatMap((one) => {
    const around = idOf(one, 'VpcId', vpcType);
    return around instanceof Unknown || around === vpc ? [one.of.id] : [];
  });
}

/** The table that is the VPC's main one; undefined where that is not known, or the VPC is outside. */
export function mainTableOf(reading: Reading, vpc: string): string | undefined {
  const { certain } = satellitesOf(reading, mainRouteTableAssociation, 'VpcId', vpc, vpcType);
  if (certain[0] !== undefined) return known(idOf(certain[0], 'RouteTableId', tableType));
  const adopter = adopterOf(reading, tableType, vpc);
  if (adopter !== undefined) return adopter.of.id;
  const of = reading.byId.get(vpc);
  return of === undefined ? undefined : defaultOf(topOf(reading, of), 'MainRouteTable');
}

/** The VPC itself, where it is not known which table is made its main one. */
function mainMayChange(reading: Reading, vpc: string): readonly string[] {
  const { certain, possible } = satellitesOf(reading, mainRouteTableAssociation, 'VpcId', vpc, vpcType);
  const open = certain.some((at) => idOf(at, 'RouteTableId', tableType) instanceof Unknown);
  return open || possible.length > 0 ? [vpc] : [];
}
