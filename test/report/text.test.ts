import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { columns, hang, lines } from '../../src/report/text/layout.ts';
import { leaningLines } from '../../src/report/text/leaning.ts';
import { paint } from '../../src/report/text/paint.ts';
import { familyText, packetText } from '../../src/report/text/path.ts';
import { answer, flow, vpcproof } from '../cli/fake.ts';

const denied = {
  resource: 'acl-1',
  kind: 'network-acl',
  code: 'SUBNET_ACL_RESTRICTION',
  detail: 'network ACL `acl-1` outbound rule 100 denies tcp/443',
  rule: 'rule 100',
  source: { file: 'NetworkAcls.json', place: '/NetworkAcls/0/Entries/0' },
} as const;

describe('ask', () => {
  const ask = 'ask n --from subnet-app --to internet --proto tcp --port 443'.split(' ');

  test('a path: question, answer, path with the changed header, rules with their places, what it leans on', async () => {
    const { stdout } = await vpcproof(ask, {
      answers: () => answer({ flows: [flow], assumptions: ['passes:egress'], notes: ['It is one-way.'] }),
    });
    expect(stdout).toMatchInlineSnapshot(`
      "Question    Can subnet-app (2 places) reach the internet with tcp/443?
                  a connection, so replies come back; IPv4 and IPv6
      Answer      REACHABLE  a connection comes about; decided by Z3
      Note        It is one-way.

      Path        tcp 10.0.1.10:40000 -> 1.1.1.1:443   from eni-app (web-1) to the internet
                  stands for tcp from 10.0.1.10/32 to 0.0.0.0/1, 128.0.0.0/1; source port 0-65535; port 443
                    1  allow      security group \`sg-app\` (app) admits tcp/443 to 0.0.0.0/0: rule \`sgr-1\`
                    2  translate  \`igw-1\` sends the packet out as from 203.0.113.9
                                  the packet is now tcp 203.0.113.9:40000 -> 1.1.1.1:443

      Rules       sg-app (app)  sgr-1  SecurityGroups.json /SecurityGroups/0/IpPermissionsEgress/0

      Assumed     passes:egress
      Coverage    25 resources read: 25 modelled, 0 modelled with an assumption, 0 not modelled
      "
    `);
  });

  test('what is carried stands with the traffic asked for, and with the packet as it is sent', async () => {
    const packet = { ...flow.packet, tcpFlags: ['PSH', 'ACK'], app: 'tls', sni: 'api.example' };
    const { stdout } = await vpcproof([...ask, '--sni', '.API.example', '--tcp-flags', 'ack,psh'], {
      answers: () => answer({ flows: [{ ...flow, packet }] }),
    });
    expect(stdout).toContain('with tcp/443 (flags PSH,ACK, SNI .api.example)?\n');
    expect(stdout).toContain('tcp 10.0.1.10:40000 -> 1.1.1.1:443 (flags PSH,ACK, SNI api.example)   from eni-app');
    expect(stdout).toContain('the packet is now tcp 203.0.113.9:40000 -> 1.1.1.1:443\n');
    const question = async (...flags: readonly string[]) => (await vpcproof([...flags])).stdout.split('\n')[0];
    expect(await question(...ask.slice(0, -2), '--app', 'ssh')).toContain('with tcp (app ssh)?');
    expect(await question('ask', 'n', '--from', 'eni-app', '--to', 'internet', '--app', 'none')).toContain(
      'with anything (app none)?',
    );
    expect(await question('ask', 'n', '--from', 'eni-app', '--to', 'dns', '--dns-name', 'a.b')).toContain(
      'with udp (DNS name a.b) or tcp (DNS name a.b)?',
    );
  });

  test('a block: everything that would have to change, each with its place', async () => {
    const { stdout } = await vpcproof(ask, {
      answers: () =>
        answer({ verdict: 'violated', blockedBy: [{ ...denied, direction: 'return' }], decidedBy: 'pruning' }),
    });
    expect(stdout).toMatchInlineSnapshot(`
      "Question    Can subnet-app (2 places) reach the internet with tcp/443?
                  a connection, so replies come back; IPv4 and IPv6
      Answer      UNREACHABLE  no connection comes about; closed before the solver

      Blocked by  x the reply: network ACL \`acl-1\` outbound rule 100 denies tcp/443 (SUBNET_ACL_RESTRICTION)
                    NetworkAcls.json /NetworkAcls/0/Entries/0

      Coverage    25 resources read: 25 modelled, 0 modelled with an assumption, 0 not modelled
      "
    `);
  });

  test('undecided: what settles it stands with the answer, ready for the shell', async () => {
    const { stdout } = await vpcproof(ask, {
      answers: () =>
        answer({ verdict: 'undecided', assumptions: ['passes:a b', 'drops:egress'], reason: 'the firewall decides' }),
    });
    expect(stdout).toMatchInlineSnapshot(`
      "Question    Can subnet-app (2 places) reach the internet with tcp/443?
                  a connection, so replies come back; IPv4 and IPv6
      Answer      UNDECIDED  the firewall decides
      Settled by  --assume 'passes:a b'
                  --assume 'drops:egress'

      Coverage    25 resources read: 25 modelled, 0 modelled with an assumption, 0 not modelled
      "
    `);
  });
});

