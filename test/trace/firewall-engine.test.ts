/** The stateful engine of the tracer: order, reach, defaults, state (semantics 10C, 10.67 to 10.69, 10.77, 10.82). */
import { expect, test } from 'vitest';
import { type Case, type PolicyWords, http, judged, out, ruled, stopped, tls } from './firewall-world.ts';

const dns = 'udp 10.0.1.5:5000 -> 8.8.8.8:53';
const ping = 'icmp 10.0.1.5 -> 8.8.8.8';
const inward = 'tcp 8.8.8.8:40000 -> 10.0.1.5:443';
const data: Case = { mode: 'data' };
const how = (rules: readonly string[], text: string, words: Case = {}, policy: PolicyWords = {}): string =>
  stopped(ruled({ rules, ...policy }), text, words);

test('without a match action order passes, and strict order does what its defaults say', () => {
  expect(how([], out, data, { order: 'action' })).toBe('passes');
  // Action order has no defaults (10.23).
  expect(how([], out, data, { order: 'action', defaults: ['aws:drop_strict'] })).toBe('passes');
  const table: Readonly<Record<string, readonly [tcp: string, serverFirst: string, other: string]>> = {
    'aws:drop_strict': ['the SYN', 'the SYN', 'the first packet'],
    'aws:drop_established': ["the client's first data", 'passes', 'the first packet'],
    'aws:drop_established_app_layer': ["the client's first data", "the server's data", 'the first packet'],
    'aws:drop_established_app_layer_to_server': ["the client's first data", 'passes', 'the first packet'],
    'aws:alert_strict': ['passes', 'passes', 'passes'],
    'aws:alert_established': ['passes', 'passes', 'passes'],
    'aws:alert_established_app_layer': ['passes', 'passes', 'passes'],
    'aws:alert_established_app_layer_to_server': ['passes', 'passes', 'passes'],
  };
  for (const [action, [tcp, answer, other]] of Object.entries(table)) {
    const policy = { defaults: [action] };
    // Passes what the client sends, and says nothing of what the server does.
    const client = 'pass tcp any any -> any any (flow:to_server, established; sid:1;)';
    expect([action, how([], out, data, policy), how([client], out, data, policy), how([], dns, {}, policy)]).toEqual([
      action,
      tcp,
      answer,
      other,
    ]);
    expect(how([], ping, {}, policy)).toBe(other);
  }
});

test('under drop_established any handshake gets through, and no data', () => {
  const policy = { defaults: ['aws:drop_established'] };
  expect(how([], out, {}, policy)).toBe('passes');
  expect(how([], out, { mode: 'client-data' }, policy)).toBe("the client's first data");
});

test('a default that AWS does not list may drop anything', () => {
  expect(how([], out, {}, { defaults: ['aws:drop_new'] })).toBe('the SYN');
  expect(how([], out, { sides: ['passes:policy-1'] }, { defaults: ['aws:drop_new'] })).toBe('passes');
});

test('a policy that lists no defaults has none, or those of new policies', () => {
  const policy = { defaults: 'none listed' } as const;
  expect(how([], out, {}, policy)).toBe('passes');
  expect(how([], out, data, policy)).toBe("the client's first data");
  expect(how([], out, { ...data, sides: ['passes:policy-1'] }, policy)).toBe('passes');
});

test('strict order goes by groups and lines, action order by actions', () => {
  const [drop, pass] = ['drop tcp any any -> any any (sid:1;)', 'pass tcp any any -> any any (sid:2;)'];
  expect(how([drop, pass], out)).toBe('the SYN');
  expect(how([pass, drop], out)).toBe('passes');
  expect(how([drop, pass], out, {}, { order: 'action' })).toBe('passes');
  const groups = { a: { rules: [drop] }, b: { rules: [pass] } };
  expect(stopped(ruled({ groups }), out)).toBe('the SYN');
  expect(stopped(ruled({ groups, order: 'action' }), out)).toBe('passes');
});

test('of two drops in action order the one with the lower priority is named', () => {
  const rules = ['drop tcp any any -> any any (sid:1;)', 'drop tcp any any -> any any (priority:1; sid:2;)'];
  expect(judged(ruled({ rules, order: 'action' }), out).rule?.sid).toBe(2);
  expect(
    judged(ruled({ rules: ['reject ip any any -> any any (sid:3;)', ...rules], order: 'action' }), out).rule?.sid,
  ).toBe(2);
});

