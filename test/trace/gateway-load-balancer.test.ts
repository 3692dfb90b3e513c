/** What becomes of packets at a Gateway Load Balancer endpoint, whose appliances the input holds. */
import { expect, test } from 'vitest';
import { networkOf } from '../support/network.ts';
import type { Change, Spec } from '../support/spec.ts';
import { crossed, inspect, send, spec, spec6 } from './gateway-load-balancer-world.ts';
import { verdict } from './world.ts';

const out = 'tcp 10.0.2.10:40000 -> 1.1.1.1:443';
const passing = { sides: ['passes:vpce-in'] };
const lost = 'denied: firewall-endpoint vpce-in';

test('an appliance gives the packet back by declared side, and its reply as well', () => {
  const through = send(spec(), out, passing);
  expect(verdict(through)).toBe('internet');
  for (const id of ['vpce-in', inspect(), 'eni-app', 'i-app']) expect(crossed(through)).toContain(id);
  expect(through.returnHops?.map(({ resource }) => resource)).toContain('vpce-in');
  expect(verdict(send(spec(), out, { ...passing, by: { 'vpce-in': 'eni-app' } }))).toBe('internet');
  expect(verdict(send(spec(), out))).toBe(`${lost} FIREWALL_RULES_RESTRICTION`);
  expect(verdict(send(spec(), out, { ...passing, by: { 'vpce-in': 'eni-i1' } }))).toBe(lost);
});

test('one declaration for the balancer holds for its endpoints, unless one says otherwise', () => {
  const balancer = `passes:${inspect()}`;
  expect(verdict(send(spec(), out, { sides: [balancer] }))).toBe('internet');
  expect(verdict(send(spec(), out, { sides: [balancer, '!passes:vpce-in'] }))).toBe(
    `${lost} FIREWALL_RULES_RESTRICTION`,
  );
});

test('nobody unknown stands in for an appliance that is known', () => {
  expect(verdict(send(spec(), out, { ...passing, by: { 'vpce-in': '' } }))).toBe(lost);
  expect(verdict(send(spec(), out, { sides: ['passes:vpce-in', '!fact:11.6'], by: { 'vpce-in': '' } }))).toBe(lost);
});

const far: Change = { subnets: [{ id: 'subnet-f', zone: 'az2' }] };

test('an endpoint in a zone without an appliance loses what comes, unless fact 11.6 is denied', () => {
  expect(verdict(send(spec(far), out, passing))).toBe(lost);
  expect(verdict(send(spec(far), out, { ...passing, by: { 'vpce-in': 'eni-app' } }))).toBe(lost);
  expect(verdict(send(spec(far), out, { sides: ['passes:vpce-in', '!fact:11.6'] }))).toBe('internet');
  expect(verdict(send(spec(far), out, { sides: ['!fact:11.6'] }))).toBe(`${lost} FIREWALL_RULES_RESTRICTION`);
  expect(verdict(send(spec(far, { balancers: [{ id: 'inspect', crossZone: true }] }), out, passing))).toBe('internet');
  expect(verdict(send(spec(far, { targetGroups: [{ id: 'appliances', crossZone: true }] }), out, passing))).toBe(
    'internet',
  );
});

test('the same holds of a balancer with no appliance at all', () => {
  const empty = spec({ targetGroups: [{ id: 'appliances', targets: [] }] });
  expect(verdict(send(empty, out, passing))).toBe(lost);
  expect(verdict(send(empty, out, { sides: ['passes:vpce-in', '!fact:11.6'] }))).toBe('internet');
});

test('an appliance that is not healthy gets packets where it is taken to be up', () => {
  const ill = spec({ targetGroups: [{ id: 'appliances', targets: ['i-app unhealthy'] }] });
  expect(verdict(send(ill, out, passing))).toBe(lost);
  expect(verdict(send(ill, out, { sides: ['passes:vpce-in', 'up:eni-app'] }))).toBe('internet');
  expect(verdict(send(ill, out, { sides: ['passes:vpce-in', '!fact:11.6'] }))).toBe(lost);
});