test('check lists every property, then shows those that do not hold, the block set apart, then the sum', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'vpcproof-'));
  writeFileSync(
    join(cwd, 'policy.yaml'),
    `version: 1
properties:
  - { id: private, title: Nothing leaves, forbid: { from: sg-app, to: internet, except: [tcp/443, { via: nat-1, from: eni-app }] } }
  - { id: bedrock, severity: high, require: { from: eni-model, to: service:bedrock-runtime, traffic: tcp/443, via: { both: endpoint:* } } }
  - { id: apart, isolate: [subnet-model, 10.9.0.0/16], assume: fact:5.34=no }
`,
  );
  const stopped = { ...denied, kind: 'network-acl', action: 'deny', packet: flow.packet } as const;
  const [first] = flow.hops;
  const { stdout } = await vpcproof(['check', 'n', '-p', 'policy.yaml'], {
    cwd,
    answers: ({ kind, from }) =>
      kind === 'require'
        ? answer({
            verdict: 'violated',
            flows: [{ ...flow, from: 'eni-model', hops: [first!, stopped, first!] }],
            blockedBy: [{ ...denied, direction: 'forward' }],
            reason: 'no flow arrives from `eni-model`',
          })
        : answer({
            decidedBy: from.text === 'sg-app' ? 'z3' : 'pruning',
            notes: ['The resolver answers.'],
            assumptions: ['fact:5.34=no'],
          }),
  });
  expect(stdout).toMatchInlineSnapshot(`
    "holds     private  Nothing leaves
    violated  bedrock
    holds     apart

    VIOLATED  bedrock
    high severity; policy.yaml:4:5
      Demanded    eni-model reaches service:bedrock-runtime with tcp/443.
                  a connection on which data passes; IPv4 and IPv6; there and back via the same endpoint:*
      Reason      no flow arrives from \`eni-model\`

      tcp 10.0.1.10:40000 -> 1.1.1.1:443   from eni-model to the internet
      stands for tcp from 10.0.1.10/32 to 0.0.0.0/1, 128.0.0.0/1; source port 0-65535; port 443
        1  allow  security group \`sg-app\` (app) admits tcp/443 to 0.0.0.0/0: rule \`sgr-1\`

        2  deny   network ACL \`acl-1\` outbound rule 100 denies tcp/443 (SUBNET_ACL_RESTRICTION)
                  NetworkAcls.json /NetworkAcls/0/Entries/0

        3  allow  security group \`sg-app\` (app) admits tcp/443 to 0.0.0.0/0: rule \`sgr-1\`

      Blocked by  x network ACL \`acl-1\` outbound rule 100 denies tcp/443 (SUBNET_ACL_RESTRICTION)
                    NetworkAcls.json /NetworkAcls/0/Entries/0

    Notes       The resolver answers.
                  private, apart

    Assumed     fact:5.34=no
                  private, apart
    Coverage    25 resources read: 25 modelled, 0 modelled with an assumption, 0 not modelled

    3 properties: 2 hold, 1 violated, 0 undecided (2 decided by Z3, 1 closed before the solver)
    "
  `);
});