test('alert decides nothing, and reject drops', () => {
  expect(how(['alert tcp any any -> any any (sid:1;)'], out, data)).toBe('passes');
  expect(how(['reject tcp any any -> any any (sid:1;)'], out, data)).toBe('the SYN');
  expect(how(['reject udp any any -> any any (sid:1;)'], dns)).toBe('the first packet');
});

test('a pass of addresses alone takes the whole flow, past the names that are dropped', () => {
  const drop = 'drop tls any any -> any any (tls.sni; content:"evil.com"; sid:1;)';
  expect(how([drop, 'pass tcp any any -> any any (sid:2;)'], out, tls('evil.com'))).toBe('passes');
  // With a flow keyword it is the packet's alone.
  expect(how([drop, 'pass tcp any any -> any any (flow:to_server; sid:2;)'], out, tls('evil.com'))).toBe(
    "the client's first data",
  );
});

test('a pass for packets to the server does not cover the answer', () => {
  const policy = { defaults: ['aws:drop_established'] };
  const toServer = ['pass udp any any -> any any (flow:to_server; sid:1;)'];
  expect(how(toServer, dns, { mode: 'packet' }, policy)).toBe('passes');
  expect(how(toServer, dns, {}, policy)).toBe('the reply');
  expect(how(['pass udp any any -> any any (sid:1;)'], dns, data, policy)).toBe('passes');
  expect(
    how(['pass dns any any -> any any (flow:to_server; sid:1;)'], dns, { ...data, payload: { app: 'dns' } }, policy),
  ).toBe('passes');
});

test('under drop_strict the SYN-ACK needs a pass of its own', () => {
  const policy = { defaults: ['aws:drop_strict'] };
  const name = 'pass tls any any -> any any (tls.sni; content:"example.com"; startswith; endswith; sid:2;)';
  const toServer = 'pass tcp any any -> any any (flow:not_established, to_server; sid:1;)';
  const bothWays = 'pass tcp any any <> any any (flow:not_established; sid:1;)';
  expect(how([toServer, name], out, tls('example.com'), policy)).toBe('the SYN-ACK');
  expect(how([bothWays, name], out, tls('example.com'), policy)).toBe('passes');
  expect(how([bothWays, name], out, tls('evil.com'), policy)).toBe("the client's first data");
});

test('an arrow compares the packet and not who began: an inward pass opens outward flows', () => {
  const policy = { defaults: ['aws:drop_established'] };
  const inwardPass = 'pass tcp $EXTERNAL_NET any -> $HOME_NET any (sid:1;)';
  expect(how([inwardPass], out, data, policy)).toBe('passes');
  expect(how([inwardPass.replace('pass', 'drop')], out)).toBe('the SYN-ACK');
  expect(how([inwardPass.replace('(', '(flow:to_server; ').replace('pass', 'drop')], out, data)).toBe('passes');
});

test('a drop of addresses alone below a pass of both handshake packets is never looked at again', () => {
  const handshake = 'pass tcp any any <> any any (flow:not_established; sid:1;)';
  expect(how([handshake, 'drop ip 10.0.0.0/8 any <> any any (sid:2;)'], out, data)).toBe('passes');
  // A negated address makes it one for every packet.
  expect(how([handshake, 'drop ip 10.0.0.0/8 any <> !10.9.0.0/16 any (sid:2;)'], out, data)).toBe(
    "the client's first data",
  );
  expect(how([handshake, 'drop ip $HOME_NET any -> $EXTERNAL_NET any (sid:2;)'], out, data)).toBe(
    "the client's first data",
  );
});

