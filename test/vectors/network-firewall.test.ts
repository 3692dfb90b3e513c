/** Network Firewall on the way to the internet, with its policy read: semantics 10A to 10F, T79 to T97. */
import {
  type PolicySpec,
  describeDomains,
  describeManaged,
  describePolicy,
  describeRules,
  describeStateless,
  describeTls,
  inspecting,
  managedGroupArn,
  statefulGroupArn,
  statelessGroupArn,
  tlsInspectionArn,
} from '../support/aws-network-firewall.ts';
import type { Document } from '../support/aws.ts';
import { proves } from '../support/proves.ts';
import type { Change, Spec } from '../support/spec.ts';
import { world } from '../support/world.ts';

/** S1 and S2 go through the endpoint in az1 to a NAT gateway in PUB, and replies come back through it. */
const outward: Change = {
  subnets: [{ id: 'subnet-f', vpc: 'vpc-a', cidrs: ['10.0.3.0/24'], zone: 'az1', table: 'rtb-f' }],
  firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-f', ip: '10.0.3.60', firewall: 'main' }],
  nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
  tables: [
    { id: 'rtb-f', vpc: 'vpc-a', routes: ['0.0.0.0/0 nat-a'] },
    { id: 'rtb-s1', routes: ['0.0.0.0/0 vpce-fw'] },
    { id: 'rtb-s2', routes: ['0.0.0.0/0 vpce-fw'] },
    { id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a', '10.0.1.0/24 vpce-fw', '10.0.2.0/24 vpce-fw'] },
  ],
};

/** S1 has public addresses, and the internet gateway's own table leads to the endpoint what is for it. */
const edged: Change = {
  nats: [{ gone: 'nat-a' }],
  tables: [
    { id: 'rtb-f', routes: ['0.0.0.0/0 igw-a'] },
    { id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a'] },
    { id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: ['10.0.1.0/24 vpce-fw', '10.0.2.0/24 vpce-fw'] },
  ],
  interfaces: [
    { id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] },
    { id: 'eni-i2', ips: ['10.0.2.10=198.51.100.2'] },
  ],
};

/** Firewall `main` with that policy, whose groups are those answered, in their order. */
function ruled(policy: PolicySpec, ...groups: readonly Document[]): Change {
  const named = (kind: string, arn: (name: string) => string): readonly string[] =>
    groups.flatMap(({ file, json }) => {
      const name = /\.(.+)\.json$/.exec(file)![1]!;
      return JSON.stringify(json).includes(`${kind}/${name}"`) ? [arn(name)] : [];
    });
  return inspecting(
    describePolicy('main', {
      groups: named('stateful-rulegroup', statefulGroupArn),
      statelessGroups: named('stateless-rulegroup', statelessGroupArn),
      ...policy,
    }),
    ...groups,
  );
}

const strict = { order: 'STRICT_ORDER' } as const;

const behind = (policy: PolicySpec, ...groups: readonly Document[]): Spec => world(outward, ruled(policy, ...groups));

const allowed = describeDomains('names', 'ALLOWLIST', ['.example.com']);
const allowedInOrder = describeDomains('names', 'ALLOWLIST', ['.example.com'], strict);

const web = 'tcp I1:40000 -> 203.0.113.1:443';
const stopped = 'DENY@firewall-endpoint:FIREWALL_RULES_RESTRICTION';

const pass443 = { action: 'aws:pass', protocols: [6], destinationPorts: [[443, 443]] } as const;
const mirror443 = { action: 'aws:pass', protocols: [6], sourcePorts: [[443, 443]] } as const;
const denied = describeDomains('names', 'DENYLIST', ['evil.com']);

const matching = `!matches:${statefulGroupArn('rules')}#sid:97`;

proves([
  {
    id: 'T79',
    says: 'in action order an allowlist stops other names of TLS and HTTP, and nothing else',
    network: behind({}, allowed),
    lines: [
      `${web} carrying tls:www.example.com => DATA at internet via vpce-fw nat-a`,
      `${web} carrying tls:example.com => DATA at internet`,
      `${web} carrying tls:badexample.com => CONN, data ${stopped}`,
      `${web} carrying tls:evil.com => CONN, data ${stopped}`,
      'tcp I1:40000 -> 203.0.113.1:8080 carrying http:www.example.com => DATA at internet',
      `tcp I1:40000 -> 203.0.113.1:8080 carrying http:evil.com => CONN, data ${stopped}`,
      'tcp I1:40000 -> 203.0.113.1:22 carrying ssh => DATA at internet via vpce-fw',
      'udp I1:40000 -> 203.0.113.1:53 carrying dns:evil.com => DATA at internet via vpce-fw',
      'udp I1:40000 -> 203.0.113.1:443 carrying quic => DATA at internet via vpce-fw',
      'icmp I1 -> 203.0.113.1 carrying none => DATA at internet via vpce-fw',
    ],
  },
  {
    id: 'T82',
    says: 'under drop_strict a list of names alone lets nothing through',
    network: behind({ ...strict, defaults: ['aws:drop_strict'] }, allowedInOrder),
    lines: [
      `${web} carrying tls:www.example.com => ${stopped}`,
      `${web} carrying tls:evil.com => ${stopped}`,
      `udp I1:40000 -> 203.0.113.1:53 carrying dns:www.example.com => ${stopped}`,
    ],
  },
  {
    id: 'T86',
    says: 'what stateless rules pass one way the stateful engine sees the other way alone, and drops',
    network: behind({ statelessGroups: [statelessGroupArn('ports')] }, describeStateless('ports', [pass443]), denied),
    lines: [`${web} carrying tls:evil.com => PKT, connection ${stopped} at internet`],
  },
  {
    id: 'T86',
    says: 'or resets',
    network: behind({ streamException: 'REJECT' }, describeStateless('ports', [pass443]), denied),
    lines: [`${web} => PKT, connection ${stopped} at internet`],
  },
  {
    id: 'T86',
    says: 'or goes on with, as far as anybody knows',
    network: behind({ streamException: 'CONTINUE' }, describeStateless('ports', [pass443]), denied),
    lines: [
      `${web} => PKT, connection UNKNOWN continues:arn:aws:network-firewall:us-east-1:111122223333:firewall/main at internet`,
    ],
  },
  {
    id: 'T86',
    says: 'with a rule for each direction no name is looked at',
    network: behind({}, describeStateless('ports', [pass443, mirror443]), denied),
    lines: [
      `${web} carrying tls:evil.com => DATA at internet via vpce-fw`,
      `tcp I1:40000 -> 203.0.113.1:8443 carrying tls:evil.com => CONN, data ${stopped}`,
    ],
  },
  {
    id: 'T87',
    says: 'a stateless default that drops takes the replies that no rule forwards',
    network: behind(
      { stateless: 'aws:drop' },
      describeStateless('out', [{ action: 'aws:forward_to_sfe', sources: ['10.0.0.0/16'] }]),
    ),
    lines: [`${web} => PKT, connection ${stopped} at internet`],
  },
  {
    id: 'T89',
    says: 'a stateless rule of flags looks at those of its mask alone',
    network: behind(
      { stateless: 'aws:pass' },
      describeStateless('syn', [{ action: 'aws:drop', flags: [{ set: ['SYN'], of: ['SYN', 'ACK'] }] }]),
    ),
    lines: [
      `${web} => ${stopped}`,
      `${web} flags SYN,PSH => ${stopped}`,
      `${web} flags SYN,ACK => PKT, connection ${stopped} at internet`,
    ],
  },
  {
    id: '10.16',
    says: 'what drops pushed segments drops data of ordinary senders, and not a handshake',
    network: behind({}, describeStateless('pushed', [{ action: 'aws:drop', flags: [{ set: ['PSH'], of: ['PSH'] }] }])),
    lines: [`${web} => CONN, data UNKNOWN fact:10.16 at internet`, `${web} flags ACK => CONN at internet`],
  },
  {
    id: 'T90',
    says: 'a drop of everything but TCP leaves TCP alone',
    network: behind(strict, describeRules('rules', ['drop ip any any -> any any (ip_proto:!TCP; sid:1;)'], strict)),
    lines: [
      `${web} carrying tls:evil.com => DATA at internet`,
      `udp I1:40000 -> 203.0.113.1:53 => ${stopped}`,
      `icmp I1 -> 203.0.113.1 => ${stopped}`,
    ],
  },
  {
    id: 'T92',
    says: 'an allowlist of .amazonaws.com has no bedrock-mantle',
    network: behind({}, describeDomains('names', 'ALLOWLIST', ['.amazonaws.com'])),
    lines: [
      `${web} carrying tls:bedrock-runtime.us-east-1.amazonaws.com => DATA at internet`,
      `${web} carrying tls:bedrock-mantle.us-east-1.api.aws => CONN, data ${stopped}`,
    ],
  },
  {
    id: 'T93',
    says: 'whoever writes an allowed name reaches any address',
    network: behind({ ...strict, defaults: ['aws:drop_established'] }, allowedInOrder),
    lines: [
      `${web} carrying tls:a.example.com => DATA at internet`,
      `${web} carrying tls:a.example.org => CONN, data ${stopped}`,
    ],
  },
  {
    id: 'T93',
    says: 'but where TLS inspection asks the server for a certificate',
    network: behind(
      { ...strict, defaults: ['aws:drop_established'], tlsInspection: tlsInspectionArn('tls') },
      describeDomains('names', 'ALLOWLIST', ['.example.com'], { ...strict, types: ['TLS_SNI'] }),
      describeTls('tls', [{}]),
    ),
    lines: [
      `[!certified:${tlsInspectionArn('tls')}] ${web} carrying tls:a.example.com => CONN, data ${stopped}`,
      `${web} carrying tls:a.example.com => CONN, data UNKNOWN certified:${tlsInspectionArn('tls')} at internet`,
      `[certified:${tlsInspectionArn('tls')}] ${web} carrying tls:a.example.org => CONN, data ${stopped}`,
    ],
  },
  {
    id: 'T94',
    says: 'a managed group whose drops are alerts stops nothing',
    network: behind(
      { ...strict, groups: [{ arn: managedGroupArn('ThreatsStrictOrder'), dropToAlert: true }] },
      describeManaged('ThreatsStrictOrder', 'STRICT_ORDER'),
    ),
    lines: [
      `${web} carrying tls:evil.com => DATA at internet via vpce-fw`,
      'udp I1:40000 -> 203.0.113.1:53 => CONN at internet',
    ],
  },
  {
    id: '10.67',
    says: 'and may stop anything where they are drops',
    network: behind(
      { ...strict, groups: [managedGroupArn('ThreatsStrictOrder')] },
      describeManaged('ThreatsStrictOrder', 'STRICT_ORDER'),
    ),
    lines: [`${web} => UNKNOWN passes:${managedGroupArn('ThreatsStrictOrder')} at internet`],
  },
  {
    id: 'T95',
    says: 'a firewall in one zone inspects the other',
    network: behind({}, allowed),
    lines: [
      'tcp I2:40000 -> 203.0.113.1:443 carrying tls:a.example.com => DATA at internet via vpce-fw',
      `tcp I2:40000 -> 203.0.113.1:443 carrying tls:evil.com => CONN, data ${stopped}`,
    ],
  },
  {
    id: 'T95',
    says: 'a reply that the edge leads to the endpoint of another zone is lost',
    network: world(
      outward,
      edged,
      {
        subnets: [{ id: 'subnet-f2', vpc: 'vpc-a', cidrs: ['10.0.4.0/24'], zone: 'az2', table: 'rtb-f' }],
        firewallEndpoints: [{ id: 'vpce-fw2', subnet: 'subnet-f2', ip: '10.0.4.60', firewall: 'main' }],
        tables: [{ id: 'rtb-edge', routes: ['10.0.1.0/24 vpce-fw', '10.0.2.0/24 vpce-fw2'] }],
      },
      ruled({}, allowed),
    ),
    lines: [
      'tcp I1:40000 -> 203.0.113.1:443 carrying tls:a.example.com => DATA at internet via vpce-fw',
      'tcp I2:40000 -> 203.0.113.1:443 carrying tls:a.example.com => PKT, return DENY@firewall-endpoint at internet via vpce-fw',
    ],
  },
  {
    id: 'T96',
    says: 'who stands in the firewall’s own subnet goes past it',
    network: world(
      outward,
      edged,
      { interfaces: [{ id: 'eni-i3', subnet: 'subnet-f', ips: ['10.0.3.10=198.51.100.3'], groups: ['sg-open'] }] },
      ruled({ ...strict, defaults: ['aws:drop_strict'] }, allowedInOrder),
    ),
    lines: [
      'tcp I3:40000 -> 203.0.113.1:443 carrying tls:evil.com => DATA at internet via igw-a',
      `${web} carrying tls:evil.com => ${stopped}`,
    ],
  },
  {
    id: 'T97',
    says: 'whether a pcre that is not understood matches is not known, and named after its rule',
    network: behind(
      strict,
      describeRules(
        'rules',
        [String.raw`drop tls any any -> any any (tls.sni; content:"evil"; nocase; pcre:"/(?<!not)evil/i"; sid:97;)`],
        strict,
      ),
    ),
    lines: [
      `${web} carrying tls:www.evil.com => CONN, data UNKNOWN ${matching} at internet`,
      `[${matching}] ${web} carrying tls:www.evil.com => DATA at internet`,
      `${web} carrying tls:www.example.com => DATA at internet`,
    ],
  },
]);

proves([
  {
    id: '10.5',
    says: 'what stays in a subnet and what is asked of the resolver is never inspected',
    network: world(
      outward,
      { interfaces: [{ id: 'eni-i3', subnet: 'subnet-s1', ips: ['10.0.1.11'], groups: ['sg-open'] }] },
      ruled({ ...strict, defaults: ['aws:drop_strict'] }),
    ),
    lines: [
      'tcp I1:40000 -> I3:443 => CONN at eni-i3',
      'udp I1:40000 -> 10.0.0.2:53 => CONN at dns',
      `tcp I1:40000 -> 203.0.113.1:443 => ${stopped}`,
    ],
  },
  {
    id: '10.13',
    says: 'fragments are dropped but for those of UDP, which have a default of their own',
    network: behind({ fragments: 'aws:pass' }),
    lines: [
      `${web} fragment => ${stopped}`,
      `icmp I1 -> 203.0.113.1 fragment => ${stopped}`,
      'udp I1:40000 -> 203.0.113.1:53 fragment => CONN at internet via vpce-fw',
    ],
  },
  {
    id: '10.26',
    says: 'drop_established lets a handshake through and no data, and of other protocols nothing',
    network: behind({ ...strict, defaults: ['aws:drop_established'] }),
    lines: [
      `${web} carrying none => CONN, data ${stopped}`,
      `udp I1:40000 -> 203.0.113.1:53 => ${stopped}`,
      `icmp I1 -> 203.0.113.1 => ${stopped}`,
    ],
  },
  {
    id: '10.26',
    says: 'a pass of one direction lets a query out, and its answer die',
    network: behind(
      { ...strict, defaults: ['aws:drop_established'] },
      describeRules('rules', ['pass udp any any -> any 53 (flow:to_server; sid:1;)'], strict),
    ),
    lines: [`udp I1:40000 -> 203.0.113.1:53 => PKT, connection ${stopped} at internet`],
  },
  {
    id: '10.34',
    says: 'a later pass without a flow keyword beats an earlier drop of names',
    network: behind(
      strict,
      describeRules(
        'rules',
        [
          'drop tls any any -> any any (tls.sni; content:"evil.com"; nocase; sid:1;)',
          'pass tcp any any -> any 443 (sid:2;)',
        ],
        strict,
      ),
    ),
    lines: [
      `${web} carrying tls:evil.com => DATA at internet`,
      `tcp I1:40000 -> 203.0.113.1:8443 carrying tls:evil.com => CONN, data ${stopped}`,
    ],
  },
  {
    id: '10.76',
    says: 'a drop of what comes in kills the answers of what went out',
    network: behind(strict, describeRules('rules', ['drop tcp $EXTERNAL_NET any -> $HOME_NET any (sid:1;)'], strict)),
    lines: [`${web} => PKT, connection ${stopped} at internet`],
  },
]);

/** A spoke that a transit gateway leads to the inspection VPC 100.64.0.0/16, and on to another spoke or the internet. */
const central: Change = {
  tgws: [{ id: 'tgw-1' }],
  vpcs: [
    { id: 'vpc-b', cidrs: ['10.9.0.0/16'] },
    { id: 'vpc-i', cidrs: ['100.64.0.0/16'] },
  ],
  subnets: [
    { id: 'subnet-b', vpc: 'vpc-b', cidrs: ['10.9.9.0/24'], zone: 'az1', table: 'rtb-b' },
    { id: 'subnet-t', vpc: 'vpc-i', cidrs: ['100.64.0.0/24'], zone: 'az1', table: 'rtb-t' },
    { id: 'subnet-f', vpc: 'vpc-i', cidrs: ['100.64.1.0/24'], zone: 'az1', table: 'rtb-f' },
    { id: 'subnet-n', vpc: 'vpc-i', cidrs: ['100.64.2.0/24'], zone: 'az1', table: 'rtb-n' },
  ],
  tables: [
    { id: 'rtb-s1', routes: ['0.0.0.0/0 tgw-1'] },
    { id: 'rtb-b', vpc: 'vpc-b', main: true, routes: ['0.0.0.0/0 tgw-1'] },
    { id: 'rtb-t', vpc: 'vpc-i', main: true, routes: ['0.0.0.0/0 vpce-fw'] },
    { id: 'rtb-f', vpc: 'vpc-i', routes: ['10.0.0.0/8 tgw-1', '0.0.0.0/0 nat-i'] },
    { id: 'rtb-n', vpc: 'vpc-i', routes: ['10.0.0.0/8 vpce-fw', '0.0.0.0/0 igw-i'] },
  ],
  acls: ['b', 'i'].map((name) => ({
    id: `acl-${name}`,
    vpc: `vpc-${name}`,
    default: true,
    in: ['100 allow all 0.0.0.0/0'],
    out: ['100 allow all 0.0.0.0/0'],
  })),
  groups: [{ id: 'sg-b', vpc: 'vpc-b', in: ['all 0.0.0.0/0'], out: ['all 0.0.0.0/0'] }],
  interfaces: [{ id: 'eni-b', subnet: 'subnet-b', ips: ['10.9.9.9'], groups: ['sg-b'] }],
  igws: [{ id: 'igw-i', vpc: 'vpc-i' }],
  nats: [{ id: 'nat-i', subnet: 'subnet-n', ips: ['100.64.2.5=198.51.100.9'] }],
  firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-f', ip: '100.64.1.60', firewall: 'main' }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-s1'], table: 'tgw-rtb-s' },
    { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-b'], table: 'tgw-rtb-s' },
    { id: 'tgw-attach-i', gateway: 'tgw-1', to: 'vpc-i', subnets: ['subnet-t'], table: 'tgw-rtb-i', appliance: true },
  ],
  transitTables: [
    { id: 'tgw-rtb-s', gateway: 'tgw-1', routes: ['0.0.0.0/0 tgw-attach-i'] },
    { id: 'tgw-rtb-i', gateway: 'tgw-1', routes: ['10.0.0.0/16 tgw-attach-a', '10.9.0.0/16 tgw-attach-b'] },
  ],
};

