/** Target groups: their settings, and everything that is declared to be registered with them (semantics 12.7, 12.12). */
import { present } from '../../base/present.ts';
import { parseAddress } from '../../net/address.ts';
import type { BalancerAttributesFinding, TargetFinding } from '../../network/build/load-balancer-finding.ts';
import { resource } from './common.ts';
import { autoScalingGroupType, instanceType, interfaceType, vpcType } from './kinds.ts';
import { resolve } from './link.ts';
import { attributeOf } from './load-balancer.ts';
import { idOf, known, objects, references, text, whole } from './property.ts';
import { type At, type Construct, isThere, note, notModelled, provenance, type Reading } from './reading.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { autoScalingAttachment, targetGroupAttachment } from './types.ts';
import { Link, Unknown } from './value.ts';

export const targetGroupType = 'AWS::ElasticLoadBalancingV2::TargetGroup';

const types = ['instance', 'ip', 'lambda', 'alb'] as const;

export const targetGroup: Construct = {
  identities: ['TargetGroupArn'],
  properties: [
    'Name',
    'TargetType',
    'Protocol',
    'Port',
    'VpcId',
    'IpAddressType',
    'Targets',
    'TargetGroupAttributes',
    'Tags',
    // What follows is about health and about what is said over a connection.
    'HealthCheckEnabled',
    'HealthCheckIntervalSeconds',
    'HealthCheckPath',
    'HealthCheckPort',
    'HealthCheckProtocol',
    'HealthCheckTimeoutSeconds',
    'HealthyThresholdCount',
    'UnhealthyThresholdCount',
    'Matcher',
    'ProtocolVersion',
    'TargetControlPort',
  ],
  attribute: (at, name) => (name === 'TargetGroupName' ? at.fields['Name'] : undefined),
  read(at) {
    const told = text(at, 'TargetType');
    const protocol = text(at, 'Protocol');
    const vpc = idOf(at, 'VpcId', vpcType);
    const targetType = told instanceof Unknown ? undefined : types.find((one) => one === (told ?? 'instance'));
    const unknown = [told, protocol].find((one) => one instanceof Unknown);
    if (targetType === undefined || unknown instanceof Unknown) {
      if (unknown instanceof Unknown) note(at, 'TargetType', unknown, 'it is not modelled');
      return notModelled(at, 'target-group', 'what it sends to is not known', 'flows through its load balancers');
    }
    const family = text(at, 'IpAddressType');
    at.in.findings.targetGroups.push({
      ...resource(at, { name: known(text(at, 'Name')) }),
      kind: 'target-group',
      label: at.of.id,
      targetType,
      ...present({
        protocol: known(protocol),
        port: known(whole(at, 'Port')),
        vpc: known(vpc),
        ipAddressType: family === 'ipv6' ? ('ipv6' as const) : undefined,
      }),
    });
    const settings = settingsOf(at, targetType, known(protocol) ?? '');
    if (settings !== undefined) at.in.findings.balancerAttributes.push(settings);
  },
};

/** As AWS has them by default where they are not set; undefined where one is not known. */
function settingsOf(
  at: At,
  targetType: (typeof types)[number],
  protocol: string,
): BalancerAttributesFinding | undefined {
  const zones = attributeOf(at, 'load_balancing.cross_zone.enabled', 'TargetGroupAttributes');
  const preserves = attributeOf(at, 'preserve_client_ip.enabled', 'TargetGroupAttributes');
  for (const one of [zones, preserves])
    if (one instanceof Unknown) {
      note(at, 'TargetGroupAttributes', one, 'they count as unread');
      return undefined;
    }
  const byDefault = targetType !== 'ip' || !['TCP', 'TLS'].includes(protocol);
  return {
    of: at.of.id,
    crossZone: zones === 'true' ? true : zones === 'false' ? false : 'balancer',
    preservesClientIp: preserves === undefined ? byDefault : preserves === 'true',
    source: provenance(at),
  };
}

/** `Vpcproof::ElasticLoadBalancingV2::TargetGroupAttachment`, which is read once all that may be a target has been. */
export const targetAttachment: Construct = { properties: ['TargetGroupArn', 'Id', 'Port', 'AvailabilityZone'] };

/** `Vpcproof::AutoScaling::Attachment`, likewise. */
export const fleetAttachment: Construct = {
  properties: ['AutoScalingGroupName', 'TargetGroupArn', 'LoadBalancerName'],
};

/** Groups with which nothing is declared to be registered are filled by something else: their targets are unread. */
export function registerTargets(reading: Reading): void {
  for (const at of reading.byType.get(targetGroupType) ?? []) {
    const beside = satellitesOf(reading, targetGroupAttachment, 'TargetGroupArn', at.of.id, targetGroupType);
    const inline = objects(at, 'Targets');
    const written = [...inline.known, ...beside.certain];
    const fleets = fleetsOf(reading, at.of.id, targetGroupType);
    const read = [...written.map((one) => targetOf(one)), ...fleets.targets];
    const [unknown] = inline.unknown;
    if (unknown !== undefined) note(at, 'Targets', unknown, 'its targets count as unread');
    if (read.length === 0 && !fleets.some && inline.unknown.length === 0) continue;
    reading.findings.targetHealth.push({
      group: at.of.id,
      targets: read.filter((one) => one !== undefined),
      complete:
        at.of.lookedUp !== true &&
        unknown === undefined &&
        beside.possible.length === 0 &&
        fleets.whole &&
        !read.includes(undefined),
      source: provenance(at),
    });
  }
}

