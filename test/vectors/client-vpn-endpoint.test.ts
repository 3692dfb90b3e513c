/** Client VPN: semantics 14.3, T99, 2.15 and 2.16. */
import { describe, expect, test } from 'vitest';
import { natA, vpcB } from '../hostile/parts.ts';
import { answerOf } from '../hostile/verdict.ts';
import { networkOf } from '../support/network.ts';
import { proves } from '../support/proves.ts';
import type { Change, ClientVpnSpec } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';

const id = 'cvpn-endpoint-1';

/** An endpoint associated with S1, whose clients may go anywhere. */
const vpn = (change: Partial<ClientVpnSpec> = {}): Change => ({
  groups: [{ id: 'sg-vpn', vpc: 'vpc-a', in: [], out: ['all 0.0.0.0/0'] }],
  clientVpns: [
    {
      id,
      at: ['subnet-s1'],
      routes: ['10.0.0.0/16 subnet-s1', '0.0.0.0/0 subnet-s1'],
      rules: ['0.0.0.0/0'],
      groups: ['sg-vpn'],
      ips: { 'subnet-s1': '10.0.1.77' },
      ...change,
    },
  ],
});

/** With S2 as well. */
const both = (change: Partial<ClientVpnSpec> = {}): Change =>
  vpn({
    at: ['subnet-s1', 'subnet-s2'],
    routes: ['10.0.0.0/16 subnet-s1', '10.0.0.0/16 subnet-s2'],
    ips: { 'subnet-s1': '10.0.1.77', 'subnet-s2': '10.0.2.77' },
    ...change,
  });

const by = `[enters=${id}]`;
const byS2 = `[enters=${id} ${id}=10.0.2.77:2048]`;
const denied = 'DENY@client-vpn-endpoint';
const uncertain = `UNKNOWN passes:${id}`;
/** What only group rules admit, so that a place outside is told from another by nothing but the way in. */
const fromVpn: Change = { groups: [{ id: 'sg-open', in: ['all sg-vpn'] }] };

