/** Random firewall policies, and flows that may cross them, as fast-check makes them: small pools, so that rules meet flows. */
import * as fc from 'fast-check';
import type { PolicyWords } from '../trace/firewall-world.ts';

const addresses = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('any', '$HOME_NET', '$EXTERNAL_NET') },
  fc.constantFrom(
    '10.0.1.0/24',
    '!10.0.1.0/24',
    '[10.0.0.0/8,!10.0.2.0/24]',
    '203.0.113.0-203.0.113.9',
    '2001:db8::/32',
    '!2001:db8::/32',
    '[203.0.113.0/24,2001:db8:1::/48]',
    '$SET',
    '!$SET',
    '@LIST',
    '[!10.0.0.0/8,!2001:db8::/32]',
  ),
);
const ports = fc.oneof(
  { weight: 3, arbitrary: fc.constant('any') },
  fc.constantFrom('443', '53', '!443', '[80,443]', '1024:', '[1:1000,!443]', '$PORTS'),
);
const names = fc.constantFrom('example.com', '.example.com', 'evil.net', 'com', 'Example.com', 'a.example.com');
const anchors = fc.constantFrom('', 'startswith; ', 'endswith; ', 'startswith; endswith; ');
const content = fc
  .tuple(names, anchors, fc.boolean(), fc.boolean())
  .map(
    ([name, anchor, negated, nocase]) => `content:${negated ? '!' : ''}"${name}"; ${anchor}${nocase ? 'nocase; ' : ''}`,
  );
const hostContent = fc
  .tuple(names, anchors, fc.boolean())
  .map(([name, anchor, negated]) => `content:${negated ? '!' : ''}"${name.toLowerCase()}"; ${anchor}`);
const dotted = fc.constantFrom('', 'dotprefix; ');

const flow = fc.constantFrom(
  '',
  'flow:to_server; ',
  'flow:to_client; ',
  'flow:established; ',
  'flow:not_established; ',
  'flow:to_server,established; ',
  'flow:to_server,not_established; ',
  'flow:established,to_client; ',
  'flow:stateless; ',
);
const bits = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  fc.constantFrom(
    'flowbits:set,a; ',
    'flowbits:isset,a; ',
    'flowbits:isnotset,a; ',
    'flowbits:unset,a; ',
    'flowbits:set,b; flowbits:isset,a; ',
  ),
);

/** The protocol of a rule, and what it may ask besides. */
const body = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      protocol: fc.constantFrom('ip', 'tcp', 'udp', 'icmp', 'ipv4', 'ipv6'),
      options: fc.constant(''),
    }),
  },
  fc.record({
    protocol: fc.constantFrom('ip', 'tcp'),
    options: fc.constantFrom(
      'ip_proto:!6; ',
      'ip_proto:17; ',
      'tcp.flags:S; ',
      'tcp.flags:A+; ',
      'tcp.flags:S,CE; ',
      'tcp.flags:*SF; ',
      'tcp.flags:!R; ',
      'tcp.flags:SA; ',
      'tcp.flags:A; ',
      'tcp.flags:PA; ',
      'app-layer-protocol:tls; ',
      'app-layer-protocol:!tls; ',
      'app-layer-protocol:!http; ',
      'geoip:dst,RU; ',
      'content:"x"; ',
      'ttl:64; ',
    ),
  }),
  fc.record({
    protocol: fc.constant('icmp'),
    options: fc.constantFrom('itype:8; ', 'itype:0; ', 'icode:0; ', 'itype:8; icode:0; '),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      protocol: fc.constantFrom('tls', 'http', 'dns', 'ssh', 'quic', 'http2'),
      options: fc.constant(''),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      protocol: fc.constantFrom('tls', 'tls', 'tcp'),
      options: fc.tuple(dotted, content).map(([dot, text]) => `tls.sni; ${dot}${text}`),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      protocol: fc.constant('http'),
      options: fc.tuple(dotted, hostContent).map(([dot, text]) => `http.host; ${dot}${text}`),
    }),
  },
  fc.record({
    protocol: fc.constant('http'),
    options: fc.constantFrom(
      'http.method; content:"POST"; startswith; endswith; ',
      'http.uri; content:"/a"; startswith; ',
      'http.user_agent; content:"curl"; ',
      'http.header_names; content:"|0d 0a|"; startswith; ',
    ),
  }),
  fc.record({
    protocol: fc.constant('tls'),
    options: fc.constantFrom(
      'ssl_state:client_hello; ',
      'tls.sni; pcre:"/(^|\\.)example\\.com$/i"; ',
      'tls.sni; pcre:"/^a/"; ',
      'tls.sni; bsize:>5; ',
    ),
  }),
  fc.record({ protocol: fc.constant('dns'), options: content.map((text) => `dns.query; ${text}`) }),
);