/** Targets of groups that exist already, beside those that they have. */
export function registerTargetsOutside(reading: Reading): void {
  const beside = aroundOutside(reading, targetGroupAttachment, 'TargetGroupArn', targetGroupType);
  const fleets = (reading.byType.get(autoScalingGroupType) ?? []).flatMap((at) =>
    references(at, 'TargetGroupARNs', targetGroupType).known.filter((id) => !reading.byId.has(id)),
  );
  const groups = [...beside.map(([id]) => id), ...fleets, ...(reading.around.existing.get(targetGroupType) ?? [])];
  for (const group of new Set(groups)) {
    if (reading.byId.has(group)) continue;
    const [, all, possible] = beside.find(([id]) => id === group) ?? [group, [], []];
    const filled = fleetsOf(reading, group, targetGroupType);
    const read = [...all.map((one) => (isThere(one) ? targetOf(one) : undefined)), ...filled.targets];
    if (possible.length > 0 || !filled.whole || read.includes(undefined)) reading.outside.blurred.add(group);
    const targets = read.filter((one) => one !== undefined);
    const [first] = targets;
    if (first !== undefined)
      reading.findings.targetHealth.push({ group, targets, complete: false, source: first.source });
  }
}

/** Undefined where it is not known which one it is. */
export function targetOf(at: At): TargetFinding | undefined {
  const port = whole(at, 'Port');
  const raw = at.fields['Id'];
  const common = { source: provenance(at), ...present({ port: known(port) }) };
  const behind = raw instanceof Link ? interfaceOf(at, raw) : undefined;
  if (behind !== undefined && !(port instanceof Unknown)) return { ...common, id: behind, interface: behind };
  const id = text(at, 'Id');
  const unknown = [id, port].find((one) => one instanceof Unknown);
  if (unknown instanceof Unknown) note(at, 'Id', unknown, 'the targets of its group count as unread');
  if (typeof id !== 'string' || unknown instanceof Unknown) return undefined;
  const zone = known(text(at, 'AvailabilityZone'));
  return { ...common, id, ...present({ address: parseAddress(id), zone }) };
}

const addresses = new Set(['PrivateIp', 'PrivateIpAddress', 'PrimaryPrivateIpAddress']);

/** The interface whose address is meant, where AWS has yet to pick it. */
function interfaceOf(at: At, { resource: address, attribute }: Link): string | undefined {
  if (!addresses.has(attribute) || typeof resolve(at.in, new Link(address, attribute)) === 'string') return undefined;
  const of = at.in.byAddress.get(address);
  if (of?.type === interfaceType) return of.id;
  const first = of?.type === instanceType ? resolve(at.in, new Link(address, 'NetworkInterface')) : undefined;
  return typeof first === 'string' ? first : undefined;
}

interface Fleets {
  readonly targets: readonly TargetFinding[];
  /** Some fleet registers its members. */
  readonly some: boolean;
  readonly whole: boolean;
}

/** What Auto Scaling groups and services of ECS register: whatever runs in them. */
export function fleetsOf(reading: Reading, group: string, type: string): Fleets {
  const targets: TargetFinding[] = [];
  let some = false;
  let isWhole = true;
  const register = (at: At, port?: number): void => {
    some = true;
    const own = membersOf(reading, at.of.id);
    isWhole &&= own.length > 0;
    targets.push(...own.map((id) => ({ id, interface: id, source: provenance(at), ...present({ port }) })));
  };
  for (const at of reading.byType.get(autoScalingGroupType) ?? []) {
    const named = references(at, 'TargetGroupARNs', targetGroupType);
    const sources = objects(at, 'TrafficSources');
    const others = sources.known.map((one) => idOf(one, 'Identifier', type));
    if (named.known.includes(group) || others.includes(group)) register(at);
    else if (named.unknown.length + sources.unknown.length > 0 || others.some((one) => one instanceof Unknown))
      isWhole = false;
    const { certain, possible } = satellitesOf(
      reading,
      autoScalingAttachment,
      'AutoScalingGroupName',
      at.of.id,
      autoScalingGroupType,
    );
    for (const one of certain) {
      const to = idOf(one, 'TargetGroupArn', type);
      if (to === group) register(at);
      else if (to instanceof Unknown) isWhole = false;
    }
    if (possible.length > 0) isWhole = false;
  }
  for (const service of ['AWS::ECS::Service', 'AWS::ECS::TaskSet'])
    for (const at of reading.byType.get(service) ?? []) {
      const balancers = objects(at, 'LoadBalancers');
      if (balancers.unknown.length > 0) isWhole = false;
      // By ports that the containers name.
      const lattice = objects(at, 'VpcLatticeConfigurations');
      const joined = lattice.known.map((one) => idOf(one, 'TargetGroupArn', type));
      if (lattice.unknown.length > 0 || joined.some((to) => to === group || to instanceof Unknown)) isWhole = false;
      for (const one of balancers.known) {
        const to = idOf(one, 'TargetGroupArn', type);
        const port = known(whole(one, 'ContainerPort'));
        if (to === group) register(at, port);
        else if (to instanceof Unknown) isWhole = false;
      }
    }
  return { targets, some, whole: isWhole };
}

/** The interfaces that stand for what runs in a fleet. */
const membersOf = (reading: Reading, fleet: string): readonly string[] =>
  [...reading.findings.interfaces.keys()].filter((id) => id.startsWith(`${fleet}/`));
