/** What single changes of small networks open and close; refactorings change nothing, and that is proved. */
import { expect, test } from 'vitest';
import { parsePacket } from '../../src/net/packet.ts';
import type { Network } from '../../src/network/network.ts';
import { compared, isAmong } from '../support/compared.ts';
import { networkOf } from '../support/network.ts';
import { changed, type Spec, emptySpec } from '../support/spec.ts';
import { world6 } from '../support/world.ts';

const spec: Spec = {
  ...emptySpec,
  vpcs: [{ id: 'vpc-1', cidrs: ['10.0.0.0/16'] }],
  subnets: [
    { id: 'subnet-web', vpc: 'vpc-1', cidrs: ['10.0.1.0/24'], zone: 'az1', table: 'rtb-web', acl: 'acl-web' },
    { id: 'subnet-db', vpc: 'vpc-1', cidrs: ['10.0.2.0/24'], zone: 'az1' },
  ],
  tables: [
    { id: 'rtb-web', vpc: 'vpc-1', routes: ['0.0.0.0/0 igw-1'] },
    { id: 'rtb-main', vpc: 'vpc-1', main: true, routes: [] },
  ],
  acls: [
    {
      id: 'acl-default',
      vpc: 'vpc-1',
      default: true,
      in: ['100 allow all 0.0.0.0/0'],
      out: ['100 allow all 0.0.0.0/0'],
    },
    { id: 'acl-web', vpc: 'vpc-1', in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] },
  ],
  groups: [
    { id: 'sg-web', vpc: 'vpc-1', in: ['tcp 443 0.0.0.0/0'], out: ['tcp 5432 sg-db'] },
    { id: 'sg-db', vpc: 'vpc-1', in: ['tcp 5432 sg-web'], out: [] },
  ],
  interfaces: [
    { id: 'eni-web', subnet: 'subnet-web', ips: ['10.0.1.10=198.51.100.10'], groups: ['sg-web'] },
    { id: 'eni-db', subnet: 'subnet-db', ips: ['10.0.2.10'], groups: ['sg-db'] },
    { id: 'eni-db2', subnet: 'subnet-db', ips: ['10.0.2.11'], groups: ['sg-db'] },
  ],
  igws: [{ id: 'igw-1', vpc: 'vpc-1' }],
};

const group = (id: string, part: Partial<Spec['groups'][number]>): Spec => ({
  ...spec,
  groups: spec.groups.map((one) => (one.id === id ? { ...one, ...part } : one)),
});

const acl = (inbound: readonly string[]): Spec => ({
  ...spec,
  acls: spec.acls.map((one) => (one.id === 'acl-web' ? { ...one, in: inbound } : one)),
});

const nothing = { opened: [], closed: [], omitted: { opened: 0, closed: 0 }, undecided: [] };

const of = async (before: Spec | Network, after: Spec | Network) =>
  compared(
    'vpcs' in before && before.vpcs instanceof Map ? (before as Network) : networkOf(before as Spec),
    'vpcs' in after && after.vpcs instanceof Map ? (after as Network) : networkOf(after as Spec),
  );

test('a network and itself are the same before the solver is asked', async () => {
  expect(await of(spec, spec)).toEqual({ ...nothing, decidedBy: 'pruning' });
});

test('rules that are split, reordered, repeated or wider than what is in them change nothing', async () => {
  const split = group('sg-web', { in: ['tcp 443 128.0.0.0/1', 'tcp 443 0.0.0.0/1'] });
  expect(await of(spec, split)).toMatchObject(nothing);
  const entries = acl(['50 deny tcp 22 203.0.113.0/24', '60 deny udp 53 0.0.0.0/0', '100 allow all 0.0.0.0/0']);
  const moved = acl([
    '10 deny udp 53 128.0.0.0/1',
    '20 deny udp 53 0.0.0.0/1',
    '30 deny tcp 22 203.0.113.0/24',
    '90 allow all 0.0.0.0/0',
  ]);
  expect(await of(entries, moved)).toMatchObject(nothing);
  // An entry that another hides, and a port that no group opens.
  const hidden = acl(['100 allow all 0.0.0.0/0', '110 deny tcp 443 0.0.0.0/0']);
  expect(await of(spec, hidden)).toMatchObject(nothing);
  const idle = acl(['90 deny tcp 8080 0.0.0.0/0', '100 allow all 0.0.0.0/0']);
  expect(await of(spec, idle)).toMatchObject(nothing);
});

