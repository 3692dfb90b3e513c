import { describe, expect, test } from 'vitest';
import { changed, type Change } from '../support/spec.ts';
import { world6 } from '../support/world.ts';
import { becomes, changesOf, mistake } from './edited.ts';

/** With one of everything that a route can lead to. */
const rich: Change = {
  nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
  eigws: [{ id: 'eigw-a', vpc: 'vpc-a' }],
  firewallEndpoints: [
    { id: 'vpce-fw', subnet: 'subnet-pub', ip: '10.0.9.30', firewall: 'egress' },
    { id: 'vpce-gwlb', subnet: 'subnet-pub', ip: '10.0.9.31' },
  ],
  gatewayEndpoints: [{ id: 'vpce-s3', vpc: 'vpc-a', service: 's3', list: 'pl-s3', tables: ['rtb-s2'] }],
  lists: [
    { id: 'pl-s3', name: 'com.amazonaws.us-east-1.s3', entries: ['52.216.0.0/15'] },
    { id: 'pl-1', entries: ['10.9.0.0/16'] },
  ],
  opaque: [
    { id: 'pcx-1', vpcs: ['vpc-a', 'vpc-b'] },
    { id: 'tgw-1', vpcs: ['vpc-a'] },
  ],
  vgws: [{ id: 'vgw-1', vpc: 'vpc-a' }],
  vpcs: [{ id: 'vpc-b', cidrs: ['10.1.0.0/16'] }],
  tables: [{ id: 'rtb-b', vpc: 'vpc-b', main: true, routes: [] }],
};

const with1 = (...routes: readonly string[]) => changed(world6(rich), { tables: [{ id: 'rtb-s1', routes }] });

describe('a route leads where AWS says', () => {
  test.each([
    ['0.0.0.0/0 -> nat-a', '0.0.0.0/0 nat-a'],
    ['::/0 -> eigw-a', '::/0 eigw-a'],
    ['0.0.0.0/0 -> igw:*', '0.0.0.0/0 igw-a'],
    ['0.0.0.0/0 -> vpce-fw', '0.0.0.0/0 vpce-fw'],
    ['0.0.0.0/0 -> egress', '0.0.0.0/0 vpce-fw'],
    ['0.0.0.0/0 -> vpce-gwlb', '0.0.0.0/0 vpce-gwlb'],
    ['10.0.2.0/24 -> eni-i2', '10.0.2.0/24 eni-i2'],
    ['10.9.0.0/16 -> i-i2', '10.9.0.0/16 eni-i2'],
    ['pl-1 -> tgw-1', 'pl-1 tgw-1'],
    ['10.1.0.0/16 -> pcx-1', '10.1.0.0/16 pcx-1'],
    ['10.9.0.0/16 -> vgw-1', '10.9.0.0/16 vgw-1'],
    ['10.0.0.0/16 -> vpce-fw', '10.0.0.0/16 vpce-fw'],
  ])('%s', (text, line) => {
    becomes(with1(), [`rtb-s1 route ${text}`], with1(line));
    const [destination] = text.split(' -> ');
    if (destination === '10.0.0.0/16') becomes(with1(line), [`rtb-s1 route ${destination} -> local`], with1());
    else becomes(with1(line), [`rtb-s1 route remove ${destination}`], with1());
  });
});

test('a route that is there leads to the new target, a blackhole too', () => {
  const edits = becomes(with1('0.0.0.0/0 igw-a'), ['rtb-s1 route 0.0.0.0/0 -> nat-a'], with1('0.0.0.0/0 nat-a'));
  expect(changesOf(edits)).toEqual(['rtb-s1 route: 0.0.0.0/0 -> igw-a => 0.0.0.0/0 -> nat-a']);
  becomes(with1('0.0.0.0/0 igw-a blackhole'), ['rtb-s1 route 0.0.0.0/0 -> igw-a'], with1('0.0.0.0/0 igw-a'));
});

test('a static route stands beside a propagated one for the same block, and goes from beside it', () => {
  const propagated = '10.9.0.0/16 vgw-1 propagated';
  becomes(with1(propagated), ['rtb-s1 route 10.9.0.0/16 -> tgw-1'], with1(propagated, '10.9.0.0/16 tgw-1'));
  becomes(with1(propagated, '10.9.0.0/16 tgw-1'), ['rtb-s1 route remove 10.9.0.0/16'], with1(propagated));
});

describe('what AWS refuses is a mistake', () => {
  test.each([
    ['rtb-s1 route 0.0.0.0/0 -> vpce-s3', 'invalid-route'],
    ['rtb-s1 route 0.0.0.0/0 -> eigw-a', 'invalid-route'],
    ['rtb-s1 route 10.0.0.0/16 -> igw-a', 'invalid-route'],
    ['rtb-s1 route 10.0.2.0/25 -> eni-i2', 'invalid-route'],
    ['rtb-s1 route 10.0.2.0/24 -> igw-a', 'invalid-route'],
    ['rtb-s1 route 169.254.169.0/24 -> igw-a', 'invalid-route'],
    ['rtb-s1 route pl-1 -> vpce-gwlb', 'invalid-route'],
    ['rtb-b route 10.9.0.0/16 -> tgw-1', 'not-attached'],
    ['rtb-b route 0.0.0.0/0 -> igw-a', 'not-attached'],
    ['rtb-b route 0.0.0.0/0 -> nat-a', 'invalid-route'],
    ['rtb-s2 route remove pl-s3', 'invalid-route'],
    ['rtb-s1 route remove 10.0.0.0/16', 'invalid-route'],
    ['rtb-s1 route remove 10.9.0.0/16', 'not-static'],
    ['rtb-s1 route remove 10.8.0.0/16', 'changes-nothing'],
    ['rtb-pub route 0.0.0.0/0 -> igw-a', 'changes-nothing'],
    ['rtb-s1 route 0.0.0.0/0 -> subnet-s1', 'wrong-kind'],
    ['rtb-s1 route 0.0.0.0/0 -> endpoint:*', 'invalid-route'],
    ['rtb-s1 route 0.0.0.0/0 -> firewall-endpoint:*', 'ambiguous'],
  ])('%s (%s)', (line, code) => {
    const spec = with1('10.9.0.0/16 vgw-1 propagated');
    expect(mistake(spec, line)).toMatchObject({ code, file: '--set' });
  });
});
