/** Appliances that do not give back what they get, but send it on by interfaces of their own (semantics 9.25, 11.10). */
import { expect, test } from 'vitest';
import { formatPacket } from '../../src/net/packet.ts';
import type { Change } from '../support/spec.ts';
import { crossed, send, spec } from './gateway-load-balancer-world.ts';
import { verdict } from './world.ts';

const out = 'tcp 10.0.2.10:40000 -> 1.1.1.1:443';
const by = { 'vpce-in': 'eni-app onward' };
const emits = {
  'eni-app': { packet: 'tcp 10.0.9.20:40000 -> 1.1.1.1:443', at: { kind: 'interface', id: 'eni-app-out' } },
} as const;
const nat = { by, emits, sides: ['forwards:eni-app,nat'] };

test('one that translates goes out by its other interface, whatever comes back out of the endpoint', () => {
  const result = send(spec(), out, nat);
  expect(verdict(result)).toBe('internet');
  for (const id of ['vpce-in', 'eni-app', 'i-app']) expect(crossed(result)).toContain(id);
  expect(formatPacket(result.hops.at(-1)!.packet)).toMatch(/^tcp 198\.51\.100\.20:/);
  expect(verdict(send(spec(), out, { ...nat, sides: ['forwards:eni-app,nat', '!passes:vpce-in'] }))).toBe('internet');
  expect(verdict(send(spec(), out, { by, emits }))).toBe('denied: network-interface eni-app');
});

test('its reply comes out of the endpoint, into the endpoint’s subnet', () => {
  const { returnHops } = send(spec(), out, nat);
  const back = returnHops!.map(({ kind, resource }) => `${kind} ${resource}`);
  expect(back).toContain('network-interface eni-app-out');
  expect(back).toContain('firewall-endpoint vpce-in');
  const shut = spec({
    acls: [{ id: 'acl-f', vpc: 'vpc-a', in: ['100 allow all 0.0.0.0/0'], out: ['100 allow tcp 443 0.0.0.0/0'] }],
    subnets: [{ id: 'subnet-f', acl: 'acl-f' }],
  });
  expect(verdict(send(shut, out, nat))).toMatch(/^internet, no reply: reply network-acl acl-f/);
});

test('it gets what GENEVE brings, and only that', () => {
  expect(verdict(send(spec({ groups: [{ id: 'sg-app', in: ['tcp 443 0.0.0.0/0'] }] }), out, nat))).toBe(
    'denied: firewall-endpoint vpce-in',
  );
  expect(verdict(send(spec({ groups: [{ id: 'sg-app', in: ['udp 6081 10.0.1.41/32'] }] }), out, nat))).toBe('internet');
});

const checkOff: Change = {
  interfaces: [
    { id: 'eni-app', check: false },
    { id: 'eni-app-out', check: false },
  ],
};
const within = 'tcp 10.0.2.10:40000 -> 10.0.9.77:443';
/** S2 sends what is for PUB through the endpoint; a client there answers by its own table. */
const inner: Change = {
  interfaces: [{ id: 'eni-pub', subnet: 'subnet-pub', ips: ['10.0.9.77'], groups: ['sg-open'] }],
  tables: [{ id: 'rtb-s2', routes: ['10.0.9.0/24 vpce-in'] }],
};
const unchanged = {
  by,
  sides: ['forwards:eni-app'],
  emits: { 'eni-app': { packet: within, at: { kind: 'interface', id: 'eni-app-out' } } },
} as const;
const inward = (target: string): Change => ({ tables: [{ id: 'rtb-pub', routes: [`10.0.2.0/24 ${target}`] }] });

test('one that sends on unchanged needs no source/destination check but on the interface that it leaves by', () => {
  const packet = { ...unchanged, mode: 'packet' } as const;
  expect(verdict(send(spec(inner), within, packet))).toBe(
    'denied: source-dest-check eni-app-out ENI_SOURCE_DEST_CHECK_RESTRICTION',
  );
  const half: Change = { interfaces: [{ id: 'eni-app-out', check: false }] };
  expect(verdict(send(spec(inner, half), within, packet))).toBe('eni-pub');
});

test('the reply to what was sent on unchanged owes the endpoint, unless fact 11.4 is taken', () => {
  const round = spec(inner, checkOff);
  expect(verdict(send(round, within, unchanged))).toBe(
    'eni-pub, no reply: reply firewall-endpoint vpce-in INGRESS_RTB_TRAFFIC_REDIRECTION',
  );
  expect(verdict(send(round, within, { ...unchanged, sides: ['forwards:eni-app', 'fact:11.4'] }))).toBe('eni-pub');
});