test('entries that overlap may not change places', async () => {
  const before = acl(['90 deny tcp 443 203.0.113.0/24', '100 allow all 0.0.0.0/0']);
  const after = acl(['100 allow all 0.0.0.0/0', '110 deny tcp 443 203.0.113.0/24']);
  const { opened, closed, undecided } = await of(before, after);
  expect([closed, undecided]).toEqual([[], []]);
  expect(opened).toMatchObject([
    {
      from: ['internet'],
      to: ['eni-web'],
      flows: [
        {
          flow: { family: { src: ['203.0.113.0/24'], dst: ['198.51.100.10'], protocols: ['tcp'], dstPorts: ['443'] } },
          otherwise: { blockedBy: [{ kind: 'network-acl', resource: 'acl-web' }] },
        },
      ],
    },
  ]);
});

test('a rule more opens its ports to all that have the group, as one family, and nothing else', async () => {
  const { opened, closed } = await of(group('sg-web', { out: ['tcp 5432-5433 sg-db'] }), {
    ...group('sg-db', { in: ['tcp 5432 sg-web', 'tcp 5433 10.0.1.0/24'] }),
    groups: [
      { id: 'sg-web', vpc: 'vpc-1', in: ['tcp 443 0.0.0.0/0'], out: ['tcp 5432-5433 sg-db'] },
      { id: 'sg-db', vpc: 'vpc-1', in: ['tcp 5432 sg-web', 'tcp 5433 10.0.1.0/24'], out: [] },
    ],
  });
  expect(closed).toEqual([]);
  expect(opened).toMatchObject([
    {
      from: ['eni-web'],
      to: ['eni-db', 'eni-db2'],
      flows: [
        {
          flow: { family: { src: ['10.0.1.10'], dst: ['10.0.2.10/31'], protocols: ['tcp'], dstPorts: ['5433'] } },
          otherwise: { blockedBy: [{ kind: 'security-group' }] },
        },
      ],
    },
  ]);
});

test('what comes to a new place is opened, what came to a place that is gone is closed', async () => {
  const more: Spec = {
    ...spec,
    interfaces: [...spec.interfaces, { id: 'eni-db3', subnet: 'subnet-db', ips: ['10.0.2.12'], groups: ['sg-db'] }],
  };
  const made = await of(spec, more);
  expect(made.closed).toEqual([]);
  expect(made.opened.map(({ from, to }) => [from, to])).toEqual(expect.arrayContaining([[['eni-web'], ['eni-db3']]]));
  const gone = await of(more, spec);
  expect(gone.opened).toEqual([]);
  expect(gone.closed).toEqual(made.opened.map(({ from, to }) => expect.objectContaining({ from, to }) as object));
});

const declared = (id: string, other: string, declaredAs: string, formerly: readonly string[] = []): Network => {
  const network = networkOf({
    ...spec,
    interfaces: spec.interfaces.map((one) => (one.id === id ? { ...one, id: other } : one)),
  });
  const nic = network.interfaces.get(other)!;
  return { ...network, interfaces: new Map([...network.interfaces, [other, { ...nic, declaredAs, formerly }]]) };
};

