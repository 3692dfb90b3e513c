/** Which of a group's targets a load balancer sends to, by their health (semantics 12.10). */
import { expect, test } from 'vitest';
import { parsePacket } from '../../src/net/packet.ts';
import type { Network } from '../../src/network/network.ts';
import { replay } from '../../src/trace/index.ts';
import { balancerNamed } from '../support/aws-load-balancer.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';

const spec = (targets: readonly string[], others: readonly string[] = []) =>
  world({
    balancers: [
      {
        id: 'front',
        type: 'nlb',
        at: [{ subnet: 'subnet-s1', ips: ['10.0.1.20'] }],
        groups: [],
        crossZone: true,
        listeners: ['TCP 443 web', 'TCP 80 other'],
      },
    ],
    targetGroups: [
      { id: 'web', vpc: 'vpc-a', protocol: 'TCP', port: 8080, preserve: false, targets },
      { id: 'other', vpc: 'vpc-a', protocol: 'TCP', port: 8080, preserve: false, targets: others },
    ],
  });

const front = balancerNamed(spec([]), 'front');

/** From I2 through `front` to I1. */
function sent(network: Network, sides: readonly (readonly [string, boolean])[] = []): string {
  const packet = parsePacket('tcp 10.0.2.10:40000 -> 10.0.1.20:443')!;
  const onward = parsePacket('tcp 10.0.1.20:2048 -> 10.0.1.10:8080')!;
  const { delivery, blocks } = replay({
    network,
    origin: { kind: 'interface', id: 'eni-i2' },
    packet,
    mode: 'connection',
    choices: {
      nat: new Map(),
      emits: new Map([[front, { packet: onward, at: { kind: 'interface', id: 'eni-front-s1' } }]]),
    },
    sides: new Map(sides),
    pastDenials: false,
  });
  return delivery?.kind === 'interface' ? delivery.id : (blocks[0]?.hop.detail ?? '');
}

const unhealthy = 'the target `eni-i1` is unhealthy';

test.each([
  ['alone', ['i-i1 unhealthy']],
  ['beside another that is too', ['i-i1 unhealthy', 'i-i2 unhealthy']],
  ['beside one that is draining', ['i-i1 unhealthy', 'i-i2 draining']],
  ['beside one that is new', ['i-i1 unhealthy', 'i-i2 initial']],
])('a balancer sends to an unhealthy target %s: nobody else could answer', (_, targets) => {
  expect(sent(networkOf(spec(targets)))).toBe('eni-i1');
  expect(sent(networkOf(spec(targets)), [['fact:12.10-health', false]])).toBe('eni-i1');
});

test.each([
  ['a healthy one', ['i-i1 unhealthy', 'i-i2 healthy']],
  ['one whose health nobody told', ['i-i1 unhealthy', 'i-i2']],
])('beside %s whether it sends to an unhealthy target is a fact with sides', (_, targets) => {
  expect(sent(networkOf(spec(targets)))).toBe(unhealthy);
  expect(sent(networkOf(spec(targets)), [['fact:12.10-health', true]])).toBe('eni-i1');
});

test('a healthy target of another group does not count', () => {
  expect(sent(networkOf(spec(['i-i1 unhealthy'], ['i-i2 healthy'])))).toBe('eni-i1');
});

test.each(['initial', 'draining', 'unused', 'unavailable'])(
  'a target that is %s gets nothing for want of others',
  (state) => {
    expect(sent(networkOf(spec([`i-i1 ${state}`])))).toBe(`the target \`eni-i1\` is ${state}`);
    expect(sent(networkOf(spec([`i-i1 ${state}`, 'i-i2 unhealthy'])))).toBe(`the target \`eni-i1\` is ${state}`);
    expect(sent(networkOf(spec([`i-i1 ${state}`])), [['fact:12.10-health', true]])).toBe('eni-i1');
  },
);
