/** Carrier gateways: out under an address of the carrier's, in only what answers, as far as is known (semantics 4.32, 4.38). */
import { proves } from '../support/proves.ts';
import type { Change } from '../support/spec.ts';
import type { Vector } from '../support/vector.ts';
import { world, world6 } from '../support/world.ts';

/** S1 is a Wavelength Zone's subnet: I1 has an address of the carrier's, I3 has none. */
const carried: Change = {
  carriers: [{ id: 'cagw-1', vpc: 'vpc-a' }],
  tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 cagw-1'] }],
  interfaces: [
    { id: 'eni-i1', ips: ['10.0.1.10~155.146.1.1'] },
    { id: 'eni-i3', subnet: 'subnet-s1', ips: ['10.0.1.30'], groups: ['sg-open'] },
    { id: 'eni-i2', ips: ['10.0.2.10=198.51.100.2'] },
  ],
};
const network = (...more: readonly Change[]) => world(carried, ...more);
const out = 'tcp I1:40000 -> 1.1.1.1:443';

const vectors: readonly Vector[] = [
  {
    id: '4.32',
    says: 'whoever has an address of the carrier’s gets out under it, and is answered',
    network: network(),
    lines: [
      `${out} => CONN at internet via cagw-1`,
      'udp I1:40000 -> 1.1.1.1:53 => CONN at internet via cagw-1',
      'tcp I3:40000 -> 1.1.1.1:443 => DENY',
    ],
  },
  {
    id: '4.32 inbound',
    says: 'the internet begins nothing, hosts of the carrier’s network perhaps',
    network: network(),
    lines: [
      '@internet tcp 203.0.113.5:40000 -> 155.146.1.1:443 => UNKNOWN passes:cagw-1 at eni-i1',
      '[passes:cagw-1] @internet tcp 203.0.113.5:40000 -> 155.146.1.1:443 => CONN at eni-i1 via cagw-1',
      '[!passes:cagw-1] @internet tcp 203.0.113.5:40000 -> 155.146.1.1:443 => DENY',
    ],
  },
  {
    id: '4.32 IPv6',
    says: 'IPv6 does not pass',
    network: world6(carried, {
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 cagw-1', '::/0 cagw-1'] }],
      interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10~155.146.1.1', '2600:1f18:a:1::10'] }],
    }),
    lines: ['tcp I1.6:40000 -> [2a00::1]:443 => DENY', `${out} => CONN at internet via cagw-1`],
  },
  {
    id: '4.32 private',
    says: 'what the carrier’s network does with private destinations is not known',
    network: network(),
    lines: ['[!passes:cagw-1] tcp I1:40000 -> 10.9.0.1:443 => DENY'],
  },
  {
    id: '4.32 no mapping elsewhere',
    says: 'an internet gateway maps no carrier address',
    network: network({ tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }] }),
    lines: [`${out} => DENY`],
  },
  {
    id: '4.38',
    says: 'Block Public Access stops a carrier gateway as it does an internet gateway, and an exclusion opens it',
    network: network({ block: [{ id: 'account', mode: 'block-bidirectional', exclusions: [] }] }),
    lines: [`${out} => DENY`, '[passes:cagw-1] @internet tcp 203.0.113.5:40000 -> 155.146.1.1:443 => DENY'],
  },
  {
    id: '4.38 excluded',
    says: 'an exclusion of the subnet lets it through again',
    network: network({
      block: [
        {
          id: 'account',
          mode: 'block-bidirectional',
          exclusions: [{ resource: 'subnet-s1', mode: 'allow-bidirectional' }],
        },
      ],
    }),
    lines: [`${out} => CONN at internet via cagw-1`],
  },
  {
    id: '4.38 ingress',
    says: 'in ingress mode a directly addressed host does not get out either',
    network: network({ block: [{ id: 'account', mode: 'block-ingress', exclusions: [] }] }),
    lines: [`${out} => DENY`],
  },
  {
    id: '4.32 state',
    says: 'a gateway that comes about carries perhaps',
    network: network({ carriers: [{ id: 'cagw-1', state: 'pending' }] }),
    lines: [`${out} => UNKNOWN up:cagw-1 at internet`],
  },
  {
    id: '4.32 in the network',
    says: 'a packet that left by the internet gateway comes in at a carrier address no more certainly than any other',
    network: network({ tables: [{ id: 'rtb-s2', routes: ['0.0.0.0/0 igw-a'] }] }),
    lines: [
      'tcp I2:40000 -> 155.146.1.1:443 => UNKNOWN passes:cagw-1 at eni-i1',
      '[!passes:cagw-1] tcp I2:40000 -> 155.146.1.1:443 => DENY',
    ],
  },
];

proves(vectors);