test('a place is known by its id, its declared address or a former one, else by where it stands', async () => {
  const before = declared('eni-web', 'eni-web', 'aws_instance.web');
  expect(await of(before, declared('eni-web', 'eni-w', 'aws_instance.web'))).toMatchObject(nothing);
  expect(await of(before, declared('eni-web', 'eni-w', 'aws_instance.front', ['aws_instance.web']))).toMatchObject(
    nothing,
  );
  expect(await of(before, declared('eni-web', 'eni-w', 'aws_instance.other'))).toMatchObject(nothing);
  const elsewhere: Spec = {
    ...spec,
    interfaces: spec.interfaces.map((one) =>
      one.id === 'eni-web' ? { ...one, id: 'eni-w', ips: ['10.0.1.11=198.51.100.10'] } : one,
    ),
  };
  const { opened, closed } = await of(spec, elsewhere);
  expect(opened.some(({ to }) => to.includes('eni-w'))).toBe(true);
  expect(closed.some(({ to }) => to.includes('eni-web'))).toBe(true);
});

test('what goes on to clients of Client VPN over IPv6 is compared, to addresses of the sender’s own subnet too', async () => {
  const without = world6({ tables: [{ id: 'rtb-pub', routes: [] }] });
  const joined = changed(without, {
    groups: [{ id: 'sg-vpn', vpc: 'vpc-a', in: ['all ::/0'], out: [] }],
    clientVpns: [
      {
        id: 'cvpn-endpoint-1',
        families: 'dual-stack',
        at: ['subnet-s1'],
        routes: ['2600:1f18:a::/56 subnet-s1'],
        rules: ['::/0'],
        groups: ['sg-vpn'],
        ips: { 'subnet-s1': '10.0.1.77' },
      },
    ],
  });
  const { closed, opened, undecided } = await of(joined, without);
  expect([opened, undecided]).toEqual([[], []]);
  const isClosed = (dst: string) =>
    isAmong(networkOf(joined), closed, {
      from: 'eni-i2',
      to: 'on-premises',
      packet: parsePacket(`tcp [2600:1f18:a:2::10]:40000 -> [${dst}]:443`)!,
    });
  const ends = ['1::99', '2::99', '7::1', '1::10', '2::10'];
  expect(ends.map((end) => isClosed(`2600:1f18:a:${end}`))).toEqual([true, true, true, false, false]);
});

test('that an appliance is gone round is no certain change, and never no change', async () => {
  const inspected: Spec = {
    ...spec,
    subnets: [...spec.subnets, { id: 'subnet-fw', vpc: 'vpc-1', cidrs: ['10.0.3.0/24'], zone: 'az1', table: 'rtb-fw' }],
    tables: [
      { id: 'rtb-web', vpc: 'vpc-1', routes: ['0.0.0.0/0 vpce-fw'] },
      { id: 'rtb-fw', vpc: 'vpc-1', routes: ['0.0.0.0/0 igw-1'] },
      { id: 'rtb-main', vpc: 'vpc-1', main: true, routes: [] },
    ],
    groups: [{ id: 'sg-web', vpc: 'vpc-1', in: [], out: ['tcp 443 0.0.0.0/0'] }, spec.groups[1]!],
    firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-fw', ip: '10.0.3.5', firewall: 'main' }],
  };
  const round: Spec = {
    ...inspected,
    tables: inspected.tables.map((one) => (one.id === 'rtb-web' ? { ...one, routes: ['0.0.0.0/0 igw-1'] } : one)),
  };
  const { opened, undecided } = await of(inspected, round);
  // Fragments of TCP pass no firewall, whatever its rules are (semantics 10.13).
  expect(
    opened.flatMap(({ flows }) => flows.map(({ flow }) => [flow.family.fragments, flow.family.protocols])),
  ).toEqual([[true, ['tcp']]]);
  expect(undecided).toMatchObject([{ code: 'opened', from: ['eni-web'], to: ['internet'] }]);
  expect(undecided[0]!.unknowns.join()).toMatch(/^drops:/);
});
