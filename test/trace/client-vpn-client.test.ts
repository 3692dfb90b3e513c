/** What hosts of a VPC send to clients of Client VPN, which keep their IPv6 address. */
import { expect, test } from 'vitest';
import type { Network } from '../../src/network/network.ts';
import { replay } from '../../src/trace/index.ts';
import { each, read } from '../hostile/verdict.ts';
import type { Change, ClientVpnSpec } from '../support/spec.ts';
import { world6 } from '../support/world.ts';
import { packet, verdict } from './world.ts';

const prefixed = each('describe-network-interfaces', 'NetworkInterfaces', (nic) =>
  nic['Description'] === 'ClientVPN Endpoint resource'
    ? {
        ...nic,
        Ipv6Addresses: [{ Ipv6Address: '2600:1f18:a:1::77' }],
        Ipv6Prefixes: [{ Ipv6Prefix: '2600:1f18:a:1:8000::/80' }],
      }
    : nic,
);

/** An association in S1, whose interface has the address …:1::77 and the prefix …:1:8000::/80. */
const joined = (vpn: Partial<ClientVpnSpec> = {}, ...more: readonly Change[]): Network =>
  read(
    world6(
      {
        tables: [{ id: 'rtb-pub', routes: [] }],
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
            ...vpn,
          },
        ],
      },
      ...more,
    ),
    prefixed,
  );

const nicOf = ({ interfaces }: Network): string =>
  [...interfaces.values()].find(({ description }) => description.startsWith('ClientVPN'))!.id;

function send(network: Network, text: string, sides: readonly string[] = [`passes:${nicOf(network)}`]): string {
  return verdict(
    replay({
      network,
      origin: { kind: 'interface', id: 'eni-i2' },
      packet: packet(text),
      mode: 'connection',
      choices: { nat: new Map(), emits: new Map() },
      sides: new Map(sides.map((key) => [key, true])),
      pastDenials: false,
    }),
  );
}

const toClient = 'tcp [2600:1f18:a:2::10]:40000 -> [2600:1f18:a:1:8000::5]:443';
const toNobody = 'tcp [2600:1f18:a:2::10]:40000 -> [2600:1f18:a:2::99]:443';

test('what the interface of an association has by a prefix, or nobody has, may go on to a client and is answered', () => {
  expect(send(joined(), toClient)).toBe('onprem');
  expect(send(joined(), toNobody)).toBe('onprem');
  expect(send(joined(), toNobody, [])).toMatch(/^denied/);
  expect(send(joined({ families: 'ipv4' }), toNobody)).toMatch(/^denied/);
});

test('neither its own address, nor what another interface has, nor IPv4 is a client’s', () => {
  expect(send(joined(), 'tcp [2600:1f18:a:2::10]:40000 -> [2600:1f18:a:1::77]:443')).not.toMatch(/onprem/);
  expect(send(joined(), 'tcp [2600:1f18:a:2::10]:40000 -> [2600:1f18:a:1::10]:443')).toBe('eni-i1');
  expect(send(joined(), 'tcp 10.0.2.10:40000 -> 10.0.1.99:443')).toMatch(/^denied/);
});

test('a route to the interface leads to a client under whatever address', () => {
  const outside = 'tcp [2600:1f18:a:2::10]:40000 -> [2a00::1]:443';
  const routed = (network: Network, sides?: readonly string[]): string => send(network, outside, sides);
  const plain = joined();
  const table = { id: 'rtb-s2', routes: [`::/0 ${nicOf(plain)}`] };
  expect(routed(plain)).toMatch(/^denied/);
  expect(routed(joined({}, { tables: [table] }))).toBe('onprem');
  expect(routed(joined({}, { tables: [table] }), [])).toMatch(/^denied/);
});

test('its groups and the network ACL of its subnet decide what gets there', () => {
  expect(send(joined({}, { groups: [{ id: 'sg-vpn', in: ['tcp 22 ::/0'] }] }), toClient)).toMatch(
    /^denied: security-group/,
  );
  const closed: Change = {
    acls: [
      { id: 'acl-1', vpc: 'vpc-a', in: ['100 deny tcp 443 ::/0', '110 allow all ::/0'], out: ['100 allow all ::/0'] },
    ],
    subnets: [{ id: 'subnet-s1', acl: 'acl-1' }],
  };
  expect(send(joined({}, closed), toClient)).toMatch(/^denied: network-acl/);
});

test('an answer comes back where clients may send, or the endpoint is taken to pass it', () => {
  const elsewhere = joined({ routes: ['2600:1f18:b::/56 subnet-s1'] });
  const passing = `passes:${nicOf(elsewhere)}`;
  expect(send(elsewhere, toClient)).toMatch(/^onprem, no reply: reply client-vpn-endpoint/);
  expect(send(elsewhere, toClient, [passing, 'passes:cvpn-endpoint-1'])).toBe('onprem');
});
