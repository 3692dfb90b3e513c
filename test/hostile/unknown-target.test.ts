/** A route's target that nobody knows may be any waypoint, on the way out and on the way back. */
import { expect, test } from 'vitest';
import { Unknown } from '../../src/sources/declared/value.ts';
import { declared, declaredNetwork, ref } from '../support/declared.ts';
import { answerOf } from './verdict.ts';

const network = declaredNetwork(
  declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  declared('a', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.1.0/24' }),
  declared('b', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.2.0/24' }),
  declared('nat', 'AWS::EC2::NatGateway', { SubnetId: ref('b') }),
  declared('table', 'AWS::EC2::RouteTable', { VpcId: ref('vpc') }),
  declared('to', 'AWS::EC2::SubnetRouteTableAssociation', { SubnetId: ref('a'), RouteTableId: ref('table') }),
  declared('route', 'AWS::EC2::Route', {
    RouteTableId: ref('table'),
    DestinationCidrBlock: '0.0.0.0/0',
    NatGatewayId: new Unknown('known after apply'),
  }),
  declared('box', 'AWS::EC2::Instance', { SubnetId: ref('a') }),
);

const ways = ['nat-gateway:*', '{ both: nat-gateway:* }'];
const modes = ['packet', 'connection', 'data'];
const cases = ways.flatMap((way) => modes.map((mode) => [way, mode] as const));

test.each(cases)('via %s, in mode %s, is neither proved nor refuted', async (way, mode) => {
  for (const kind of ['forbid', 'require']) {
    const told = `${kind}: { from: box, to: internet, traffic: tcp/443, via: ${way}, mode: ${mode} }`;
    expect((await answerOf(network, told)).verdict).toBe('undecided');
  }
});

test('it excuses from nothing, and that it passes does not say which way', async () => {
  const flow = 'from: box, to: internet, traffic: tcp/443';
  const except = await answerOf(network, `forbid: { ${flow}, except: { via: nat-gateway:* } }`);
  expect(except).toMatchObject({ verdict: 'undecided', assumptions: ['drops:route/NatGatewayId'] });
  const passes = 'assume: ["passes:route/NatGatewayId"]';
  expect((await answerOf(network, `forbid: { ${flow} }, ${passes}`)).verdict).toBe('violated');
  expect((await answerOf(network, `forbid: { ${flow}, via: nat-gateway:* }, ${passes}`)).verdict).toBe('undecided');
});
