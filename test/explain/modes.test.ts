import { describe, expect, test } from 'vitest';
import { natA } from '../hostile/parts.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';
import { asked } from './asked.ts';

/** S1's network ACL: everything out, and this in. */
const inOnly = (...rules: readonly string[]): Change => ({
  acls: [{ id: 'acl-x', vpc: 'vpc-a', in: rules, out: ['100 allow all 0.0.0.0/0'] }],
  subnets: [{ id: 'subnet-s1', acl: 'acl-x' }],
});

/** S1 behind a firewall, which is behind nothing: its rules are unknown. */
const firewall: Change = {
  firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-s2', ip: '10.0.2.60', firewall: 'fw' }],
  nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
  tables: [
    { id: 'rtb-s1', routes: ['0.0.0.0/0 vpce-fw'] },
    { id: 'rtb-s2', routes: ['0.0.0.0/0 nat-a'] },
  ],
};

const out = { from: 'eni-i1', to: 'internet', proto: 'udp', port: '9999' };

describe('an ask that no connection answers', () => {
  test('tells that a packet leaves all the same, and which', async () => {
    const { verdict, notes } = await asked(world(natA, inOnly()), out);
    expect(verdict).toBe('unreachable');
    expect(notes).toEqual([
      'A packet gets there one way, although no reply to it can come back: udp 10.0.1.10:50000 -> 1.1.1.1:9999, from `eni-i1` to `internet`.',
    ]);
  });

  test('tells by which way', async () => {
    const { notes } = await asked(world(natA, inOnly()), { ...out, via: ['nat-a'], avoid: ['subnet-s2'] });
    expect(notes).toEqual([expect.stringContaining('one way, via `nat-a`, not via `subnet-s2`, although')]);
    expect((await asked(world(natA, inOnly()), { ...out, avoid: ['nat-a'] })).notes).toEqual([]);
  });

  test('tells what decides whether one leaves', async () => {
    const { verdict, notes } = await asked(world(firewall, inOnly()), out);
    expect(verdict).toBe('unreachable');
    expect(notes).toEqual([
      expect.stringMatching(
        /^Whether a packet gets there one way depends on what is not known: `--assume passes:\S*fw`/,
      ),
    ]);
  });

  test('says nothing where no packet leaves either', async () => {
    const mute = world(natA, { interfaces: [{ id: 'eni-i1', groups: ['sg-none'] }] });
    expect(await asked(mute, out)).toMatchObject({ verdict: 'unreachable', notes: [] });
    expect(await asked(world(), out)).toMatchObject({ verdict: 'unreachable', notes: [] });
  });
});

describe('an ask that a packet answers', () => {
  const packet = { ...out, mode: 'packet' } as const;

  test('tells that no reply can come', async () => {
    expect(await asked(world(natA, inOnly()), packet)).toMatchObject({
      verdict: 'reachable',
      notes: ['This packet arrives although no reply to it can come back: it is one-way.'],
    });
  });

  test('tells that replies come to other packets', async () => {
    const { notes } = await asked(world(natA, inOnly('100 allow udp 40000-40001 0.0.0.0/0')), packet);
    expect(notes).toEqual([
      expect.stringMatching(
        /^No reply to this packet comes back; to others one does, as to udp 10\.0\.1\.10:4000[01] /,
      ),
    ]);
  });

  test('tells what decides whether a reply comes', async () => {
    const aside = world({
      opaque: [{ id: 'tgw-1', vpcs: ['vpc-a'] }],
      interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] }],
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 tgw-1'] }],
    });
    const { verdict, notes } = await asked(aside, { ...packet, from: 'internet', to: 'eni-i1' });
    expect(verdict).toBe('reachable');
    expect(notes).toEqual([
      'Whether a reply can come back depends on what is not known: `--assume passes:tgw-1` would settle it.',
    ]);
  });

  test('says nothing where replies come back', async () => {
    expect(await asked(world(natA), packet)).toMatchObject({ verdict: 'reachable', notes: [] });
  });
});
