/** Which packets the rules of a firewall match: addresses, ports, variables, flags, stateless attributes (semantics 10B, 10D, 10.72 to 10.76). */
import { expect, test } from 'vitest';
import { type Case, type GroupWords, type PolicyWords, out, ruled, stopped } from './firewall-world.ts';

const packet: Case = { mode: 'packet' };

interface Header {
  readonly from?: string;
  readonly port?: string;
  readonly group?: GroupWords;
  readonly policy?: PolicyWords;
  /** What is shown with both sides; the match of the rule unless it says otherwise. */
  readonly unknown?: string;
}

/** Whether a rule for these addresses and ports of the source matches: `yes`, `no`, or, with both sides shown, `unknown`. */
function matches(
  text: string,
  { from = 'any', port = 'any', group = {}, policy = {}, unknown = 'matches:rg#sid:1' }: Header,
): string {
  const network = ruled({
    groups: { rg: { ...group, rules: [`drop ip ${from} ${port} -> any any (sid:1;)`] } },
    ...policy,
  });
  const [first, second] = [[], [unknown]].map((sides) => stopped(network, text, { ...packet, sides }) !== 'passes');
  return first === second ? (first ? 'yes' : 'no') : 'unknown';
}

const v6 = (from: string) => `tcp [${from}]:40000 -> [2001:db8::1]:443`;
const from = (address: string) => `tcp ${address}:40000 -> 203.0.113.1:443`;

test('a list of addresses is its positives less its negatives, in whatever order', () => {
  const list = '[!10.0.1.5,10.0.0.0/8,[192.168.0.1-192.168.0.9,!192.168.0.5]]';
  expect(
    ['10.0.1.5', '10.0.1.6', '192.168.0.9', '192.168.0.5', '8.8.8.8'].map((one) => matches(from(one), { from: list })),
  ).toEqual(['no', 'yes', 'yes', 'no', 'no']);
});

test('what is only negated is everything else, of the families named alone', () => {
  expect(matches(from('8.8.8.8'), { from: '!10.0.0.0/8' })).toBe('yes');
  expect(matches(from('10.1.1.1'), { from: '!10.0.0.0/8' })).toBe('no');
  expect(matches(v6('2600::1'), { from: '!10.0.0.0/8' })).toBe('no');
  expect(matches(v6('2600::1'), { from: '[!10.0.0.0/8,!2001:db8::/32]' })).toBe('yes');
  expect(matches(v6('2600::1'), { from: 'any' })).toBe('yes');
  expect(matches(from('10.1.1.1'), { from: '![10.0.0.0/8,!10.1.0.0/16]' })).toBe('unknown');
});

test("HOME_NET is the group's, else the policy's, else the VPC's", () => {
  const group = { ipSets: { HOME_NET: ['192.168.0.0/16'] } };
  const policy = { homeNet: ['100.64.0.0/16'] };
  const home = { from: '$HOME_NET' };
  expect(matches(from('10.0.1.5'), home)).toBe('yes');
  expect(matches(from('10.0.1.5'), { ...home, policy })).toBe('no');
  expect(matches(from('100.64.1.5'), { ...home, policy })).toBe('yes');
  expect(matches(from('100.64.1.5'), { ...home, policy, group })).toBe('no');
  expect(matches(from('192.168.1.5'), { ...home, policy, group })).toBe('yes');
  expect(matches(from('10.0.1.5'), { ...home, policy: { vpc: null } })).toBe('unknown');
  expect(matches(from('10.0.1.5'), { ...home, policy: { ...policy, vpc: null } })).toBe('no');
});

test("EXTERNAL_NET is what the policy's HOME_NET is not, unless the group sets it itself", () => {
  const external = { from: '$EXTERNAL_NET' };
  expect(['10.0.1.5', '8.8.8.8'].map((one) => matches(from(one), external))).toEqual(['no', 'yes']);
  const home = { ipSets: { HOME_NET: ['192.168.0.0/16'] } };
  expect(matches(from('192.168.1.5'), { ...external, group: home })).toBe('yes');
  const own = { ipSets: { EXTERNAL_NET: ['8.0.0.0/8', '!8.8.0.0/16'] } };
  expect(['8.1.1.1', '8.8.8.8', '9.9.9.9'].map((one) => matches(from(one), { ...external, group: own }))).toEqual([
    'yes',
    'no',
    'no',
  ]);
  expect(matches(from('8.8.8.8'), { ...external, policy: { vpc: null } })).toBe('unknown');
});

test("whether a VPC's IPv6 blocks are in its HOME_NET is not known, and so neither is what is outside", () => {
  const [inside, outside] = [v6('2600:1f00:a::5'), v6('2600::1')];
  const asked = (unknown: string) =>
    ['$HOME_NET', '$EXTERNAL_NET'].map((name) =>
      [inside, outside].map((one) => matches(one, { from: name, unknown })).join(' '),
    );
  expect(asked('fact:10.42')).toEqual(['unknown no', 'no unknown']);
  // The fact tells it of all rules at once.
  expect(asked('matches:rg#sid:1')).toEqual(['no no', 'no no']);
  const policy = { homeNet: ['10.0.0.0/16'] };
  expect(matches(outside, { from: '$EXTERNAL_NET', policy })).toBe('no');
});

