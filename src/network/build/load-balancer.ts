/** Load balancers and the interfaces that are their nodes, known by their descriptions; and what they forward to. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import { isBalancing } from '../balancing.ts';
import type { Instance } from '../instance.ts';
import type { NetworkInterface } from '../interface.ts';
import { type LoadBalancer, untoldCrossZone } from '../load-balancer.ts';
import { isUnread } from '../resource.ts';
import type { Subnet } from '../subnet.ts';
import type { TargetGroup } from '../target-group.ts';
import { passes } from '../unknown.ts';
import type { Vpc } from '../vpc.ts';
import { type Building, wasRead } from './building.ts';
import { classicGroups, classicListeners } from './classic-load-balancer.ts';
import { ownerInDescription } from './interface-role.ts';
import { accountForListeners, listenerReader } from './listener.ts';
import type { BalancerAttributesFinding, LoadBalancerFinding } from './load-balancer-finding.ts';
import type { TargetParts } from './target.ts';
import { attributesOf, buildTargetGroups, targetParts } from './target-group.ts';

const call = 'elbv2 describe-load-balancers';
const classicCall = 'elb describe-load-balancers';

interface Parts {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly interfaces: ReadonlyMap<string, NetworkInterface>;
  readonly instances: ReadonlyMap<string, Instance>;
}

interface Balancing {
  readonly loadBalancers: Map<string, LoadBalancer>;
  readonly targetGroups: Map<string, TargetGroup>;
}

interface Found extends Balancing {
  /** By which the targets of other services are known as well. */
  readonly targets: TargetParts;
}

export function buildLoadBalancers(building: Building, parts: Parts): Found {
  const { found, nodes } = balancersFound(building, parts.interfaces);
  const attributes = attributesOf(building);
  const of = targetParts(building, { ...parts, balancers: found });
  const targetGroups = buildTargetGroups(building, { vpcs: parts.vpcs, attributes, of });
  const listeners = listenerReader(building, targetGroups);
  const loadBalancers = new Map<string, LoadBalancer>();
  for (const balancer of found.values()) {
    const { label: _, subnets: __, zones: ___, filters: ____, classic, ...own } = balancer;
    if (classic !== undefined)
      for (const group of classicGroups(building, balancer, of)) targetGroups.set(group.id, group);
    loadBalancers.set(own.id, {
      ...own,
      interfaces: nodes.get(own.id) ?? [],
      listeners: own.balancerType === 'classic' ? classicListeners(balancer) : listeners(balancer),
      ...settingsOf(building, balancer, attributes.get(own.id)),
    });
  }
  accountForListeners(building, new Set([...found.values()].map(({ label }) => label)));
  for (const balancer of loadBalancers.values())
    if (balancer.balancerType !== 'gateway') warnOfMissingNodes(building, balancer, found.get(balancer.id)!, parts);
  for (const balancer of loadBalancers.values())
    if (!isBalancing({ interfaces: parts.interfaces, targetGroups, loadBalancers }, balancer))
      assume(building, balancer, targetGroups);
  return { loadBalancers, targetGroups, targets: of };
}

