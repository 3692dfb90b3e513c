/** Traffic mirror sessions, each with what its copies go to. */
import type { TrafficMirrorSession } from '../traffic-mirror.ts';
import type { Building } from './building.ts';

export function buildTrafficMirrorSessions({ findings }: Building): Map<string, TrafficMirrorSession> {
  const targets = new Map(findings.trafficMirrorTargets.map(({ id, kind, to }) => [id, { id, kind, to }]));
  return new Map(
    findings.trafficMirrorSessions.map(({ target, ...session }) => [
      session.id,
      { ...session, target: targets.get(target) ?? { unread: 'describe-traffic-mirror-targets', subject: target } },
    ]),
  );
}
