/** VPC encryption controls: semantics 14.6. What enforce mode should not leave in a VPC may carry packets, or not. */
import { describe, expect, test } from 'vitest';
import { natA, vpcB } from '../hostile/parts.ts';
import { answerOf } from '../hostile/verdict.ts';
import { networkOf } from '../support/network.ts';
import { proves } from '../support/proves.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';

const controls = (Mode: 'monitor' | 'enforce', excluded: Readonly<Record<string, string>> = {}): Change => ({
  others: [
    {
      id: 'ec2 describe-vpc-encryption-controls',
      json: {
        VpcEncryptionControls: [
          {
            VpcId: 'vpc-a',
            VpcEncryptionControlId: 'vpcec-1',
            Mode,
            State: 'available',
            ResourceExclusions: Object.fromEntries(Object.entries(excluded).map(([kind, State]) => [kind, { State }])),
          },
        ],
      },
    },
  ],
});

const host: Change = {
  interfaces: [{ id: 'eni-p', subnet: 'subnet-pub', ips: ['10.0.9.10=198.51.100.10'], groups: ['sg-open'] }],
};

const natted: Change = { ...natA, tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 nat-a'] }] };

const peered: Change = {
  opaque: [{ id: 'pcx-ab', vpcs: ['vpc-a', 'vpc-b'] }],
  tables: [
    { id: 'rtb-s1', routes: ['10.1.0.0/16 pcx-ab'] },
    { id: 'rtb-b', routes: ['10.0.0.0/16 pcx-ab'] },
  ],
};

proves([
  {
    id: '14.6',
    says: 'monitoring changes nothing',
    network: world(host, controls('monitor')),
    lines: ['tcp P:40000 -> 1.1.1.1:443 => CONN at internet via igw-a'],
  },
  {
    id: '14.6',
    says: 'in enforce mode an internet gateway that is not excluded may carry packets or not',
    network: world(host, controls('enforce')),
    lines: ['tcp P:40000 -> 1.1.1.1:443 => UNKNOWN up:igw-a', 'tcp 1.1.1.1:40000 -> P.pub:443 => UNKNOWN up:igw-a'],
  },
  {
    id: '14.6',
    says: 'one that is excluded carries them, one whose exclusion ends may not',
    network: world(host, controls('enforce', { InternetGateway: 'enabled' })),
    lines: ['tcp P:40000 -> 1.1.1.1:443 => CONN at internet via igw-a'],
  },
  {
    id: '14.6',
    says: 'an exclusion that ends is none for certain',
    network: world(host, controls('enforce', { InternetGateway: 'disabling' })),
    lines: ['tcp P:40000 -> 1.1.1.1:443 => UNKNOWN up:igw-a'],
  },
  {
    id: '14.6',
    says: 'a NAT gateway needs an exclusion of its own',
    network: world(natted, controls('enforce', { InternetGateway: 'enabled' })),
    lines: ['tcp I1:40000 -> 1.1.1.1:443 => UNKNOWN up:nat-a'],
  },
  {
    id: '14.6',
    says: 'a peering connection with a VPC that does not enforce encryption needs one too',
    network: world(vpcB, peered, controls('enforce')),
    lines: ['tcp I1:40000 -> B:443 => UNKNOWN up:pcx-ab'],
  },
  {
    id: '14.6',
    says: 'what stays inside the VPC is not touched',
    network: world(controls('enforce')),
    lines: ['tcp I1:40000 -> I2:443 => CONN at eni-i2'],
  },
]);

const endpoint: Change = {
  interfaceEndpoints: [
    {
      id: 'vpce-s',
      vpc: 'vpc-a',
      service: 'secretsmanager',
      at: [{ subnet: 'subnet-s2', ips: ['10.0.2.50'] }],
      groups: ['sg-open'],
    },
  ],
};

describe('14.6: a PrivateLink endpoint of an enforcing VPC drops what no application has encrypted', () => {
  const asked = (property: string) => answerOf(networkOf(world(endpoint, controls('enforce'))), property);
  test('so that a requirement is not certain', async () => {
    const { verdict, assumptions } = await asked('require: { from: subnet-s1, to: vpce-s, traffic: tcp/443 }');
    expect(verdict).toBe('undecided');
    expect(assumptions).toEqual(['up:vpce-s']);
  });
  test('nor that nothing passes', async () => {
    expect((await asked('forbid: { from: subnet-s1, to: vpce-s }')).verdict).toBe('undecided');
  });
});

test('the network says of what it is not known whether it carries a flow', () => {
  const { warnings } = networkOf(world(host, controls('enforce')));
  expect(warnings.join('\n')).toContain('`vpc-a` enforces encryption in transit: whether `igw-a` carries');
  expect(networkOf(world(host, controls('monitor'))).warnings.join()).not.toContain('encryption');
});
