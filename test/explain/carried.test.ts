import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type AskDocument, type AskRequest, type Network, ask, check } from '../../src/index.ts';
import { natA } from '../hostile/parts.ts';
import { networkOf } from '../support/network.ts';
import { world, world6 } from '../support/world.ts';
import { asked } from './asked.ts';
import { drops, passes, twoFirewalls } from './firewalls.ts';

const out: AskRequest = { from: 'eni-i1', to: 'internet', family: 'ipv4' };
const named: AskRequest = { ...out, sni: 'api.example' };

/** VPC A where a profile may bring rule groups of DNS Firewall. */
const filtered: Network = (() => {
  const net = networkOf(world());
  const vpcs = [...net.vpcs.values()].map((vpc) => ({ ...vpc, dnsFirewall: { profiles: ['rp-1'] } }));
  return { ...net, vpcs: new Map(vpcs.map((vpc) => [vpc.id, vpc])) };
})();

const folder = mkdtempSync(join(tmpdir(), 'carried-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The results of properties, each in YAML. */
async function checked(network: Network, properties: readonly string[], assume: readonly string[] = []) {
  const file = join(folder, 'policy.yaml');
  const lines = properties.map((each, i) => `  - { id: p${i}, family: ipv4, ${each} }`);
  writeFileSync(file, ['version: 1', 'properties:', ...lines, ''].join('\n'));
  const result = await check(network, { policies: [file], assume });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value.results.map(({ verdict, notes, counterexamples: [flow] }) => {
    const seen = notes.filter((note) => note.includes('looks at'));
    return { verdict, seen, flow };
  });
}

/** The answer without what says what was asked, and without what it costs. */
const gist = ({ verdict, flow, blockedBy, assumptions }: AskDocument): unknown => ({
  verdict,
  hops: flow?.hops.map(({ resource, action }) => [resource, action]),
  blockedBy,
  assumptions,
});

describe('a name that nothing on the path looks at', () => {
  test('changes no answer, and the answer says so', async () => {
    const net = world(natA);
    const plain = await asked(net, { ...out, proto: 'tcp' });
    const unnoted = plain.notes.length;
    for (const [carried, words] of [
      [{ sni: 'api.example' }, 'the name'],
      [{ 'http-host': '.api.example' }, 'the name'],
      [{ app: 'tls' }, 'what the payload is'],
      [{ 'tcp-flags': 'SYN,ACK' }, 'TCP flags'],
      [{ sni: 'api.example', 'tcp-flags': 'PSH,ACK' }, 'the name or TCP flags'],
    ] as const) {
      const answer = await asked(net, { ...out, ...carried });
      expect(answer.verdict).toBe('reachable');
      expect(gist(answer)).toEqual(gist(plain));
      expect(answer.notes).toHaveLength(unnoted + 1);
      expect(answer.notes.at(-1)).toBe(`Nothing on this path looks at ${words}.`);
    }
    expect(plain.notes.join()).not.toContain('looks at');
  });

  test('changes nothing of what blocks', async () => {
    const net = world({ interfaces: [{ id: 'eni-i1', groups: ['sg-none'] }] });
    const plain = await asked(net, { ...out, proto: 'tcp' });
    const answer = await asked(net, named);
    expect(answer.verdict).toBe('unreachable');
    expect(answer.notes).toEqual([]);
    expect(gist(answer)).toEqual(gist(plain));
  });

  test('opens no way that the header has not', async () => {
    const web = world(natA, { groups: [{ id: 'sg-open', in: [], out: ['udp 443 0.0.0.0/0'] }] });
    expect((await asked(web, { ...out, app: 'quic' })).verdict).toBe('reachable');
    expect((await asked(web, named)).verdict).toBe('unreachable');
  });
});

describe('a name where something on the path may look at it', () => {
  const through = twoFirewalls;

  test('is settled by the assumption that settles it without the name', async () => {
    const plain = await asked(through, { ...out, proto: 'tcp', port: '443' });
    const answer = await asked(through, { ...named, port: '443' });
    expect(answer).toMatchObject({ verdict: 'undecided', assumptions: [passes('fw1')], notes: [] });
    expect(gist(answer)).toEqual(gist(plain));
  });

  test('is never said to be unseen, whatever is assumed of the firewall', async () => {
    expect(await asked(through, { ...named, assume: [passes('fw1')] })).toMatchObject({
      verdict: 'reachable',
      notes: [],
    });
    expect((await asked(through, { ...named, assume: [drops('fw1')] })).verdict).toBe('unreachable');
  });
});

describe('the packet shown', () => {
  test('bears what was asked and nothing else; a name that stands for those below it is one of them', async () => {
    const net = world(natA);
    const packet = async (more: Partial<AskRequest>) => (await asked(net, { ...out, ...more })).flow?.packet;
    expect(await packet({ sni: '.API.example' })).toMatchObject({ protocol: 'tcp', app: 'tls', sni: 'api.example' });
    expect(await packet({ 'http-host': 'a.example' })).toMatchObject({ app: 'http', httpHost: 'a.example' });
    expect(await packet({ 'tcp-flags': 'ack,psh' })).toMatchObject({ protocol: 'tcp', tcpFlags: ['PSH', 'ACK'] });
    expect(Object.keys((await packet({ proto: 'tcp' })) ?? {})).toEqual([
      'src',
      'dst',
      'protocol',
      'srcPort',
      'dstPort',
    ]);
  });

  test('goes to the port at which the payload is usually served, where that is open', async () => {
    const port = async (app: string, ...rules: readonly string[]) =>
      (await asked(world(natA, { groups: [{ id: 'sg-open', in: [], out: rules }] }), { ...out, app })).flow?.packet
        .dstPort;
    expect(await port('ssh', 'all 0.0.0.0/0')).toBe(22);
    expect(await port('quic', 'all 0.0.0.0/0')).toBe(443);
    expect(await port('http', 'all 0.0.0.0/0')).toBe(80);
    expect(await port('ssh', 'tcp 8022 0.0.0.0/0')).toBe(8022);
    const shut = await asked(world(natA, { interfaces: [{ id: 'eni-i1', groups: ['sg-none'] }] }), {
      ...out,
      app: 'ssh',
    });
    expect(shut.blockedBy?.[0]?.detail).toContain('tcp/22');
  });
});

describe('a name asked of the Amazon resolver', () => {
  const query: AskRequest = { from: 'eni-i1', to: 'dns', 'dns-name': 'A.Example.' };

  test('is answered as any other, and what would look at it is said not to be there', async () => {
    const answer = await asked(world(), query);
    expect(answer).toMatchObject({
      verdict: 'reachable',
      flow: { packet: { dstPort: 53, app: 'dns', dnsName: 'a.example' } },
      notes: ['Nothing on this path looks at the name; no DNS Firewall is in the input.'],
    });
    expect((await asked(world6(), { ...query, family: 'ipv6' })).verdict).toBe('reachable');
    expect((await asked(world({ vpcs: [{ id: 'vpc-a', dnsSupport: false }] }), query)).verdict).toBe('unreachable');
  });

  test('is not said to get through where a profile may bring rule groups of DNS Firewall', async () => {
    const answer = async (assume: readonly string[]) => {
      const result = await ask(filtered, { ...query, assume });
      if (!result.ok) throw new Error(JSON.stringify(result.problems));
      return result.value;
    };
    const open = await answer([]);
    expect(open).toMatchObject({ verdict: 'undecided', assumptions: ['passes:vpc-a'] });
    expect(open.notes.join()).toContain('What `rp-1` brings to `vpc-a` is not known');
    const settled = await answer(open.assumptions);
    expect(settled.verdict).toBe('reachable');
    expect(settled.notes).toEqual(open.notes);
    expect((await answer(['drops:vpc-a'])).verdict).toBe('unreachable');
  });
});

describe('properties with a name', () => {
  const ends = 'from: eni-i1, to: internet';

  test('hold and fail as they do without it', async () => {
    const both = async (property: string) => {
      const net = networkOf(world(natA, { groups: [{ id: 'sg-open', in: [], out: ['tcp 443 0.0.0.0/0'] }] }));
      const [plain, carried] = await checked(net, [property, `${property}, sni: evil.example`]);
      expect(carried!.verdict).toBe(plain!.verdict);
      return carried!;
    };
    expect(await both(`forbid: { ${ends} }, proto: tcp`)).toMatchObject({
      verdict: 'violated',
      seen: ['Nothing on this path looks at the name.'],
      flow: { packet: { sni: 'evil.example' } },
    });
    expect(await both(`forbid: { ${ends} }, traffic: tcp/80`)).toMatchObject({ verdict: 'holds', seen: [] });
    expect(await both(`require: { ${ends} }, traffic: tcp/443`)).toMatchObject({
      verdict: 'holds',
      seen: ['Nothing on the paths found looks at the name.'],
    });
    expect(await both(`require: { ${ends} }, traffic: tcp/80`)).toMatchObject({
      verdict: 'violated',
      flow: { packet: { dstPort: 80, sni: 'evil.example' } },
    });
  });

  test('rest on the firewall that they rest on without it', async () => {
    const net = networkOf(twoFirewalls);
    const properties = [`forbid: { ${ends} }, sni: evil.example`, `require: { ${ends} }, sni: good.example`];
    const verdicts = async (...assume: readonly string[]) =>
      (await checked(net, properties, assume)).map(({ verdict, seen }) => [verdict, ...seen]);
    expect(await verdicts()).toEqual([['undecided'], ['undecided']]);
    expect(await verdicts(passes('fw1'))).toEqual([['violated'], ['holds']]);
    expect(await verdicts(drops('fw1'))).toEqual([['holds'], ['violated']]);
  });

  test('neither hold nor fail where DNS Firewall may look at what is asked of the resolver', async () => {
    const to = 'from: eni-i1, to: dns, dns-name: a.example';
    const properties = [`forbid: { ${to} }`, `require: { ${to} }`];
    const verdicts = async (net: Network, ...assume: readonly string[]) =>
      (await checked(net, properties, assume)).map(({ verdict }) => verdict);
    expect(await verdicts(networkOf(world()))).toEqual(['violated', 'holds']);
    expect(await verdicts(filtered)).toEqual(['undecided', 'undecided']);
    expect(await verdicts(filtered, 'passes:vpc-a')).toEqual(['violated', 'holds']);
    expect(await verdicts(filtered, 'drops:vpc-a')).toEqual(['holds', 'violated']);
  });
});
