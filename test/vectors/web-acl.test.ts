/** Web ACLs as ways in: semantics 12.23. Which balancer an ACL is in front of is no packet's doing, so a property asks. */
import { expect, test } from 'vitest';
import { ask } from '../../src/index.ts';
import { answerOf } from '../hostile/verdict.ts';
import { front } from '../support/front.ts';
import { networkOf } from '../support/network.ts';
import { proves } from '../support/proves.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';

const web: Change = {
  targetGroups: [{ id: 'web', vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets: ['i-i1'] }],
  webAcls: [{ id: 'waf', balancers: ['front'] }],
};

/** A Network Load Balancer with the same host behind it: no web ACL can be in front of it. */
const beside: Change = {
  balancers: [
    {
      id: 'beside',
      type: 'nlb',
      public: true,
      at: [{ subnet: 'subnet-pub', ips: ['10.0.9.30=198.51.100.30'] }],
      groups: [],
      listeners: ['TCP 8443 direct'],
    },
  ],
  targetGroups: [{ id: 'direct', vpc: 'vpc-a', protocol: 'TCP', port: 8080, targets: ['i-i1'], preserve: false }],
};

const both = world(front(), web, beside);
const client = '203.0.113.5:40000';

proves([
  {
    id: 'T78',
    says: 'one host behind two balancers has two ways in',
    network: both,
    lines: [
      `[front@eni-front-pub=10.0.9.20:2048>10.0.1.10:8080] @internet tcp ${client} -> 198.51.100.20:443 => CONN at eni-i1 via front`,
      `[beside@eni-beside-pub=10.0.9.30:2048>10.0.1.10:8080] @internet tcp ${client} -> 198.51.100.30:8443 => CONN at eni-i1 via beside`,
    ],
  },
]);

const property = "forbid: { from: internet, to: eni-i1, except: { via: 'web-acl:*' } }";

test('T78: every entry passes a web ACL while the balancer behind it is the only way in', async () => {
  expect((await answerOf(networkOf(world(front(), web)), property)).verdict).toBe('holds');
});

test('T78: a Network Load Balancer beside it is the way round, and is named', async () => {
  const network = networkOf(both);
  expect((await answerOf(network, property)).verdict).toBe('violated');
  const round = await ask(network, { from: 'internet', to: 'eni-i1', avoid: ['web-acl:*'] });
  if (!round.ok) throw new Error(JSON.stringify(round.problems));
  const crossed = round.value.flow?.hops.map(({ resource }) => resource).join();
  expect(crossed).toContain('beside');
  expect(crossed).not.toContain('front');
});
