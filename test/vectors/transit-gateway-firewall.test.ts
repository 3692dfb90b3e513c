/** Network Firewall at a transit gateway, and what else has an attachment of its own: semantics 7.22 to 7.26. */
import {
  type PolicySpec,
  describeDomains,
  describePolicy,
  describeRules,
  inspecting,
  statefulGroupArn,
} from '../support/aws-network-firewall.ts';
import { firewallArn } from '../support/identity.ts';
import type { Document } from '../support/aws.ts';
import { proves } from '../support/proves.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';

const open = ['100 allow all 0.0.0.0/0'];

/** A and B = 10.1.0.0/16, each attached in both zones, with everything for 10.0.0.0/8 to the gateway. */
const spokes: Change = {
  vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
  subnets: [
    { id: 'subnet-ta1', vpc: 'vpc-a', cidrs: ['10.0.100.0/28'], zone: 'az1', table: 'rtb-ta' },
    { id: 'subnet-ta2', vpc: 'vpc-a', cidrs: ['10.0.100.16/28'], zone: 'az2', table: 'rtb-ta' },
    { id: 'subnet-b1', vpc: 'vpc-b', cidrs: ['10.1.1.0/24'], zone: 'az1' },
    { id: 'subnet-b2', vpc: 'vpc-b', cidrs: ['10.1.2.0/24'], zone: 'az2' },
    { id: 'subnet-tb1', vpc: 'vpc-b', cidrs: ['10.1.100.0/28'], zone: 'az1', table: 'rtb-tb' },
    { id: 'subnet-tb2', vpc: 'vpc-b', cidrs: ['10.1.100.16/28'], zone: 'az2', table: 'rtb-tb' },
  ],
  tables: [
    { id: 'rtb-ta', vpc: 'vpc-a', routes: [] },
    { id: 'rtb-s1', routes: ['10.0.0.0/8 tgw-1'] },
    { id: 'rtb-s2', routes: ['10.0.0.0/8 tgw-1'] },
    { id: 'rtb-b', vpc: 'vpc-b', main: true, routes: ['10.0.0.0/8 tgw-1'] },
    { id: 'rtb-tb', vpc: 'vpc-b', routes: [] },
  ],
  acls: [{ id: 'acl-b', vpc: 'vpc-b', default: true, in: open, out: open }],
  groups: [{ id: 'sg-b', vpc: 'vpc-b', in: ['all 10.0.0.0/8'], out: ['all 0.0.0.0/0'] }],
  interfaces: [
    { id: 'eni-b1', subnet: 'subnet-b1', ips: ['10.1.1.10'], groups: ['sg-b'] },
    { id: 'eni-b2', subnet: 'subnet-b2', ips: ['10.1.2.10'], groups: ['sg-b'] },
  ],
  tgws: [{ id: 'tgw-1', referencing: true }],
  attachments: [
    { id: 'tgw-attach-a', gateway: 'tgw-1', to: 'vpc-a', subnets: ['subnet-ta1', 'subnet-ta2'], table: 'tgw-rtb-out' },
    { id: 'tgw-attach-b', gateway: 'tgw-1', to: 'vpc-b', subnets: ['subnet-tb1', 'subnet-tb2'], table: 'tgw-rtb-out' },
  ],
};

/** The firewall is all that the spokes' table knows; its own table knows the spokes. */
const inspected = (change: object = {}): Change => ({
  attachments: [
    {
      id: 'tgw-attach-nf',
      gateway: 'tgw-1',
      to: 'network-function',
      firewall: 'east',
      zones: ['az1', 'az2'],
      table: 'tgw-rtb-fw',
      ...change,
    },
  ],
  transitTables: [
    { id: 'tgw-rtb-out', gateway: 'tgw-1', routes: ['0.0.0.0/0 tgw-attach-nf'] },
    {
      id: 'tgw-rtb-fw',
      gateway: 'tgw-1',
      routes: ['10.0.0.0/16 tgw-attach-a propagated', '10.1.0.0/16 tgw-attach-b propagated'],
    },
  ],
});

const arn = firewallArn('east');

/** The firewall's policy, with these groups in their order. */
const ruled = (policy: PolicySpec, ...groups: readonly Document[]): Change =>
  inspecting(
    describePolicy('east', {
      order: 'STRICT_ORDER',
      groups: groups.map(({ file }) => statefulGroupArn(/\.(.+)\.json$/.exec(file)![1]!)),
      ...policy,
    }),
    ...groups,
  );

const strict = { order: 'STRICT_ORDER' } as const;
const drops = { defaults: ['aws:drop_strict'] } as const;
const rules = (line: string, spec: object = {}) => describeRules('rules', [line], { ...strict, ...spec });
const https = rules('pass tcp any any -> any 443 (sid:1;)');
const whole = ruled(drops, rules('pass tcp any any <> any any (sid:1;)'));

const passes = `[passes:${arn}]`;
const restricted = 'DENY@network-firewall:FIREWALL_RULES_RESTRICTION';

