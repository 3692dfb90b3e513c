import { expect, test } from 'vitest';
import { readAssumption } from '../../src/policy/assume.ts';
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

test('what names nothing is refused, and near misses are suggested', () => {
  expect(read('pases:vpce-fw')).toMatchObject({ code: 'unknown-assumption', hint: 'Did you mean `passes`?' });
  expect(read('forwards:eni-ap')).toMatchObject({ code: 'no-match', column: 10 });
  expect(read('fact:5.35=yes')).toMatchObject({ code: 'unknown-fact' });
  expect(read('fact:5.34')).toMatchObject({ code: 'bad-assumption', hint: 'Write `fact:5.34=yes` or `fact:5.34=no`.' });
  expect(read('unread:describe-route-tables:subnet-app')).toMatchObject({ code: 'not-unread' });
});

test('a rule of a firewall is named by its group and its sid or line', () => {
  expect(read('matches:sg-app#sid:100=no')).toEqual(['matches:sg-app#sid:100 false']);
  expect(read('matches:sg-ap#sid:100')).toMatchObject({ code: 'no-match' });
  expect(read('matches:sg-app')).toMatchObject({ code: 'bad-assumption' });
  expect(read('continues:arn:aws:network-firewall:us-east-1:123456789012:firewall/egress')).toEqual([
    'continues:arn:aws:network-firewall:us-east-1:123456789012:firewall/egress true',
  ]);
});

test('assumptions of later constructs are unknown', () => {
  expect(read('value:x.y=z')).toMatchObject({ code: 'unknown-assumption' });
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