test('rules of protocols and names wait for the data', () => {
  expect(how(['drop tls any any -> any any (sid:1;)'], out, { ...tls('a.com'), mode: 'connection' })).toBe('passes');
  expect(how(['drop tls any any -> any any (sid:1;)'], out, tls('a.com'))).toBe("the client's first data");
  expect(how(['drop tls any any -> any any (flow:to_client; sid:1;)'], out, tls('a.com'))).toBe("the server's data");
  expect(how(['drop tcp any any -> any any (app-layer-protocol:!tls; sid:1;)'], out)).toBe('passes');
  expect(how(['drop tcp any any -> any any (app-layer-protocol:!tls; sid:1;)'], out, data)).toBe(
    "the client's first data",
  );
  expect(how(['drop tcp any any -> any any (app-layer-protocol:!tls; sid:1;)'], out, tls('a.com'))).toBe('passes');
  expect(how(['drop dns any any -> any any (sid:1;)'], dns, { payload: { app: 'dns' } })).toBe('the first packet');
  expect(
    how(['drop dns any any -> any any (dns.query; content:"evil"; sid:1;)'], dns, {
      payload: { app: 'dns', dnsName: 'evil.com' },
    }),
  ).toBe('the first packet');
});

test('HTTP/2 is not HTTP, and a protocol is known over what it runs over alone', () => {
  expect(how(['drop http any any -> any any (sid:1;)'], out, { ...data, payload: { app: 'http2' } })).toBe('passes');
  expect(how(['drop http2 any any -> any any (sid:1;)'], out, { ...data, payload: { app: 'http2' } })).toBe(
    "the client's first data",
  );
  expect(how(['drop tls any any -> any any (sid:1;)'], dns, { ...data, payload: { app: 'tls' } })).toBe('passes');
});

test('the third packet of a handshake is not established; other protocols are after a packet each way', () => {
  expect(how(['drop tcp any any -> any any (flow:established; sid:1;)'], out)).toBe('passes');
  expect(how(['drop tcp any any -> any any (flow:established; sid:1;)'], out, data)).toBe("the client's first data");
  expect(how(['drop tcp any any -> any any (flow:not_established, to_server; tcp.flags:+A; sid:1;)'], out)).toBe(
    "the client's ACK",
  );
  const udp = ['drop udp any any -> any any (flow:established; sid:1;)'];
  expect(how(udp, dns)).toBe('passes');
  expect(how(udp, dns, data)).toBe("the client's next packet");
  // Whether the answer itself counts is not agreed.
  expect(how(udp, dns, { sides: ['matches:rg#sid:1'] })).toBe('the reply');
});

test('a flow of which the engine sees one way alone is not established', () => {
  const pass = { sourcePorts: [{ from: 53, to: 53 }], protocols: [17] };
  const rules = ['drop udp any any -> any any (flow:established; sid:1;)'];
  expect(how(rules, dns, data, { stateless: [pass] })).toBe('passes');
});

test('flowbits last for the flow, from the rule that sets them on', () => {
  const set = 'alert tcp any any -> any any (flow:to_server; tcp.flags:S; flowbits:set,seen; sid:1;)';
  const drop = 'drop tcp any any -> any any (flow:to_client; flowbits:isset,seen; sid:2;)';
  expect(how([set, drop], out)).toBe('the SYN-ACK');
  expect(how([drop], out)).toBe('passes');
  // In action order the alert comes last, and counts from the next packet on.
  expect(how([drop, set], out, {}, { order: 'action' })).toBe('the SYN-ACK');
  expect(how([set.replace('to_server', 'to_client'), drop], out)).toBe('passes');
  expect(how([drop.replace('isset,seen', 'isset,other|seen'), set], out)).toBe('the SYN-ACK');
  expect(how([set, 'drop tcp any any -> any any (flow:to_client; flowbits:isnotset,seen; sid:2;)'], out)).toBe(
    'passes',
  );
});

test('flowbits that some rule takes back, or that a doubtful rule sets, are not known', () => {
  const set = 'alert tcp any any -> any any (flow:to_server; flowbits:set,seen; sid:1;)';
  const drop = 'drop tcp any any -> any any (flow:to_client; flowbits:isset,seen; sid:2;)';
  const unset = 'alert udp any any -> any any (flow:to_server; flowbits:unset,seen; sid:3;)';
  for (const rules of [
    [set, drop, unset],
    [set.replace('flowbits', 'ttl:64; flowbits'), drop],
  ]) {
    expect(how(rules, out)).toBe('passes');
    expect(how(rules, out, { sides: ['matches:rg#sid:2'] })).toBe('the SYN-ACK');
  }
});

