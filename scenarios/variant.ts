/**
 * Variants of a scenario: its healthy network with one fault, made by a few lines of edit. `test/scenarios` writes the
 * result to `variants/NAME/network.json`, so that every network stands complete on disk, and sees that it is what the
 * edit makes.
 */
import type {
  Address,
  EgressOnlyInternetGateway,
  InternetGateway,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  Reservation,
  RouteTable,
  SecurityGroup,
  Subnet,
  Tag,
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayRoute,
  TransitGatewayRouteTable,
  TransitGatewayRouteTablePropagation,
  TransitGatewayVpcAttachment,
  Vpc,
  VpcEndpoint,
  VpcPeeringConnection,
  VpnConnection,
} from '@aws-sdk/client-ec2';
import { readdirSync, readFileSync } from 'node:fs';

/** What the CLI printed, all calls in one document; dates are text here, as in every JSON. */
export interface Snapshot {
  Vpcs: Vpc[];
  Subnets: Subnet[];
  NetworkInterfaces: NetworkInterface[];
  Reservations: Reservation[];
  Addresses: Address[];
  SecurityGroups: SecurityGroup[];
  NetworkAcls: NetworkAcl[];
  RouteTables: RouteTable[];
  InternetGateways: InternetGateway[];
  EgressOnlyInternetGateways: EgressOnlyInternetGateway[];
  NatGateways: NatGateway[];
  VpcEndpoints: VpcEndpoint[];
  VpcPeeringConnections?: VpcPeeringConnection[];
  TransitGateways?: TransitGateway[];
  TransitGatewayAttachments?: TransitGatewayAttachment[];
  TransitGatewayVpcAttachments?: TransitGatewayVpcAttachment[];
  TransitGatewayRouteTables?: TransitGatewayRouteTable[];
  /** What search-transit-gateway-routes prints of each table, with the table beside it. */
  TransitGatewayRoutes?: { TransitGatewayRouteTableId: string; Routes: TransitGatewayRoute[] }[];
  /** What get-transit-gateway-route-table-propagations prints of each table, with the table beside it. */
  TransitGatewayPropagations?: {
    TransitGatewayRouteTableId: string;
    TransitGatewayRouteTablePropagations: TransitGatewayRouteTablePropagation[];
  }[];
  VpnConnections?: VpnConnection[];
  directConnectGatewayAssociations?: { allowedPrefixesToDirectConnectGateway: { cidr: string }[] }[];
  EnableDnsSupport: { Value: boolean };
  VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: string };
}

export interface Variant {
  /** The folder under `variants/`. */
  readonly name: string;
  /** What was done to the network, as a change ticket would say it. */
  readonly fault: string;
  readonly edit: (network: Snapshot) => void;
}

/** The scenario's healthy network: every file of `network/`, merged into one document. */
export function readNetwork(scenario: string): Snapshot {
  const folder = new URL(`./${scenario}/network/`, import.meta.url);
  const merged: Record<string, unknown> = {};
  for (const file of readdirSync(folder).sort()) {
    const response = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as object;
    const listed = listedWithItsSubject(file, response);
    if (listed === undefined) Object.assign(merged, response);
    else merged[listed.key] = [...((merged[listed.key] as object[] | undefined) ?? []), listed.answer];
  }
  return merged as unknown as Snapshot;
}

/** Some answers do not say which resource they are about, and their file's name does: one of a list, with the subject beside it. */
function listedWithItsSubject(file: string, response: object): { key: string; answer: object } | undefined {
  const group = /^TargetHealth\.(targetgroup)-(.+)-([0-9a-f]{16})\.json$/.exec(file);
  const arn = `arn:aws:elasticloadbalancing:us-east-1:111122223333:${group?.slice(1).join('/')}`;
  if (group !== null) return { key: 'LoadBalancerTargetHealth', answer: { TargetGroupArn: arn, ...response } };
  const [, call, table] = /^(search|get)-transit-gateway-.+\.(tgw-rtb-\w+)\.json$/.exec(file) ?? [];
  const answer = { TransitGatewayRouteTableId: table, ...response };
  if (call === 'search') return { key: 'TransitGatewayRoutes', answer };
  if (call === 'get') return { key: 'TransitGatewayPropagations', answer };
  return undefined;
}

/** The text of `variants/NAME/network.json`. */
export function variantText(scenario: string, variant: Variant): string {
  const network = readNetwork(scenario);
  variant.edit(network);
  return `${print(network, '')}\n`;
}

/** JSON with whatever fits on a line of 120 columns on one line: small, and two networks compare line by line. */
function print(value: unknown, indent: string): string {
  const flat = JSON.stringify(value, undefined, 1).replaceAll(/\n\s*/g, ' ');
  if (typeof value !== 'object' || value === null || indent.length + flat.length < 120) return flat;
  const deeper = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => deeper + print(item, deeper))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${print(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

/** The one resource of the list with this Name tag. */
export function named<T extends { Tags?: Tag[] | undefined } | { TagSet?: Tag[] | undefined }>(
  list: readonly T[],
  name: string,
): T {
  const found = list.filter((item) => tagsOf(item).some(({ Key, Value }) => Key === 'Name' && Value === name));
  if (found.length !== 1) throw new Error(`${found.length} resources are named ${name}`);
  return found[0]!;
}

const tagsOf = (item: { Tags?: Tag[] | undefined } | { TagSet?: Tag[] | undefined }): readonly Tag[] =>
  ('Tags' in item ? item.Tags : 'TagSet' in item ? item.TagSet : undefined) ?? [];
