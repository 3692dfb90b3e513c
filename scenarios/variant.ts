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
  ServiceConfiguration,
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
  VpcEndpointConnection,
  VpcPeeringConnection,
  VpnConnection,
} from '@aws-sdk/client-ec2';
import type {
  Listener,
  LoadBalancer,
  LoadBalancerAttribute,
  Rule,
  TargetGroup,
  TargetGroupAttribute,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type {
  DescribeRuleGroupResponse,
  Firewall,
  FirewallPolicy,
  FirewallStatus,
} from '@aws-sdk/client-network-firewall';
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
  /** What list-attachments prints of core networks, and get-core-network-policy. */
  Attachments?: { Tags: Tag[]; SegmentName?: string }[];
  CoreNetworkPolicy?: { PolicyDocument: string };
  VpnConnections?: VpnConnection[];
  directConnectGatewayAssociations?: { allowedPrefixesToDirectConnectGateway: { cidr: string }[] }[];
  LoadBalancers?: LoadBalancer[];
  Listeners?: Listener[];
  Rules?: Rule[];
  TargetGroups?: TargetGroup[];
  /** What describe-load-balancer-attributes prints of each balancer, with the balancer beside it. */
  LoadBalancerAttributes?: { LoadBalancerArn: string; Attributes: LoadBalancerAttribute[] }[];
  /** What describe-target-group-attributes prints of each group, with the group beside it. */
  TargetGroupAttributes?: { TargetGroupArn: string; Attributes: TargetGroupAttribute[] }[];
  /** What describe-target-health prints of each group, with the group beside it. */
  LoadBalancerTargetHealth?: { TargetGroupArn: string; TargetHealthDescriptions: TargetHealthDescription[] }[];
  /** What list-resources-for-web-acl prints of each web ACL, with the web ACL beside it. */
  WebAclResources?: { WebACLArn: string; ResourceArns: string[] }[];
  Firewall?: Firewall;
  FirewallStatus?: FirewallStatus;
  FirewallPolicy?: FirewallPolicy;
  /** What describe-rule-group prints of each group of Network Firewall. */
  FirewallRuleGroupAnswers?: DescribeRuleGroupResponse[];
  /** What the lists and `get-…` calls of VPC Lattice print, with the request that says whose it is. */
  LatticeAnswers?: { Request: object; Response: LatticeAnswer }[];
  EnableDnsSupport: { Value: boolean };
  FirewallRuleGroupAssociations?: { Name: string }[];
  FirewallRules?: {
    Name: string;
    Priority: number;
    Action: string;
    BlockResponse?: string | undefined;
    Qtype?: string;
  }[];
  /** What list-firewall-domains prints of each list, with the list beside it. */
  FirewallDomains?: { FirewallDomainListId: string; Domains: string[] }[];
  FirewallConfigs?: { FirewallFailOpen: string }[];
  ResolverRules?: { Id: string; DomainName: string; RuleType: string; [key: string]: unknown }[];
  ResolverRuleAssociations?: { Id: string; ResolverRuleId: string; VPCId: string; Status: string }[];
  VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: string };
  ServiceConfigurations?: ServiceConfiguration[];
  VpcEndpointConnections?: VpcEndpointConnection[];
  /** Where the answers are of several accounts: those of each under its number, since many do not tell whose they are. */
  readonly [account: `${number}`]: Snapshot;
}

/** A list of VPC Lattice, or one thing. */
interface LatticeAnswer {
  arn?: string;
  items?: { arn?: string; id?: string; port?: number; status?: string }[];
}

export interface Variant {
  /** The folder under `variants/`. */
  readonly name: string;
  /** What was done to the network, as a change ticket would say it. */
  readonly fault: string;
  readonly edit: (network: Snapshot) => void;
}

/**
 * The scenario's healthy network: every file of `network/`, merged into one document; lists of one key become one. What
 * stands in a folder, which bears an account's number, stays together under that.
 */
export const readNetwork = (scenario: string): Snapshot =>
  readFolder(new URL(`./${scenario}/network/`, import.meta.url)) as unknown as Snapshot;

function readFolder(folder: URL): Record<string, unknown> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const texts = files.map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const arns = texts.flatMap((text) => text.match(/(?<=")arn:[^"]+/g) ?? []);
  const merged: Record<string, unknown> = {};
  for (const [index, file] of files.entries())
    for (const [key, value] of Object.entries(withItsSubject(file, JSON.parse(texts[index]!) as object, arns))) {
      const before = merged[key];
      merged[key] = Array.isArray(before) ? [...(before as unknown[]), ...(value as unknown[])] : value;
    }
  for (const { name } of entries.filter((entry) => entry.isDirectory()))
    merged[name] = readFolder(new URL(`${name}/`, folder));
  return merged;
}

/** Answers that do not say which resource they are about: by their key and the kind of resource, the list that says it. */
const unsaid = [
  { key: 'TargetHealthDescriptions', of: ':targetgroup/', list: 'LoadBalancerTargetHealth', subject: 'TargetGroupArn' },
  { key: 'Attributes', of: ':targetgroup/', list: 'TargetGroupAttributes', subject: 'TargetGroupArn' },
  { key: 'Attributes', of: ':loadbalancer/', list: 'LoadBalancerAttributes', subject: 'LoadBalancerArn' },
  { key: 'ResourceArns', of: ':regional/webacl/', list: 'WebAclResources', subject: 'WebACLArn' },
  { key: 'Routes', of: 'tgw-rtb-', list: 'TransitGatewayRoutes', subject: 'TransitGatewayRouteTableId' },
  {
    key: 'TransitGatewayRouteTablePropagations',
    of: 'tgw-rtb-',
    list: 'TransitGatewayPropagations',
    subject: 'TransitGatewayRouteTableId',
  },
  { key: 'Domains', of: 'rslvr-fdl-', list: 'FirewallDomains', subject: 'FirewallDomainListId' },
] as const;

/** The answer; where only its file's name says whose it is, as one of a list, with the subject beside it. */
function withItsSubject(file: string, response: object, arns: readonly string[]): object {
  const last = /\.([^.]+)\.json$/.exec(file)?.[1] ?? '';
  const id = arns.find((arn) => arn.slice(arn.lastIndexOf(':') + 1).replaceAll('/', '-') === last) ?? last;
  const found = unsaid.find(({ key, of }) => key in response && id.includes(of));
  if (found !== undefined) return { [found.list]: [{ [found.subject]: id, ...response }] };
  if (unsaid.some(({ key }) => key in response)) throw new Error(`${file} does not say whose answer it is`);
  // One answer is one group, all of it: of several, each stays together.
  if ('RuleGroupResponse' in response) return { FirewallRuleGroupAnswers: [response] };
  // Every list of VPC Lattice is called `items`.
  if (isOfLattice(response)) return { LatticeAnswers: [{ Request: requestOf(last), Response: response }] };
  // list-web-acls prints a marker even where nothing follows.
  if ('WebACLs' in response) return { WebACLs: response.WebACLs };
  return response;
}

const isOfLattice = (response: LatticeAnswer): boolean =>
  'items' in response || response.arn?.startsWith('arn:aws:vpc-lattice:') === true;

/** The parameter that says what was asked about, told by an id. */
function requestOf(id: string): object {
  const key = { sn: 'serviceNetworkIdentifier', svc: 'serviceIdentifier', tg: 'targetGroupIdentifier' }[
    id.replace(/-.*$/, '')
  ];
  return key === undefined ? {} : { [key]: id };
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