test('coverage counts each kind and names what is not simply modelled first', async () => {
  const { stdout } = await vpcproof(['coverage', 'n']);
  expect(stdout.split('\n').slice(0, 8).join('\n')).toMatchInlineSnapshot(`
    "25 resources read: 25 modelled, 0 modelled with an assumption, 0 not modelled

    kind               modelled  assumed  not modelled
    instance           1         -        -
    internet-gateway   1         -        -
    load-balancer      1         -        -
    nat-gateway        1         -        -
    network-firewall   1         -        -"
  `);
});

describe('the page', () => {
  test('long lines break between words, and go on under their start', () => {
    expect(hang('  1  ', 'one two three four five six seven eight nine ten eleven twelve', 45)).toEqual([
      '  1  one two three four five six seven eight',
      '     nine ten eleven twelve',
    ]);
    expect(hang('a  ', 'no limit '.repeat(50).trim(), Number.POSITIVE_INFINITY)).toHaveLength(1);
  });

  test('columns line up but for cells that are out of all proportion', () => {
    expect(
      columns([
        ['a', 'b'],
        ['longer', 'c'],
        ['x'.repeat(50), 'd'],
      ]),
    ).toEqual([`a${' '.repeat(49)}b`, `longer${' '.repeat(44)}c`, `${'x'.repeat(50)}  d`]);
  });

  test('no two blank lines follow each other, and none stands at an end', () => {
    expect(lines(['', 'a', '', '', 'b', ''])).toBe('a\n\nb\n');
  });
});

describe('headers in words', () => {
  test('a packet is written as the trace command reads it', () => {
    expect(packetText(flow.packet)).toBe('tcp 10.0.1.10:40000 -> 1.1.1.1:443');
    expect(packetText({ src: '::1', dst: '::2', protocol: 'udp', srcPort: 1, dstPort: 2, fragment: true })).toBe(
      'udp [::1]:1 -> [::2]:2 fragment',
    );
    expect(packetText({ src: 'a', dst: 'b', protocol: 'icmp', icmpType: 8, icmpCode: 0 })).toBe(
      'icmp a -> b type 8 code 0',
    );
    expect(packetText({ src: 'a', dst: 'b', protocol: '47' })).toBe('47 a -> b');
  });

  test('a family names the fields that are not free, the first few values of each', () => {
    const family = { ...flow.family, src: ['a', 'b', 'c', 'd', 'e'], srcPorts: ['any'] };
    expect(familyText(family)).toBe('tcp from a, b, c, and 2 more to 0.0.0.0/1, 128.0.0.0/1; port 443');
    expect(familyText({ ...family, protocols: ['all'], srcPorts: [], dstPorts: ['any'], src: ['a'], dst: ['b'] })).toBe(
      'all traffic from a to b; any port',
    );
    expect(
      familyText({
        ...family,
        protocols: ['icmp'],
        dstPorts: [],
        src: ['a'],
        dst: ['b'],
        icmpTypes: ['8'],
        icmpCodes: ['any'],
      }),
    ).toBe('icmp from a to b; type 8');
  });
});

test('what was not read and could have changed the verdict is named beside it, and the rest is counted', () => {
  const source = { file: 'a.json', place: '/QuantumGateways/0' };
  const one = { status: 'not-modelled', why: 'it is new', source } as const;
  const said = leaningLines(
    {
      assumptions: [],
      facts: [],
      defaults: [],
      warnings: [],
      unmodelled: [
        { ...one, kind: 'QuantumGateways', id: 'qgw-1', affects: 'any verdict' },
        { ...one, kind: 'AvailabilityZones', id: 'use1-az1', affects: 'no verdict' },
      ],
      coverage: { modelled: 1, assumed: 0, notModelled: 2 },
    },
    paint(false),
  );
  expect(said).toEqual([
    'Unmodelled  QuantumGateways `qgw-1` is not modelled and could change any verdict',
    'Coverage    3 resources read: 1 modelled, 0 modelled with an assumption, 2 not modelled',
  ]);
});
