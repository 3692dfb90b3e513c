/** A path is told by the places it comes by; a rule stands at one of them, and what stops the path stands by itself. */
import { describe, expect, test } from 'vitest';
import { atlasOf } from '../../src/report/svg/atlas.ts';
import { courseOf } from '../../src/report/svg/stations.ts';
import type { HopJson, PacketJson } from '../../src/result/answer.ts';
import type { Topology } from '../../src/result/topology.ts';

const topology: Topology = {
  places: [
    { id: 'internet', kind: 'internet' },
    { id: 'vpc-1', kind: 'vpc' },
    { id: 'subnet-a', kind: 'subnet', parent: 'vpc-1', zone: 'az1' },
    { id: 'subnet-b', kind: 'subnet', parent: 'vpc-1', zone: 'az1' },
    { id: 'eni-a', kind: 'network-interface', parent: 'subnet-a' },
    { id: 'eni-b', kind: 'network-interface', parent: 'subnet-b' },
    { id: 'vpce-fw', kind: 'firewall-endpoint', parent: 'vpc-1' },
    { id: 'fw', kind: 'network-firewall' },
    { id: 'igw-1', kind: 'internet-gateway', parent: 'vpc-1' },
  ],
  edges: [
    { from: 'igw-1', to: 'internet', kind: 'attachment' },
    { from: 'vpce-fw', to: 'subnet-b', kind: 'attachment' },
    { from: 'fw', to: 'vpce-fw', kind: 'attachment' },
  ],
};
const atlas = atlasOf(topology);

const packet: PacketJson = { src: '10.0.0.1', dst: '10.0.1.1', protocol: 'tcp', srcPort: 40000, dstPort: 443 };
const hop = (resource: string, kind: string, action: string, detail = ''): HopJson => ({
  resource,
  kind,
  action,
  detail,
  packet,
});

const there: readonly HopJson[] = [
  hop('eni-a', 'network-interface', 'forward'),
  hop('sg-a', 'security-group', 'allow'),
  hop('acl-1', 'network-acl', 'allow', 'outbound, out of `subnet-a`'),
  hop('rtb-a', 'route-table', 'forward', 'leads to `local`'),
  hop('acl-1', 'network-acl', 'allow', 'inbound, into `subnet-b`'),
  hop('sg-b', 'security-group', 'allow'),
  hop('eni-b', 'network-interface', 'deliver'),
];

const rulesOf = (hops: readonly HopJson[], back: readonly HopJson[] = []) =>
  courseOf({ from: 'eni-a', hops, return: back }, atlas).stations.map(({ key, steps }) => [
    key,
    ...steps.map((step) => `${step.back ? 'back ' : ''}${step.number} ${step.hop.resource}`),
  ]);

describe('stations', () => {
  test('rules up to the route stand where the packet leaves, those behind it where it arrives', () => {
    expect(rulesOf(there)).toEqual([
      ['eni-a', '1 eni-a', '2 sg-a', '3 acl-1', '4 rtb-a'],
      ['eni-b', '5 acl-1', '6 sg-b', '7 eni-b'],
    ]);
  });

  test('within a subnet there is no route, and each interface has its own groups', () => {
    expect(rulesOf([there[0]!, there[1]!, there[5]!, there[6]!])).toEqual([
      ['eni-a', '1 eni-a', '2 sg-a'],
      ['eni-b', '3 sg-b', '4 eni-b'],
    ]);
  });

  test('a place that is passed twice is one station, with the steps of both ways', () => {
    const back = [hop('eni-b', 'network-interface', 'forward'), hop('eni-a', 'network-interface', 'deliver')];
    expect(rulesOf(there, back).map(([key, ...steps]) => [key, steps.at(-1)])).toEqual([
      ['eni-a', 'back 2 eni-a'],
      ['eni-b', 'back 1 eni-b'],
    ]);
  });

  test('what lets a reply out stands where the reply begins', () => {
    const back = [
      hop('sg-b', 'security-group', 'allow'),
      hop('rtb-b', 'route-table', 'forward'),
      hop('acl-1', 'network-acl', 'allow', 'into `subnet-a`'),
      hop('eni-a', 'network-interface', 'deliver'),
    ];
    expect(rulesOf(there, back)).toEqual([
      ['eni-a', '1 eni-a', '2 sg-a', '3 acl-1', '4 rtb-a', 'back 3 acl-1', 'back 4 eni-a'],
      ['eni-b', '5 acl-1', '6 sg-b', '7 eni-b', 'back 1 sg-b', 'back 2 rtb-b'],
    ]);
  });

  test('a flow from outside begins there, though no hop says so', () => {
    const hops = [hop('igw-1', 'internet-gateway', 'translate'), hop('eni-a', 'network-interface', 'deliver')];
    const { stations, ways } = courseOf({ from: 'internet', hops }, atlas);
    expect(stations.map(({ key, kind }) => [key, kind])[0]).toEqual(['internet', 'internet']);
    expect(ways[0]).toEqual({ from: 'internet', to: 'igw-1', back: false, beyond: false });
  });

  test('a block is a station of its own, in the subnet that its line names; what lies behind it is told as such', () => {
    const back = [
      hop('eni-b', 'network-interface', 'forward'),
      hop('rtb-a', 'route-table', 'forward'),
      hop('acl-1', 'network-acl', 'deny', 'denies tcp/40000 into `subnet-a`'),
      hop('eni-a', 'network-interface', 'deliver'),
    ];
    const { stations, ways } = courseOf({ from: 'eni-a', hops: there, return: back }, atlas);
    const block = stations.find(({ stop }) => stop);
    expect([block?.resource, block?.home]).toEqual(['acl-1', 'subnet-a']);
    expect(ways.filter((way) => way.back)).toEqual([
      { from: 'eni-b', to: block?.key, back: true, beyond: false },
      { from: block?.key, to: 'eni-a', back: true, beyond: true },
    ]);
  });

  test('every hop is told once, at one station', () => {
    const told = courseOf({ from: 'eni-a', hops: there, return: there.toReversed() }, atlas).stations.flatMap(
      ({ steps }) => steps,
    );
    expect(told.filter(({ back }) => !back).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(told.filter(({ back }) => back)).toHaveLength(7);
  });
});

describe('homes', () => {
  test('what is attached to one subnet stands in it, a firewall where its endpoints do', () => {
    expect(atlas.chainOf('vpce-fw')).toEqual(['vpce-fw', 'subnet-b', 'vpc-1']);
    expect(atlas.homeOf('fw')).toBe('subnet-b');
    expect(atlas.homeOf('internet')).toBeUndefined();
  });

  test('a VPC stands in no other, however they are joined', () => {
    const joined = atlasOf({
      places: [...topology.places, { id: 'vpc-2', kind: 'vpc' }, { id: 'sn-1', kind: 'service-network' }],
      edges: [
        ...topology.edges,
        { from: 'vpc-2', to: 'sn-1', kind: 'attachment' },
        { from: 'sn-1', to: 'eni-a', kind: 'attachment' },
      ],
    });
    expect([joined.homeOf('vpc-2'), joined.homeOf('sn-1')]).toEqual([undefined, undefined]);
  });
});
