import { describe, expect, test } from 'vitest';
import { answerOf } from '../hostile/verdict.ts';
import type { Network } from '../../src/network/network.ts';
import { networkOf } from '../support/network.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { becomes, changesOf, editNetwork, mistake } from './edited.ts';

const list: Change = { lists: [{ id: 'pl-s3', name: 'com.amazonaws.us-east-1.s3', entries: ['52.216.0.0/15'] }] };
const s3: Change = {
  gatewayEndpoints: [{ id: 'vpce-s3', vpc: 'vpc-a', service: 's3', list: 'pl-s3', tables: ['rtb-s1', 'rtb-s2'] }],
};

test('a gateway endpoint brings its routes, and takes them away', () => {
  const { network } = editNetwork(
    networkOf(world(list)),
    'vpc-a add gateway-endpoint s3 tables rtb-s1,rtb-s2 as vpce-s3',
  );
  const read = networkOf(world(list, s3));
  const bare = ({ routeTables, endpoints }: Network) => {
    const { policy: _, region: __, source: ___, ...endpoint } = endpoints.get('vpce-s3')!;
    return [
      endpoint,
      ...[...routeTables.values()].flatMap(({ routes }) => routes.map(({ source: ____, ...route }) => route)),
    ];
  };
  expect(bare(network)).toEqual(bare(read));
  becomes(world(list, s3), ['vpce-s3 remove'], world(list));
  expect(mistake(world(), 'vpc-a add gateway-endpoint s3 tables rtb-s1')).toMatchObject({ code: 'not-read' });
  expect(mistake(world(list), 'vpc-a add gateway-endpoint logs tables rtb-s1')).toMatchObject({
    code: 'unknown-service',
  });
  expect(mistake(world(list, s3), 'vpc-a add gateway-endpoint s3 tables rtb-s1')).toMatchObject({
    code: 'invalid-route',
    place: '1:1',
  });
});

const logs: Change = {
  interfaceEndpoints: [
    {
      id: 'vpce-1',
      vpc: 'vpc-a',
      service: 'logs',
      groups: ['sg-open'],
      at: [
        { subnet: 'subnet-s1', ips: ['10.0.1.30'] },
        { subnet: 'subnet-s2', ips: ['10.0.2.30'] },
      ],
    },
  ],
};

test('an interface endpoint goes with its interfaces', () => {
  becomes(world(logs), ['vpce-1 remove'], world());
});

describe('a new interface endpoint', () => {
  const line = 'vpc-a add interface-endpoint logs in subnet-s1,subnet-s2 groups sg-open as vpce-1';

  test('has an interface in each subnet, at whichever address is free', () => {
    const { network, edits } = editNetwork(networkOf(world()), line);
    const read = networkOf(world(logs)).endpoints.get('vpce-1')!;
    const { source: _, interfaces, ...endpoint } = network.endpoints.get('vpce-1')!;
    expect(endpoint).toMatchObject({
      serviceName: read.serviceName,
      state: 'available',
      subnets: ['subnet-s1', 'subnet-s2'],
      privateDnsEnabled: true,
      account: read.account,
    });
    expect(interfaces.map((id) => network.interfaces.get(id)?.role)).toEqual([
      'interface-endpoint',
      'interface-endpoint',
    ]);
    expect(changesOf(edits)).toEqual([
      'vpce-1 interface endpoint:  => com.amazonaws.us-east-1.logs in subnet-s1, subnet-s2, sg-open',
    ]);
  });

  test('is reached where its groups let it, and starts nothing', async () => {
    const reach = 'require: { from: eni-i1, to: service:logs, traffic: tcp/443 }';
    const { network } = editNetwork(networkOf(world()), line);
    expect(await answerOf(network, reach)).toMatchObject({ verdict: 'holds' });
    const closed = editNetwork(network, 'vpce-1 groups set sg-none').network;
    expect(await answerOf(closed, reach)).toMatchObject({ verdict: 'violated' });
    expect(await answerOf(network, 'forbid: { from: vpc-a, to: eni-i1, except: { from: [eni-i2] } }')).toMatchObject({
      verdict: 'holds',
    });
  });

  test('stands once in a zone, in its own VPC, and is of a service that is known', () => {
    const twice = 'vpc-a add interface-endpoint logs in subnet-s1,subnet-pub groups sg-open';
    expect(mistake(world(), twice)).toMatchObject({ code: 'same-zone' });
    expect(mistake(world(logs), `${line}2`)).toMatchObject({ code: 'conflicting-endpoint' });
    expect(mistake(world(), 'vpc-a add interface-endpoint bedrok-runtime in subnet-s1 groups sg-open')).toMatchObject({
      code: 'unknown-service',
      hint: expect.stringContaining('bedrock-runtime') as unknown,
    });
    expect(mistake(world(), 'vpc-a add interface-endpoint logs in subnet-s1 groups sg-oepn')).toMatchObject({
      code: 'no-match',
    });
  });
});

test('a firewall endpoint that goes leaves blackholes, and its firewall', () => {
  const firewall = (ends: readonly string[], state = ''): Change => ({
    firewallEndpoints: ends.map((id, i) => ({
      id,
      subnet: i === 0 ? 'subnet-pub' : 'subnet-s2',
      ip: i === 0 ? '10.0.9.30' : '10.0.2.30',
      firewall: 'egress',
    })),
    tables: [{ id: 'rtb-s1', routes: [`0.0.0.0/0 vpce-b${state}`] }],
  });
  becomes(world(firewall(['vpce-a', 'vpce-b'])), ['vpce-b remove'], world(firewall(['vpce-a'], ' blackhole')));
});
