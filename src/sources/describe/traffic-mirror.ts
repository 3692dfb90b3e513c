/** describe-traffic-mirror-sessions and describe-traffic-mirror-targets. */
import type { TrafficMirrorSession, TrafficMirrorTarget } from '@aws-sdk/client-ec2';
import type { Findings } from '../../network/build/findings.ts';
import type { MirrorTarget } from '../../network/traffic-mirror.ts';
import { type At, provenance, required, text } from './fields.ts';
import { resource } from './resource.ts';
import { entryOf } from './unmodelled.ts';

export function readTrafficMirrorSession(at: At<TrafficMirrorSession>, findings: Findings): void {
  const id = required(at, 'TrafficMirrorSessionId');
  const nic = required(at, 'NetworkInterfaceId');
  const target = required(at, 'TrafficMirrorTargetId');
  if (id === undefined || nic === undefined || target === undefined) return;
  findings.trafficMirrorSessions.push({
    ...resource(at, id, { account: text(at, 'OwnerId') }),
    kind: 'traffic-mirror-session',
    interface: nic,
    target,
  });
}

export function readTrafficMirrorTarget(at: At<TrafficMirrorTarget>, findings: Findings): void {
  const id = required(at, 'TrafficMirrorTargetId');
  if (id === undefined) return;
  const source = provenance(at);
  const told = targetOf(at);
  if (told !== undefined) findings.trafficMirrorTargets.push({ id, ...told, source });
  findings.notModelled.push(entryOf('TrafficMirrorTargets', id, source));
}

function targetOf(at: At<TrafficMirrorTarget>): Omit<MirrorTarget, 'id'> | undefined {
  const nic = text(at, 'NetworkInterfaceId');
  if (nic !== undefined) return { kind: 'network-interface', to: nic };
  const balancer = text(at, 'NetworkLoadBalancerArn');
  if (balancer !== undefined) return { kind: 'load-balancer', to: balancer };
  const endpoint = text(at, 'GatewayLoadBalancerEndpointId');
  return endpoint === undefined ? undefined : { kind: 'vpc-endpoint', to: endpoint };
}