proves([
  {
    id: 'T99',
    says: 'a client reaches the internet by the NAT gateway of the subnet where it comes in',
    network: world(vpn(), natA),
    lines: [`${by} @onprem tcp 192.0.2.9:40000 -> 8.8.8.8:443 => CONN at internet via ${id} nat-a igw-a`],
  },
  {
    id: '14.3',
    says: 'clients come in under the address of an interface of the endpoint, whose group counts as theirs',
    network: world(vpn(), fromVpn),
    lines: [
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => CONN at eni-i2 via ${id} eni-cvpn-1-s1`,
      `${by} @internet tcp 192.0.2.9:40000 -> I2:443 => CONN at eni-i2`,
      `${by} @onprem icmp 192.0.2.9 -> I2 type 8 code 0 => CONN at eni-i2`,
    ],
  },
  {
    id: '14.3',
    says: 'who is let in by the addresses of clients lets nobody in',
    network: world(vpn(), { groups: [{ id: 'sg-open', in: ['all 192.0.2.0/24'] }] }),
    lines: [`${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => DENY@security-group`],
  },
  {
    id: '14.3',
    says: 'the endpoint’s own groups decide where its clients may go',
    network: world(vpn(), { groups: [{ id: 'sg-vpn', out: ['tcp 443 10.0.2.0/24'] }] }),
    lines: [
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => CONN`,
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:22 => DENY@security-group`,
    ],
  },
  {
    id: '14.3',
    says: 'what no authorization rule holds is denied',
    network: world(vpn({ rules: ['10.0.2.0/24'] }), natA),
    lines: [
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => CONN`,
      `${by} @onprem tcp 192.0.2.9:40000 -> I1:443 => ${denied}`,
      `${by} @onprem tcp 192.0.2.9:40000 -> 8.8.8.8:443 => ${denied}`,
    ],
  },
  {
    id: '14.3',
    says: 'whether a client is in the group of a rule is not known',
    network: world(vpn({ rules: ['10.0.2.0/24 group'] })),
    lines: [
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => ${uncertain}`,
      `${by} @onprem tcp 192.0.2.9:40000 -> I1:443 => ${denied}`,
    ],
  },
  {
    id: '14.3',
    says: 'a narrower rule for a group takes its block from a rule for everybody',
    network: world(vpn({ rules: ['0.0.0.0/0', '10.0.2.0/24 group'] })),
    lines: [
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => ${uncertain}`,
      `${by} @onprem tcp 192.0.2.9:40000 -> I1:443 => CONN`,
    ],
  },
  {
    id: '14.3',
    says: 'a rule for everybody gives its block to all, whatever wider or equal rule is for a group',
    network: world(vpn({ rules: ['0.0.0.0/0 group', '10.0.2.0/24', '10.0.2.0/24 group'] })),
    lines: [
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => CONN`,
      `${by} @onprem tcp 192.0.2.9:40000 -> I1:443 => ${uncertain}`,
    ],
  },
  {
    id: '14.3',
    says: 'a rule that comes about or ends is there by an assumption',
    network: world(vpn({ rules: ['10.0.2.0/24 revoking', '10.0.1.0/24 failed'] })),
    lines: [
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => ${uncertain}`,
      `${by} @onprem tcp 192.0.2.9:40000 -> I1:443 => ${denied}`,
    ],
  },
  {
    id: '14.3',
    says: 'what no route of the endpoint holds goes nowhere',
    network: world(vpn({ routes: ['10.0.0.0/16 subnet-s1'] }), natA),
    lines: [
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => CONN`,
      `${by} @onprem tcp 192.0.2.9:40000 -> 8.8.8.8:443 => ${denied}`,
    ],
  },
  {
    id: '14.3',
    says: 'a client is served by the routes of the association that it is connected by',
    network: world(both({ routes: ['10.0.1.0/24 subnet-s1', '10.0.2.0/24 subnet-s2'] })),
    lines: [
      `${byS2} @onprem tcp 192.0.2.9:40000 -> I2:443 => CONN via eni-cvpn-1-s2`,
      `${by} @onprem tcp 192.0.2.9:40000 -> I1:443 => CONN via eni-cvpn-1-s1`,
    ],
  },
  {
    id: '14.3',
    says: 'where a longer route leads by another association, it is not known which of them decides',
    network: world(both({ routes: ['10.0.0.0/16 subnet-s1', '10.0.2.0/24 local'] })),
    lines: [
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => ${uncertain}`,
      `${by} @onprem tcp 192.0.2.9:40000 -> I1:443 => CONN`,
    ],
  },
  {
    id: '14.3',
    says: 'an answer that nobody read is an assumption of its own',
    network: world(vpn({ rules: undefined as never }), natA),
    lines: [
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => UNKNOWN unread:describe-client-vpn-authorization-rules:${id}`,
    ],
  },
  {
    id: '14.3',
    says: 'an answer about routes that nobody read is an assumption of its own',
    network: world(vpn({ routes: undefined as never }), natA),
    lines: [`${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => UNKNOWN unread:describe-client-vpn-routes:${id}`],
  },
  {
    id: '14.3',
    says: 'an endpoint or association that comes about or ends works by an assumption',
    network: world(vpn({ state: 'deleting' })),
    lines: [`${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => UNKNOWN up:${id}`],
  },
  {
    id: '14.3',
    says: 'an association that ends works by an assumption',
    network: world(vpn({ at: ['subnet-s1 disassociating'] })),
    lines: [`${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => UNKNOWN up:${id}`],
  },
  {
    id: '14.3',
    says: 'the subnet’s network ACL and routes are asked as of any interface in it',
    network: world(vpn(), {
      acls: [{ id: 'acl-s1', vpc: 'vpc-a', in: ['100 allow all 0.0.0.0/0'], out: ['100 allow tcp 443 0.0.0.0/0'] }],
      subnets: [{ id: 'subnet-s1', acl: 'acl-s1' }],
    }),
    lines: [
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:443 => CONN`,
      `${by} @onprem tcp 192.0.2.9:40000 -> I2:22 => DENY@network-acl`,
      `${by} @onprem tcp 192.0.2.9:40000 -> 8.8.8.8:443 => DENY@route-table`,
    ],
  },
  {
    id: '14.3',
    says: 'nothing that starts in a VPC comes to a client',
    network: world(vpn()),
    lines: ['tcp I1:40000 -> 10.250.0.5:443 => DENY@route-table'],
  },
  {
    id: '14.3',
    says: 'clients ask the Amazon resolver by the endpoint’s interface',
    network: world(vpn()),
    lines: [`${by} @onprem udp 192.0.2.9:40000 -> 10.0.0.2:53 => CONN at dns`],
  },
]);

/** What a property comes to, and what that depends on. */
const verdictOf = async (change: readonly Change[], property: string, base = world) => {
  const { verdict, assumptions } = await answerOf(networkOf(base(...change)), property);
  return { verdict, assumptions };
};

const noWayIn: Change = { tables: [{ id: 'rtb-pub', routes: [] }] };

describe('T99: who comes in by Client VPN', () => {
  test('is on the internet, and on premises', async () => {
    for (const from of ['internet', 'onprem'])
      expect(await verdictOf([vpn(), noWayIn], `forbid: { from: ${from}, to: subnet-s2 }`)).toMatchObject({
        verdict: 'violated',
      });
  });

  test('is excused where Client VPN is', async () => {
    const property = (from: string) => `forbid: { from: ${from}, to: subnet-s2, except: { via: 'client-vpn:*' } }`;
    for (const from of ['internet', 'onprem'])
      expect(await verdictOf([vpn(), noWayIn], property(from))).toMatchObject({ verdict: 'holds' });
  });

  test('comes to nothing that no authorization rule holds', async () => {
    const narrow = vpn({ rules: ['10.0.1.0/24'] });
    const property = 'forbid: { from: internet, to: subnet-s2 }';
    expect(await verdictOf([narrow, noWayIn], property)).toEqual({ verdict: 'holds', assumptions: [] });
  });

  test('is not told of where interfaces may be another endpoint’s', async () => {
    const hidden = { clientVpns: [{ id, at: undefined as never }] };
    expect(await verdictOf([vpn(), hidden, noWayIn], 'forbid: { from: internet, to: subnet-s2 }')).toEqual({
      verdict: 'undecided',
      assumptions: ['drops:eni-cvpn-1-s1'],
    });
  });

  test('keeps an IPv6 address that is not told', async () => {
    const dual = vpn({ families: 'dual-stack', routes: ['::/0 subnet-s1'], rules: ['::/0'] });
    const property = 'forbid: { from: onprem, to: subnet-s2, family: ipv6 }';
    const admits: Change = {
      groups: [
        { id: 'sg-vpn', out: ['all ::/0'] },
        { id: 'sg-22', vpc: 'vpc-a', in: ['tcp 22 2001:db8:9::/64'], out: [] },
      ],
      interfaces: [{ id: 'eni-i2', groups: ['sg-22'] }],
    };
    expect(await verdictOf([dual, admits, noWayIn], property, world6)).toMatchObject({ verdict: 'undecided' });
    expect(await verdictOf([vpn(), admits, noWayIn], property, world6)).toMatchObject({ verdict: 'holds' });
  });

  test('arrives by whichever association it is connected by, or a requirement is not met', async () => {
    const property = "require: { from: onprem, to: eni-i2, traffic: tcp/443, mode: connection, via: 'client-vpn:*' }";
    expect(await verdictOf([both()], property)).toMatchObject({ verdict: 'holds' });
    const one = both({ routes: ['10.0.0.0/16 subnet-s1'] });
    expect(await verdictOf([one], property)).toMatchObject({ verdict: 'violated' });
  });

  test('comes to peers, where the subnet’s routes lead there', async () => {
    const peered: Change = {
      opaque: [{ id: 'pcx-1', vpcs: ['vpc-a', 'vpc-b'] }],
      tables: [
        { id: 'rtb-s1', routes: ['10.1.0.0/16 pcx-1'] },
        { id: 'rtb-b', routes: ['10.0.0.0/16 pcx-1'] },
      ],
    };
    const property = 'forbid: { from: internet, to: subnet-b }';
    expect(await verdictOf([vpcB, vpn(), peered, noWayIn], property)).toMatchObject({ verdict: 'violated' });
    expect(await verdictOf([vpcB, vpn(), noWayIn], property)).toMatchObject({ verdict: 'holds' });
  });
});
