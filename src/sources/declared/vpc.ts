/** VPCs, and what AWS makes along with each where nothing adopts it. */
import { formatPrefix } from '../../net/prefix.ts';
import { blocksOfVpc } from './block.ts';
import { derivedResource, resource } from './common.ts';
import { adopterOf, defaultOf, isDefault } from './default.ts';
import { aclType, groupType, tableType } from './kinds.ts';
import { defaultEntries } from './network-acl.ts';
import { flag, has, known } from './property.ts';
import type { At, Construct } from './reading.ts';
import { provenance } from './reading.ts';
import { mainTableOf, associationsOf } from './route-association.ts';
import { routesBeside } from './route-table.ts';
import { defaultRules } from './security-group.ts';
import { subnetsOf } from './acl-association.ts';

export const vpc: Construct = {
  identities: ['VpcId'],
  properties: [
    'CidrBlock',
    'CidrBlocks',
    'Ipv6CidrBlock',
    'Ipv6CidrBlocks',
    'AmazonProvidedIpv6CidrBlock',
    'Ipv4IpamPoolId',
    'Ipv4NetmaskLength',
    'Ipv6IpamPoolId',
    'Ipv6Pool',
    'EnableDnsSupport',
    'EnableDnsHostnames',
    'IsDefault',
    'InstanceTenancy',
    'DefaultSecurityGroup',
    'DefaultNetworkAcl',
    'MainRouteTable',
    'DhcpOptionsId',
    'Tags',
  ],
  attribute(at, name) {
    if (isDefault(name)) return defaultOf(at, name);
    const family = { CidrBlocks: 'ipv4', Ipv6CidrBlocks: 'ipv6' }[name];
    return family === undefined
      ? undefined
      : blocksOfVpc(at).flatMap((block) => (block.family === family ? [formatPrefix(block)] : []));
  },
  read(at) {
    const { findings } = at.in;
    const cidrs = blocksOfVpc(at);
    const own = resource(at);
    const adopted = has(at, 'Adopts');
    findings.vpcs.push({ ...own, kind: 'vpc', cidrs, isDefault: adopted || known(flag(at, 'IsDefault')) === true });
    for (const attribute of ['EnableDnsSupport', 'EnableDnsHostnames'] as const) {
      const otherwise = attribute === 'EnableDnsSupport' || adopted;
      const value = known(flag(at, attribute)) ?? (at.fields[attribute] === undefined ? otherwise : undefined);
      if (value !== undefined) findings.dnsAttributes.push({ vpc: own.id, attribute, value, source: provenance(at) });
    }
    // Of others' VPCs, and of the account's default one, the input tells a part.
    if (at.of.lookedUp === true || adopted || at.in.around.vpcs.has(own.id)) return;
    findings.edges.whole.add(own.id);
    if (exists(at)) findings.warnings.push(standing(at));
    defaultGroup(at);
    defaultAcl(at);
    mainTable(at);
  },
};

/** `AWS::EC2::VPCCidrBlock`, which its VPC reads. */
export const vpcCidrBlock: Construct = {
  properties: [
    'VpcId',
    'CidrBlock',
    'Ipv6CidrBlock',
    'AmazonProvidedIpv6CidrBlock',
    'Ipv4IpamPoolId',
    'Ipv4NetmaskLength',
    'Ipv6IpamPoolId',
    'Ipv6NetmaskLength',
    'Ipv6Pool',
    'Ipv6CidrBlockNetworkBorderGroup',
  ],
};

/** It exists already, and nothing tells what has been made of its defaults since. */
const exists = ({ of }: At): boolean => of.id !== of.address;

/** What is taken of a VPC that others may have put things into. */
function standing(at: At): string {
  const undeclared = [
    adopterOf(at.in, aclType, at.of.id) === undefined
      ? ', its default network ACL to allow everything, as AWS made it'
      : '',
    adopterOf(at.in, tableType, at.of.id) === undefined ? '; its main route table counts as unread' : '',
  ];
  return `\`${at.of.address}\` exists already: what is in it and not declared is taken not to be there${undeclared.join('')} (--base tells).`;
}

/** Admits its own members, and lets out everything (semantics 2.5). */
function defaultGroup(at: At): void {
  if (adopterOf(at.in, groupType, at.of.id) !== undefined) return;
  const id = defaultOf(at, 'DefaultSecurityGroup');
  const group = {
    ...derivedResource(at, id, { name: 'default' }),
    kind: 'security-group' as const,
    vpc: at.of.id,
  };
  if (exists(at)) {
    at.in.findings.securityGroups.push({ ...group, ingress: 'not-told', egress: 'not-told' });
    return;
  }
  at.in.findings.securityGroups.push({ ...group, ...defaultRules(at, id) });
}

/** Allows everything (semantics 3.4). */
function defaultAcl(at: At): void {
  if (adopterOf(at.in, aclType, at.of.id) !== undefined) return;
  const id = defaultOf(at, 'DefaultNetworkAcl');
  const { subnets, understood } = subnetsOf(at.in, id);
  const entries = defaultEntries(at, id);
  at.in.findings.networkAcls.push({
    ...derivedResource(at, id),
    kind: 'network-acl',
    vpc: at.of.id,
    isDefault: true,
    ...entries,
    subnets,
    understood: understood && entries.understood,
  });
}

/** Holds the local routes alone (semantics 4.1, 4.6). */
function mainTable(at: At): void {
  if (adopterOf(at.in, tableType, at.of.id) !== undefined) return;
  const id = defaultOf(at, 'MainRouteTable');
  // One that exists may hold routes that nothing tells.
  if (exists(at)) return;
  at.in.findings.routeTables.push({
    ...derivedResource(at, id),
    kind: 'route-table',
    vpc: at.of.id,
    main: mainTableOf(at.in, at.of.id) === id,
    routes: routesBeside(at.in, id),
    impliesLocal: true,
    ...associationsOf(at.in, id, at.of.id),
  });
}
