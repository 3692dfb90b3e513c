/** A packet traced with nothing chosen goes on through load balancers to where it gets the furthest. */
import { expect, test } from 'vitest';
import type { Packet } from '../../src/net/packet.ts';
import { parsePacket } from '../../src/net/packet.ts';
import { replayOnward } from '../../src/trace/index.ts';
import { front } from '../support/front.ts';
import { networkOf } from '../support/network.ts';
import type { BalancerSpec, Change, Spec } from '../support/spec.ts';
import { balancerArn } from '../support/aws-load-balancer.ts';
import { world } from '../support/world.ts';
import { spec as inspected } from './gateway-load-balancer-world.ts';
import { apart, endpoint, list, served, shared } from './lattice-world.ts';

const balanced = (more: Partial<BalancerSpec>, ...targets: readonly string[]): Change => ({
  ...front(more),
  targetGroups: [{ id: 'web', vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets }],
});

const trace = (spec: Spec, port = 443) =>
  replayOnward({
    network: networkOf(spec),
    origin: { kind: 'internet' },
    packet: parsePacket(`tcp 203.0.113.5:40000 -> 198.51.100.20:${port}`) as Packet,
    mode: 'connection',
    choices: { nat: new Map(), emits: new Map() },
    sides: new Map(),
    pastDenials: false,
  });

test('to a target that takes it, though another does not', () => {
  const closed: Change = { interfaces: [{ id: 'eni-i2', groups: ['sg-none'] }] };
  const { delivery, replied } = trace(world(balanced({}, 'i-i2', 'i-i1'), closed));
  expect(delivery).toEqual({ kind: 'interface', id: 'eni-i1' });
  expect(replied).toBe(true);
});

test('and no further than the target’s group where none takes it', () => {
  const { delivery, blocks } = trace(
    world(balanced({}, 'i-i1'), { interfaces: [{ id: 'eni-i1', groups: ['sg-none'] }] }),
  );
  expect(delivery).toBeUndefined();
  expect(blocks.at(-1)?.hop.kind).toBe('security-group');
});

test('to the node itself where that answers', () => {
  expect(trace(world(balanced({ listeners: ['HTTPS 443 fixed'] }, 'i-i1'))).delivery).toEqual({
    kind: 'interface',
    id: 'eni-front-pub',
  });
  expect(trace(world(balanced({}, 'i-i1')), 22).delivery).toBeUndefined();
});

test('by a Network Load Balancer under the client’s address', () => {
  const thin = world(balanced({ type: 'nlb', listeners: ['TCP 443 web'] }, 'i-i1'), {
    targetGroups: [{ id: 'web', protocol: 'TCP' }],
    tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }],
  });
  const { hops, replied } = trace(thin);
  expect(hops.at(-1)?.packet.src).toMatchObject({ family: 'ipv4', value: 0xcb007105n });
  expect(replied).toBe(true);
});

test('by an appliance’s own interface where that is declared, and only there', () => {
  const onwardOf = (...taken: readonly string[]) =>
    replayOnward({
      network: networkOf(inspected({ tables: [{ id: 'rtb-f', routes: [] }] })),
      origin: { kind: 'interface', id: 'eni-i2' },
      packet: parsePacket('tcp 10.0.2.10:40000 -> 1.1.1.1:443') as Packet,
      mode: 'connection',
      choices: { nat: new Map(), emits: new Map() },
      sides: new Map(taken.map((key) => [key, true])),
      pastDenials: false,
    });
  const out = onwardOf('forwards:eni-app,nat');
  expect([out.delivery, out.replied]).toEqual([{ kind: 'internet' }, true]);
  expect(onwardOf('passes:vpce-in').delivery).toBeUndefined();
  expect(onwardOf().blocks.at(-1)?.hop.resource).toBe('vpce-in');
});

const traceLattice = (spec: Spec, words: string) =>
  replayOnward({
    network: networkOf(spec),
    origin: { kind: 'interface', id: 'eni-i1' },
    packet: parsePacket(words) as Packet,
    mode: 'connection',
    choices: { nat: new Map(), emits: new Map() },
    sides: new Map(),
    pastDenials: false,
  });

test('by a service of VPC Lattice to its target, without a route', () => {
  const { delivery, replied } = traceLattice(apart(list, served()), 'tcp 10.0.1.10:40000 -> 169.254.171.5:443');
  expect(delivery).toEqual({ kind: 'interface', id: 'eni-b' });
  expect(replied).toBe(true);
});

test('and not where the service does not listen', () => {
  const { delivery } = traceLattice(apart(list, served()), 'tcp 10.0.1.10:40000 -> 169.254.171.5:80');
  expect(delivery).toBeUndefined();
});

test('no further than the target’s group where that does not admit Lattice', () => {
  const closed: Change = { groups: [{ id: 'sg-b', in: ['all 10.0.0.0/8'] }] };
  const { delivery, blocks } = traceLattice(apart(list, served(), closed), 'tcp 10.0.1.10:40000 -> 169.254.171.5:443');
  expect(delivery).toBeUndefined();
  expect(blocks.at(-1)?.hop).toMatchObject({ kind: 'security-group', resource: 'sg-b' });
});

test('by a service and the load balancer behind it', () => {
  const [balancer] = front().balancers as readonly [BalancerSpec];
  const group = { id: 'tg-1', type: 'ALB', vpc: 'vpc-a', port: 443, targets: [balancerArn(balancer)] } as const;
  const { delivery, replied } = traceLattice(
    apart(list, balanced({}, 'i-i1'), served({}, { groups: [group] })),
    'tcp 10.0.1.10:40000 -> 169.254.171.5:443',
  );
  expect(delivery).toEqual({ kind: 'interface', id: 'eni-i1' });
  expect(replied).toBe(true);
});

test('by a resource endpoint to the resource', () => {
  const led = apart(shared(), endpoint('rcfg-1'));
  const { delivery, replied } = traceLattice(led, 'tcp 10.0.1.10:40000 -> 10.0.1.100:5432');
  expect(delivery).toEqual({ kind: 'interface', id: 'eni-b' });
  expect(replied).toBe(true);
  expect(traceLattice(led, 'tcp 10.0.1.10:40000 -> 10.0.1.100:22').delivery).toEqual({
    kind: 'interface',
    id: 'eni-db-s1',
  });
});