test('variables hold addresses in the words of rules, and may name others', () => {
  const group = { ipSets: { A: ['10.0.0.0/8', '!$B'], B: ['10.1.0.0/16'], LOOP: ['$LOOP'] } };
  expect(['10.2.1.1', '10.1.1.1'].map((one) => matches(from(one), { from: '$A', group }))).toEqual(['yes', 'no']);
  expect(matches(from('10.1.1.1'), { from: '$LOOP', group })).toBe('unknown');
  expect(matches(from('10.1.1.1'), { from: '$NOBODY', group })).toBe('unknown');
});

test("a reference is a prefix list's entries, and unknown where they are not read or of instances", () => {
  const lists = { 'pl-1': ['10.0.1.0/24'] };
  const group = { references: { LIST: 'pl-1', FAR: 'pl-9', TAGGED: 'arn:aws:resource-groups:us-east-1:1:group/a' } };
  const by = (name: string) => ({ from: name, group, policy: { lists } });
  expect(['10.0.1.5', '10.0.2.5'].map((one) => matches(from(one), by('@LIST')))).toEqual(['yes', 'no']);
  expect(['10.0.1.5', '10.0.2.5'].map((one) => matches(from(one), by('[10.0.0.0/16,!@LIST]')))).toEqual(['no', 'yes']);
  expect(['@FAR', '@TAGGED', '@NONE'].map((name) => matches(from('10.0.1.5'), by(name)))).toEqual(
    Array(3).fill('unknown'),
  );
});

test('any restriction of ports misses protocols without ports, and of fragments the packet that they make counts', () => {
  const tcp = (port: number) => `tcp 10.0.1.5:${port} -> 203.0.113.1:443`;
  const ports = '[80:90,443,!85]';
  expect([80, 85, 90, 91, 443].map((port) => matches(tcp(port), { port: ports }))).toEqual([
    'yes',
    'no',
    'yes',
    'no',
    'yes',
  ]);
  expect([80, 81].map((port) => matches(tcp(port), { port: '!80' }))).toEqual(['no', 'yes']);
  expect([1024, 1023].map((port) => matches(tcp(port), { port: '1024:' }))).toEqual(['yes', 'no']);
  for (const port of ['!80', '0:65535'])
    for (const [text, found] of [
      ['icmp 10.0.1.5 -> 8.8.8.8', 'no'],
      ['50 10.0.1.5 -> 8.8.8.8', 'no'],
      ['udp 10.0.1.5:5000 -> 8.8.8.8:53 fragment', 'unknown'],
    ] as const)
      expect([matches(text, { port }), matches(text, {})]).toEqual([found, 'yes']);
  expect(matches(tcp(85), { port: '$WEB', group: { portSets: { WEB: ['80', '443'] } } })).toBe('no');
  expect(matches(tcp(443), { port: '$WEB', group: { portSets: { WEB: ['80', '443'] } } })).toBe('yes');
  expect(matches(tcp(443), { port: '$WEB' })).toBe('unknown');
});

test("the header's protocol narrows the rule", () => {
  const texts = [
    'tcp 10.0.1.5:1 -> 8.8.8.8:2',
    'udp 10.0.1.5:1 -> 8.8.8.8:2',
    'icmp 10.0.1.5 -> 8.8.8.8',
    '50 10.0.1.5 -> 8.8.8.8',
    'icmpv6 2600::1 -> 2600::2',
  ];
  const hits = (protocol: string) =>
    texts
      .map((text) =>
        stopped(ruled({ rules: [`drop ${protocol} any any -> any any (sid:1;)`] }), text, packet) === 'passes'
          ? '-'
          : 'x',
      )
      .join('');
  expect(['ip', 'tcp', 'udp', 'icmp', 'icmpv4', 'icmpv6', 'ipv4', 'ipv6'].map(hits)).toEqual([
    'xxxxx',
    'x----',
    '-x---',
    '--x-x',
    '--x--',
    '----x',
    'xxxx-',
    '----x',
  ]);
});

test('a rule with <> goes either way, and of one with => nobody knows', () => {
  const rule = (arrow: string) =>
    ruled({ rules: [`drop tcp 203.0.113.0/24 443 ${arrow} 10.0.1.5 any (flow:to_server; sid:1;)`] });
  expect(stopped(rule('->'), out)).toBe('passes');
  expect(stopped(rule('<>'), out)).toBe('the SYN');
  expect(stopped(rule('=>'), out)).toBe('passes');
  expect(stopped(rule('=>'), out, { sides: ['matches:rg#sid:1'] })).toBe('the SYN');
  expect(stopped(rule('=>'), out.replace('443', '444'), { sides: ['matches:rg#sid:1'] })).toBe('passes');
});

