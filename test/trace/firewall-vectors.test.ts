/** Vectors of semantics section 18 that a firewall's policy decides, on the tracer's evaluator. */
import { expect, test } from 'vitest';
import { domainList } from './firewall-domains.ts';
import { type PolicyWords, http, judged, out, ruled, stopped, tls } from './firewall-world.ts';

const ssh = { mode: 'data', payload: { app: 'ssh' } } as const;

test('T79: in action order an allowlist stops other names, and no other protocol', () => {
  const network = ruled({ order: 'action', rules: domainList('ALLOWLIST', ['.example.com'], { order: 'action' }) });
  expect(stopped(network, out, tls('www.example.com'))).toBe('passes');
  expect(stopped(network, out, tls('example.com'))).toBe('passes');
  expect(stopped(network, out, tls('WWW.EXAMPLE.COM'))).toBe('passes');
  expect(stopped(network, out, tls('badexample.com'))).toBe("the client's first data");
  expect(stopped(network, out, tls('evil.com'))).toBe("the client's first data");
  expect(stopped(network, out, tls())).toBe("the client's first data");
  expect(stopped(network, out, { ...tls('evil.com'), mode: 'connection' })).toBe('passes');
  expect(stopped(network, out, http('www.example.com'))).toBe('passes');
  expect(stopped(network, out, http('evil.com'))).toBe("the client's first data");
  expect(stopped(network, 'tcp 10.0.1.5:40000 -> 203.0.113.1:22', ssh)).toBe('passes');
  for (const other of [
    'udp 10.0.1.5:5000 -> 8.8.8.8:53',
    'udp 10.0.1.5:5000 -> 8.8.8.8:443',
    'icmp 10.0.1.5 -> 8.8.8.8',
  ])
    expect(stopped(network, other, { mode: 'data' })).toBe('passes');
});

test('T79: a request without any header slips through the rule that drops other hosts', () => {
  const network = ruled({ order: 'action', rules: domainList('ALLOWLIST', ['.example.com'], { order: 'action' }) });
  const bare = { mode: 'data', payload: { app: 'http', httpMethod: 'GET', httpUri: '/', bare: true } } as const;
  expect(stopped(network, out, bare)).toBe('passes');
});

test('T82: under drop_strict a list of names alone lets nothing through, not even the SYN', () => {
  const network = ruled({ rules: domainList('ALLOWLIST', ['.example.com']), defaults: ['aws:drop_strict'] });
  expect(stopped(network, out, tls('www.example.com'))).toBe('the SYN');
  expect(judged(network, out, tls('www.example.com')).why).toBe('the default action aws:drop_strict drops the SYN');
});

test("T85: a group's own HOME_NET leaves its EXTERNAL_NET to the policy's, so that a list also rules other spokes", () => {
  const groups = { rg: { rules: domainList('DENYLIST', ['evil.com']), ipSets: { HOME_NET: ['10.0.0.0/8'] } } };
  const network = ruled({ groups, homeNet: ['100.64.0.0/16'] });
  for (const to of ['203.0.113.1', '10.9.9.9'])
    expect(stopped(network, `tcp 10.1.1.5:40000 -> ${to}:443`, tls('evil.com'))).toBe("the client's first data");
  expect(stopped(network, 'tcp 10.1.1.5:40000 -> 100.64.0.9:443', tls('evil.com'))).toBe('passes');
  expect(stopped(network, 'tcp 192.168.1.5:40000 -> 203.0.113.1:443', tls('evil.com'))).toBe('passes');
});

test('T86: what stateless rules pass one way is midstream the other way, and lost without their mirror', () => {
  const pass = { protocols: [6], destinationPorts: [{ from: 443, to: 443 }] };
  const mirror = { protocols: [6], sourcePorts: [{ from: 443, to: 443 }] };
  const words: PolicyWords = { stateless: [pass], rules: domainList('DENYLIST', ['evil.com']) };
  const drop = ruled(words);
  expect(stopped(drop, out, { ...tls('evil.com'), mode: 'packet' })).toBe('passes');
  expect(judged(drop, out)).toMatchObject({ passes: false, moment: 'the SYN-ACK' });
  expect(judged(drop, out).why).toContain('the stream exception policy DROP');
  expect(stopped(ruled({ ...words, streamException: 'REJECT' }), out)).toBe('the SYN-ACK');
  const goesOn = ruled({ ...words, streamException: 'CONTINUE' });
  expect(stopped(goesOn, out)).toBe('the SYN-ACK');
  expect(stopped(goesOn, out, { sides: ['continues:firewall-1'] })).toBe('passes');
  expect(stopped(ruled({ ...words, stateless: [pass, mirror] }), out, tls('evil.com'))).toBe('passes');
});

