/** AWS Network Firewall: firewalls with an endpoint in each subnet mapped, and what policies and rule groups say (semantics 10.1). */
import { present } from '../../base/present.ts';
import type { FirewallEndpointFinding } from '../../network/build/firewall-finding.ts';
import { derivedResource, resource } from './common.ts';
import { endpointType, subnetType, vpcType } from './kinds.ts';
import { idOf, inner, known, objects, text } from './property.ts';
import { type At, type Construct, complain, derive, isThere, note, topOf } from './reading.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { vpcOfSubnet } from './service-interface.ts';
import { attachmentMadeWith } from './transit-gateway-association.ts';
import { attach } from './transit-gateway-attachment.ts';
import { Link, Unknown, type Value } from './value.ts';

const associationType = 'AWS::NetworkFirewall::VpcEndpointAssociation';
const firewallType = 'AWS::NetworkFirewall::Firewall';

export const firewall: Construct = {
  identities: ['FirewallArn', 'FirewallId'],
  properties: [
    'FirewallName',
    'FirewallPolicyArn',
    'VpcId',
    'SubnetMappings',
    'SyncStates',
    'TransitGatewayId',
    'TransitGatewayAttachmentId',
    'AvailabilityZoneMappings',
    // What follows protects or logs, and carries nothing.
    'DeleteProtection',
    'SubnetChangeProtection',
    'FirewallPolicyChangeProtection',
    'AvailabilityZoneChangeProtection',
    'Description',
    'EnabledAnalysisTypes',
    'Tags',
  ],
  attribute(at, name) {
    if (name === 'EndpointIds') return new Unknown('AWS gives the list in no order', linksOf(at));
    if (name === 'TransitGatewayAttachmentId') return attachmentMadeWith(at);
    const where = /^EndpointIn:(.+)$/.exec(name)?.[1];
    return where === undefined ? undefined : endpointIn(at, where);
  },
  read(at) {
    const policy = idOf(at, 'FirewallPolicyArn', 'AWS::NetworkFirewall::FirewallPolicy');
    const vpc = idOf(at, 'VpcId', vpcType);
    const gateway = idOf(at, 'TransitGatewayId', 'AWS::EC2::TransitGateway');
    if (policy instanceof Unknown)
      note(at, 'FirewallPolicyArn', policy, 'what the firewall lets through is an assumption');
    if (vpc instanceof Unknown) note(at, 'VpcId', vpc, 'the VPC is that of its subnets');
    const zones = objects(at, 'AvailabilityZoneMappings');
    for (const one of zones.unknown) note(at, 'AvailabilityZoneMappings', one, 'the zones are not known');
    const told = zones.known.map((one) => text(one, 'AvailabilityZone'));
    sayUnknownMappings(at);
    const own = mappings(at).map(({ subnet, endpoint, vpc: of }) => ({
      endpoint,
      subnet,
      state: isThere(at) ? 'READY' : 'UNKNOWN',
      ...present({ vpc: of }),
    }));
    const { certain, possible } = satellitesOf(at.in, associationType, 'FirewallArn', at.of.id, at.of.type);
    for (const one of possible)
      note(one, 'FirewallArn', unknownIn(one, 'FirewallArn'), 'no firewall has this endpoint');
    at.in.findings.firewalls.push({
      ...resource(at, { name: known(text(at, 'FirewallName')) }),
      kind: 'network-firewall',
      endpoints: [...own, ...certain.flatMap((one) => associatedEndpoint(one) ?? [])],
      ...present({
        policyArn: known(policy),
        vpc: known(vpc) ?? (own[0] === undefined ? undefined : own[0].vpc),
        attached:
          gateway === undefined || gateway instanceof Unknown
            ? undefined
            : {
                gateway,
                attachment: attachmentMadeWith(at),
                zones: told.every((zone) => typeof zone === 'string') ? told : [],
              },
      }),
    });
    if (gateway !== undefined)
      attach(at, {
        id: attachmentMadeWith(at),
        gateway,
        type: 'network-function',
        behind: at.of.id,
        resource: 'derived',
      });
  },
};

const unknownIn = (at: At, key: string): Unknown => {
  const found = text(at, key);
  return found instanceof Unknown ? found : new Unknown('it names what is not in the input');
};

interface Mapping {
  readonly subnet: string;
  readonly endpoint: string;
  readonly vpc?: string;
}

/** One endpoint in each subnet that is mapped. */
function mappings(at: At): readonly Mapping[] {
  const vpc = known(idOf(at, 'VpcId', vpcType));
  return objects(at, 'SubnetMappings').known.flatMap((one): readonly Mapping[] => {
    const subnet = known(idOf(one, 'SubnetId', subnetType));
    if (subnet === undefined) return [];
    const standsIn = vpc ?? vpcOfSubnet(at.in, subnet);
    return [{ subnet, endpoint: endpointAt(at, subnet), ...present({ vpc: standsIn }) }];
  });
}

