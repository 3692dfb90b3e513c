/** Which prefix lists are AWS's own, and the blocks that none of those holds. */
import { expect, test } from 'vitest';
import outside from '../../models/outside-managed-prefix-lists.json' with { type: 'json' };
import { formatPrefix, parsePrefix } from '../../src/net/prefix.ts';
import { listsOfAws } from '../../src/network/prefix-list.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';

const net = networkOf(
  world({
    lists: [
      { id: 'pl-named', name: 'com.amazonaws.global.cloudfront.origin-facing' },
      { id: 'pl-routed' },
      { id: 'pl-customer', name: 'partners' },
      { id: 'pl-nameless' },
    ],
    gatewayEndpoints: [{ id: 'vpce-s3', vpc: 'vpc-a', service: 's3', list: 'pl-routed', tables: ['rtb-s1'] }],
    tables: [{ id: 'rtb-s2', vpc: 'vpc-a', routes: ['pl-customer igw-a'] }],
  }),
);

test('AWS’s own lists are told by the name that AWS keeps to itself, or by a gateway endpoint’s route', () => {
  expect([...listsOfAws(net)].sort()).toEqual(['pl-named', 'pl-routed']);
});

test('a Name tag in AWS’s words makes no list AWS’s', () => {
  const list = [...net.prefixLists.values()].find(({ id }) => id === 'pl-named');
  const name = 'com.amazonaws.eu-west-1.s3';
  const prefixLists = new Map([['pl-named', { ...list!, name, tags: { Name: name } }]]);
  expect(listsOfAws({ ...net, prefixLists }).has('pl-named')).toBe(false);
});

test('the blocks that no list of AWS’s holds are written as blocks, each once', () => {
  const written = outside.blocks.map(({ block }) => block);
  expect(written.map((block) => formatPrefix(parsePrefix(block)!))).toEqual(written);
  expect(new Set(written).size).toBe(written.length);
});
