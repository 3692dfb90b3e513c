/** Classic Load Balancers: one answer tells their listeners and instances, which no target group stands between (semantics 12.21). */
import type { Listener } from '../load-balancer.ts';
import { isUnread, type Unread } from '../resource.ts';
import type { Target, TargetGroup } from '../target-group.ts';
import type { Building } from './building.ts';
import type { LoadBalancerFinding, TargetGroupFinding } from './load-balancer-finding.ts';
import { targetOf, type TargetParts } from './target.ts';

const call = 'elb describe-load-balancers';

/** Its instances by the port that some listener sends to: `BALANCER:instances:8080`. */
const groupOf = ({ id }: LoadBalancerFinding, port: number): string => `${id}:instances:${port}`;

export function classicListeners(balancer: LoadBalancerFinding): readonly Listener[] | Unread {
  const { id, classic } = balancer;
  return (
    classic?.listeners?.map(({ protocol, port, instancePort, source }) => ({
      id: `${id}:${port}`,
      protocol,
      from: port,
      to: port,
      forwards: [{ group: groupOf(balancer, instancePort) }],
      source,
    })) ?? { unread: call, subject: id }
  );
}

export function classicGroups(
  building: Building,
  balancer: LoadBalancerFinding,
  parts: TargetParts,
): readonly TargetGroup[] {
  const { id, vpc, name = id, source, classic, account, region } = balancer;
  const ports = new Map((classic?.listeners ?? []).map((one) => [one.instancePort, one]));
  return [...ports].map(([port, { instanceProtocol }]) => {
    const group: TargetGroupFinding = {
      id: groupOf(balancer, port),
      kind: 'target-group',
      name: `${name}:${port}`,
      tags: {},
      label: '',
      targetType: 'instance',
      vpc,
      port,
      source,
      ...(instanceProtocol === undefined ? {} : { protocol: instanceProtocol }),
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
    };
    const { label: _, ...shown } = group;
    return { ...shown, preservesClientIp: false, targets: targetsOf(building, balancer, group, parts) };
  });
}

function targetsOf(
  building: Building,
  { id, classic }: LoadBalancerFinding,
  group: TargetGroupFinding,
  parts: TargetParts,
): readonly Target[] | Unread {
  if (classic?.instances === undefined) return { unread: call, subject: id };
  const found = classic.instances.map((one) => targetOf(building, group, one, parts));
  return (
    found.find((one): one is Unread => one !== 'gone' && isUnread<Target>(one)) ??
    found.filter((one): one is Target => one !== 'gone' && !isUnread<Target>(one))
  );
}