test('GENEVE has to get to the appliance and back, unless fact 11.1 is denied', () => {
  const rules = (change: { in?: readonly string[]; out?: readonly string[] }) =>
    spec({ groups: [{ id: 'sg-app', ...change }] });
  const denied = { sides: ['passes:vpce-in', '!fact:11.1'] };
  for (const shut of [
    rules({ in: ['tcp 443 0.0.0.0/0'] }),
    rules({ in: ['udp 6081 10.0.1.42/32'] }),
    rules({ in: ['all sg-app'] }),
    rules({ out: ['udp 6080 10.0.1.41/32'] }),
  ]) {
    expect(verdict(send(shut, out, passing))).toBe(lost);
    expect(verdict(send(shut, out, denied))).toBe('internet');
  }
  const exact = rules({ in: ['udp 6081 10.0.1.41/32'], out: ['udp 6081 10.0.1.41/32'] });
  expect(verdict(send(exact, out, passing))).toBe('internet');
});

test('network ACLs lie between a node and an appliance in another subnet, never in its own', () => {
  const shut = ['90 deny udp 6081 10.0.1.0/24', '100 allow all 0.0.0.0/0'];
  const open = ['100 allow all 0.0.0.0/0'];
  const acl = (id: string, way: 'in' | 'out'): Change => ({
    acls: [{ id: 'acl-x', vpc: 'vpc-a', in: way === 'in' ? shut : open, out: way === 'out' ? shut : open }],
    subnets: [{ id, acl: 'acl-x' }],
  });
  const apart: Change = {
    balancers: [{ id: 'inspect', at: [{ subnet: 'subnet-n', ips: ['10.0.7.41'] }] }],
  };
  expect(verdict(send(spec(acl('subnet-s1', 'in')), out, passing))).toBe('internet');
  expect(verdict(send(spec(apart), out, passing))).toBe('internet');
  for (const way of ['in', 'out'] as const)
    expect(verdict(send(spec(apart, acl('subnet-n', way)), out, passing))).toBe(lost);
});

test('IPv6 is lost where endpoint or balancer take IPv4 alone, unless fact 11.8 is denied', () => {
  const six: Change = {
    subnets: [{ id: 'subnet-f', cidrs: ['10.0.8.0/24', '2600:1f18:a:8::/64'] }],
    tables: [
      { id: 'rtb-s2', routes: ['::/0 vpce-in'] },
      { id: 'rtb-f', routes: ['::/0 igw-a'] },
    ],
    services: [{ id: 'vpce-svc-1', families: ['ipv4', 'ipv6'] }],
  };
  const wide: Change = { firewallEndpoints: [{ id: 'vpce-in', dualstack: true }] };
  const dual: Change = { balancers: [{ id: 'inspect', dualstack: true }] };
  const text = 'tcp [2600:1f18:a:2::10]:40000 -> [2606:4700::1111]:443';
  const ask = (more: readonly Change[], sides = passing.sides) =>
    verdict(send(spec6(six, ...more), text, { sides, mode: 'packet' }));
  expect(ask([wide, dual])).toBe('internet');
  expect(ask([wide])).toBe(lost);
  expect(ask([dual])).toBe(lost);
  expect(ask([wide, dual, { services: [{ id: 'vpce-svc-1', families: ['ipv4'] }] }])).toBe(lost);
  expect(ask([], ['passes:vpce-in', '!fact:11.8'])).toBe('internet');
});

test('a service or connection that does not work leads nowhere', () => {
  const service = (state: string) => spec({ services: [{ id: 'vpce-svc-1', state }] });
  expect(verdict(send(service('Deleting'), out, passing))).toBe(lost);
  expect(verdict(send(service('Deleting'), out, { sides: ['passes:vpce-in', 'up:vpce-svc-1'] }))).toBe('internet');
  expect(verdict(send(service('Failed'), out, { sides: ['passes:vpce-in', 'up:vpce-svc-1'] }))).toBe(lost);
  const waiting = spec({
    services: [{ id: 'vpce-svc-1', connections: ['vpce-in pendingAcceptance'] }],
    firewallEndpoints: [{ id: 'vpce-in', state: 'pendingAcceptance' }],
  });
  expect(verdict(send(waiting, out, passing))).toBe(`${lost} BAD_STATE`);
});