test('T87: a stateless default that drops takes the replies that no rule forwards', () => {
  const forward = {
    action: 'aws:forward_to_sfe',
    sources: [{ family: 'ipv4', base: 0x0a000000n, length: 16 }],
  } as const;
  const network = ruled({ stateless: [forward], statelessDefault: 'aws:drop' });
  expect(stopped(network, out, { mode: 'packet' })).toBe('passes');
  expect(judged(network, out)).toMatchObject({
    passes: false,
    why: 'the stateless default aws:drop drops the SYN-ACK',
    code: 'FIREWALL_RULES_RESTRICTION',
  });
});

test('T89: a stateless rule of flags looks at the masked flags alone', () => {
  const network = ruled({ stateless: [{ action: 'aws:drop', tcpFlags: [{ flags: 2, masks: 18 }] }] });
  expect(judged(network, out)).toMatchObject({ passes: false, moment: 'the SYN' });
  expect(judged(network, out).why).toBe('the stateless rule of priority 1 in `stateless` drops the SYN');
  // Of a flow that the stateless rules let nobody open, no later packet is known.
  const open = ruled({
    stateless: [{ action: 'aws:drop', tcpFlags: [{ flags: 2, masks: 18 }] }],
    statelessDefault: 'aws:pass',
  });
  expect(stopped(open, `${out} flags SYN,ACK`, { mode: 'packet' })).toBe('passes');
  expect(stopped(open, `${out} flags SYN,PSH`, { mode: 'packet' })).toBe('the SYN');
});

test('T90: a drop of everything but TCP leaves TCP alone', () => {
  const network = ruled({ rules: ['drop ip any any -> any any (ip_proto:!TCP; sid:1;)'] });
  expect(stopped(network, out, { mode: 'data' })).toBe('passes');
  expect(stopped(network, 'udp 10.0.1.5:5000 -> 8.8.8.8:53')).toBe('the first packet');
  expect(stopped(network, 'icmp 10.0.1.5 -> 8.8.8.8')).toBe('the first packet');
});

test('T92: an allowlist of .amazonaws.com misses bedrock-mantle', () => {
  const network = ruled({ order: 'action', rules: domainList('ALLOWLIST', ['.amazonaws.com'], { order: 'action' }) });
  expect(stopped(network, out, tls('bedrock-runtime.us-east-1.amazonaws.com'))).toBe('passes');
  const { passes, rule } = judged(network, out, tls('bedrock-mantle.us-east-1.api.aws'));
  expect([passes, rule?.sid]).toEqual([false, 3]);
});

test('T93: whoever writes an allowed name reaches any address, unless TLS inspection checks the certificate', () => {
  const words: PolicyWords = {
    rules: domainList('ALLOWLIST', ['.example.com']),
    defaults: ['aws:drop_established'],
  };
  expect(stopped(ruled(words), out, tls('a.example.com'))).toBe('passes');
  expect(stopped(ruled(words), out, tls('a.example.org'))).toBe("the client's first data");
  const inspected = ruled({ ...words, tlsInspection: {} });
  expect(judged(inspected, out, tls('a.example.com'))).toMatchObject({
    passes: false,
    moment: "the client's first data",
  });
  expect(stopped(inspected, out, { ...tls('a.example.com'), sides: ['certified:tls-1'] })).toBe('passes');
});

test('T94: a managed group whose drops are alerts stops nothing; else it may stop anything', () => {
  const managed = (dropToAlert: boolean) => ruled({ groups: { rg: { managed: true, dropToAlert } } });
  for (const text of [out, 'udp 10.0.1.5:5000 -> 8.8.8.8:53'])
    expect(stopped(managed(true), text, { mode: 'data' })).toBe('passes');
  expect(stopped(managed(false), out)).toBe('the SYN');
  expect(stopped(managed(false), out, { sides: ['passes:rg'] })).toBe('passes');
});

test('T97: whether a pcre beyond regular expressions matches is not known, and named after its rule', () => {
  const rule = String.raw`drop tls any any -> any any (tls.sni; content:"evil"; pcre:"/(?<!not)evil/"; sid:97;)`;
  const network = ruled({ rules: [rule] });
  expect(stopped(network, out, tls('www.evil.com'))).toBe('passes');
  const { passes, why, rule: by } = judged(network, out, { ...tls('www.evil.com'), sides: ['matches:rg#sid:97'] });
  expect(passes).toBe(false);
  expect(why).toBe("rule sid 97 of `rg`, which is taken to match, drops the client's first data");
  expect(by).toEqual({ group: 'rg', sid: 97, line: 1, source: { file: 'test', place: '' } });
  // The rest of the rule must match.
  expect(stopped(network, out, { ...tls('www.example.com'), sides: ['matches:rg#sid:97'] })).toBe('passes');
});
