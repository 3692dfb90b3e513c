/** What a participant of a shared VPC is not shown is never taken not to be there (semantics 1.25). */
import { expect, test } from 'vitest';
import type { Network } from '../../src/network/network.ts';
import { networkFromDocuments } from '../../src/sources/index.ts';
import type { Document } from '../support/aws.ts';
import { participantsAnswers, shared, type Sharing } from '../support/participant.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { answerOf } from './verdict.ts';

/** I1 is the participant's, in S1, which is shared. */
const mine: Sharing = {
  subnets: new Set(['subnet-s1']),
  interfaces: new Set(['eni-i1']),
  lent: new Set(),
  named: false,
  tables: false,
  block: 'off',
};

/** With the owner's group as well, which is shared with the participant. */
const lent: Sharing = { ...mine, lent: new Set(['sg-open']) };

const open = { tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }] };
const eip = { interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.10'] }] };
const line: Change = {
  vgws: [{ id: 'vgw-a', vpc: 'vpc-a' }],
  vpns: [{ id: 'vpn-1', gateway: 'vgw-a', routes: ['192.168.0.0/16'] }],
};

type Cut = (all: readonly Document[]) => readonly Document[];

function seen(sharing: Sharing, change: Change, cut: Cut = (all) => all): Network {
  const spec = shared(world(change), sharing);
  const result = networkFromDocuments(cut(participantsAnswers(spec, sharing)));
  if (!result.ok) throw new Error(JSON.stringify(result.problems, undefined, 1));
  return result.value;
}

/** Answers of before AWS showed the effective mode at VPCs and subnets. */
const withoutModes: Cut = (all) =>
  all.map(({ file, json }) => ({
    file,
    json: JSON.parse(
      JSON.stringify(json, (key, value: unknown) => (key === 'BlockPublicAccessStates' ? undefined : value)),
    ) as unknown,
  }));

/** In a folder with the participant's name. */
const named = { ...mine, named: true };

test.each([
  { says: 'a VPN gateway', sharing: mine, change: line, property: 'forbid: { from: onprem, to: eni-i1 }' },
  {
    says: 'a VPN gateway, in a folder with a name',
    sharing: named,
    change: line,
    property: 'forbid: { from: onprem, to: eni-i1 }',
  },
  {
    says: 'a VPN gateway, where the owner shares a group',
    sharing: lent,
    change: line,
    property: 'forbid: { from: onprem, to: eni-i1 }',
  },
  {
    says: 'other hosts of the subnet, where the owner shares a group',
    sharing: lent,
    change: { groups: [{ id: 'sg-open', in: ['all sg-open'], out: [] }] },
    property: 'forbid: { from: subnet-s1, to: eni-i1 }',
  },
  {
    says: 'members of a group that the owner shares',
    sharing: lent,
    change: {
      groups: [{ id: 'sg-open', in: ['all sg-open'], out: ['all 0.0.0.0/0'] }],
    },
    property: 'forbid: { from: 10.0.2.0/24, to: eni-i1 }',
  },
  {
    says: 'an edge table that leads elsewhere',
    sharing: mine,
    change: {
      ...eip,
      tables: [...open.tables, { id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: ['10.0.1.0/24 eni-i2'] }],
    },
    property: 'require: { from: internet, to: eni-i1, traffic: tcp/443 }',
  },
  {
    says: 'a load balancer of the owner’s that has the participant’s host for a target',
    sharing: { ...mine, tables: true },
    change: { tables: [{ id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: [] }] },
    property: 'forbid: { from: internet, to: eni-i1 }',
  },
  {
    says: 'what the owner blocks otherwise than the participant in its own account',
    sharing: { ...mine, block: 'block-bidirectional' },
    change: { ...open, ...eip },
    cut: withoutModes,
    property: 'forbid: { from: internet, to: eni-i1 }',
  },
])('$says is not shown, and may be there', async ({ sharing, change, cut, property }) => {
  expect((await answerOf(seen(sharing, change, cut), property)).verdict).toBe('undecided');
});