test('tcp.flags are exact, or with others, any, or none of them', () => {
  const hits = (value: string) =>
    ['SYN', 'SYN,ECE', 'SYN,PSH', 'SYN,ECE,CWR']
      .map((flags) =>
        stopped(
          ruled({ rules: [`drop tcp any any -> any any (tcp.flags:${value}; sid:1;)`] }),
          `${out} flags ${flags}`,
          packet,
        ),
      )
      .map((found) => (found === 'passes' ? '-' : 'x'))
      .join('');
  expect(['S', 'S,CE', '+SP', '*PE', '!P'].map(hits)).toEqual(['x---', 'xx-x', '--x-', '-xxx', 'xx-x']);
});

test('what is not modelled leaves a rule unknown once the rest of it matches', () => {
  for (const option of ['geoip:dst,CN', 'ttl:64', 'dsize:>10', 'flow:to_server,no_stream']) {
    const network = ruled({ rules: [`drop tcp any any -> any 443 (${option}; sid:7;)`] });
    const sides = ['matches:rg#sid:7'];
    expect([stopped(network, out), stopped(network, out, { sides })]).toEqual(['passes', 'the SYN']);
    expect(stopped(network, out.replace('443', '80'), { sides })).toBe('passes');
  }
  const content = ruled({ rules: ['drop tcp any any -> any any (content:"x"; sid:7;)'] });
  expect(stopped(content, out, { sides: ['matches:rg#sid:7'] })).toBe('passes');
  expect(stopped(content, out, { mode: 'data', sides: ['matches:rg#sid:7'] })).toBe("the client's first data");
  const ahead = ruled({
    rules: ['pass tcp any any -> any any (app-layer-protocol:failed; sid:7;)'],
    defaults: ['aws:drop_established'],
  });
  expect(stopped(ahead, out, { mode: 'data' })).toBe("the client's first data");
  expect(stopped(ahead, out, { mode: 'data', sides: ['matches:rg#sid:7'] })).toBe('passes');
});

test('stateless rules go by priority, and all that they name must hold', () => {
  const drop = { action: 'aws:drop' } as const;
  const web = { destinationPorts: [{ from: 443, to: 443 }], protocols: [6] };
  expect(stopped(ruled({ stateless: [{ ...drop, ...web }] }), out)).toBe('the SYN');
  expect(stopped(ruled({ stateless: [{ ...drop, ...web }] }), out.replace('443', '80'))).toBe('passes');
  expect(stopped(ruled({ stateless: [{ ...drop, protocols: [17] }] }), out)).toBe('passes');
  const rules = ['drop ip any any -> any any (sid:1;)'];
  const pass = { action: 'aws:pass', priority: 1 } as const;
  // aws:pass goes past every stateful rule.
  expect(stopped(ruled({ stateless: [{ ...drop, priority: 2 }, pass], rules }), out)).toBe('passes');
  expect(stopped(ruled({ stateless: [{ ...drop, priority: 0 }, pass], rules }), out)).toBe('the SYN');
  expect(stopped(ruled({ statelessDefault: 'aws:pass', rules }), out)).toBe('passes');
  expect(
    stopped(ruled({ stateless: [{ ...drop, tcpFlags: [{ flags: 2, masks: 2 }] }] }), 'udp 10.0.1.5:1 -> 8.8.8.8:2'),
  ).toBe('passes');
  // An empty mask looks at every flag, and one of several entries is enough.
  const flags = [
    { flags: 18, masks: 0 },
    { flags: 1, masks: 1 },
  ];
  expect(stopped(ruled({ stateless: [{ ...drop, tcpFlags: flags }] }), out)).toBe('the SYN-ACK');
});

test('fragments of anything but UDP are dropped, those of UDP have a default of their own', () => {
  const fragment = 'udp 10.0.1.5:5000 -> 8.8.8.8:53 fragment';
  const words = { statelessDefault: 'aws:pass', fragmentDefault: 'aws:drop' } as const;
  expect(stopped(ruled(words), fragment, packet)).toBe('the packet');
  expect(stopped(ruled({ ...words, fragmentDefault: 'aws:pass' }), fragment, packet)).toBe('passes');
  for (const text of ['tcp 10.0.1.5:5000 -> 8.8.8.8:53 fragment', 'icmp 10.0.1.5 -> 8.8.8.8 fragment'])
    expect(stopped(ruled({ stateless: [{ action: 'aws:pass' }] }), text, packet)).not.toBe('passes');
  const byPort = { action: 'aws:pass', protocols: [17], destinationPorts: [{ from: 53, to: 53 }] } as const;
  expect(stopped(ruled({ ...words, stateless: [byPort] }), fragment, packet)).toBe('the packet');
  expect(stopped(ruled({ ...words, stateless: [{ ...byPort, destinationPorts: [] }] }), fragment, packet)).toBe(
    'passes',
  );
});
