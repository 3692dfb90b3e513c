/** Resource gateways with their interfaces, and the resources that are shared through them (semantics 9.27 to 9.29). */
import { parseAddress } from '../../net/address.ts';
import { present } from '../../base/present.ts';
import { portsIn } from '../describe/resource-configuration.ts';
import { lastOfArn } from '../arn.ts';
import { answerAt } from './answer.ts';
import { subnetType, vpcType } from './kinds.ts';
import { latticeResource, latticeState, namedBy } from './lattice.ts';
import { idOf, inner, known, references, text, texts } from './property.ts';
import { type At, type Construct, isMade, note } from './reading.ts';
import { familiesOfSubnet, groupsOf, sayUnknown, standIn, subnetsLike, vpcOfSubnet } from './service-interface.ts';
import { Unknown } from './value.ts';

const gatewayType = 'AWS::VpcLattice::ResourceGateway';
export const configurationType = 'AWS::VpcLattice::ResourceConfiguration';

export const resourceGateway: Construct = {
  identities: ['Arn', 'Id'],
  properties: [
    'Name',
    'VpcIdentifier',
    'SubnetIds',
    'SecurityGroupIds',
    'IpAddressType',
    'Ipv4AddressesPerEni',
    'ResourceConfigDnsResolution',
    'Tags',
  ],
  read(at) {
    const subnets = references(at, 'SubnetIds', subnetType);
    sayUnknown(at, 'SubnetIds', subnets.unknown);
    const told = idOf(at, 'VpcIdentifier', vpcType);
    const vpc = known(told) ?? subnets.known.map((one) => vpcOfSubnet(at.in, one)).find((one) => one !== undefined);
    const stand = (subnet: string, perhaps: boolean): readonly string[] => {
      const pending = pendingIn(at, subnet);
      // Which families it takes where nothing is said, no page of AWS tells.
      const open = pending.ipv6 > 0 && pending.ipv4 > 0 && known(text(at, 'IpAddressType')) === undefined;
      const made = standIn(at, serviceOf(at), { subnet, perhaps: perhaps || open, pending });
      return made === undefined ? [] : [made];
    };
    const interfaces = [
      ...subnets.known.flatMap((one) => stand(one, false)),
      ...subnetsLike(at, subnets, vpc).flatMap((one) => stand(one, true)),
    ];
    at.in.findings.lattice.resourceGateways.push({
      ...latticeResource(at),
      state: latticeState(at),
      // In a subnet that is not known there is no interface of it, so that it was not wholly read.
      subnets: [...subnets.known, ...subnets.unknown.map((_, index) => `${at.of.id}/SubnetIds/${index}`)],
      interfaces,
      ...present({ vpc }),
    });
  },
};

/** The words by which AWS marks its interfaces. */
const serviceOf = (at: At) => ({
  interfaceType: 'interface',
  description: `Resource Gateway Interface ${at.of.id}`,
  groups: groupsOf(at, 'SecurityGroupIds', 'default'),
});

/** One address of each family stands for those that it will have: nobody names one of them alone. */
function pendingIn(at: At, subnet: string) {
  const word = known(text(at, 'IpAddressType'))?.toUpperCase() ?? 'DUALSTACK';
  const has = familiesOfSubnet(at.in, subnet);
  return { ipv4: word !== 'IPV6' && has.ipv4 ? 1 : 0, ipv6: word !== 'IPV4' && has.ipv6 ? 1 : 0, public: false };
}

export const resourceConfiguration: Construct = {
  identities: ['Arn', 'Id'],
  properties: [
    'Name',
    'ResourceConfigurationType',
    'ResourceGatewayId',
    'ResourceConfigurationGroupId',
    'PortRanges',
    'ProtocolType',
    'ResourceConfigurationDefinition',
    'AllowAssociationToSharableServiceNetwork',
    'ResourceConfigurationAuthType',
    'CustomDomainName',
    'DomainVerificationId',
    'GroupDomain',
    'Tags',
  ],
  read(at) {
    const { lattice } = at.in.findings;
    const own = latticeResource(at);
    const type = text(at, 'ResourceConfigurationType');
    if (type instanceof Unknown) note(at, 'ResourceConfigurationType', type, 'it counts as unread');
    const gateways = namedBy(at, 'ResourceGatewayId', gatewayType, 'it counts as unread');
    const groups = namedBy(
      at,
      'ResourceConfigurationGroupId',
      configurationType,
      'each group that it may be of counts as unread',
    );
    const [gateway] = gateways.ids;
    const [group] = groups.ids;
    lattice.resourceConfigurations.push({
      ...own,
      type: type instanceof Unknown ? '' : (type ?? 'SINGLE'),
      state: latticeState(at),
      ...present({
        gateway:
          gateways.known && gateway !== undefined ? lastOfArn(gateway) : gateways.known ? undefined : unknownGateway,
        group: groups.known && group !== undefined ? lastOfArn(group) : undefined,
        ports: portsOf(at),
        definition: definitionOf(at),
      }),
    });
    // A member that nobody read, of each group that it may be of.
    if (!groups.known)
      for (const one of groups.ids.map(lastOfArn))
        lattice.resourceConfigurations.push({
          ...own,
          id: `${own.id} ${one}`,
          type: 'CHILD',
          state: 'pending',
          group: one,
        });
    if (isMade(at) && type === 'GROUP')
      lattice.lists.push({ of: 'members', subject: own.id, ...present({ account: own.account, region: own.region }) });
  },
};

/** No gateway has this id. */
const unknownGateway = '';

function portsOf(at: At) {
  const told = texts(at, 'PortRanges');
  for (const one of told.unknown) note(at, 'PortRanges', one, 'it counts as unread');
  if (told.unknown.length > 0 || told.known.length === 0) return undefined;
  return portsIn(answerAt(at, '', {}), told.known);
}

/** One without an address may be any that the gateway reaches. */
function definitionOf(at: At) {
  const told = inner(at, 'ResourceConfigurationDefinition');
  if (told instanceof Unknown) note(at, 'ResourceConfigurationDefinition', told, 'it may be anywhere');
  if (told === undefined) return undefined;
  const ip = told instanceof Unknown ? told : text(told, 'IpResource');
  if (ip instanceof Unknown && !(told instanceof Unknown)) note(told, 'IpResource', ip, 'it may be anywhere');
  return present({ address: parseAddress(known(ip) ?? '') });
}
