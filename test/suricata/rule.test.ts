/** What one rule says, and what is said of one that is wrong. */
import { describe, expect, test } from 'vitest';
import { type Option, parseRule, type Rule, ruleOf } from '../../src/suricata/index.ts';

const read = (text: string): Rule => {
  const rule = parseRule(text);
  if (!rule.ok) throw new Error(JSON.stringify(rule.problems));
  return rule.value;
};

const header = (text: string): Rule => read(`${text} (sid:1;)`);
const options = (text: string): readonly Option[] => read(`pass tcp any any -> any any (${text} sid:1;)`).options;

const wrong = (text: string): readonly string[] => {
  const rule = parseRule(text);
  return rule.ok ? [] : rule.problems.map(({ code, column }) => `${column} ${code.replace('suricata-', '')}`);
};
const wrongOptions = (text: string): readonly string[] => wrong(`drop tcp any any -> any any (${text})`);

const range = (from: bigint, to: bigint) => ({ kind: 'range', family: 'ipv4', from, to });

describe('the header', () => {
  test('action, protocol and any are read in any case', () => {
    expect(header('PASS TCP ANY ANY -> ANY ANY')).toEqual(header('pass tcp any any -> any any'));
  });

  test('other spellings of a protocol are the usual one', () => {
    expect(['pkthdr', 'ip4', 'ip6', 'http1'].map((one) => header(`drop ${one} any any -> any any`).protocol)).toEqual([
      'ip',
      'ipv4',
      'ipv6',
      'http',
    ]);
  });

  test('lists nest, negate and hold blanks', () => {
    const rule = header('drop ip [10.0.0.0/31, ![10.0.0.1,$X],@LIST] any -> !10.0.0.0-10.0.0.9 [80:,![90, 443:444]]');
    expect(rule.source).toEqual({
      kind: 'list',
      of: [
        range(0x0a000000n, 0x0a000001n),
        { kind: 'not', of: { kind: 'list', of: [range(0x0a000001n, 0x0a000001n), { kind: 'variable', name: 'X' }] } },
        { kind: 'reference', name: 'LIST' },
      ],
    });
    expect(rule.destination).toEqual({ kind: 'not', of: range(0x0a000000n, 0x0a000009n) });
    expect(rule.destinationPort).toEqual({
      kind: 'list',
      of: [
        { kind: 'range', from: 80, to: 65535 },
        {
          kind: 'not',
          of: {
            kind: 'list',
            of: [
              { kind: 'range', from: 90, to: 90 },
              { kind: 'range', from: 443, to: 444 },
            ],
          },
        },
      ],
    });
  });

  test('a mask in dotted decimal is a block, and host bits are ignored', () => {
    expect(header('drop ip 10.0.0.9/255.255.255.252 any -> any :1').source).toEqual(range(0x0a000008n, 0x0a00000bn));
  });

  test.each([
    ['rejectsrc tcp any any -> any any (sid:1;)', '1 action'],
    ['accept tcp any any -> any any (sid:1;)', '1 action'],
    ['drop sctp any any -> any any (sid:1;)', '6 protocol'],
    ['drop tpc any any -> any any (sid:1;)', '6 protocol'],
    ['drop tcp any any any any (sid:1;)', '18 direction'],
    ['drop tcp any any <- any any (sid:1;)', '18 direction'],
    ['drop tcp 10.0.0.0/33 any -> any any (sid:1;)', '10 address'],
    ['drop tcp !any any -> any any (sid:1;)', '10 address'],
    ['drop tcp [any,!0.0.0.0/0] any -> any any (sid:1;)', '10 address'],
    ['drop tcp any any -> any 1:0 (sid:1;)', '25 port'],
    ['drop tcp any any -> any 65536 (sid:1;)', '25 port'],
    ['drop tcp any !any -> any any (sid:1;)', '14 port'],
    ['drop tcp any any -> any [80,,81] (sid:1;)', '29 port'],
    ['drop tcp any any -> [10.0.0.1 any (sid:1;)', '21 syntax'],
    ['drop tcp any -> any any (sid:1;)', '14 syntax'],
    ['drop tcp any any -> any any 80 (sid:1;)', '29 syntax'],
  ])('%s is refused', (text, problem) => {
    expect(wrong(text)).toEqual([problem]);
  });

  test('a rule of a Next Generation policy is told as such and not misread', () => {
    for (const text of [
      'accept:hook tcp:all any any <> any 80 (sid:10;)',
      'drop:flow tls:client_hello any any -> any any',
    ])
      expect(wrong(text)).toEqual(['1 next-generation']);
  });
});

