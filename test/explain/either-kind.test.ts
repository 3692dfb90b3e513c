/** A requirement of any traffic, which flows with ports or flows without may serve. */
import { expect, test } from 'vitest';
import { answerOf } from '../hostile/verdict.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';

/** What leaves is told by a customer's list, for TCP alone; replies come in at the ports of clients. */
const byList = (entries?: string[]) =>
  networkOf(
    world({
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }],
      groups: [{ id: 'sg-1', vpc: 'vpc-a', in: [], out: ['tcp 443 pl-own'] }],
      interfaces: [{ id: 'eni-i1', groups: ['sg-1'], ips: ['10.0.1.10=198.51.100.1'] }],
      acls: [
        { id: 'acl-1', vpc: 'vpc-a', in: ['100 allow tcp 1024-65535 0.0.0.0/0'], out: ['100 allow all 0.0.0.0/0'] },
      ],
      subnets: [{ id: 'subnet-s1', acl: 'acl-1' }],
      lists: [{ id: 'pl-own', name: 'partners', ...(entries === undefined ? {} : { entries }) }],
    }),
  );

const verdict = async (entries?: string[]) =>
  (await answerOf(byList(entries), 'require: { from: eni-i1, to: internet }')).verdict;

test('what is open of flows with ports is not settled by there being none without', async () => {
  expect(await verdict()).toBe('undecided');
  expect(await verdict(['8.8.8.0/24'])).toBe('holds');
  expect(await verdict([])).toBe('violated');
});
