import { describe, expect, test } from 'vitest';
import { below, codes, exact, findings, of, sni } from './policy.ts';

const allowed = sni('pass', below('example.com'), 1);
const host = (sid: number): string =>
  `pass http $HOME_NET any -> $EXTERNAL_NET any (http.host; content:"example.org"; startswith; endswith; flow:to_server, established; sid:${sid};)`;

test('an allow list that drops everything else is clean', async () => {
  expect(await codes({ rules: [allowed, host(2)] })).toEqual([]);
});

describe('rules that do nothing', () => {
  test('a name below a domain that is passed already is never decided by its own rule', async () => {
    const found = await findings({ rules: [allowed, sni('pass', exact('www.example.com'), 2)] });
    expect(found).toHaveLength(1);
    expect(of(found, 'shadowed-rule')).toMatchObject({
      rule: { sid: 2, line: 2 },
      other: { sid: 1 },
      examples: [{ packet: { sni: 'www.example.com' }, verdict: 'passes', rule: { sid: 1 } }],
    });
  });

  test('in the other order the wide rule decides still, and the narrow one changes nothing', async () => {
    const found = await findings({ rules: [sni('pass', exact('www.example.com'), 2), allowed] });
    expect(found.map(({ code, rule }) => [code, rule?.sid])).toEqual([['redundant-rule', 2]]);
  });

  test('a drop above the pass of all below it changes much', async () => {
    expect(await codes({ rules: [sni('drop', exact('www.example.com'), 2), allowed] })).toEqual([]);
  });

  test('under action order a drop of what is passed never decides, wherever it stands', async () => {
    const rules = [
      sni('drop', exact('www.example.com'), 2),
      allowed,
      'drop tcp any any -> any any (flow:established; sid:9;)',
    ];
    expect(await codes({ order: 'DEFAULT_ACTION_ORDER', rules })).toContain('shadowed-rule 2');
  });

  test('a rule whose match is not known is not said to do nothing', async () => {
    const unknown =
      'drop tls $HOME_NET any -> $EXTERNAL_NET any (tls.sni; content:"a.example.com"; geoip:dst,RU; sid:2;)';
    expect(await codes({ rules: [unknown, allowed] })).toEqual([]);
  });
});

describe('traffic that bears no name', () => {
  test('without a default drop, all other protocols walk around the list', async () => {
    const found = await findings({ rules: [allowed], defaults: [] });
    const { examples, says } = of(found, 'other-protocols-pass');
    expect(examples.map(({ packet }) => [packet.protocol, packet.app])).toEqual([
      ['tcp', 'ssh'],
      ['udp', 'quic'],
      ['icmp', undefined],
      ['gre', undefined],
    ]);
    expect(says).toContain('TCP that is neither TLS nor HTTP, UDP, ICMP');
    expect(found.filter(({ code }) => code === 'any-name-passes')).toHaveLength(2);
  });

  test('a pass of all TCP is named by its example, one that means a protocol or a place is not', async () => {
    const broad = 'pass tcp $HOME_NET any -> $EXTERNAL_NET 22 (sid:2;)';
    const found = await findings({ rules: [allowed, broad] });
    expect(of(found, 'other-protocols-pass').examples).toMatchObject([{ rule: { sid: 2 } }]);
    const meant = [
      'pass ssh $HOME_NET any -> $EXTERNAL_NET any (sid:2;)',
      'pass udp $HOME_NET any -> any 123 (sid:3;)',
    ];
    expect(
      await codes({
        rules: [allowed, ...meant, broad.replace('$EXTERNAL_NET', '198.51.100.7').replace('sid:2', 'sid:4')],
      }),
    ).toEqual([]);
  });

  test('a list for TLS alone lets HTTP through under action order', async () => {
    const rules = [
      allowed,
      'drop tls $HOME_NET any -> $EXTERNAL_NET any (ssl_state:client_hello; flow:to_server, established; sid:2;)',
    ];
    const found = await findings({ order: 'DEFAULT_ACTION_ORDER', rules });
    expect(found.filter(({ code }) => code === 'any-name-passes')).toMatchObject([
      { examples: [{ packet: { app: 'http' } }] },
    ]);
  });
});

