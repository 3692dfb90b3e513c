/** Traffic mirror sessions: whose packets are copied, and to where. */
import { expect, test } from 'vitest';
import { formatSnapshot } from '../../src/sources/index.ts';
import { documents, network, tiny } from './tiny.ts';

const session = {
  TrafficMirrorSessionId: 'tms-1',
  TrafficMirrorTargetId: 'tmt-1',
  TrafficMirrorFilterId: 'tmf-1',
  NetworkInterfaceId: 'eni-1',
  OwnerId: '111122223333',
};
const target = (told: object) => [{ TrafficMirrorTargetId: 'tmt-1', OwnerId: '111122223333', ...told }];
const mirrored = (more: object = {}) => network(documents({ ...tiny, TrafficMirrorSessions: [session], ...more }));
const of = (more: object = {}) => mirrored(more).trafficMirrorSessions.get('tms-1');

test.each([
  [
    { NetworkInterfaceId: 'eni-9', Type: 'network-interface' },
    { kind: 'network-interface', to: 'eni-9' },
  ],
  [
    { NetworkLoadBalancerArn: 'arn:aws:x', Type: 'network-load-balancer' },
    { kind: 'load-balancer', to: 'arn:aws:x' },
  ],
  [
    { GatewayLoadBalancerEndpointId: 'vpce-9', Type: 'gateway-load-balancer-endpoint' },
    { kind: 'vpc-endpoint', to: 'vpce-9' },
  ],
])('a session copies to the target that the answer shows: %j', (told, expected) => {
  expect(of({ TrafficMirrorTargets: target(told) })).toMatchObject({
    interface: 'eni-1',
    target: { id: 'tmt-1', ...expected },
  });
});

test('a target that no answer shows is unread', () => {
  expect(of()?.target).toEqual({ unread: 'describe-traffic-mirror-targets', subject: 'tmt-1' });
});

test('copies are not modelled, and a snapshot keeps the session', () => {
  const net = mirrored();
  expect(net.coverage).toContainEqual(
    expect.objectContaining({ kind: 'traffic-mirror-session', id: 'tms-1', status: 'not-modelled' }),
  );
  const again = network([{ file: 'network.json', json: JSON.parse(formatSnapshot(net)) as object }]);
  expect(again.trafficMirrorSessions).toEqual(net.trafficMirrorSessions);
});
