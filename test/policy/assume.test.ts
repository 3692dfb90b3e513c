import { expect, test } from 'vitest';
import { readAssumption } from '../../src/policy/assume.ts';
import {
  describePolicy,
  describeRules,
  describeTls,
  inspecting,
  statefulGroupArn,
  tlsInspectionArn,
} from '../support/aws-network-firewall.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';
import { network } from './network.ts';

const read = (text: string) => {
  const result = readAssumption(network, text);
  return result.ok ? result.value.map(({ key, side }) => `${key} ${side}`) : result.problems[0];
};

test('a firewall is named by its name, its ARN, as all firewalls, or by one of its endpoints', () => {
  const arn = 'arn:aws:network-firewall:us-east-1:123456789012:firewall/egress';
  for (const text of ['drops:egress', 'drops:firewall:*', `drops:${arn}`, 'drops:vpce-fw'])
    expect(read(text)).toEqual([`passes:${arn} false`]);
});

test('instances, guests, groups, facts and unread answers are known by their ids', () => {
  expect(read('down:i-app')).toEqual(['up:i-app false']);
  expect(read('forwards:eni-app,nat')).toEqual(['forwards:eni-app,nat true']);
  expect(read('members:sg-app')).toEqual(['members:sg-app true']);
  expect(read('fact:5.34=no')).toEqual(['fact:5.34 false']);
  expect(read('unread:describe-security-group-rules:sg-app=deny')).toEqual([
    'unread:describe-security-group-rules:sg-app false',
  ]);
  expect(read('unread:elbv2 describe-listeners:front=allow')).toEqual(['unread:elbv2 describe-listeners:front true']);
});

test('a name that a question bears is in no network', () => {
  expect(read('names:.example.com')).toEqual(['names:.example.com true']);
  expect(read('names:a.example.com=no')).toEqual(['names:a.example.com false']);
  expect(read('names:')).toMatchObject({ code: 'bad-assumption' });
});

test('what names nothing is refused, and near misses are suggested', () => {
  expect(read('pases:vpce-fw')).toMatchObject({ code: 'unknown-assumption', hint: 'Did you mean `passes`?' });
  expect(read('forwards:eni-ap')).toMatchObject({ code: 'no-match', column: 10 });
  expect(read('fact:5.35=yes')).toMatchObject({ code: 'unknown-fact' });
  expect(read('fact:5.34')).toMatchObject({ code: 'bad-assumption', hint: 'Write `fact:5.34=yes` or `fact:5.34=no`.' });
  expect(read('unread:describe-route-tables:subnet-app')).toMatchObject({ code: 'not-unread' });
});

test('a value that no deployment picks is no assumption', () => {
  expect(read('value:x.y=z')).toMatchObject({ code: 'bad-assumption' });
});

test('the members of a group may be declared by their block', () => {
  expect(read('members:sg-app=10.9.0.0/16')).toEqual(['members:sg-app=10.9.0.0/16 true']);
  expect(read('members:sg-app=10.9.0.0/33')).toMatchObject({ code: 'bad-assumption' });
  expect(read('members:sg-ap=10.9.0.0/16')).toMatchObject({ code: 'no-match' });
});

test('what is on premises is declared by block and line', () => {
  expect(read('transit:onprem')).toEqual(['transit:onprem true']);
  expect(read('transit:elsewhere')).toMatchObject({
    code: 'bad-assumption',
    hint: expect.stringContaining('`transit:onprem`') as string,
  });
  expect(read('onprem:10.99.0.0/16@vgw-none')).toMatchObject({ code: 'no-match' });
  expect(read('onprem:10.99.0.0/16')).toMatchObject({ code: 'bad-assumption' });
  expect(read('onprem:10.99.0.0/99@vgw-none')).toMatchObject({ code: 'bad-assumption' });
});

const ruled = networkOf(
  world(
    {
      firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-s2', ip: '10.0.2.60', firewall: 'main' }],
    },
    inspecting(
      describePolicy('main', { groups: [statefulGroupArn('rules')], tlsInspection: tlsInspectionArn('tls') }),
      describeRules('rules', [
        'drop tcp any any -> any any (content:"x"; sid:7;)',
        'drop tcp any any -> any any (content:"x";)',
      ]),
      describeTls('tls', [{}]),
    ),
  ),
);

test('what an answer names of a firewall’s rules can be declared', () => {
  const declared = (text: string) => {
    const result = readAssumption(ruled, text);
    return result.ok ? result.value.map(({ key, side }) => `${key} ${side}`) : result.problems[0];
  };
  const group = statefulGroupArn('rules');
  expect(declared(`matches:${group}#sid:7`)).toEqual([`matches:${group}#sid:7 true`]);
  expect(declared(`matches:${group}#line:2=no`)).toEqual([`matches:${group}#line:2 false`]);
  expect(declared(`matches:${group}#sid:8`)).toMatchObject({ code: 'no-match', column: 10 + group.length });
  expect(declared(`matches:${group}z#sid:7`)).toMatchObject({ code: 'no-match', column: 9 });
  expect(declared(`matches:${group}`)).toMatchObject({ code: 'bad-assumption' });
  const firewall = 'arn:aws:network-firewall:us-east-1:111122223333:firewall/main';
  for (const name of ['main', firewall, 'vpce-fw'])
    expect(declared(`continues:${name}`)).toEqual([`continues:${firewall} true`]);
  expect(declared(`certified:${tlsInspectionArn('tls')}=no`)).toEqual([`certified:${tlsInspectionArn('tls')} false`]);
});
