/** Load balancers and the interfaces that are their nodes, known by their descriptions. */
import { present } from '../../base/present.ts';
import type { NetworkInterface } from '../interface.ts';
import { crossZoneByDefault, type LoadBalancer } from '../load-balancer.ts';
import { passes } from '../unknown.ts';
import { type Building, groupBy, wasRead } from './building.ts';
import type { LoadBalancerFinding } from './load-balancer-finding.ts';
import { ownerInDescription } from './interface-role.ts';

const call = 'elbv2 describe-load-balancers';
const classicCall = 'elb describe-load-balancers';

export function buildLoadBalancers(
  building: Building,
  interfaces: ReadonlyMap<string, NetworkInterface>,
): Map<string, LoadBalancer> {
  const nodes = groupBy(
    [...interfaces.values()].filter(({ description, role }) => description.startsWith('ELB ') && role !== 'host'),
    ({ vpc, description }) => `${vpc} ${ownerInDescription(description)}`,
  );
  const balancers = new Map<string, LoadBalancer>();
  const add = (shown: LoadBalancerFinding): void => {
    const { label, subnets: _, ...found } = shown;
    const own = nodes.get(`${found.vpc} ${label}`) ?? [];
    nodes.delete(`${found.vpc} ${label}`);
    building.assumed.set(found.id, passes(found.id));
    balancers.set(found.id, {
      ...found,
      interfaces: own.map(({ id }) => id),
      listeners: {
        unread: found.balancerType === 'classic' ? classicCall : 'elbv2 describe-listeners',
        subject: found.id,
      },
      crossZone: crossZoneByDefault(found),
      enforcesOnPrivateLink: true,
    });
  };
  building.findings.loadBalancers.forEach(add);
  for (const own of nodes.values()) {
    const made = ofNodes(own);
    if (made === undefined) continue;
    if (wasRead(building, made.balancerType === 'classic' ? classicCall : call, made))
      building.warnings.push(`\`${own[0]!.id}\` is a node of \`${made.label}\`, which no answer describes.`);
    add(made);
  }
  return balancers;
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