test('a flowbit that is surely set stays so when a doubtful rule sets it as well', () => {
  const set = 'alert tcp any any -> any any (flow:to_server; flowbits:set,seen; sid:1;)';
  const doubtful = 'alert tcp any any -> any any (flow:to_server; ttl:64; flowbits:set,seen; sid:2;)';
  expect(how([set, doubtful, 'drop tcp any any -> any any (flowbits:isset,seen; sid:3;)'], out)).toBe('the SYN');
});

test("a pass by the payload takes the flow, as it may be found in the stream; one by a state is the packet's alone", () => {
  const answers = 'drop tcp any any -> any any (flow:to_client, established; sid:1;)';
  const byPayload = 'pass tcp any any -> any any (content:"x"; sid:2;)';
  expect(how([answers, byPayload], out, { ...data, sides: ['matches:rg#sid:2'] })).toBe('passes');
  const byState = 'pass tls any any -> any any (flow:to_server, established; sid:2;)';
  expect(how([answers, byState], out, tls('a.com'))).toBe("the server's data");
  expect(how([answers, byState.replace(', established', '')], out, tls('a.com'))).toBe('passes');
});

test('nothing is detected in a handshake, and so nothing else either', () => {
  for (const rule of ['tcp any any -> any any (app-layer-protocol:!tls;', 'tls any any -> any any ('])
    expect(how([`drop ${rule} flow:not_established; sid:1;)`], out, tls('a.com'))).toBe('passes');
});

test('a rule that writes flowbits is asked before one that reads them, whatever its priority', () => {
  const write = 'pass tcp any any -> any any (flow:to_server; flowbits:set,ok; priority:9; sid:1;)';
  const read = 'pass tcp any any -> any any (flow:to_server; flowbits:isnotset,ok; priority:1; sid:2;)';
  expect(judged(ruled({ rules: [read, write], order: 'action' }), out, { mode: 'packet' }).rule?.sid).toBe(1);
});

test('a rule of an unread group, or one that is not understood, passes what reaches it or drops it', () => {
  const drop = 'drop tcp any any -> any any (sid:1;)';
  const unread = ruled({ groups: { far: {}, near: { rules: [drop] } } });
  expect(stopped(unread, out)).toBe('the SYN');
  expect(judged(unread, out).rule?.group).toBe('far');
  expect(stopped(unread, out, { sides: ['passes:far'] })).toBe('passes');
  const broken = ruled({ rules: ['pass tcp nonsense', drop] });
  expect(judged(broken, out)).toMatchObject({ passes: false, rule: { group: 'rg', line: 1 } });
  expect(stopped(broken, out, { sides: ['passes:rg'] })).toBe('passes');
  // In action order it comes first, as it may be a pass.
  const behind = { groups: { near: { rules: [drop] }, far: {} }, order: 'action' } as const;
  expect(stopped(ruled(behind), out, { sides: ['passes:far'] })).toBe('passes');
});

test('in action order the rules of a managed group come after all that pass', () => {
  const pass = 'pass tcp any any -> any any (sid:1;)';
  const groups = { rg: { managed: true }, own: { rules: [pass] } };
  expect(stopped(ruled({ groups, order: 'action' }), out)).toBe('passes');
  expect(stopped(ruled({ groups }), out)).toBe('the SYN');
});

test('TLS inspection takes TLS with a name alone, and only in its scope', () => {
  const tlsInspection = {
    scopes: [{ sources: [], destinations: [], sourcePorts: [], destinationPorts: [{ from: 443, to: 443 }] }],
  };
  const network = ruled({ tlsInspection });
  const sides = ['certified:tls-1'];
  expect(stopped(network, out, { ...tls('a.com'), sides })).toBe('passes');
  expect(judged(network, out, { ...tls(), sides }).why).toContain('asks for a server name');
  expect(judged(network, out, { ...http('a.com'), sides }).why).toContain('takes TLS alone');
  expect(stopped(network, out, { sides })).toBe('passes');
  expect(stopped(network, out.replace(':443', ':80'), http('a.com'))).toBe('passes');
  // The other way round is in scope as well.
  expect(stopped(network, 'tcp 8.8.8.8:443 -> 10.0.1.5:5000', http('a.com'))).toBe("the client's first data");
});

