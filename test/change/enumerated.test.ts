/** On a small network every flow of a small world is traced before and after: opened are those that are new, and no others. */
import { expect, test } from 'vitest';
import { nameOf } from '../../src/explain/flow.ts';
import { parseAddress } from '../../src/net/address.ts';
import type { Packet } from '../../src/net/packet.ts';
import type { Network } from '../../src/network/network.ts';
import type { Origin } from '../../src/network/replay.ts';
import { replay } from '../../src/trace/index.ts';
import { compared, isAmong } from '../support/compared.ts';
import { networkOf } from '../support/network.ts';
import { type Spec, emptySpec } from '../support/spec.ts';

const spec = (part: Partial<Spec>): Spec => ({
  ...emptySpec,
  vpcs: [{ id: 'vpc-1', cidrs: ['10.0.0.0/16'] }],
  subnets: [
    { id: 'subnet-a', vpc: 'vpc-1', cidrs: ['10.0.1.0/24'], zone: 'az1', table: 'rtb-a', acl: 'acl-a' },
    { id: 'subnet-b', vpc: 'vpc-1', cidrs: ['10.0.2.0/24'], zone: 'az1' },
  ],
  tables: [
    { id: 'rtb-a', vpc: 'vpc-1', routes: ['0.0.0.0/0 igw-1'] },
    { id: 'rtb-main', vpc: 'vpc-1', main: true, routes: [] },
  ],
  acls: [
    { id: 'acl-0', vpc: 'vpc-1', default: true, in: ['100 allow all 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] },
    {
      id: 'acl-a',
      vpc: 'vpc-1',
      in: ['90 deny tcp 22 0.0.0.0/0', '100 allow all 0.0.0.0/0'],
      out: ['100 allow all 0.0.0.0/0'],
    },
  ],
  groups: [
    { id: 'sg-a', vpc: 'vpc-1', in: ['tcp 22-443 0.0.0.0/0'], out: ['all 0.0.0.0/0'] },
    { id: 'sg-b', vpc: 'vpc-1', in: ['tcp 443 sg-a', 'udp 53 10.0.1.0/24'], out: ['tcp 443 10.0.0.0/16'] },
  ],
  interfaces: [
    { id: 'eni-a', subnet: 'subnet-a', ips: ['10.0.1.10=198.51.100.10'], groups: ['sg-a'] },
    { id: 'eni-b', subnet: 'subnet-b', ips: ['10.0.2.10'], groups: ['sg-b'] },
  ],
  igws: [{ id: 'igw-1', vpc: 'vpc-1' }],
  ...part,
});

const base = spec({});
const [aclDefault, aclA] = base.acls;
const [groupA, groupB] = base.groups;

/** What is changed, and the network then. */
const changes: Readonly<Record<string, Spec>> = {
  'an entry that comes first': spec({
    acls: [aclDefault!, { ...aclA!, in: ['80 allow tcp 22 1.1.1.0/24', ...aclA!.in] }],
  }),
  'an entry that goes': spec({ acls: [aclDefault!, { ...aclA!, in: ['100 allow all 0.0.0.0/0'] }] }),
  'a group that admits less and more': spec({
    groups: [groupA!, { ...groupB!, in: ['tcp 442-444 10.0.1.0/28', 'icmp 8 sg-a'] }],
  }),
  'a route that goes': spec({ tables: [{ id: 'rtb-a', vpc: 'vpc-1', routes: [] }, base.tables[1]!] }),
  'a route out for nobody': spec({ tables: [base.tables[0]!, { ...base.tables[1]!, routes: ['0.0.0.0/0 igw-1'] }] }),
  'a public address': spec({
    interfaces: [base.interfaces[0]!, { ...base.interfaces[1]!, ips: ['10.0.2.10=198.51.100.20'] }],
  }),
  'another private address': spec({
    interfaces: [base.interfaces[0]!, { ...base.interfaces[1]!, ips: ['10.0.2.11'] }],
  }),
  'no source/destination check': spec({ interfaces: [base.interfaces[0]!, { ...base.interfaces[1]!, check: false }] }),
};

const addresses = ['10.0.1.10', '10.0.2.10', '10.0.2.11', '198.51.100.10', '198.51.100.20', '1.1.1.1'];

function* world(): Iterable<{ readonly origin: Origin; readonly packet: Packet }> {
  const origins: readonly Origin[] = [
    { kind: 'interface', id: 'eni-a' },
    { kind: 'interface', id: 'eni-b' },
    { kind: 'internet' },
  ];
  for (const origin of origins)
    for (const from of addresses)
      for (const to of addresses) {
        const ends = { src: parseAddress(from)!, dst: parseAddress(to)!, fragment: false };
        for (const protocol of [6, 17])
          for (const dstPort of [21, 22, 53, 442, 443, 444])
            yield { origin, packet: { ...ends, protocol, srcPort: 50_000, dstPort, icmpType: 0, icmpCode: 0 } };
        for (const icmpType of [0, 8])
          yield { origin, packet: { ...ends, protocol: 1, srcPort: 0, dstPort: 0, icmpType, icmpCode: 0 } };
      }
}

/** Where it is delivered; a guest without the check may write any source, and one with it is taken at its own alone. */
const delivered = (network: Network, { origin, packet }: { readonly origin: Origin; readonly packet: Packet }) => {
  const { delivery } = replay({
    network,
    origin,
    packet,
    mode: 'packet',
    choices: { nat: new Map(), emits: new Map() },
    sides: new Map(),
    pastDenials: false,
  });
  if (
    delivery === undefined ||
    delivery.kind === 'link-local' ||
    (delivery.kind === origin.kind && nameOf(delivery) === nameOf(origin))
  )
    return undefined;
  return nameOf(delivery);
};

for (const [words, changed] of Object.entries(changes))
  test(`${words}: opened is what is delivered after and not before, closed the other way round`, async () => {
    const [before, after] = [networkOf(base), networkOf(changed)];
    const found = await compared(before, after);
    expect(found.undecided).toEqual([]);
    const wrong: string[] = [];
    let counted = 0;
    for (const flow of world()) {
      const [was, is] = [delivered(before, flow), delivered(after, flow)];
      for (const [which, network, to, other] of [
        ['opened', after, is, was],
        ['closed', before, was, is],
      ] as const) {
        if (to === undefined) continue;
        const told = isAmong(network, found[which], { from: nameOf(flow.origin), to, packet: flow.packet });
        if (to !== other) counted++;
        if (told !== (to !== other))
          wrong.push(
            `${which} ${told}: ${JSON.stringify([flow.origin, flow.packet, was, is], (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))}`,
          );
      }
    }
    expect(wrong.slice(0, 4)).toEqual([]);
    expect(counted > 0).toBe(!words.endsWith('nobody'));
  });