describe('handshakes', () => {
  test('drop_strict without a pass for the handshake kills every connection that rules by name would pass', async () => {
    const found = await findings({ rules: [allowed], defaults: ['aws:drop_strict'] });
    expect(of(found, 'handshake-dies').examples).toMatchObject([
      {
        packet: { app: 'tls' },
        verdict: 'dropped',
        why: expect.stringContaining('aws:drop_strict drops the SYN') as string,
      },
    ]);
  });

  test('with one there is nothing to say', async () => {
    const opens = 'pass tcp $HOME_NET any <> $EXTERNAL_NET any (flow:not_established; sid:2;)';
    expect(await codes({ rules: [allowed, opens], defaults: ['aws:drop_strict'] })).not.toContain('handshake-dies');
    const half = opens.replace('flow:not_established', 'flow:not_established, to_server');
    expect(await codes({ rules: [allowed, half], defaults: ['aws:drop_strict'] })).toContain('handshake-dies');
  });
});

describe('the stateless part', () => {
  test('a default of aws:pass starves the stateful rules', async () => {
    const found = await findings({ rules: [allowed], stateless: 'aws:pass' });
    expect(of(found, 'stateful-starved').examples).toMatchObject([{ verdict: 'passes' }]);
    expect(found.map(({ code }) => code)).not.toContain('stateless-bypass');
  });

  test('forwarding what clients send and passing what comes back shows the rules half of every connection', async () => {
    const packets = [{ action: 'aws:forward_to_sfe', sources: ['10.0.0.0/8'] }] as const;
    const found = await findings({ rules: [allowed], stateless: 'aws:pass', packets });
    expect(of(found, 'stateful-starved').says).toContain('no TCP connection whole');
    const both = [...packets, { action: 'aws:forward_to_sfe', destinations: ['10.0.0.0/8'] }] as const;
    expect(await codes({ rules: [allowed], stateless: 'aws:drop', packets: both })).toEqual([]);
  });

  test('a stateless pass of a port, both ways, goes around a drop', async () => {
    const packets = [
      { action: 'aws:pass', protocols: [6], destinationPorts: [[8443, 8443]] },
      { action: 'aws:pass', protocols: [6], sourcePorts: [[8443, 8443]] },
    ] as const;
    const drop = 'drop tcp any any -> any 8443 (flow:to_server, established; sid:2;)';
    const found = await findings({ rules: [drop], defaults: [], packets });
    expect(of(found, 'stateless-bypass')).toMatchObject({
      other: { sid: 2 },
      examples: [{ packet: { protocol: 'tcp', dstPort: 8443 }, verdict: 'passes' }],
    });
    expect(await codes({ rules: [drop], defaults: [] })).toEqual([]);
  });
});

describe('early passes', () => {
  const drop = sni('drop', exact('evil.com'), 2);
  test('a pass without a flow keyword takes the flow that a later drop by name is for', async () => {
    const found = await findings({ rules: ['pass tcp $HOME_NET any -> any 443 (sid:1;)', drop], defaults: [] });
    expect(of(found, 'early-pass')).toMatchObject({
      rule: { sid: 1 },
      other: { sid: 2 },
      examples: [{ packet: { sni: 'evil.com' }, verdict: 'passes', rule: { sid: 1 } }],
    });
  });

  test('also where the drop stands before it', async () => {
    const found = await findings({ rules: [drop, 'pass tcp $HOME_NET any -> any 443 (sid:1;)'], defaults: [] });
    expect(of(found, 'early-pass')).toMatchObject({ rule: { sid: 1 }, other: { sid: 2 } });
  });

  test('one that passes the handshake alone does not', async () => {
    const opens = 'pass tcp $HOME_NET any <> any any (flow:not_established; sid:1;)';
    expect(await codes({ rules: [opens, drop], defaults: [] })).not.toContain('early-pass 1');
  });
});

describe('names', () => {
  test('a match open at its end lets through a name of somebody else', async () => {
    const found = await findings({ rules: [sni('pass', 'content:"example.com"; nocase;', 1)] });
    expect(of(found, 'unanchored-name')).toMatchObject({
      rule: { sid: 1 },
      examples: [{ packet: { sni: 'example.com.evil.net' }, verdict: 'passes' }],
    });
    const ends = await findings({ rules: [sni('pass', 'content:"example.com"; endswith; nocase;', 1)] });
    expect(of(ends, 'unanchored-name').examples).toMatchObject([{ packet: { sni: 'evil-example.com' } }]);
  });

  test('a drop without nocase is walked around in capitals', async () => {
    const found = await findings({
      rules: [sni('drop', 'content:"evil.com"; startswith; endswith;', 1)],
      defaults: [],
    });
    const { packet } = of(found, 'unanchored-name').examples[0]!;
    expect(packet.sni).not.toBe('evil.com');
    expect(packet.sni?.toLowerCase()).toBe('evil.com');
    expect(await codes({ rules: [sni('drop', exact('evil.com'), 1)], defaults: [] })).toEqual([]);
  });
});
