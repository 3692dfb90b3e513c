/** Client VPN endpoints, with the subnets, routes and rules by which their clients come in (semantics 14.3). */
import { present } from '../../base/present.ts';
import type { Family } from '../../net/address.ts';
import type {
  AuthorizationRuleFinding,
  ClientVpnAssociationFinding,
  ClientVpnRouteFinding,
} from '../../network/build/client-vpn-finding.ts';
import { blocksOfVpc } from './block.ts';
import { resource } from './common.ts';
import { defaultOf } from './default.ts';
import { groupType, subnetType, vpcType } from './kinds.ts';
import { flag, has, idOf, known, prefix, references, text } from './property.ts';
import { type At, type Construct, isThere, note, provenance, topOf } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { standIn, vpcOfSubnet } from './service-interface.ts';
import { Unknown } from './value.ts';

export const clientVpnTypes = {
  endpoint: 'AWS::EC2::ClientVpnEndpoint',
  association: 'AWS::EC2::ClientVpnTargetNetworkAssociation',
  route: 'AWS::EC2::ClientVpnRoute',
  rule: 'AWS::EC2::ClientVpnAuthorizationRule',
} as const;

export const clientVpnEndpoint: Construct = {
  identities: ['ClientVpnEndpointId'],
  properties: [
    'VpcId',
    'SecurityGroupIds',
    'TrafficIpAddressType',
    'TransitGatewayConfiguration',
    'ClientCidrBlock',
    'EndpointIpAddressType',
    'AuthenticationOptions',
    'ClientConnectOptions',
    'ClientLoginBannerOptions',
    'ClientRouteEnforcementOptions',
    'ConnectionLogOptions',
    'Description',
    'DisconnectOnSessionTimeout',
    'DnsServers',
    'SelfServicePortal',
    'ServerCertificateArn',
    'SessionTimeoutHours',
    'SplitTunnel',
    'TagSpecifications',
    'TransportProtocol',
    'VpnPort',
    'Tags',
  ],
  read(at) {
    const { id } = at.of;
    at.in.findings.clientVpnEndpoints.push({
      ...resource(at),
      kind: 'client-vpn-endpoint',
      state: isThere(at) ? 'available' : 'unknown',
      families: familiesOf(known(text(at, 'TrafficIpAddressType'))),
      atTransitGateway: has(at, 'TransitGatewayConfiguration'),
      ...present({ vpc: known(idOf(at, 'VpcId', vpcType)) }),
    });
    const besides = (type: string) => satellitesOf(at.in, type, 'ClientVpnEndpointId', id, clientVpnTypes.endpoint);
    const networks = besides(clientVpnTypes.association);
    const associations = networks.certain.map((one) => associationOf(at, one));
    const source = provenance(at);
    const isWhole = (...unknown: readonly boolean[]): boolean => at.of.lookedUp !== true && !unknown.includes(true);
    at.in.findings.clientVpnAssociations.push({
      endpoint: id,
      items: associations.filter((one) => one !== undefined),
      whole: isWhole(networks.possible.length > 0, associations.includes(undefined)),
      source,
    });
    const own = besides(clientVpnTypes.route);
    const routes = own.certain.map(routeOf);
    at.in.findings.clientVpnRoutes.push({
      endpoint: id,
      items: [...associations.flatMap((one) => localRoutes(at, one)), ...routes.filter((one) => one !== undefined)],
      whole: isWhole(own.possible.length > 0, routes.includes(undefined)),
      source,
    });
    const granted = besides(clientVpnTypes.rule);
    const rules = granted.certain.map(ruleOf);
    at.in.findings.clientVpnRules.push({
      endpoint: id,
      items: rules.filter((one) => one !== undefined),
      whole: isWhole(granted.possible.length > 0, rules.includes(undefined)),
      source,
    });
    const possible = [networks, own, granted].some((one) => one.possible.length > 0);
    if (possible || [associations, routes, rules].some((all) => all.includes(undefined))) at.in.outside.blurred.add(id);
  },
};

/** Undefined where it is not known. */
export function routeOf(one: At): ClientVpnRouteFinding | undefined {
  const destination = prefix(one, 'DestinationCidrBlock');
  const subnet = idOf(one, 'TargetVpcSubnetId', subnetType);
  const unknown = [destination, subnet].find((each) => each instanceof Unknown);
  if (unknown instanceof Unknown)
    note(one, 'DestinationCidrBlock', unknown, 'the routes of its endpoint count as unread');
  return typeof subnet !== 'string' || destination === undefined || destination instanceof Unknown
    ? undefined
    : { destination, subnet, state: 'active', source: provenance(one) };
}

export function ruleOf(one: At): AuthorizationRuleFinding | undefined {
  const destination = prefix(one, 'TargetNetworkCidr');
  if (destination instanceof Unknown)
    note(one, 'TargetNetworkCidr', destination, 'the rules of its endpoint count as unread');
  return destination === undefined || destination instanceof Unknown
    ? undefined
    : { destination, everyone: flag(one, 'AuthorizeAllGroups') === true, state: 'active', source: provenance(one) };
}

/** Read by their endpoint; of one that exists already, by `clientVpnsOutside`. */
export const clientVpnAssociation: Construct = { properties: ['ClientVpnEndpointId', 'SubnetId'] };
export const clientVpnRoute: Construct = {
  properties: ['ClientVpnEndpointId', 'DestinationCidrBlock', 'TargetVpcSubnetId', 'Description'],
};
export const clientVpnRule: Construct = {
  properties: ['ClientVpnEndpointId', 'TargetNetworkCidr', 'AuthorizeAllGroups', 'AccessGroupId', 'Description'],
};

const familiesOf = (type: string | undefined): readonly Family[] =>
  type === undefined || type === 'ipv4' ? ['ipv4'] : type === 'ipv6' ? ['ipv6'] : ['ipv4', 'ipv6'];

/** By an interface in the subnet; undefined where it is not known which that is, or which groups the interface has. */
function associationOf(at: At, one: At): ClientVpnAssociationFinding | undefined {
  const subnet = idOf(one, 'SubnetId', subnetType);
  const told = references(at, 'SecurityGroupIds', groupType);
  const [unknown] = [...(subnet instanceof Unknown ? [subnet] : []), ...told.unknown];
  if (unknown !== undefined) note(one, 'SubnetId', unknown, 'with what its endpoint is associated counts as unread');
  if (typeof subnet !== 'string' || told.unknown.length > 0) return undefined;
  standIn(
    at,
    {
      interfaceType: 'interface',
      description: `ClientVPN Endpoint resource ${at.of.address}`,
      groups: told.known.length === 0 ? undefined : told,
    },
    { subnet, pending: { ipv4: 1, ipv6: 0, public: false } },
  );
  const around = at.in.byId.get(vpcOfSubnet(at.in, subnet) ?? '');
  const groups =
    told.known.length > 0 || around === undefined
      ? told.known
      : [defaultOf(topOf(at.in, around), 'DefaultSecurityGroup')];
  return { id: one.of.id, subnet, groups, state: 'associated', source: provenance(one) };
}

/** The route to the VPC, which each association brings. */
function localRoutes(at: At, association: ClientVpnAssociationFinding | undefined) {
  if (association === undefined) return [];
  const { subnet, source } = association;
  const around = at.in.byId.get(vpcOfSubnet(at.in, subnet) ?? '');
  const blocks = around === undefined ? [] : blocksOfVpc(topOf(at.in, around));
  return blocks.map((destination) => ({ destination, subnet, state: 'active', source }));
}
