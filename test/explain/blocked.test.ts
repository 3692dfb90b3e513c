import { describe, expect, test } from 'vitest';
import { natA } from '../hostile/parts.ts';
import type { Change, Spec } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';
import { asked, blocksIn } from './asked.ts';

/** I1 with a public address of each family, in these groups, behind this network ACL. */
const published = (groups: readonly string[], ...changes: readonly Change[]): Spec =>
  world6(
    {
      interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1', '2600:1f18:a:1::10'], groups }],
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a', '::/0 igw-a'] }],
    },
    ...changes,
  );

/** S1's network ACL lets one family in, and both out. */
const admitting = (block: string): Change => ({
  acls: [
    {
      id: 'acl-x',
      vpc: 'vpc-a',
      in: [`100 allow all ${block}`],
      out: ['100 allow all 0.0.0.0/0', '101 allow all ::/0'],
    },
  ],
  subnets: [{ id: 'subnet-s1', acl: 'acl-x' }],
});

const fromInternet = { from: 'internet', to: 'eni-i1', proto: 'tcp', port: '443' };
const toInternet = { from: 'eni-i1', to: 'internet', proto: 'tcp', port: '443' };

describe('the family shown is the one that tells most', () => {
  const familyOf = async (spec: Spec, request = fromInternet): Promise<string> => {
    const { verdict, blockedBy = [] } = await asked(spec, request);
    expect(verdict).toBe('unreachable');
    return blockedBy.some(({ detail }) => / (?:from|to) [0-9a-f]+:[0-9a-f:]+/.test(detail)) ? 'ipv6' : 'ipv4';
  };

  test('IPv4 where equally many elements block', async () => {
    expect(await familyOf(published(['sg-none']))).toBe('ipv4');
  });

  test('the one in which fewer elements block', async () => {
    expect(await familyOf(published(['sg-none'], admitting('0.0.0.0/0')))).toBe('ipv4');
    expect(await familyOf(published(['sg-none'], admitting('::/0')))).toBe('ipv6');
  });

  test('the one that has routes, however much else blocks it', async () => {
    const { tables, ...rest } = published(['sg-none'], admitting('::/0'));
    const ipv4Routes = tables.map((one) => (one.id === 'rtb-s1' ? { ...one, routes: ['0.0.0.0/0 igw-a'] } : one));
    const ipv6Routes = tables.map((one) => (one.id === 'rtb-s1' ? { ...one, routes: ['::/0 igw-a'] } : one));
    expect(await familyOf({ ...rest, tables: ipv4Routes })).toBe('ipv4');
    expect(await familyOf({ ...rest, tables: ipv6Routes })).toBe('ipv6');
  });

  test('the one that is dropped the later, where neither arrives', async () => {
    const gone = published(['sg-v6'], {
      groups: [{ id: 'sg-v6', vpc: 'vpc-a', in: [], out: ['all ::/0'] }],
      nats: [{ id: 'nat-a', subnet: 'subnet-s2', ips: ['10.0.2.5=198.51.100.9'] }],
    });
    const tables = gone.tables.map((one) => (one.id === 'rtb-s1' ? { ...one, routes: ['0.0.0.0/0 nat-a'] } : one));
    const answer = await asked({ ...gone, tables }, toInternet);
    expect(blocksIn(answer)).toEqual(['security-group sg-v6', 'route-table rtb-s2']);
  });

  test('never one that the other end lacks', async () => {
    const spec = world6({
      groups: [{ id: 'sg-mute', vpc: 'vpc-a', in: [], out: [] }],
      interfaces: [{ id: 'eni-i1', groups: ['sg-mute'] }],
      interfaceEndpoints: [
        {
          id: 'vpce-b',
          vpc: 'vpc-a',
          service: 'bedrock-runtime',
          at: [{ subnet: 'subnet-s2', ips: ['10.0.2.50'] }],
          groups: ['sg-none'],
        },
      ],
      tables: [{ id: 'rtb-s1', routes: ['::/0 igw-a'] }],
    });
    const answer = await asked(spec, { ...toInternet, to: 'service:bedrock-runtime' });
    expect(answer.verdict).toBe('unreachable');
    expect(blocksIn(answer)).toEqual(['security-group sg-mute', 'security-group sg-none']);
  });
});

describe('a way that is to be avoided is among what blocks', () => {
  test('where nothing else does', async () => {
    const answer = await asked(world(natA), { ...toInternet, avoid: ['nat-a'] });
    expect(blocksIn(answer)).toEqual(['nat-gateway nat-a']);
    expect(answer.blockedBy?.[0]?.detail).toContain('is asked not to lead via `nat-a`');
  });

  test('beside what denies', async () => {
    const spec = world(natA, { interfaces: [{ id: 'eni-i1', groups: ['sg-none'] }] });
    expect(blocksIn(await asked(spec, { ...toInternet, avoid: ['nat-a'] }))).toEqual([
      'nat-gateway nat-a',
      'security-group sg-none',
    ]);
  });

  test('and what stands on it does not count', async () => {
    const spec = world(natA, {
      firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-s2', ip: '10.0.2.60', firewall: 'fw' }],
      tables: [
        { id: 'rtb-s1', routes: ['0.0.0.0/0 vpce-fw'] },
        { id: 'rtb-s2', routes: ['0.0.0.0/0 nat-a'] },
      ],
    });
    const { blockedBy } = await asked(spec, { ...toInternet, avoid: ['firewall:*'], mode: 'packet' });
    expect(blockedBy?.map(({ resource }) => resource)).toEqual(['vpce-fw']);
    expect(blockedBy?.[0]?.detail).toContain('is asked not to lead via `firewall:*`');
  });
});

describe('a host that does not work is told with all else that blocks', () => {
  const between = (...states: Spec['states']) =>
    world(
      { interfaces: [{ id: 'eni-i1', groups: ['sg-none'] }] },
      { states: states.map(({ id, state }) => ({ id, state })) },
    );
  const request = { from: 'eni-i1', to: 'eni-i2', proto: 'tcp', port: '443' };

  test('at the sender, and nothing of it again at the reply', async () => {
    const answer = await asked(between({ id: 'i-i1', state: 'stopped' }), request);
    expect(answer.verdict).toBe('unreachable');
    expect(blocksIn(answer).slice(0, 2)).toEqual(['network-interface eni-i1', 'security-group sg-none']);
    expect(blocksIn(answer).filter((one) => one.endsWith('eni-i1'))).toHaveLength(1);
  });

  test('at the receiver as well', async () => {
    const answer = await asked(between({ id: 'i-i1', state: 'stopped' }, { id: 'i-i2', state: 'unknown' }), request);
    expect(blocksIn(answer)).toEqual(
      expect.arrayContaining(['network-interface eni-i1', 'security-group sg-none', 'network-interface eni-i2']),
    );
    expect(answer.blockedBy?.map(({ detail }) => detail)).toContain(
      'whether instance `i-i2` of `eni-i2` runs was not read; `aws ec2 describe-instances` tells',
    );
  });
});
