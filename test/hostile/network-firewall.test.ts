/** What a network firewall's rules may let through is never taken for stopped. */
import type { Document } from '../support/aws.ts';
import {
  type GroupSpec,
  type PolicySpec,
  type StatelessSpec,
  describePolicy,
  describeRules,
  describeStateless,
  managedGroupArn,
  statefulGroupArn,
  statelessGroupArn,
} from '../support/aws-network-firewall.ts';
import type { Change } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';
import { alone } from './parts.ts';
import { type Edit, neverHolds, stillHolds } from './verdict.ts';

/** S1's way out and back by a firewall in S2, and a NAT gateway in PUB. */
const behindFirewall: Change = {
  firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-s2', ip: '10.0.2.60', firewall: 'fw' }],
  nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
  tables: [
    { id: 'rtb-s1', routes: ['0.0.0.0/0 vpce-fw'] },
    { id: 'rtb-s2', routes: ['0.0.0.0/0 nat-a'] },
    { id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a', '10.0.1.0/24 vpce-fw'] },
  ],
};

const network = world(alone, behindFirewall);

const network6 = world6({
  firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-s2', ip: '10.0.2.60', firewall: 'fw' }],
  tables: [
    { id: 'rtb-s1', routes: ['::/0 vpce-fw'] },
    { id: 'rtb-s2', routes: ['::/0 igw-a'] },
  ],
});

interface Words extends Omit<PolicySpec, 'groups'>, Pick<GroupSpec, 'references'> {
  readonly packets?: readonly StatelessSpec[];
  readonly dropToAlert?: true;
}

/** Strict order with these defaults, or action order where there are none; one group of these lines. */
const rules =
  (lines: readonly string[], { packets, references, dropToAlert, ...words }: Words = {}, ...more: Document[]): Edit =>
  (documents) => {
    const order = words.defaults === undefined ? 'DEFAULT_ACTION_ORDER' : 'STRICT_ORDER';
    const arn = statefulGroupArn('rg');
    const policy: PolicySpec = {
      order,
      groups: [dropToAlert === undefined ? arn : { arn: managedGroupArn('rg'), dropToAlert }],
      statelessGroups: packets === undefined ? [] : [statelessGroupArn('packets')],
      ...words,
    };
    const group = describeRules('rg', lines, { order, ...(references === undefined ? {} : { references }) });
    return [
      ...documents,
      describePolicy('fw', policy),
      dropToAlert === undefined ? group : asManaged(group),
      ...(packets === undefined ? [] : [describeStateless('packets', packets)]),
      ...more,
    ];
  };

/** Action order: two groups, and a third that drops what the server sends. */
const grouped =
  (first: readonly string[], second: readonly string[]): Edit =>
  (documents) => [
    ...documents,
    describePolicy('fw', { groups: ['one', 'two', 'three'].map(statefulGroupArn) }),
    describeRules('one', first),
    describeRules('two', second),
    describeRules('three', ['drop tcp any any -> any any (flow:to_client, established; sid:9;)']),
  ];

const asManaged = ({ file, json }: Document): Document => ({
  file,
  json: JSON.parse(JSON.stringify(json).replaceAll(statefulGroupArn('rg'), managedGroupArn('rg'))) as object,
});

const handshakes = 'pass tcp any any <> any any (flow:not_established; sid:90;)';
const established = { defaults: ['aws:drop_established'] };
const strict = { defaults: ['aws:drop_strict'] };
const web = 'traffic: tcp/443';
const out = (more: string): string => `forbid: { from: eni-i1, to: internet, ${more} }`;

/** One prefix list without entries, and what is said of it. */
const emptyList: readonly Document[] = [
  {
    file: 'describe-managed-prefix-lists.json',
    json: {
      PrefixLists: [{ PrefixListId: 'pl-0e', AddressFamily: 'IPv4', PrefixListName: 'empty', OwnerId: '111122223333' }],
    },
  },
  { file: 'get-managed-prefix-list-entries.pl-0e.json', json: { Entries: [] } },
];
const references = { E: 'arn:aws:ec2:us-east-1:111122223333:prefix-list/pl-0e' };

neverHolds('firewall rules', [
  {
    says: 'of two groups either may pass first under action order, the flow or one packet (10.21)',
    network,
    edit: grouped(
      ['pass tcp any any -> any any (flow:to_server; sid:1;)'],
      ['pass tcp any any -> $EXTERNAL_NET 443 (sid:2;)'],
    ),
    property: out(`${web}, mode: data`),
  },
  {
    says: 'so that neither is certain',
    network,
    edit: grouped(
      ['pass tcp any any -> $EXTERNAL_NET 443 (sid:2;)'],
      ['pass tcp any any -> any any (flow:to_server; sid:1;)'],
    ),
    property: `require: { from: eni-i1, to: internet, ${web} }`,
  },
  {
    says: 'a bit that is set behind a pass of one packet may be set (10.31, 10.32, 10.82)',
    network,
    edit: rules(
      [
        'pass tcp any any -> any any (flow:not_established; sid:1;)',
        'alert tcp any any -> any any (flow:not_established; flowbits:set,a; sid:2;)',
        'pass tcp any any -> any any (flow:established; flowbits:isset,a; sid:3;)',
      ],
      established,
    ),
    property: out(`${web}, mode: data`),
  },
  {
    says: 'a client sends data under any flags that data can have past stateless rules (10.16)',
    network,
    edit: rules([], { packets: [{ action: 'aws:drop', protocols: [6], flags: [{ set: ['PSH'], of: ['PSH'] }] }] }),
    property: out('traffic: tcp, except: { sni: .example.com }'),
  },
  {
    says: 'also where it must not be pushed, and may be urgent alone',
    network,
    edit: rules([], {
      packets: [
        {
          action: 'aws:drop',
          protocols: [6],
          flags: [{ set: ['ACK', 'PSH'] }, { set: ['ACK'] }, { set: ['ACK', 'FIN'], of: ['ACK', 'FIN'] }],
        },
      ],
    }),
    property: out('traffic: tcp, except: { sni: .example.com }'),
  },
  {
    says: 'of a connection whose data nobody can push no data is certain to get through',
    network,
    edit: rules([], { packets: [{ action: 'aws:drop', protocols: [6], flags: [{ set: ['PSH'], of: ['PSH'] }] }] }),
    property: `require: { from: eni-i1, to: internet, ${web} }`,
  },
  {
    says: 'nor where no segment may go without being pushed, or be the last',
    network,
    edit: rules([], {
      packets: [
        {
          action: 'aws:drop',
          protocols: [6],
          flags: [{ set: ['ACK', 'FIN'], of: ['ACK', 'FIN'] }],
        },
      ],
    }),
    property: `require: { from: eni-i1, to: internet, ${web} }`,
  },
  {
    says: 'and none is certain not to',
    network,
    edit: rules([], { packets: [{ action: 'aws:drop', protocols: [6], flags: [{ set: ['PSH'], of: ['PSH'] }] }] }),
    property: out(`${web}, mode: data`),
  },
  {
    says: 'of data that the engine sees a part of the rest is midstream',
    network,
    edit: rules([], { packets: [{ action: 'aws:pass', protocols: [6], flags: [{ set: ['PSH'], of: ['PSH'] }] }] }),
    property: `require: { from: eni-i1, to: internet, ${web} }`,
  },
  {
    says: 'of several flowbits one that is not set is enough for `isnotset` (10.82)',
    network,
    edit: rules(
      [
        handshakes,
        'alert tcp any any -> any any (flow:to_server; flowbits:set,a; sid:1;)',
        'pass tcp any any -> any any (flow:to_server; flowbits:isnotset,a|b; sid:2;)',
      ],
      established,
    ),
    property: out(`${web}, mode: data`),
  },
  {
    says: "buffers that are not modelled may be the server's (10.35, 10.78)",
    network,
    edit: rules(
      [
        'pass tls any any -> any any (flow:to_server, established; sid:1;)',
        'pass tls any any -> any any (flow:to_client; tls.cert_subject; content:"x"; sid:2;)',
      ],
      { defaults: ['aws:drop_established_app_layer'] },
    ),
    property: out(`${web}, mode: data`),
  },
  {
    says: 'and stop what it sends',
    network,
    edit: rules(['drop tls any any -> any any (flow:to_client; tls.cert_subject; content:"x"; sid:2;)']),
    property: `require: { from: eni-i1, to: internet, ${web}, app: tls, mode: data }`,
  },
  {
    says: "later messages of a TLS handshake are the server's (10.78)",
    network,
    edit: rules(['drop tls any any -> any any (flow:to_client; ssl_state:server_hello; sid:2;)']),
    property: `require: { from: eni-i1, to: internet, ${web}, app: tls, mode: data }`,
  },
  {
    says: 'data without a handshake may pass where flows go on that the engine has not seen begin (10.37)',
    network,
    edit: rules(['drop tcp any any -> any any (flow:to_server, not_established; sid:1;)'], {
      defaults: [],
      streamException: 'CONTINUE',
    }),
    property: out('traffic: tcp, except: { sni: .example.com }'),
  },
  {
    says: 'a rule for a port counts for the packet that fragments are put together to (10.74)',
    network,
    edit: rules(['pass udp any any -> any 53 (sid:1;)'], {
      ...strict,
      packets: [{ action: 'aws:drop', protocols: [17], destinationPorts: [[53, 53]] }],
    }),
    property: out('traffic: udp/53'),
  },
  {
    says: 'a list has its addresses family by family (10.73)',
    network: network6,
    edit: rules(['pass tcp any any -> [10.0.0.0/8, !2001:db8::/32] any (sid:1;)'], strict),
    property: out(`${web}, family: ipv6, mode: packet`),
  },
  {
    says: 'the IPv6 block of the VPC may be no part of its HOME_NET (10.42)',
    network: network6,
    edit: rules(['drop tcp $HOME_NET any -> any any (sid:1;)'], { defaults: [] }),
    property: out(`${web}, family: ipv6, mode: packet`),
  },
  {
    says: 'nor may it be what is outside (10.42)',
    network: network6,
    edit: rules(['drop tcp any any -> $EXTERNAL_NET any (sid:1;)'], { defaults: [] }),
    property: out(`${web}, family: ipv6, mode: packet`),
  },
  {
    says: 'what the negation of an empty prefix list is, is not stated (10.47)',
    network,
    edit: rules(['pass tcp any any -> !@E any (sid:1;)'], { ...strict, references }, ...emptyList),
    property: out(web),
  },
  {
    says: 'nor what an empty prefix list beside exceptions is',
    network,
    edit: rules(['drop tcp any any -> [@E, !10.0.0.0/8] any (sid:1;)'], { defaults: [], references }, ...emptyList),
    property: out(web),
  },
  {
    says: "AWS's own rules only alert where they are told to, also where they are shown (10.36)",
    network,
    edit: rules(['drop ip any any -> any any (sid:1;)'], { defaults: [], dropToAlert: true }),
    property: out('traffic: all'),
  },
  {
    says: 'the class of a rule gives it a priority (10.84)',
    network,
    edit: rules([
      'pass tcp any any -> any any (flow:not_established; priority:2; sid:1;)',
      'pass tcp any any -> any 443 (classtype:trojan-activity; sid:2;)',
      'drop tcp any any -> any any (flow:established, to_server; sid:3;)',
    ]),
    property: out('traffic: tcp, except: { sni: .example.com }'),
  },
  {
    says: '`ip_proto` narrows the header, and leaves the rule what it is (10.81)',
    network,
    edit: rules([handshakes, 'pass tls any any -> any 443 (ip_proto:6; sid:1;)'], {
      defaults: ['aws:drop_established_app_layer'],
    }),
    property: out(`${web}, src-port: 50000, mode: data`),
  },
  {
    says: 'a default action that nobody knows of may drop, whatever its name begins with (10.24)',
    network,
    edit: rules([], { defaults: ['aws:alert_unheard_of'] }),
    property: `require: { from: eni-i1, to: internet, ${web} }`,
  },
  ...[
    'pcre:"/^a\\.ok\\.com$/x"',
    'pcre:"/^a\\.ok\\.com\\Z/"',
    'pcre:"/^[[:alpha:]]+\\.com/"',
    'pcre:"/(?i)^evil$/"',
  ].map((asked) => ({
    says: `both tellings read ${asked} alike (10.79)`,
    network,
    edit: rules([handshakes, `pass tls any any -> any any (tls.sni; ${asked}; sid:1;)`], established),
    property: out('traffic: tcp, except: { sni: .ok.com }'),
  })),
  ...[
    'content:"ok."; startswith; content:"com"; distance:0; endswith',
    'content:"ok"; within:10; endswith',
    'content:"ok"; content:!"x"; within:5',
    'dotprefix; content:".ok"; content:".com"; distance:0; within:9; endswith',
  ].map((asked) => ({
    says: `both tellings look for ${asked} at the same places (10.79)`,
    network,
    edit: rules([handshakes, `pass tls any any -> any any (tls.sni; ${asked}; sid:1;)`], established),
    property: out('traffic: tcp, except: { sni: .ok.com }'),
  })),
]);

stillHolds('firewall rules', [
  {
    says: 'where both pass the flow it is all one which comes first (10.21)',
    network,
    edit: grouped(['pass tcp any any -> any 443 (sid:1;)'], ['pass tcp any any -> $EXTERNAL_NET any (sid:2;)']),
    property: `require: { from: eni-i1, to: internet, ${web} }`,
  },
  {
    says: 'the IPv6 block of the VPC is in HOME_NET for all rules, or for none (10.42)',
    network: network6,
    edit: rules(['drop tcp $HOME_NET any -> any 443 (sid:1;)', 'pass tcp $HOME_NET any -> any any (sid:2;)'], {
      defaults: ['aws:drop_strict'],
    }),
    property: out(`${web}, family: ipv6, mode: packet`),
  },
  {
    says: 'priorities tell which of two groups comes first',
    network,
    edit: grouped(
      ['pass tcp any any -> any any (flow:to_server; priority:1; sid:1;)'],
      ['pass tcp any any -> $EXTERNAL_NET 443 (priority:2; sid:2;)'],
    ),
    property: out(`${web}, mode: data`),
  },
  {
    says: 'rules of flags that no data can have leave data as it is (10.16)',
    network,
    edit: rules([], {
      packets: [
        {
          action: 'aws:drop',
          protocols: [6],
          flags: [{ set: ['SYN', 'FIN'], of: ['SYN', 'FIN'] }, { set: [] }, { set: ['FIN'], of: ['FIN', 'ACK'] }],
        },
      ],
    }),
    property: `require: { from: eni-i1, to: internet, ${web} }`,
  },
  {
    says: 'no flags of data get past a drop of what is acknowledged',
    network,
    edit: rules([], { packets: [{ action: 'aws:drop', protocols: [6], flags: [{ set: ['ACK'], of: ['ACK'] }] }] }),
    property: out('traffic: tcp, except: { sni: .example.com }'),
  },
  {
    says: 'contents one behind the other are a name (10.79)',
    network,
    edit: rules(
      [
        handshakes,
        'pass tls any any -> any any (tls.sni; content:"a"; startswith; content:".ok"; distance:0; within:3; content:".com"; distance:0; within:4; endswith; sid:1;)',
      ],
      established,
    ),
    property: out('traffic: tcp, except: { sni: a.ok.com }'),
  },
  {
    says: 'a rule for a port is no rule for other packets in one piece (10.74)',
    network,
    edit: rules(['pass udp any any -> any 53 (sid:1;)'], strict),
    property: out('traffic: [tcp/53, udp/54], fragment: false'),
  },
  {
    says: 'flowbits that are all set leave `isnotset` nothing (10.82)',
    network,
    edit: rules(
      [
        handshakes,
        'alert tcp any any -> any any (flow:to_server; flowbits:set,a; sid:1;)',
        'pass tcp any any -> any any (flow:to_server; flowbits:isnotset,a; sid:2;)',
      ],
      established,
    ),
    property: out(`${web}, mode: data`),
  },
  {
    says: "AWS's own rules that are shown drop where nobody overrides them (10.36)",
    network,
    edit: rules(['drop ip any any -> any any (sid:1;)'], { defaults: [] }),
    property: out('traffic: all'),
  },
]);