const direct: Change = {
  interfaces: [{ id: 'eni-i2', ips: ['10.0.2.10=198.51.100.10'] }],
  tables: [{ id: 'rtb-f', routes: ['0.0.0.0/0 igw-a'] }],
};

test('a reply that goes round the endpoint is lost, unless fact 11.4 is taken', () => {
  expect(verdict(send(spec(direct), out, { ...passing, mode: 'packet' }))).toBe('internet');
  expect(verdict(send(spec(direct), out, passing))).toBe(
    'internet, no reply: reply firewall-endpoint vpce-in INGRESS_RTB_TRAFFIC_REDIRECTION',
  );
  expect(verdict(send(spec(direct), out, { sides: ['passes:vpce-in', '!fact:4.24'] }))).toMatch(/no reply/);
  expect(verdict(send(spec(direct), out, { sides: ['passes:vpce-in', 'fact:11.4'] }))).toBe('internet');
});

test('a reply at an endpoint whose flow did not come by it is dropped', () => {
  const inward = { tables: [{ id: 'rtb-f', routes: ['0.0.0.0/0 igw-a'] }] };
  const text = 'tcp 8.8.8.8:40000 -> 198.51.100.10:443';
  const ask = { from: 'internet', sides: ['passes:vpce-in', 'fact:11.4'] };
  expect(verdict(send(spec(direct, inward), text, ask))).toBe(
    'eni-i2, no reply: reply firewall-endpoint vpce-in FIREWALL_RULES_RESTRICTION',
  );
});

/** A client in S2 and a server in PUB, with a Network Firewall in N besides; each leg of the way by its table. */
const beside = (routes: Readonly<Record<string, string>>): Spec =>
  spec({
    interfaces: [{ id: 'eni-pub', subnet: 'subnet-pub', ips: ['10.0.9.77'], groups: ['sg-open'] }],
    firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-n', ip: '10.0.7.60', firewall: 'main' }],
    tables: ['rtb-s2', 'rtb-f', 'rtb-n', 'rtb-pub'].map((id) => ({
      id,
      routes: (routes[id] ?? '').split(', ').filter(Boolean),
    })),
  });

test('among other endpoints a reply may go round this one alone, and only where fact 11.4 is taken', () => {
  const ask = (routes: Readonly<Record<string, string>>, ...more: readonly string[]) => {
    const of = beside(routes);
    const firewalls = [...networkOf(of).firewalls.keys()].map((id) => `passes:${id}`);
    return verdict(
      send(of, 'tcp 10.0.2.10:40000 -> 10.0.9.77:443', {
        sides: ['passes:vpce-in', ...firewalls, 'fact:4.24', ...more],
      }),
    );
  };
  const lastIsFirewall = { 'rtb-s2': '10.0.9.0/24 vpce-in', 'rtb-f': '10.0.9.0/24 vpce-fw' };
  const lastIsAppliance = { 'rtb-s2': '10.0.9.0/24 vpce-fw', 'rtb-n': '10.0.9.0/24 vpce-in' };
  const back = 'eni-pub, no reply: reply firewall-endpoint';
  expect(ask({ ...lastIsFirewall, 'rtb-pub': '10.0.2.0/24 vpce-fw', 'rtb-n': '10.0.2.0/24 vpce-in' })).toBe('eni-pub');
  const roundAppliance = { ...lastIsFirewall, 'rtb-pub': '10.0.2.0/24 vpce-fw' };
  expect(ask(roundAppliance)).toBe(`${back} vpce-in INGRESS_RTB_TRAFFIC_REDIRECTION`);
  expect(ask(roundAppliance, 'fact:11.4')).toBe('eni-pub');
  const roundFirewall = { ...lastIsFirewall, 'rtb-pub': '10.0.2.0/24 vpce-in' };
  expect(ask(roundFirewall, 'fact:11.4')).toBe(`${back} vpce-fw INGRESS_RTB_TRAFFIC_REDIRECTION`);
  const roundLast = { ...lastIsAppliance, 'rtb-pub': '10.0.2.0/24 vpce-fw' };
  expect(ask(roundLast)).toBe(`${back} vpce-in INGRESS_RTB_TRAFFIC_REDIRECTION`);
  expect(ask(roundLast, 'fact:11.4')).toBe('eni-pub');
  const sameOrder = { 'rtb-pub': '10.0.2.0/24 vpce-in', 'rtb-f': '10.0.9.0/24 vpce-fw, 10.0.2.0/24 vpce-fw' };
  expect(ask({ ...lastIsFirewall, ...sameOrder })).toBe('eni-pub');
});