test('of a decrypted flow only TLS and its name are known to match', () => {
  const sides = ['certified:tls-1'];
  const drop = (rule: string) => ruled({ tlsInspection: {}, rules: [rule] });
  const byHost = drop('drop http any any -> any any (http.host; content:"a.com"; sid:1;)');
  expect(stopped(byHost, out, { ...tls('a.com'), sides })).toBe('passes');
  expect(stopped(byHost, out, { ...tls('a.com'), sides: [...sides, 'matches:rg#sid:1'] })).toBe(
    "the client's first data",
  );
  const byName = drop('drop tls any any -> any any (tls.sni; content:"a.com"; sid:1;)');
  expect(stopped(byName, out, { ...tls('a.com'), sides })).toBe("the client's first data");
});

test('where sessions are held, a handshake reaches the server by a fact in dispute', () => {
  const words = { rules: [], defaults: [], tlsInspection: {} };
  const hand: Case = { mode: 'connection' };
  const waiting = 'TLS session holding, which waits for the client hello, drops';
  expect(judged(ruled({ ...words, sessionHolding: true }), out, hand).why).toContain(waiting);
  expect(stopped(ruled({ ...words, sessionHolding: true }), out, { ...hand, sides: ['fact:10.69-handshake'] })).toBe(
    'passes',
  );
  expect(stopped(ruled(words), out, hand)).toBe('passes');
});

test('whether rules for established connections match a client hello held back is a disputed fact', () => {
  const network = ruled({
    rules: ['pass tls any any -> any any (tls.sni; content:"a.com"; flow:to_server, established; sid:1;)'],
    defaults: ['aws:drop_established'],
    sessionHolding: true,
    tlsInspection: {},
  });
  const certified = 'certified:tls-1';
  expect(stopped(network, out, { ...tls('a.com'), sides: [certified] })).toBe("the client's first data");
  expect(stopped(network, out, { ...tls('a.com'), sides: ['fact:10.69', certified] })).toBe('passes');
  const early = ruled({
    rules: ['drop tcp any any -> any any (flow:not_established; content:"x"; sid:1;)'],
    sessionHolding: true,
    tlsInspection: {
      scopes: [{ sources: [], destinations: [], sourcePorts: [], destinationPorts: [{ from: 443, to: 443 }] }],
    },
  });
  const pushed = [certified, 'matches:rg#sid:1'];
  expect(stopped(early, out, { ...tls('a.com'), sides: pushed })).toBe("the client's first data");
  const beside = out.replace(/:443$/, ':80');
  expect(stopped(early, beside, tls('a.com'))).toBe('passes');
  expect(stopped(early, beside, http('a.com'))).toBe('passes');
});

test('a later packet of TCP passes in a flow that may be set up, or midstream where that goes on', () => {
  const later = `${out} flags ACK,FIN`;
  const packet: Case = { mode: 'packet' };
  expect(how([], later, packet)).toBe('passes');
  expect(how(['drop tcp any any -> any any (tcp.flags:S; sid:1;)'], later, packet)).toBe('the SYN');
  expect(how(['drop tcp any any -> any any (tcp.flags:FA; sid:1;)'], later, packet)).toBe('the packet');
  const closed = ['drop tcp any any -> any any (sid:1;)'];
  expect(how(closed, later, { ...packet, sides: ['continues:firewall-1'] })).toBe('the SYN');
  expect(how(closed, later, { ...packet, sides: ['continues:firewall-1'] }, { streamException: 'CONTINUE' })).toBe(
    'passes',
  );
});

test('an ICMP message without an answer needs none', () => {
  expect(how(['drop icmp 8.8.8.8 any -> any any (sid:1;)'], 'icmp 10.0.1.5 -> 8.8.8.8 type 3')).toBe('passes');
  expect(how(['drop icmp 8.8.8.8 any -> any any (itype:0; sid:1;)'], ping)).toBe('the reply');
  expect(how(['drop icmp any any -> any any (itype:8; icode:0; sid:1;)'], ping)).toBe('the first packet');
});

test('what comes in is judged as what goes out', () => {
  expect(how(['drop tcp $EXTERNAL_NET any -> $HOME_NET 443 (sid:1;)'], inward)).toBe('the SYN');
  expect(how(['drop tcp $EXTERNAL_NET any -> $HOME_NET 80 (sid:1;)'], inward)).toBe('passes');
});
