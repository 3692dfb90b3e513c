import { expect, test } from 'vitest';
import { type Differences, compareFirewalls } from '../../src/firewall/index.ts';
import { judge } from '../../src/trace/index.ts';
import { type Words, below, exact, sni, subjectOf } from './policy.ts';

const diff = (before: Words, after: Words): Promise<Differences> =>
  compareFirewalls(subjectOf(before), subjectOf(after), { judge, timeoutMs: 20_000 });

const same = { opened: [], closed: [], undecided: [] };
const rules = [sni('pass', exact('a.example.com'), 1), sni('pass', below('example.org'), 2)];

test('rules that do not overlap may change places, and be written otherwise', async () => {
  expect(await diff({ rules }, { rules: rules.toReversed() })).toEqual(same);
  expect(await diff({ rules }, { rules: [...rules, sni('pass', exact('www.example.org'), 3)] })).toEqual(same);
});

test('rules that overlap may not: the first that matches decides', async () => {
  const drop = sni('drop', exact('bad.example.org'), 3);
  const { opened, closed } = await diff({ rules: [drop, ...rules] }, { rules: [...rules, drop] });
  expect(closed).toEqual([]);
  expect(opened).toMatchObject([
    {
      family: 'ipv4',
      kind: 'tcp',
      mode: 'client-data',
      packet: { sni: 'bad.example.org' },
      before: { verdict: 'dropped', rule: { sid: 3 } },
      after: { verdict: 'passes', rule: { sid: 2 } },
    },
  ]);
});

test('one name fewer is dropped, and nothing else', async () => {
  const { opened, closed } = await diff({ rules }, { rules: rules.slice(1) });
  expect(opened).toEqual([]);
  expect(closed).toMatchObject([
    {
      packet: { sni: 'a.example.com' },
      before: { rule: { sid: 1 } },
      after: { verdict: 'dropped', why: expect.stringContaining('aws:drop_established') as string },
    },
  ]);
  expect(closed[0]!.after).not.toHaveProperty('rule');
});

test('another default action changes every kind of flow, in both families', async () => {
  const { opened, closed } = await diff({ rules }, { rules, defaults: [] });
  expect(closed).toEqual([]);
  expect(opened.map(({ family, kind, mode }) => `${family} ${kind} ${mode}`)).toEqual(
    ['ipv4', 'ipv6'].flatMap((family) => [
      `${family} tcp client-data`,
      `${family} udp packet`,
      `${family} icmp packet`,
      `${family} other packet`,
    ]),
  );
  const strict = await diff({ rules }, { rules, defaults: ['aws:drop_strict'] });
  expect(strict.opened).toEqual([]);
  expect(strict.closed[0]).toMatchObject({ kind: 'tcp', mode: 'connection', packet: { protocol: 'tcp' } });
});

test('a rule whose match is not known is the same unknown in both, as long as its text is', async () => {
  const geo = (sid: number, country: string): string =>
    `drop tls $HOME_NET any -> $EXTERNAL_NET any (tls.sni; content:"a.example.com"; geoip:dst,${country}; sid:${sid};)`;
  expect(await diff({ rules: [geo(9, 'RU'), ...rules] }, { rules: [geo(9, 'RU'), ...rules.toReversed()] })).toEqual(
    same,
  );
  const other = await diff({ rules: [geo(9, 'RU'), ...rules] }, { rules: [geo(9, 'KP'), ...rules] });
  expect([other.opened, other.closed]).toEqual([[], []]);
  expect(other.undecided[0]).toMatchObject({ reason: expect.stringContaining('not known') as string });
});

test('two stateless parts differ by single packets', async () => {
  const packets = [{ action: 'aws:drop', protocols: [6], flags: [{ set: ['FIN'], of: ['FIN', 'SYN'] }] }] as const;
  const { opened, closed } = await diff({ rules, defaults: [] }, { rules, defaults: [], packets });
  expect(opened).toEqual([]);
  expect(closed.map(({ mode }) => mode)).toEqual(['packet', 'packet']);
  expect(closed[0]!.packet.tcpFlags).toContain('FIN');
});