/** S2 asks I1 by `vpce-in`, if at all; I1 answers by `vpce-back` in N. */
const answered = (service: string | undefined, asks = ['10.0.1.0/24 vpce-in']): Spec =>
  spec(
    {
      tables: [
        { id: 'rtb-s2', routes: asks },
        { id: 'rtb-s1', routes: ['10.0.2.0/24 vpce-back'] },
      ],
      firewallEndpoints: [
        { id: 'vpce-back', subnet: 'subnet-n', ip: '10.0.7.60', ...(service === undefined ? {} : { service }) },
      ],
    },
    {
      tables: [
        { id: 'rtb-f', routes: [] },
        { id: 'rtb-n', routes: [] },
      ],
    },
  );
const asked = 'tcp 10.0.2.10:40000 -> 10.0.1.10:443';
const both = ['passes:vpce-in', 'passes:vpce-back'];
const unanswered = 'eni-i1, no reply: reply firewall-endpoint vpce-back FIREWALL_RULES_RESTRICTION';

test('a reply at another endpoint may be of a flow that their balancer has seen, and pays for it', () => {
  for (const service of ['vpce-svc-1', undefined]) {
    expect(verdict(send(answered(service), asked, { sides: both }))).toBe(unanswered);
    expect(verdict(send(answered(service), asked, { sides: [...both, 'returns:vpce-back'] }))).toBe('eni-i1');
    expect(verdict(send(answered(service), asked, { sides: ['passes:vpce-in', 'returns:vpce-back'] }))).toBe(
      unanswered,
    );
  }
});

test('a reply over TCP that no endpoint of the balancer has seen is dropped, one over UDP perhaps', () => {
  const alone = answered('vpce-svc-1', []);
  expect(verdict(send(alone, asked, { sides: [...both, 'returns:vpce-back'] }))).toBe(unanswered);
  const query = 'udp 10.0.2.10:40000 -> 10.0.1.10:53';
  expect(verdict(send(alone, query, { sides: both }))).toBe(unanswered);
  expect(verdict(send(alone, query, { sides: [...both, 'returns:vpce-back'] }))).toBe('eni-i1');
  expect(verdict(send(alone, query, { sides: ['returns:vpce-back'] }))).toBe(unanswered);
});

test('a balancer of which both endpoints tell, and which is another, has seen nothing', () => {
  const apart = answered(undefined);
  const other: Spec = {
    ...apart,
    balancers: [
      ...apart.balancers,
      { ...apart.balancers[0]!, id: 'other', at: [{ subnet: 'subnet-s1', ips: ['10.0.1.42'] }] },
    ],
    services: [...apart.services, { id: 'vpce-svc-2', balancers: ['other'] }],
    firewallEndpoints: apart.firewallEndpoints.map((one) =>
      one.id === 'vpce-back' ? { ...one, service: 'vpce-svc-2' } : one,
    ),
  };
  expect(verdict(send(other, asked, { sides: [...both, 'returns:vpce-back', 'fact:11.4'] }))).toBe(unanswered);
});