const line = fc
  .record({
    action: fc.constantFrom('pass', 'pass', 'drop', 'drop', 'reject', 'alert'),
    body,
    from: addresses,
    fromPort: fc.oneof({ weight: 5, arbitrary: fc.constant('any') }, ports),
    direction: fc.oneof({ weight: 6, arbitrary: fc.constant('->') }, fc.constantFrom('<>', '=>')),
    to: addresses,
    toPort: ports,
    flow,
    bits,
  })
  .map(
    ({ action, body: { protocol, options }, from, fromPort, direction, to, toPort, flow: state, bits: bit }) =>
      (sid: number) =>
        `${action} ${protocol} ${from} ${fromPort} ${direction} ${to} ${toPort} (${options}${state}${bit}sid:${sid};)`,
  );

/** Wide rules, of which many match one packet: what comes first, and how far it reaches, is all that tells them apart. */
const wide = fc
  .constantFrom(
    'pass tcp any any -> any any (',
    'pass tcp any any -> any any (flow:to_server; ',
    'pass ip any any -> $EXTERNAL_NET any (',
    'pass tls any any -> any any (',
    'pass tcp any any -> any any (flow:to_server; priority:1; ',
    'pass tcp any any -> any any (flow:not_established; flowbits:set,a; ',
    'pass tcp any any -> any any (flow:not_established; ',
    'alert tcp any any -> any any (flow:to_server; flowbits:set,a; ',
    'pass tcp any any -> any any (flow:established; flowbits:isset,a; ',
    'drop tcp any any -> any any (flow:to_server, established; flowbits:isset,a; ',
    'drop tcp any any -> any any (flow:to_client, established; ',
  )
  .map((start) => (sid: number) => `${start}sid:${sid};)`);

const lineOrWide = fc.oneof({ weight: 3, arbitrary: line }, { weight: 2, arbitrary: wide });

const statelessRule = fc.record(
  {
    action: fc.constantFrom('aws:pass' as const, 'aws:drop' as const, 'aws:forward_to_sfe' as const),
    protocols: fc.constantFrom([], [6], [17], [6, 17], [1]),
    destinationPorts: fc.constantFrom([], [{ from: 443, to: 443 }], [{ from: 1024, to: 65535 }]),
    sourcePorts: fc.constantFrom([], [], [{ from: 443, to: 443 }]),
    tcpFlags: fc.oneof(
      fc.constant([]),
      fc.constantFrom(
        [{ flags: 2, masks: 18 }],
        [{ flags: 16, masks: 16 }],
        [{ flags: 8, masks: 8 }],
        [{ flags: 24, masks: 0 }],
        [{ flags: 16, masks: 0 }],
        [{ flags: 1, masks: 1 }],
        [{ flags: 128, masks: 192 }],
        [{ flags: 18, masks: 0 }],
        [
          { flags: 0, masks: 9 },
          { flags: 32, masks: 32 },
        ],
      ),
    ),
  },
  { requiredKeys: ['action'] },
);

const action = fc.constantFrom('aws:pass' as const, 'aws:drop' as const);

