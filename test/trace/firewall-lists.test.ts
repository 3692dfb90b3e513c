/** What domain lists touch, and what they do not (semantics 10.44, 10.46, 10.57 to 10.63). */
import { expect, test } from 'vitest';
import { domainList } from './firewall-domains.ts';
import { http, judged, out, ruled, stopped, tls } from './firewall-world.ts';

const denied = "the client's first data";
const action = { order: 'action' } as const;

test('between two blocks of HOME_NET no list applies, nor to sources outside it', () => {
  const network = ruled({
    ...action,
    rules: domainList('ALLOWLIST', ['.example.com'], action),
    homeNet: ['10.0.0.0/8'],
  });
  expect(stopped(network, 'tcp 10.0.1.5:40000 -> 10.9.1.5:443', tls('evil.com'))).toBe('passes');
  expect(stopped(network, 'tcp 100.64.0.5:40000 -> 203.0.113.1:443', tls('evil.com'))).toBe('passes');
  expect(stopped(network, out, tls('evil.com'))).toBe(denied);
});

test('a list rules any port, and IPv6 as far as HOME_NET has it', () => {
  const rules = domainList('DENYLIST', ['evil.com']);
  const text = 'tcp [2600:1f00:a:1::5]:40000 -> [2001:db8::1]:8443';
  expect(stopped(ruled({ rules }), out.replace('443', '8443'), tls('evil.com'))).toBe(denied);
  expect(stopped(ruled({ rules, homeNet: ['10.0.0.0/16'] }), text, tls('evil.com'))).toBe('passes');
  expect(stopped(ruled({ rules, homeNet: ['10.0.0.0/16', '2600:1f00:a::/56'] }), text, tls('evil.com'))).toBe(denied);
});

test('a list of names in TLS leaves HTTP alone, and the reverse', () => {
  const lines = domainList('ALLOWLIST', ['.example.com'], action);
  const only = (app: string) => ruled({ ...action, rules: lines.filter((line) => line.includes(` ${app} `)) });
  expect([tls('evil.com'), http('evil.com')].map((flow) => stopped(only('tls'), out, flow))).toEqual([
    denied,
    'passes',
  ]);
  expect([tls('evil.com'), http('evil.com')].map((flow) => stopped(only('http'), out, flow))).toEqual([
    'passes',
    denied,
  ]);
});

test('under strict order a list drops nothing itself, and the default what it leaves', () => {
  const rules = domainList('ALLOWLIST', ['.example.com']);
  expect(stopped(ruled({ rules }), out, tls('evil.com'))).toBe('passes');
  for (const drop of [
    'aws:drop_established',
    'aws:drop_established_app_layer',
    'aws:drop_established_app_layer_to_server',
  ]) {
    const network = ruled({ rules, defaults: [drop] });
    expect([tls('a.example.com'), tls('evil.com'), tls()].map((flow) => stopped(network, out, flow))).toEqual([
      'passes',
      denied,
      denied,
    ]);
  }
});

test('under action order an allowlist drops before another list rejects', () => {
  const groups = {
    reject: { rules: domainList('REJECTLIST', ['evil.com']) },
    allow: { rules: domainList('ALLOWLIST', ['.example.com'], action) },
  };
  expect(judged(ruled({ ...action, groups }), out, tls('evil.com')).rule?.group).toBe('allow');
});

test('a list that drops says nothing of other names', () => {
  const network = ruled({ rules: domainList('DENYLIST', ['evil.com']) });
  expect(
    [tls('evil.com'), tls('www.evil.com'), tls(), http('evil.com')].map((flow) => stopped(network, out, flow)),
  ).toEqual([denied, 'passes', 'passes', denied]);
});