proves([
  {
    id: '7.23',
    says: 'what a route of the gateway leads to the firewall comes back to the gateway by its own table',
    network: world(spokes, inspected(), whole),
    lines: [
      `tcp I1:40000 -> B1:443 => CONN at eni-b1 via tgw-1 tgw-attach-nf ${arn}`,
      `tcp B1:40000 -> I1:443 => CONN at eni-i1 via ${arn}`,
    ],
  },
  {
    id: '7.23',
    says: 'the firewall’s policy judges it, both ways',
    network: world(
      spokes,
      inspected(),
      ruled(drops, https, describeRules('back', ['pass tcp any 443 -> any any (sid:2;)'], strict)),
    ),
    lines: [
      'tcp I1:40000 -> B1:443 => CONN at eni-b1',
      `tcp I1:40000 -> B1:22 => ${restricted}`,
      `udp I1:40000 -> B1:443 => ${restricted}`,
    ],
  },
  {
    id: '7.23',
    says: 'a handshake whose answer the policy drops does not come about',
    network: world(spokes, inspected(), ruled(drops, rules('pass tcp any any -> any 443 (flags:S; sid:1;)'))),
    lines: ['tcp I1:40000 -> B1:443 => PKT, connection DENY@network-firewall'],
  },
  {
    id: '7.23',
    says: 'without its policy it passes or drops by an assumption',
    network: world(spokes, inspected()),
    lines: [
      `tcp I1:40000 -> B1:443 => UNKNOWN passes:${arn}`,
      `${passes} tcp I1:40000 -> B1:443 => CONN at eni-b1 via ${arn}`,
      `[!passes:${arn}] tcp I1:40000 -> B1:443 => DENY@network-firewall`,
    ],
  },
  {
    id: '7.23',
    says: 'which firewall an attachment is may not be told',
    network: world(spokes, inspected({ firewall: undefined })),
    lines: [
      '[passes:tgw-attach-nf] tcp I1:40000 -> B1:443 => CONN at eni-b1 via tgw-attach-nf',
      '[!passes:tgw-attach-nf] tcp I1:40000 -> B1:443 => DENY@network-firewall',
    ],
  },
  {
    id: '7.23',
    says: 'what the firewall’s own table does not know is dropped behind it',
    network: world(spokes, inspected(), whole, {
      transitTables: [{ id: 'tgw-rtb-fw', routes: ['10.0.0.0/16 tgw-attach-a propagated'] }],
    }),
    lines: ['tcp I1:40000 -> B1:443 => DENY@transit-gateway-route-table'],
  },
  {
    id: '7.2',
    says: 'without a table of its own it hands nothing back',
    network: world(spokes, inspected({ table: undefined }), whole),
    lines: ['tcp I1:40000 -> B1:443 => DENY@transit-gateway-attachment:TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION'],
  },
  {
    id: '10.6',
    says: 'a reply that comes through the firewall alone is dropped, since it has seen no beginning',
    network: world(spokes, inspected(), whole, { attachments: [{ id: 'tgw-attach-a', table: 'tgw-rtb-fw' }] }),
    lines: ['tcp I1:40000 -> B1:443 => PKT, return DENY@network-firewall at eni-b1'],
  },
  {
    id: '7.3',
    says: 'a reply that goes round the firewall comes back to where the flow began',
    network: world(spokes, inspected(), whole, { attachments: [{ id: 'tgw-attach-b', table: 'tgw-rtb-fw' }] }),
    lines: ['tcp I1:40000 -> B1:443 => PKT, return DENY@network-firewall at eni-b1'],
  },
  {
    id: '7.19',
    says: 'both directions of a flow between zones keep the firewall’s zone',
    network: world(spokes, inspected(), whole),
    lines: ['tcp I1:40000 -> B2:443 => CONN at eni-b2', 'tcp I2:40000 -> B1:443 => CONN at eni-b1'],
  },
  {
    id: '7.25',
    says: 'a firewall that stands in one zone serves the others too',
    network: world(spokes, inspected({ zones: ['az2'] }), whole),
    lines: ['tcp I1:40000 -> B1:443 => CONN at eni-b1'],
  },
  {
    id: '7.19',
    says: 'from the firewall a packet goes on in its zone, whose attachment subnet may lead elsewhere',
    network: world(spokes, inspected({ zones: ['az2'] }), whole, {
      acls: [{ id: 'acl-tb2', vpc: 'vpc-b', in: open, out: ['100 deny all 0.0.0.0/0'] }],
      subnets: [{ id: 'subnet-tb2', acl: 'acl-tb2' }],
    }),
    lines: ['tcp I1:40000 -> B1:443 => DENY@network-acl'],
  },
  {
    id: '7.24',
    says: 'HOME_NET has no default there: what a rule that uses it matches is not known',
    network: world(spokes, inspected(), ruled({}, rules('drop tcp $HOME_NET any -> any 443 (sid:1;)'))),
    lines: [
      `tcp I1:40000 -> B1:443 => UNKNOWN !matches:${statefulGroupArn('rules')}#sid:1`,
      'tcp I1:40000 -> B1:22 => CONN',
    ],
  },
  {
    id: '7.24',
    says: 'a group that sets HOME_NET is known',
    network: world(
      spokes,
      inspected(),
      ruled({}, rules('drop tcp $HOME_NET any -> any 443 (sid:1;)', { ipSets: { HOME_NET: ['10.0.1.0/24'] } })),
    ),
    lines: [`tcp I1:40000 -> B1:443 => ${restricted}`, 'tcp I2:40000 -> B1:443 => CONN'],
  },
  {
    id: '7.24',
    says: 'a policy that sets HOME_NET is known',
    network: world(
      spokes,
      inspected(),
      ruled({ homeNet: ['10.0.1.0/24'] }, rules('drop tcp $HOME_NET any -> any 443 (sid:1;)')),
    ),
    lines: [`tcp I1:40000 -> B1:443 => ${restricted}`, 'tcp I2:40000 -> B1:443 => CONN'],
  },
  {
    id: '7.23',
    says: 'names decide of data',
    network: world(
      spokes,
      inspected(),
      ruled(
        { defaults: ['aws:drop_established'] },
        describeDomains('names', 'ALLOWLIST', ['.example.com'], {
          ...strict,
          ipSets: { HOME_NET: ['10.0.0.0/16'], EXTERNAL_NET: ['10.1.0.0/16'] },
        }),
      ),
    ),
    lines: [
      'tcp I1:40000 -> B1:443 carrying tls:api.example.com => DATA',
      'tcp I1:40000 -> B1:443 carrying tls:evil.org => CONN, data DENY@network-firewall',
    ],
  },
  {
    id: '2.17',
    says: 'references to groups do not hold beyond it',
    network: world(spokes, inspected(), whole, {
      groups: [{ id: 'sg-b', in: ['all sg-open'] }],
      attachments: [
        { id: 'tgw-attach-a', referencing: true },
        { id: 'tgw-attach-b', referencing: true },
      ],
    }),
    lines: ['tcp I1:40000 -> B1:443 => DENY@security-group'],
  },
  {
    id: '7.28',
    says: 'while it comes about it works by an assumption',
    network: world(spokes, inspected({ state: 'pending' }), whole),
    lines: ['tcp I1:40000 -> B1:443 => UNKNOWN up:tgw-attach-nf'],
  },
  {
    id: '1.27',
    says: 'fragments of TCP do not pass a firewall whose policy nobody read',
    network: world(spokes, inspected()),
    lines: [`${passes} tcp I1:40000 -> B1:443 fragment => DENY@network-firewall`],
  },
  {
    id: '7.23',
    says: 'what comes from on premises is judged as well',
    network: world(spokes, inspected(), ruled(drops, rules('pass tcp any any <> any 443 (sid:1;)')), {
      vpns: [{ id: 'vpn-1', gateway: 'tgw-1', routes: ['192.168.0.0/16'] }],
      attachments: [{ id: 'tgw-attach-v', gateway: 'tgw-1', to: 'vpn-1', table: 'tgw-rtb-out' }],
      tables: [{ id: 'rtb-b', routes: ['0.0.0.0/0 tgw-1'] }],
      groups: [{ id: 'sg-b', in: ['all 0.0.0.0/0'] }],
      transitTables: [
        {
          id: 'tgw-rtb-fw',
          routes: [
            '10.0.0.0/16 tgw-attach-a propagated',
            '10.1.0.0/16 tgw-attach-b propagated',
            '192.168.0.0/16 tgw-attach-v',
          ],
        },
      ],
    }),
    lines: [
      '[enters=tgw-attach-v] @onprem tcp 192.168.1.1:40000 -> B1:443 => CONN at eni-b1',
      `[enters=tgw-attach-v] @onprem tcp 192.168.1.1:40000 -> B1:22 => ${restricted}`,
    ],
  },
  {
    id: '7.26',
    says: 'what comes by an attachment with a policy table may go out by any attachment; all else is exact',
    network: world(spokes, {
      attachments: [{ id: 'tgw-attach-a', table: 'tgw-ptb-1' }],
      transitTables: [
        {
          id: 'tgw-rtb-out',
          gateway: 'tgw-1',
          routes: ['10.0.0.0/16 tgw-attach-a propagated', '10.1.0.0/16 tgw-attach-b propagated'],
        },
      ],
    }),
    lines: [
      '[tgw-ptb-1=tgw-attach-b] tcp I1:40000 -> B1:443 => UNKNOWN unread:get-transit-gateway-policy-table-entries:tgw-ptb-1',
      'tcp B1:40000 -> B2:443 => CONN',
      'tcp B1:40000 -> 10.9.9.9:443 => DENY@transit-gateway-route-table',
    ],
  },
]);