/** The address pools have `$SET`, `@LIST` and `$PORTS`. */
export const policies: fc.Arbitrary<PolicyWords> = fc
  .record({
    order: fc.constantFrom(undefined, 'action' as const),
    defaults: fc.constantFrom<readonly string[] | 'none listed'>(
      [],
      ['aws:drop_strict'],
      ['aws:drop_established'],
      ['aws:drop_established_app_layer'],
      ['aws:drop_established_app_layer_to_server', 'aws:alert_strict'],
      ['aws:alert_established'],
      'none listed',
    ),
    first: fc.array(lineOrWide, { maxLength: 4 }),
    second: fc.array(lineOrWide, { maxLength: 3 }),
    managed: fc.constantFrom(
      undefined,
      undefined,
      undefined,
      { managed: true },
      { managed: true, dropToAlert: true },
      {},
    ),
    stateless: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(statelessRule, { maxLength: 3 })),
    statelessDefault: fc.oneof({ weight: 5, arbitrary: fc.constant('aws:forward_to_sfe' as const) }, action),
    fragmentDefault: fc.oneof(fc.constant('aws:forward_to_sfe' as const), action),
    streamException: fc.constantFrom('DROP' as const, 'CONTINUE' as const, 'REJECT' as const),
    homeNet: fc.constantFrom(undefined, undefined, ['10.0.0.0/8', '2001:db8::/32'], ['10.0.1.0/24']),
    groupNet: fc.constantFrom(
      undefined,
      undefined,
      undefined,
      { HOME_NET: ['10.0.0.0/8'] },
      { EXTERNAL_NET: ['203.0.113.0/24'] },
    ),
    vpc: fc.oneof({ weight: 6, arbitrary: fc.constant<string | null>('vpc-a') }, fc.constant(null)),
    inspected: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, fc.constant(true)),
    sessionHolding: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, fc.constant(true)),
  })
  .map(({ order, first, second, managed, homeNet, groupNet, inspected, ...rest }): PolicyWords => {
    const sets = {
      ipSets: { SET: ['203.0.113.0/24', '10.0.2.0/24'], ...groupNet },
      portSets: { PORTS: ['443', '8000:8100'] },
      references: { LIST: 'pl-1' },
    };
    const numbered = (lines: readonly ((sid: number) => string)[], from: number) =>
      lines.map((make, i) => make(from + i));
    return {
      ...rest,
      ...(order === undefined ? {} : { order }),
      ...(homeNet === undefined ? {} : { homeNet }),
      ...(inspected ? { tlsInspection: {} } : {}),
      groups: {
        one: { ...sets, rules: numbered(first, 1) },
        ...(managed === undefined ? {} : { between: managed }),
        two: { ...sets, rules: numbered(second, 100) },
      },
      lists: { 'pl-1': ['203.0.113.0/25'] },
    };
  });

const ends = (family: 'ipv4' | 'ipv6') =>
  family === 'ipv4'
    ? fc.constantFrom('10.0.1.5', '10.0.2.5', '10.9.9.9', '203.0.113.1', '203.0.113.200', '198.51.100.7')
    : fc.constantFrom('2001:db8::5', '2001:db8:1::7', '2001:db9::1');

/** As `parsePacket` reads it. */
export const packets: fc.Arbitrary<string> = fc.constantFrom('ipv4' as const, 'ipv6' as const).chain((family) => {
  const bare = (text: string) => (family === 'ipv6' ? `[${text}]` : text);
  return fc
    .record({
      protocol: fc.constantFrom('tcp', 'tcp', 'tcp', 'udp', 'icmp', '47'),
      src: ends(family),
      dst: ends(family),
      srcPort: fc.constantFrom(50000, 443, 1000),
      dstPort: fc.constantFrom(443, 80, 53, 22, 8050),
      type: fc.constantFrom(8, 0, 3),
      flags: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, fc.constantFrom(...flagWords)),
      fragment: fc.oneof({ weight: 5, arbitrary: fc.constant('') }, fc.constant(' fragment')),
    })
    .map(({ protocol, src, dst, srcPort, dstPort, type, flags, fragment }) => {
      if (protocol === 'tcp') return `tcp ${bare(src)}:${srcPort} -> ${bare(dst)}:${dstPort}${flags}${fragment}`;
      if (protocol === 'udp') return `udp ${bare(src)}:${srcPort} -> ${bare(dst)}:${dstPort}${fragment}`;
      if (protocol === '47') return `47 ${src} -> ${dst}`;
      const echo = family === 'ipv4' ? type : type === 8 ? 128 : type === 0 ? 129 : 1;
      return `${family === 'ipv4' ? 'icmp' : 'icmpv6'} ${src} -> ${dst} type ${echo} code 0`;
    });
});

const flagWords = [' flags ACK', ' flags SYN,ACK', ' flags PSH,ACK', ' flags SYN,ECE,CWR', ' flags FIN', ' flags none'];
