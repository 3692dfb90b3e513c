import { describe, expect, test } from 'vitest';
import type { AskRequest } from '../../src/index.ts';
import { ask } from '../../src/index.ts';
import { natA } from '../hostile/parts.ts';
import { networkOf } from '../support/network.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { editedBy, linesOf, unblocked, without } from './helped.ts';

/** The sets found: each lets the flow through, and none does without one of its edits. */
async function waysFor(change: Change, request: AskRequest, wanted = 5): Promise<readonly (readonly string[])[]> {
  const network = networkOf(world(change));
  const sets = linesOf(await unblocked(network, request, { wanted }));
  const reached = async (lines: readonly string[]): Promise<boolean> => {
    const edited = await editedBy(network, lines);
    const answer = edited && (await ask(edited, request));
    return answer?.ok === true && answer.value.verdict === 'reachable';
  };
  for (const lines of sets) {
    expect([lines, await reached(lines)]).toEqual([lines, true]);
    for (const fewer of without(lines)) expect([lines, fewer, await reached(fewer)]).toEqual([lines, fewer, false]);
  }
  return sets;
}

const toInternet = { from: 'eni-i1', to: 'internet', proto: 'tcp', port: '443' };
const between = { from: 'eni-i1', to: 'eni-i2', proto: 'tcp', port: '443' };

describe('what would let a flow through', () => {
  test('a way by the NAT gateway, and one by the internet gateway with a public address', async () => {
    const { nats = [] } = natA;
    const sets = await waysFor({ nats }, toInternet);
    expect(sets[0]).toEqual(['rtb-s1 route 0.0.0.0/0 -> nat-a']);
    expect(sets).toContainEqual(['rtb-s1 route 0.0.0.0/0 -> igw-a', 'eni-i1 public add any']);
  });

  test('a rule that names the group, or the block', async () => {
    const shut: Change = { interfaces: [{ id: 'eni-i2', groups: ['sg-none'] }] };
    const sets = await waysFor(shut, between);
    expect(sets).toContainEqual(['sg-none ingress add tcp/443 sg-open']);
    expect(sets).toContainEqual(['sg-none ingress add tcp/443 10.0.1.0/24']);
  });

  test('the entry of the network ACL that denies is changed, goes, or comes after another', async () => {
    const denied: Change = {
      acls: [
        {
          id: 'acl-default',
          vpc: 'vpc-a',
          default: true,
          in: ['90 deny tcp 443 10.0.1.0/24', '100 allow all 0.0.0.0/0'],
          out: ['100 allow all 0.0.0.0/0'],
        },
      ],
    };
    const sets = await waysFor(denied, between);
    expect(sets).toContainEqual(['acl-default inbound remove 90']);
    expect(sets).toContainEqual(['acl-default inbound change 90 allow tcp/443 10.0.1.0/24']);
    expect(sets).toContainEqual(['acl-default inbound add 45 allow tcp/443 10.0.1.0/24']);
  });

  test('all that has to change, not the first of it', async () => {
    const { nats = [] } = natA;
    const shut: Change = {
      nats,
      interfaces: [{ id: 'eni-i1', groups: ['sg-none'] }],
      subnets: [{ id: 'subnet-s1', acl: 'acl-x' }],
      acls: [{ id: 'acl-x', vpc: 'vpc-a', in: [], out: [] }],
    };
    const [first = []] = await waysFor(shut, toInternet, 2);
    expect([...first].toSorted()).toEqual([
      'acl-x inbound add 10 allow tcp/1024-65535 0.0.0.0/0',
      'acl-x outbound add 10 allow tcp/443 0.0.0.0/0',
      'rtb-s1 route 0.0.0.0/0 -> nat-a',
      'sg-none egress add tcp/443 0.0.0.0/0',
    ]);
  });

  test('a way that goes past what is to be avoided', async () => {
    const { nats = [] } = natA;
    const routed: Change = { nats, tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 nat-a'] }] };
    const sets = await waysFor(routed, { ...toInternet, avoid: ['nat-a'] });
    expect(sets).toContainEqual(['rtb-s1 route 0.0.0.0/0 -> igw-a', 'eni-i1 public add any']);
  });

  test('nothing, where no edit that is thought of does', async () => {
    const network = networkOf(world({ igws: [{ gone: 'igw-a' }], tables: [{ id: 'rtb-pub', routes: [] }] }));
    const none = await unblocked(network, toInternet);
    expect(none.found).toEqual([]);
    expect(none.tried).toBeGreaterThan(0);
  });
});

test('the price is what opens besides', async () => {
  const shut: Change = {
    interfaces: [
      { id: 'eni-i2', groups: ['sg-none'] },
      { id: 'eni-i3', subnet: 'subnet-s1', ips: ['10.0.1.30'], groups: ['sg-egr'] },
    ],
  };
  const network = networkOf(world(shut));
  const { found } = await unblocked(network, between, { prices: true });
  const openedBy = (line: string) => {
    const price = found.find(({ edits }) => edits.length === 1 && edits[0]!.edit === line)?.price;
    expect(price).toMatchObject({ complete: true, omitted: { opened: 0, closed: 0 }, closed: [] });
    return price!.opened.map(({ from, to, asked }) => ({ from, to, asked }));
  };
  expect(openedBy('sg-none ingress add tcp/443 sg-open')).toEqual([{ from: ['eni-i1'], to: ['eni-i2'], asked: true }]);
  expect(openedBy('sg-none ingress add tcp/443 10.0.1.0/24')).toEqual([
    { from: ['eni-i1', 'eni-i3'], to: ['eni-i2'], asked: false },
  ]);
});