/** Every subnet of a balancer holds a node of it (ALB/application-load-balancers); a classic one need not have one in each. */
function warnOfMissingNodes(
  building: Building,
  { id, balancerType, interfaces, ...owner }: LoadBalancer,
  { subnets }: LoadBalancerFinding,
  parts: Parts,
): void {
  const areRead = (of: object): boolean => wasRead(building, 'describe-network-interfaces', of);
  if (interfaces.length === 0) {
    if (areRead(owner)) building.warnings.push(`\`${id}\` has no network interface in the input: nothing reaches it.`);
    return;
  }
  if (balancerType === 'classic') return;
  const held = new Set(interfaces.map((nic) => parts.interfaces.get(nic)?.subnet));
  const bare = subnets.filter((subnet) => !held.has(subnet) && areRead(parts.subnets.get(subnet) ?? owner));
  if (bare.length > 0)
    building.warnings.push(
      `\`${id}\` has no network interface in ${bare.map((subnet) => `\`${subnet}\``).join(', ')}, where it should have a node: what such a node takes in and sends is not seen.`,
    );
}

/** What it does with what it takes in, and so what becomes of what it forwards, is not known. */
function assume(
  building: Building,
  { id, listeners }: LoadBalancer,
  targetGroups: ReadonlyMap<string, TargetGroup>,
): void {
  building.assumed.set(id, passes(id));
  for (const { forwards } of isUnread(listeners) ? [] : listeners)
    for (const { group } of isUnread(forwards) ? [] : forwards)
      if (!isUnread(targetGroups.get(group)?.targets ?? [])) building.assumed.set(group, passes(id));
}

/** Those that were read and those that only their nodes show, and the nodes of each, by id. */
function balancersFound(building: Building, interfaces: ReadonlyMap<string, NetworkInterface>) {
  const byLabel = groupBy(
    [...interfaces.values()].filter(({ description, role }) => description.startsWith('ELB ') && role !== 'host'),
    ({ vpc, description }) => `${vpc} ${ownerInDescription(description)}`,
  );
  const found = new Map<string, LoadBalancerFinding>();
  const nodes = new Map<string, readonly string[]>();
  const add = (shown: LoadBalancerFinding): void => {
    const own = byLabel.get(`${shown.vpc} ${shown.label}`) ?? [];
    byLabel.delete(`${shown.vpc} ${shown.label}`);
    if (found.has(shown.id)) blameSameName(building, shown, found.get(shown.id)!);
    found.set(shown.id, shown);
    nodes.set(
      shown.id,
      own.map(({ id }) => id),
    );
  };
  building.findings.loadBalancers.forEach(add);
  for (const own of byLabel.values()) {
    const made = ofNodes(own);
    if (made === undefined) continue;
    if (wasRead(building, made.balancerType === 'classic' ? classicCall : call, made))
      building.warnings.push(`\`${own[0]!.id}\` is a node of \`${made.label}\`, which no answer describes.`);
    add(made);
  }
  return { found, nodes };
}

/** Where account or Region is not told a balancer is known by its name alone, which is unique only there. */
function blameSameName(
  building: Building,
  { id, source }: LoadBalancerFinding,
  { source: other }: LoadBalancerFinding,
) {
  building.problems.push({
    code: 'ambiguous-name',
    file: source.file,
    place: source.place,
    message: `Two load balancers are called \`${id}\`, here and in ${other.file}, and nothing tells them apart.`,
    hint: 'Put the account and the Region into the name of the folder or the file: `123456789012/us-east-1/…`.',
  });
}

/** What a balancer does by its attributes. */
function settingsOf(
  building: Building,
  { id, balancerType, filters, enforcesOnPrivateLink }: LoadBalancerFinding,
  shown: BalancerAttributesFinding | undefined,
): Pick<LoadBalancer, 'crossZone' | 'enforcesOnPrivateLink'> {
  const told = typeof shown?.crossZone === 'boolean' ? shown.crossZone : undefined;
  const setting = `${id}.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic`;
  if (filters === true && balancerType === 'network' && enforcesOnPrivateLink === undefined)
    building.defaults.push({ setting, value: 'on', call });
  const crossZone = told ?? untoldCrossZone({ id, balancerType });
  return { crossZone, enforcesOnPrivateLink: enforcesOnPrivateLink ?? true };
}

const types: Readonly<Record<string, LoadBalancer['balancerType']>> = {
  app: 'application',
  net: 'network',
  gwy: 'gateway',
};

/** A balancer that only its nodes show. */
function ofNodes(nodes: readonly NetworkInterface[]): LoadBalancerFinding | undefined {
  const [first] = nodes;
  const label = first && ownerInDescription(first.description);
  if (first === undefined || label === undefined) return undefined;
  const { vpc, account, region, source } = first;
  const [type, name] = label.includes('/') ? label.split('/') : [];
  const isPublic = nodes.some(({ addresses }) => addresses.some(({ publicIp }) => publicIp !== undefined));
  return {
    id: arnOf(label, account, region),
    kind: 'load-balancer',
    tags: {},
    name: name ?? label,
    balancerType: types[type ?? ''] ?? 'classic',
    scheme: isPublic ? 'internet-facing' : 'internal',
    vpc,
    label,
    subnets: [],
    source,
    ...present({ account, region }),
  };
}

/** A balancer's ARN, which AWS forms of its label; the label where account or Region is not told. */
export function arnOf(label: string, account: string | undefined, region: string | undefined): string {
  if (account === undefined || region === undefined) return label;
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/${label}`;
}