test('a list nested without end is refused, not followed', () => {
  const deep = `${'['.repeat(5000)}10.0.0.1${']'.repeat(5000)}`;
  expect(wrong(`drop tcp ${deep} any -> any any (sid:1;)`)).toEqual(['75 address']);
});

describe('options', () => {
  test('a value keeps what is escaped', () => {
    expect(options(String.raw`msg:"a\;b \"c\" \\";`)).toEqual([{ kind: 'meta', keyword: 'msg', value: 'a;b "c" \\' }]);
  });

  test('a buffer holds the contents behind it, with their modifiers', () => {
    expect(
      options('tls.sni; dotprefix; content:".x|2e 41|"; nocase; endswith; content:!"b"; startswith; flow:stateless;'),
    ).toEqual([
      {
        kind: 'buffer',
        buffer: 'tls.sni',
        dotprefix: true,
        matches: [
          { kind: 'content', negated: false, bytes: '.x.A', nocase: true, startswith: false, endswith: true },
          { kind: 'content', negated: true, bytes: 'b', nocase: false, startswith: true, endswith: false },
        ],
      },
      { kind: 'flow', state: 'stateless', other: [] },
    ]);
  });

  test('a buffer of the older style stands behind its content', () => {
    const both = options('content:"a"; content:"b"; http_host; endswith;');
    expect(both).toMatchObject([
      { kind: 'payload', matches: [{ bytes: 'a' }] },
      { kind: 'buffer', buffer: 'http.host', matches: [{ bytes: 'b', endswith: true }] },
    ]);
  });

  test('a transform that is not modelled leaves nothing known of the buffer', () => {
    expect(options('tls.sni; to_lowercase; content:"a";')).toMatchObject([{ kind: 'payload', buffer: 'tls.sni' }]);
  });

  test('a place told by the packet leaves what must not be there unknown', () => {
    expect(options('tls.sni; content:"a"; depth:len; content:!"b"; depth:len;')).toMatchObject([
      { matches: [{ bytes: 'a' }, { kind: 'unknown', keyword: 'depth' }, { kind: 'unknown', keyword: 'depth' }] },
    ]);
  });

  test('header names that begin with an empty line are some header', () => {
    expect(options('http.header_names; content:"|0d 0a|"; startswith;')).toEqual([{ kind: 'some-header' }]);
    expect(options('http.header_names; content:"|0d 0a|Host"; startswith;')).toMatchObject([{ kind: 'payload' }]);
  });

  test.each<[string, object]>([
    ['flow:from_client, established;', { kind: 'flow', direction: 'to_server', state: 'established', other: [] }],
    ['flow:no_stream;', { kind: 'flow', other: ['no_stream'] }],
    ['flowbits:isset,a|b;', { kind: 'flowbits', command: 'isset', names: ['a', 'b'] }],
    ['flowbits:noalert;', { kind: 'noalert' }],
    ['app-layer-protocol:!tls,either;', { kind: 'app-layer-protocol', negated: true, protocol: 'tls', mode: 'either' }],
    ['ip_proto:!TCP;', { kind: 'ip_proto', negated: true, protocol: 6 }],
    ['ip_proto:>5;', { kind: 'unknown', keyword: 'ip_proto', value: '>5' }],
    ['itype:8;', { kind: 'itype', from: 8, to: 8 }],
    ['icode:>3;', { kind: 'icode', from: 4, to: 255 }],
    ['itype:3<>9;', { kind: 'itype', from: 4, to: 8 }],
    ['itype:3:9;', { kind: 'unknown', keyword: 'itype', value: '3:9' }],
    ['flags:S+,CE;', { kind: 'tcp.flags', match: 'all', flags: 2, ignored: 192 }],
    ['tcp.flags:0;', { kind: 'tcp.flags', match: 'exact', flags: 0, ignored: 0 }],
    ['tcp.flags:!SA;', { kind: 'unknown', keyword: 'tcp.flags', value: '!SA' }],
    ['ssl_state:!client_hello;', { kind: 'ssl_state', negated: true, state: 'client_hello' }],
    ['priority:3;', { kind: 'priority', value: 3 }],
    ['geoip:dst,!DE;', { kind: 'unknown', keyword: 'geoip', value: 'dst,!DE' }],
    ['xbits:set,a,track ip_src;', { kind: 'unknown', keyword: 'xbits', value: 'set,a,track ip_src' }],
  ])('%s', (text, option) => {
    expect(options(text)).toEqual([option]);
  });

  test.each([
    ['sid:1', '35 options'],
    ['sid:1; rev:2', '42 options'],
    ['msg:"a;b"; sid:1;', '37 options'],
    ['msg:"a";', '1 sid'],
    ['sid:0;', '34 sid'],
    ['flwo:to_server; sid:1;', '30 keyword'],
    ['flow:upwards; sid:1;', '35 option'],
    ['flow:to_server,to_client; sid:1;', '45 option'],
    ['iprep:src,x,>,1; sid:1;', '30 unsupported'],
    ['threshold:type limit,track by_src,count 1,seconds 1; sid:1;', '30 unsupported'],
    ['tls.sni; content:"a"; dotprefix; sid:1;', '52 buffer'],
    ['tls.sni; flow:to_server; content:"a"; sid:1;', '30 buffer'],
    ['tls.sni; sid:1;', '30 buffer'],
    ['nocase; sid:1;', '30 option'],
    ['http.host; content:"a"; nocase; sid:1;', '54 option'],
    ['content:a; sid:1;', '38 option'],
    ['content:"|0|"; sid:1;', '40 option'],
    ['app-layer-protocol:ftp-data; sid:1;', '49 protocol'],
    ['pcre:"/a/"; sid:1;', '1 unsupported'],
  ])('%s is refused', (text, problem) => {
    expect(wrongOptions(text)).toEqual([problem]);
  });

  test('a pcre stands alone in the names of servers', () => {
    expect(options('tls.sni; pcre:"/a;/i";'.replace(';/', '\\;/'))).toMatchObject([
      { matches: [{ kind: 'pcre', pattern: 'a\\;', flags: 'i' }] },
    ]);
  });

  test('options that are not closed are told, with what is wrong before', () => {
    expect(wrong('drop tcp any any -> any any (flwo:x; sid:1;')).toEqual(['30 keyword', '44 options']);
    expect(wrong('drop tcp any any -> any any')).toEqual(['28 options']);
    expect(wrong('drop tcp any any -> any any (sid:1;) drop')).toEqual(['38 options']);
    expect(wrong('drop tcp any any -> any any (sid:1;) # why')).toEqual([]);
  });
});

test('everything that is wrong with a rule is told at once', () => {
  expect(wrong('drpo tcp !any any -> any 99999 (flow:x; content:"";)')).toEqual([
    '1 action',
    '1 sid',
    '10 address',
    '26 port',
    '38 option',
    '49 option',
  ]);
});

test('a slip is told with what was meant', () => {
  const rule = parseRule('drpo tcp any any -> any any (sid:1;)');
  expect(!rule.ok && rule.problems[0]).toMatchObject({ message: '`drpo` is no action.', hint: 'Did you mean `drop`?' });
});

test('a text is read once', () => {
  const text = 'drop tcp any any -> any any (sid:7;)';
  expect(ruleOf(text)).toBe(ruleOf(text));
  expect(ruleOf('drop')).toBeUndefined();
});