test('it comes back by a route to the endpoint, where the appliance passes it', () => {
  const back = spec(inner, checkOff, inward('vpce-in'));
  expect(verdict(send(back, within, unchanged))).toBe(
    'eni-pub, no reply: reply firewall-endpoint vpce-in FIREWALL_RULES_RESTRICTION',
  );
  expect(verdict(send(back, within, { ...unchanged, sides: ['forwards:eni-app', 'passes:vpce-in'] }))).toBe('eni-pub');
});

test('or by a route to the appliance, which hands it out of the endpoint', () => {
  const result = send(spec(inner, checkOff, inward('eni-app-out')), within, unchanged);
  expect(verdict(result)).toBe('eni-pub');
  const back = result.returnHops!.map(({ resource }) => resource);
  expect(back.indexOf('vpce-in')).toBeGreaterThan(back.indexOf('eni-app-out'));
  expect(
    verdict(
      send(
        spec(inner, inward('eni-app-out'), { interfaces: [{ id: 'eni-app-out', check: false }] }),
        within,
        unchanged,
      ),
    ),
  ).toBe('eni-pub');
});

const foreign: Change = { services: [{ gone: 'vpce-svc-1' }] };

test('appliances that are not in the input may send on anything, where they are taken to', () => {
  const anything = {
    'vpce-in': { packet: 'udp 9.9.9.9:1 -> 10.0.1.10:53', at: { kind: 'vpc', id: 'vpc-a' } },
  } as const;
  const ask = { by: { 'vpce-in': 'onward' }, emits: anything, sides: ['forwards:vpce-in', 'passes:vpce-in'] };
  expect(verdict(send(spec(foreign), out, ask))).toBe('eni-i1');
  for (const sides of [['passes:vpce-in'], ['forwards:vpce-in']])
    expect(verdict(send(spec(foreign), out, { ...ask, sides }))).toBe('denied: firewall-endpoint vpce-in');
  const unread: Change = { targetGroups: [{ id: 'appliances', type: 'ip', targets: ['10.0.1.99'] }] };
  expect(verdict(send(spec(unread), out, ask))).toBe('eni-i1');
  expect(verdict(send(spec(), out, ask))).toBe('denied: firewall-endpoint vpce-in');
});

test('somebody else’s appliances give packets back by declared side, in any zone and family', () => {
  expect(verdict(send(spec(foreign), out, { sides: ['passes:vpce-in'] }))).toBe('internet');
  expect(verdict(send(spec(foreign), out))).toBe('denied: firewall-endpoint vpce-in FIREWALL_RULES_RESTRICTION');
});

test('an endpoint that is entered twice has a choice each time', () => {
  const twice = spec(checkOff, { tables: [{ id: 'rtb-pub', routes: ['1.1.1.0/24 vpce-in'] }] });
  const ask = {
    by: { 'vpce-in': 'eni-app onward', 'vpce-in 2': 'eni-app' },
    emits: { 'eni-app': { packet: out, at: { kind: 'interface', id: 'eni-app-out' } } },
    sides: ['forwards:eni-app', 'passes:vpce-in'],
  } as const;
  expect(verdict(send(twice, out, { ...ask, mode: 'packet' }))).toBe('internet');
  expect(verdict(send(twice, out, ask))).toBe('denied: firewall-endpoint vpce-in');
});

test('what comes round to an endpoint unchanged is lost, unless something else becomes of it the second time', () => {
  const round = spec(foreign, { tables: [{ id: 'rtb-f', routes: ['0.0.0.0/0 vpce-in'] }] });
  const anything = {
    'vpce-in': { packet: 'udp 9.9.9.9:1 -> 10.0.1.10:53', at: { kind: 'vpc', id: 'vpc-a' } },
  } as const;
  const ask = { emits: anything, sides: ['forwards:vpce-in', 'passes:vpce-in'] };
  expect(verdict(send(round, out, { ...ask, by: { 'vpce-in': '' } }))).toBe('denied: firewall-endpoint vpce-in');
  expect(verdict(send(round, out, { ...ask, by: { 'vpce-in': '', 'vpce-in 2': 'onward' } }))).toBe('eni-i1');
});

test('its guest may send anything by any interface of its instance, where that is declared', () => {
  const anything = {
    'eni-app': { packet: 'udp 9.9.9.9:1 -> 10.0.2.10:53', at: { kind: 'interface', id: 'eni-app-out' } },
  } as const;
  expect(verdict(send(spec(), out, { by, emits: anything, sides: ['passes:eni-app'] }))).toBe('eni-i2');
  expect(verdict(send(spec(), out, { by, emits: anything, sides: ['passes:vpce-in'] }))).toBe(
    'denied: network-interface eni-app',
  );
});
