/** Route 53 Resolver: endpoints with their interfaces, and the rules by which names leave a VPC (semantics 13.15, 13.16). */
import { everyOne } from './every.ts';
import { present } from '../../base/present.ts';
import type { Address } from '../../net/address.ts';
import { resolverRulesCall } from '../../network/build/dns-firewall.ts';
import { resource } from './common.ts';
import { subnetType, vpcType } from './kinds.ts';
import { address, idOf, known, objects, text, texts, whole } from './property.ts';
import { type At, type Construct, isThere, note, notModelled, provenance } from './reading.ts';
import { familiesOfSubnet, groupsOf, standIn, vpcOfSubnet } from './service-interface.ts';
import { Unknown } from './value.ts';

const endpointType = 'AWS::Route53Resolver::ResolverEndpoint';
const ruleType = 'AWS::Route53Resolver::ResolverRule';

export const resolverEndpoint: Construct = {
  identities: ['ResolverEndpointId'],
  properties: [
    'Name',
    'Direction',
    'IpAddresses',
    'SecurityGroupIds',
    'Protocols',
    'ResolverEndpointType',
    'HostVPCId',
    'OutpostArn',
    'PreferredInstanceType',
    'Tags',
  ],
  read(at) {
    const direction = text(at, 'Direction');
    const places = objects(at, 'IpAddresses');
    const told = places.known.map((one) => ({ one, subnet: idOf(one, 'SubnetId', subnetType) }));
    const vpc = told
      .map(({ subnet }) => (typeof subnet === 'string' ? vpcOfSubnet(at.in, subnet) : undefined))
      .find((one) => one !== undefined);
    for (const one of places.unknown) note(at, 'IpAddresses', one, 'it may have others');
    if (typeof direction !== 'string' || vpc === undefined) {
      for (const { subnet } of told) if (typeof subnet === 'string') at.in.findings.edges.hiding.add(subnet);
      return notModelled(
        at,
        'resolver-endpoint',
        'where it stands, or which way it leads, is not known',
        'names asked through it',
      );
    }
    const inbound = direction !== 'OUTBOUND';
    const service = {
      interfaceType: 'interface',
      // The words by which AWS marks those of inbound endpoints.
      description: `Route 53 Resolver: ${inbound ? 'rslvr-in-' : 'rslvr-out-'} of ${at.of.address}`,
      groups: groupsOf(at, 'SecurityGroupIds', 'default'),
    };
    const stands = told.flatMap(({ one, subnet }, index) => {
      if (subnet instanceof Unknown) note(one, 'SubnetId', subnet, 'it stands in no subnet that is known');
      return typeof subnet === 'string' ? (stand(at, one, subnet, index, service) ?? []) : [];
    });
    const protocols = texts(at, 'Protocols').known;
    at.in.findings.dns.endpoints.push({
      ...resource(at, { name: known(text(at, 'Name')) }),
      kind: 'resolver-endpoint',
      direction: inbound ? 'inbound' : 'outbound',
      vpc,
      protocols: protocols.length === 0 ? ['Do53'] : protocols,
      interfaces: stands,
      ...present({ state: isThere(at) ? undefined : 'UNKNOWN' }),
    });
  },
};

function stand(
  at: At,
  place: At,
  subnet: string,
  index: number,
  service: Parameters<typeof standIn>[1],
): string | undefined {
  const addresses = ['Ip', 'Ipv6'].flatMap((key) => known(address(place, key)) ?? []);
  const word = known(text(at, 'ResolverEndpointType')) ?? 'IPV4';
  const has = familiesOfSubnet(at.in, subnet);
  const given = (family: Address['family']): boolean => addresses.some((one) => one.family === family);
  const pending = {
    ipv4: word !== 'IPV6' && has.ipv4 && !given('ipv4') ? 1 : 0,
    ipv6: word !== 'IPV4' && has.ipv6 && !given('ipv6') ? 1 : 0,
    public: false,
  };
  // Two may stand in one subnet.
  return standIn(at, service, { subnet, addresses, pending, beside: `/${index}` });
}

export const resolverRule: Construct = {
  identities: ['ResolverRuleId'],
  properties: ['Name', 'RuleType', 'DomainName', 'DelegationRecord', 'TargetIps', 'ResolverEndpointId', 'Tags'],
  read(at) {
    const type = text(at, 'RuleType');
    const domain = text(at, 'DomainName') ?? text(at, 'DelegationRecord') ?? '';
    const targets = objects(at, 'TargetIps');
    const endpoint = idOf(at, 'ResolverEndpointId', endpointType);
    if (type instanceof Unknown) note(at, 'RuleType', type, 'it counts as one that forwards');
    if (domain instanceof Unknown) note(at, 'DomainName', domain, 'it may be for any name');
    for (const one of targets.unknown) note(at, 'TargetIps', one, 'where it leads is not known');
    at.in.findings.dns.resolverRules.push({
      ...resource(at, { name: known(text(at, 'Name')) }),
      kind: 'resolver-rule',
      ruleType: ruleTypes.find((one) => one === known(type)) ?? 'FORWARD',
      domain:
        domain instanceof Unknown
          ? { unread: resolverRulesCall, subject: at.of.id }
          : domain.toLowerCase().replace(/\.$/, ''),
      targets: targets.known.flatMap((one) => {
        const to = known(whole(one, 'Port')) ?? 53;
        const protocol = known(text(one, 'Protocol')) ?? 'Do53';
        return ['Ip', 'Ipv6'].flatMap((key) => {
          const own = known(address(one, key));
          return own === undefined ? [] : [{ address: own, port: to, protocol }];
        });
      }),
      ...present({ endpoint: known(endpoint) }),
    });
  },
};

const ruleTypes = ['FORWARD', 'SYSTEM', 'RECURSIVE', 'DELEGATE'] as const;

export const resolverRuleAssociation: Construct = {
  identities: ['ResolverRuleAssociationId'],
  properties: ['Name', 'ResolverRuleId', 'VPCId'],
  read(at) {
    const rule = idOf(at, 'ResolverRuleId', ruleType);
    const vpc = idOf(at, 'VPCId', vpcType);
    const unsure = rule instanceof Unknown || vpc instanceof Unknown || !isThere(at);
    if (rule instanceof Unknown) note(at, 'ResolverRuleId', rule, 'each rule may be associated with its VPC');
    if (vpc instanceof Unknown) note(at, 'VPCId', vpc, 'its rule may be associated with each VPC');
    const rules = rule instanceof Unknown ? everyOne(at.in, ruleType) : rule === undefined ? [] : [rule];
    const vpcs = vpc instanceof Unknown ? everyOne(at.in, vpcType) : vpc === undefined ? [] : [vpc];
    for (const one of rules)
      for (const of of vpcs)
        at.in.findings.dns.resolverRuleAssociations.push({
          rule: one,
          vpc: of,
          source: provenance(at),
          ...present({ state: unsure ? 'UNKNOWN' : undefined, account: at.of.account, region: at.of.region }),
        });
  },
};
