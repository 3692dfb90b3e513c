/** Pictures: no box over another, no text beyond its box, nothing of a large network but what paths touch. */
import { describe, expect, test } from 'vitest';
import { atlasOf } from '../../src/report/svg/atlas.ts';
import { laidOut } from '../../src/report/svg/layout.ts';
import { sceneOf } from '../../src/report/svg/scene.ts';
import { escaped, fitted, measured, wrapped } from '../../src/report/svg/text.ts';
import { topologyPicture } from '../../src/report/svg/topology.ts';
import type { Flow } from '../../src/result/answer.ts';
import type { Topology, TopologyPlace } from '../../src/result/topology.ts';

const packet = { src: '10.0.0.1', dst: '1.1.1.1', protocol: 'tcp', srcPort: 40000, dstPort: 443 };
const family = { src: [], dst: [], protocols: [], srcPorts: [], dstPorts: [], icmpTypes: [], icmpCodes: [] };

/** As many VPCs as wanted, each with a subnet that holds interfaces. */
function large(vpcs: number, interfaces: number): Topology {
  const places: TopologyPlace[] = [{ id: 'internet', kind: 'internet' }];
  const edges: Topology['edges'][number][] = [];
  for (let v = 0; v < vpcs; v++) {
    places.push({ id: `vpc-${v}`, kind: 'vpc' }, { id: `igw-${v}`, kind: 'internet-gateway', parent: `vpc-${v}` });
    places.push({ id: `subnet-${v}`, kind: 'subnet', parent: `vpc-${v}`, zone: 'az1' });
    edges.push({ from: `igw-${v}`, to: 'internet', kind: 'attachment' });
    edges.push({ from: `subnet-${v}`, to: `igw-${v}`, kind: 'route', destinations: ['0.0.0.0/0'] });
    for (let i = 0; i < interfaces; i++)
      places.push({ id: `eni-${v}-${i}`, kind: 'network-interface', parent: `subnet-${v}` });
  }
  return { places, edges };
}

const flow: Flow = {
  from: 'eni-3-1',
  to: 'internet',
  packet,
  family,
  hops: [
    { resource: 'eni-3-1', kind: 'network-interface', action: 'forward', detail: 'sends', packet },
    { resource: 'igw-3', kind: 'internet-gateway', action: 'translate', detail: 'out', packet },
    { resource: 'internet', kind: 'internet', action: 'deliver', detail: 'there', packet },
  ],
};

describe('text', () => {
  const names = {
    'a name that is markup': '<script>alert("x")</script>',
    'a name from right to left': 'שלום עולם',
    'a name in wide letters': '名前の長いサブネット'.repeat(20),
    'a name of two thousand letters': 'W'.repeat(2000),
    'a name of pictures': '👩‍👩‍👧‍👦'.repeat(50),
    'no name': '',
  };

  test.each(Object.entries(names))('%s stays in its room', (_, name) => {
    for (const room of [40, 120, 300]) {
      expect(measured(fitted(name, 12, room, true), 12, true)).toBeLessThanOrEqual(room);
      const lines = wrapped(name, 11, room, 3);
      expect(lines.length).toBeLessThanOrEqual(3);
      for (const line of lines) expect(measured(line, 11)).toBeLessThanOrEqual(room);
    }
  });

  test('what is short enough is told whole, and of an id the end is kept', () => {
    expect(fitted('eni-1', 12, 200)).toBe('eni-1');
    expect(fitted('subnet-0123456789abcdef0', 12, 110)).toMatch(/^subnet-\w*…\w*def0$/);
  });

  test('nothing is markup, and nothing turns the direction of what follows', () => {
    expect(escaped(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
    expect(escaped('a\u202Egpj.exe\u0000\uD800')).toBe('a\\u202egpj.exe\uFFFD\uFFFD');
  });
});

describe('scenes', () => {
  test('a small network is drawn whole', () => {
    const { spots, left } = sceneOf(atlasOf(large(3, 2)), []);
    expect([spots.size, left]).toEqual([1 + 3 * 5, 0]);
  });

  test('of interfaces that no path touches, a place shows the first, and how many more there are', () => {
    const { spots, spotOf } = sceneOf(atlasOf(large(1, 40)), []);
    const rows = [...spots.values()].filter(({ home }) => home === 'subnet-0');
    expect(rows.map(({ title }) => title).at(-1)).toBe('and 34 more interfaces');
    expect(spotOf('eni-0-39')).toBe(rows.at(-1)?.key);
  });

  test('of a large network only what paths touch is drawn, and how much is left is said', () => {
    const { spots, left } = sceneOf(atlasOf(large(100, 5)), [{ flow }]);
    expect([...spots.keys()].toSorted()).toEqual(['eni-3-1', 'igw-3', 'internet', 'subnet-3', 'vpc-3']);
    expect(left).toBe(1 + 100 * 8 - 5);
  });

  test('without a path, a large network is drawn by what is large', () => {
    const { spots } = sceneOf(atlasOf(large(100, 5)), []);
    expect(new Set([...spots.values()].map(({ kind }) => kind))).toEqual(new Set(['internet', 'vpc']));
  });

  test('the internet stands at the same side, whoever begins', () => {
    const inward: Flow = { ...flow, from: 'internet', to: 'eni-3-1', hops: flow.hops.toReversed() };
    const { ties } = sceneOf(atlasOf(large(4, 2)), [{ flow }, { flow: inward }]);
    const ofFlows = ties.filter(({ kind }) => kind === 'there');
    expect(ofFlows.map(({ from, reversed }) => [from, reversed])).toEqual([
      ['eni-3-1', false],
      ['igw-3', false],
      ['internet', true],
      ['igw-3', true],
    ]);
  });
});

describe('layout', () => {
  test('no box lies over another, and none beyond its group', async () => {
    const box = (id: string) => ({ id, width: 100, height: 40 });
    const groups = ['g', 'h'].map((id) => ({
      id,
      minWidth: 80,
      children: ['a', 'b', 'c'].map((each) => box(id + each)),
    }));
    const wires = [
      ['ga', 'gb'],
      ['gb', 'hc'],
      ['hc', 'x'],
      ['x', 'ga'],
    ].map(([from = '', to = ''], i) => ({ id: `w${i}`, from, to }));
    const { boxes, wires: drawn } = await laidOut([...groups, box('x')], wires, 'right');
    const small = ['ga', 'gb', 'gc', 'ha', 'hb', 'hc', 'x'].map((id) => boxes.get(id)!);
    for (const [i, a] of small.entries())
      for (const b of small.slice(i + 1))
        expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(
          true,
        );
    const outer = boxes.get('g')!;
    for (const inner of small.slice(0, 3)) {
      expect(inner.x).toBeGreaterThanOrEqual(outer.x);
      expect(inner.y + inner.height).toBeLessThanOrEqual(outer.y + outer.height);
    }
    for (const points of drawn.values()) expect(points.length).toBeGreaterThanOrEqual(2);
  });

  test('the same result gives the same picture', async () => {
    const made = async () => (await topologyPicture(atlasOf(large(4, 3)), [{ flow }], 'map')).picture.body;
    expect(await made()).toBe(await made());
  });
});
