/** VPCs: their DNS attributes and Block Public Access resolved; those that no call read, out of their local routes. */
import { present } from '../../base/present.ts';
import { type Prefix, includesPrefix } from '../../net/prefix.ts';
import type { Vpc } from '../vpc.ts';
import { blockModeOf } from './block-public-access.ts';
import { blameDangling, blameMissingCall, type Building, type Referrer, wasRead } from './building.ts';
import type { VpcFinding } from './vpc-finding.ts';

export function buildVpcs(building: Building): Map<string, Vpc> {
  const { findings } = building;
  for (const { vpc, region } of findings.subnets) if (region !== undefined) building.regionOfVpc.set(vpc, region);
  const found = new Map(findings.vpcs.map((vpc) => [vpc.id, vpc]));
  for (const { vpc, from } of namedVpcs(building)) {
    if (found.has(vpc)) continue;
    if (wasRead(building, 'describe-vpcs', from)) blameDangling(building, from, 'VPC', vpc, 'describe-vpcs');
    else {
      const unread = fromLocalRoutes(building, vpc, from);
      if (unread === undefined) blameMissingCall(building, from, `the CIDR blocks of \`${vpc}\``, 'describe-vpcs');
      else found.set(vpc, unread);
    }
  }
  for (const { vpc, attribute, source } of findings.dnsAttributes)
    if (!found.has(vpc) && wasRead(building, 'describe-vpcs', {}))
      blameDangling(building, { id: attribute, source }, 'VPC', vpc, 'describe-vpcs');
  return new Map([...found].map(([id, vpc]) => [id, finish(building, vpc)]));
}

/** Everything that stands in a VPC, with the VPC that it names. */
function* namedVpcs({ findings }: Building): Iterable<{ vpc: string; from: Referrer }> {
  const kinds = [
    findings.subnets,
    findings.routeTables,
    findings.securityGroups,
    findings.networkAcls,
    findings.natGateways,
    findings.endpoints,
    findings.loadBalancers,
  ];
  for (const found of [...findings.interfaces.values(), ...findings.instanceInterfaces])
    yield { vpc: found.interface.vpc, from: found.interface };
  for (const kind of kinds) for (const resource of kind) yield { vpc: resource.vpc, from: resource };
  for (const gateways of [findings.internetGateways, findings.egressOnlyInternetGateways])
    for (const gateway of gateways) if (gateway.vpc !== undefined) yield { vpc: gateway.vpc, from: gateway };
}

/** Every route table shows a local route for each block of its VPC (semantics 4.6). */
function fromLocalRoutes(building: Building, id: string, from: Referrer): VpcFinding | undefined {
  const cidrs: Prefix[] = [];
  for (const table of building.findings.routeTables) {
    if (table.vpc !== id) continue;
    for (const { origin, destination } of table.routes)
      if (origin === 'local' && destination.kind === 'prefix')
        if (!includesPrefix(cidrs, destination.prefix)) cidrs.push(destination.prefix);
  }
  if (cidrs.length === 0) return undefined;
  cidrs.sort((a, b) => a.family.localeCompare(b.family));
  building.assumed.set(id, `unread:describe-vpcs:${id}`);
  const { account, region, source } = from;
  return { id, kind: 'vpc', cidrs, tags: {}, isDefault: false, source, ...present({ account, region }) };
}

function finish(building: Building, found: VpcFinding): Vpc {
  const { isDefault, internetGatewayBlockMode, ...vpc } = found;
  if (building.findings.edges.outside.has(vpc.id)) building.assumed.set(vpc.id, `unread:describe-vpcs:${vpc.id}`);
  const region = vpc.region ?? building.regionOfVpc.get(vpc.id);
  if (region !== undefined) building.regionOfVpc.set(vpc.id, region);
  const located = { ...vpc, ...present({ region }) };
  return {
    ...located,
    enableDnsSupport: dnsAttribute(building, vpc.id, 'EnableDnsSupport', true),
    // AWS turns host names on in default VPCs alone.
    enableDnsHostnames: dnsAttribute(building, vpc.id, 'EnableDnsHostnames', isDefault),
    internetGatewayBlockMode: internetGatewayBlockMode ?? blockModeOf(building, located),
    ...(wasRead(building, 'describe-flow-logs', { ...located, vpc: vpc.id }) ? { flowLogsRead: true as const } : {}),
    ...(wasRead(building, 'describe-subnets', located) ? {} : { subnetsUnread: true as const }),
  };
}

function dnsAttribute(
  building: Building,
  vpc: string,
  attribute: 'EnableDnsSupport' | 'EnableDnsHostnames',
  otherwise: boolean,
): boolean {
  const told = building.findings.dnsAttributes.find((one) => one.vpc === vpc && one.attribute === attribute);
  if (told !== undefined) return told.value;
  const setting = `${vpc}.${attribute}`;
  building.defaults.push({ setting, value: String(otherwise), call: 'ec2 describe-vpc-attribute' });
  return otherwise;
}