const lists = (ipSets?: Readonly<Record<string, readonly string[]>>) =>
  describeDomains('names', 'DENYLIST', ['evil.com'], ipSets === undefined ? {} : { ipSets });

proves([
  {
    id: 'T85',
    says: 'a group’s own HOME_NET leaves EXTERNAL_NET as it was, so that its list rules other spokes too',
    network: world(central, ruled({}, lists({ HOME_NET: ['10.0.0.0/8'] }))),
    lines: [
      `${web} carrying tls:good.com => DATA at internet via tgw-1 vpce-fw nat-i`,
      `${web} carrying tls:evil.com => CONN, data ${stopped}`,
      'tcp I1:40000 -> B:443 carrying tls:good.com => DATA at eni-b via tgw-1 vpce-fw',
      `tcp I1:40000 -> B:443 carrying tls:evil.com => CONN, data ${stopped}`,
    ],
  },
  {
    id: '10.44',
    says: 'without it a list does not see spokes at all',
    network: world(central, ruled({}, lists())),
    lines: [
      `${web} carrying tls:evil.com => DATA at internet via vpce-fw`,
      'tcp I1:40000 -> B:443 carrying tls:evil.com => DATA at eni-b via vpce-fw',
    ],
  },
  {
    id: '10.46',
    says: 'with both in the policy’s HOME_NET it sees what leaves them, and nothing between them',
    network: world(central, ruled({ homeNet: ['10.0.0.0/8'] }, lists())),
    lines: [
      `${web} carrying tls:evil.com => CONN, data ${stopped}`,
      'tcp I1:40000 -> B:443 carrying tls:evil.com => DATA at eni-b via vpce-fw',
    ],
  },
]);