function sayUnknownMappings(at: At): void {
  const { known: all, unknown } = objects(at, 'SubnetMappings');
  for (const one of unknown) note(at, 'SubnetMappings', one, 'nothing is known to lead to the endpoints in it');
  for (const one of all) {
    const subnet = text(one, 'SubnetId');
    if (subnet instanceof Unknown) note(one, 'SubnetId', subnet, 'nothing is known to lead to the endpoint in it');
    if (subnet === undefined) complain(one, 'missing-field', '', 'a subnet mapping names no `SubnetId`.');
  }
}

/** AWS's id of it where that is known already, here or of what runs; `FIREWALL/SUBNET` until then. */
function endpointAt(at: At, subnet: string): string {
  const shown = objects(at, 'SyncStates').known.find((one) => known(idOf(one, 'SubnetId', subnetType)) === subnet);
  const id = shown === undefined ? undefined : known(text(shown, 'EndpointId'));
  return derive(
    at.in,
    id ?? at.in.around.firewallEndpoints.get(`${at.of.id} ${subnet}`) ?? `${at.of.id}/${subnet}`,
    endpointType,
  );
}

const linksOf = (at: At): readonly Link[] =>
  mappings(at).map(({ subnet }) => new Link(at.of.address, `EndpointIn:${subnet}`));

/** The endpoint in a subnet, named by id or address, or in a zone, by its name or id. */
function endpointIn(at: At, where: string): Value {
  const all = mappings(at);
  const there = all.filter(({ subnet }) => subnet === where || at.in.byId.get(subnet)?.address === where);
  if (there.length === 1) return there[0]!.endpoint;
  const zones = all.map(({ subnet, endpoint }) => ({ subnet, endpoint, zone: zoneOfSubnet(at, subnet) }));
  const inZone = zones.filter(({ zone }) => zone === where);
  const clear = zones.every(({ zone }) => zone !== undefined);
  if (clear && inZone.length === 1) return inZone[0]!.endpoint;
  return new Unknown(`no single endpoint of \`${at.of.address}\` is known to be in ${where}`, linksOf(at));
}

function zoneOfSubnet(at: At, subnet: string): string | undefined {
  const declared = at.in.byId.get(subnet);
  if (declared === undefined) return undefined;
  const of = topOf(at.in, declared);
  return known(text(of, 'AvailabilityZone')) ?? known(text(of, 'AvailabilityZoneId'));
}

/** Read by its firewall where that is declared. */
export const firewallEndpointAssociation: Construct = {
  identities: ['VpcEndpointAssociationArn', 'VpcEndpointAssociationId'],
  properties: ['FirewallArn', 'VpcId', 'SubnetMapping', 'EndpointId', 'Description', 'Tags'],
  attribute: (at, name) => (name === 'EndpointId' ? associatedEndpoint(at)?.endpoint : undefined),
  read(at) {
    const firewallId = known(idOf(at, 'FirewallArn', firewallType));
    const outside = aroundOutside(at.in, associationType, 'FirewallArn', firewallType).some(
      ([id]) => id === firewallId,
    );
    const endpoint = associatedEndpoint(at);
    if (firewallId === undefined || endpoint === undefined || !outside) return;
    at.in.findings.firewalls.push({
      ...derivedResource(at, firewallId, { name: firewallId.slice(firewallId.lastIndexOf('/') + 1) }),
      kind: 'network-firewall',
      endpoints: [endpoint],
    });
  },
};

function associatedEndpoint(at: At): FirewallEndpointFinding | undefined {
  const mapping = inner(at, 'SubnetMapping');
  if (mapping instanceof Unknown) note(at, 'SubnetMapping', mapping, 'nothing is known to lead to the endpoint');
  const subnet = mapping === undefined || mapping instanceof Unknown ? mapping : idOf(mapping, 'SubnetId', subnetType);
  if (subnet === undefined || subnet instanceof Unknown) return undefined;
  const vpc = known(idOf(at, 'VpcId', vpcType)) ?? vpcOfSubnet(at.in, subnet);
  // A property where it exists already.
  const shown = at.fields['EndpointId'];
  const endpoint = derive(at.in, typeof shown === 'string' ? shown : `${at.of.id}/${subnet}`, endpointType);
  return { endpoint, subnet, state: isThere(at) ? 'READY' : 'UNKNOWN', ...present({ vpc }) };
}

/** It decides what is written of traffic, never what passes. */
export const loggingConfiguration: Construct = {
  properties: ['FirewallArn', 'FirewallName', 'LoggingConfiguration', 'EnableMonitoringDashboard'],
};
