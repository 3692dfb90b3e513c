import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type PropertyResult, check } from '../../src/index.ts';
import { networkOf } from '../support/network.ts';
import type { Spec } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { vpcB } from '../hostile/parts.ts';

/** The only property of the policy, decided. */
async function why(
  spec: Spec,
  property: string,
  assume: readonly string[] = [],
  asked = true,
): Promise<PropertyResult> {
  const file = join(mkdtempSync(join(tmpdir(), 'why-')), 'policy.yaml');
  writeFileSync(file, `version: 1\nproperties:\n  - { id: a, ${property} }\n`);
  const checked = await check(networkOf(spec), { policies: [file], assume, why: asked });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.value.results[0]!;
}

/** What it rests on, as `KIND RESOURCE`, what suffices to break it alone marked. */
const restsOn = ({ because = [] }: PropertyResult): readonly string[] =>
  because.map(
    ({ kind, resource, direction, alone }) =>
      `${alone ? '! ' : ''}${kind} ${resource}${direction === undefined ? '' : ` ${direction}`}`,
  );

const host = { id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] };

describe('a proof rests on what closes the ways, and on nothing beside it', () => {
  test('the group that lets nothing in', async () => {
    const spec = world({
      groups: [{ id: 'sg-closed', vpc: 'vpc-a', in: ['tcp 443 sg-none'], out: [] }],
      interfaces: [{ ...host, groups: ['sg-closed'] }],
    });
    const result = await why(spec, 'forbid: { from: internet, to: eni-i1 }');
    expect(result.verdict).toBe('holds');
    expect(restsOn(result)).toEqual(['! security-group sg-closed in']);
    expect(result.because).toMatchObject([
      { says: '`sg-closed` lets in only tcp/443 from `sg-none` (which has no member)' },
    ]);
  });

  test('the table that has no route out, with what becomes of those that it has', async () => {
    const spec = world({
      interfaces: [host],
      tables: [{ id: 'rtb-s1', routes: ['203.0.113.0/24 igw-a blackhole'] }],
    });
    const result = await why(spec, 'forbid: { from: eni-i1, to: internet }');
    expect(restsOn(result)).toEqual(['! route-table rtb-s1']);
    const [{ says, ways } = { says: '', ways: [] }] = result.because ?? [];
    expect(says).toMatch(/^the only routes out of `subnet-s1` are .*203\.0\.113\.0\/24 to `igw-a` \(blackhole\)/);
    expect(ways?.flatMap(({ closedBy }) => closedBy)).toEqual([]);
  });

  test('the exception, and the table that leads only there', async () => {
    const spec = world({ interfaces: [host], tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }] });
    const result = await why(spec, 'forbid: { from: eni-i1, to: internet, except: { via: igw-a } }');
    expect(restsOn(result)).toEqual(['! exception via `igw-a`']);
  });

  test('two of which each would do by itself are one of them', async () => {
    const spec = world({
      groups: [{ id: 'sg-closed', vpc: 'vpc-a', in: [], out: [] }],
      interfaces: [{ ...host, groups: ['sg-closed'] }],
      tables: [{ id: 'rtb-s1', routes: [] }],
    });
    const result = await why(spec, 'forbid: { from: eni-i1, to: internet }');
    expect(restsOn(result)).toHaveLength(1);
    expect(result.because).toMatchObject([{ alone: false }]);
  });

  test('what was declared not to happen', async () => {
    const spec = world({
      interfaces: [
        host,
        { id: 'eni-guest', ips: ['10.0.9.10=198.51.100.2'], groups: ['sg-open'], subnet: 'subnet-pub', check: false },
      ],
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 eni-guest'] }],
    });
    const property = 'forbid: { from: eni-i1, to: internet }';
    expect((await why(spec, property)).verdict).toBe('undecided');
    const result = await why(spec, property, ['drops:eni-guest']);
    expect(result.verdict).toBe('holds');
    expect(restsOn(result)).toContain('! route-table rtb-s1');
  });
});

describe('what says nothing of rules is said to, unasked where it is plain', () => {
  const plainly = (spec: Spec, property: string) => why(spec, property, [], false);

  test('no line to on premises', async () => {
    const result = await plainly(world({ interfaces: [host] }), 'forbid: { from: eni-i1, to: onprem }');
    expect(result.because).toBeUndefined();
    expect(result.vacuousBecause).toMatch(/the network has no line to on premises\.$/);
    const lined = world({ interfaces: [host], opaque: [{ id: 'vgw-1', vpcs: ['vpc-a'] }] });
    expect((await plainly(lined, 'forbid: { from: eni-i1, to: onprem }')).vacuousBecause).toBeUndefined();
  });

  test.each([
    [{ in: ['all 0.0.0.0/0'], out: [] }, 'forbid: { from: eni-i1, to: internet }', 'out but names'],
    [{ in: [], out: ['all 0.0.0.0/0'] }, 'forbid: { from: internet, to: eni-i1 }', 'in'],
  ])('groups without a rule %j', async (rules, property, way) => {
    const spec = (more: readonly string[]) =>
      world({
        groups: [{ id: 'sg-shut', vpc: 'vpc-a', ...rules }],
        interfaces: [{ ...host, groups: ['sg-shut', ...more] }],
        tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }],
      });
    const result = await plainly(spec([]), property);
    expect(result.verdict).toBe('holds');
    expect(result.notes.join()).toContain(`The groups of \`eni-i1\` let nothing ${way}: that alone closes every way`);
    const open = await plainly(spec(['sg-open']), property);
    expect([open.verdict, open.notes.join()]).toEqual(['violated', expect.not.stringContaining('let nothing')]);
  });

  test('no gateway to the internet', async () => {
    const spec = { ...world({ tables: [{ id: 'rtb-pub', routes: [] }] }), igws: [] };
    const result = await why(spec, 'forbid: { from: eni-i1, to: internet }');
    expect(result.because).toEqual([]);
    expect(result.vacuousBecause).toMatch(/no VPC of the network has a gateway to the internet\.$/);
  });

  test('VPCs that nothing joins', async () => {
    const result = await why(world(vpcB, { interfaces: [host] }), 'isolate: [eni-i1, eni-b]');
    expect(result.vacuousBecause).toMatch(/as its parts are joined/);
  });

  test('an exception that excuses nothing', async () => {
    const spec = world({
      groups: [{ id: 'sg-closed', vpc: 'vpc-a', in: [], out: [] }],
      interfaces: [{ ...host, groups: ['sg-closed'] }],
    });
    const result = await why(spec, 'forbid: { from: internet, to: eni-i1, except: tcp/443 }');
    expect(result.notes).toContain('It holds without its exception of `tcp/443` too: that excuses nothing.');
  });
});

test('nothing is told unasked, nor of what does not hold', async () => {
  const spec = world({ interfaces: [host], tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }] });
  const result = await why(spec, 'forbid: { from: eni-i1, to: internet }');
  expect(result.verdict).toBe('violated');
  expect(result.because).toBeUndefined();
});
