/** A service reached over the internet, where nobody read which addresses are its (`interfaces.md`, selectors). */
import { describe, expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import type { Family } from '../../src/net/address.ts';
import { type Place, type Places, type Question, anyWay } from '../../src/policy/question.ts';
import type { Answer } from '../../src/result/answer.ts';
import { replay } from '../../src/trace/index.ts';
import { networkOf } from '../support/network.ts';
import type { Change, Spec } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';

const places = (...members: Place[]): Places => ({ text: '', members, any: false, silent: [] });

const to443 = (
  kind: Question['kind'],
  from: readonly string[],
  families: readonly Family[],
  sides: readonly (readonly [string, boolean])[],
): Question => ({
  kind,
  from: places(...from.map((id): Place => ({ kind: 'interface', id }))),
  to: places({ kind: 'service', name: 'sts' }),
  traffic: [{ protocol: 6, ports: { from: 443, to: 443 } }],
  families,
  mode: kind === 'forbid' ? 'packet' : 'connection',
  ...anyWay,
  sides: new Map(sides),
});

/** The verdicts of ask, forbid and require on port 443, with what an undecided one names. */
async function verdicts(
  spec: Spec,
  from: readonly string[] = ['eni-p'],
  families: readonly Family[] = ['ipv4', 'ipv6'],
  sides: readonly (readonly [string, boolean])[] = [],
): Promise<readonly string[]> {
  const verifier = openVerifier(networkOf(spec));
  const out: string[] = [];
  for (const kind of ['ask', 'forbid', 'require'] as const) {
    const answer = await verifier.answer(to443(kind, from, families, sides), { replay, timeoutMs: 60_000 });
    out.push(inWords(answer));
  }
  return out;
}

const inWords = ({ verdict, assumptions }: Answer): string =>
  verdict === 'undecided' ? ['undecided', ...assumptions].join(' ') : verdict;

const reachable = ['holds', 'violated', 'holds'];
const unreachable = ['violated', 'holds', 'violated'];
const unknown = ['undecided publishes:sts', 'undecided publishes:sts=no', 'undecided publishes:sts'];

/** A public host whose group lets out what is given. */
const host = (...out: string[]): Change => ({
  groups: [{ id: 'sg-p', vpc: 'vpc-a', in: [], out }],
  interfaces: [{ id: 'eni-p', subnet: 'subnet-pub', ips: ['10.0.9.10=198.51.100.1'], groups: ['sg-p'] }],
});

const open = host('tcp 443 0.0.0.0/0');

const deny = (block: string): Change => ({
  acls: [
    {
      id: 'acl-default',
      in: ['100 allow all 0.0.0.0/0'],
      out: [`90 deny all ${block}`, '100 allow all 0.0.0.0/0'],
    },
  ],
});

const list = (name: string, ...entries: string[]): Change => ({ lists: [{ id: 'pl-1', name, entries }] });

const s3 = list('com.amazonaws.us-east-1.s3', '52.216.0.0/15');

describe('a service whose addresses were not read is', () => {
  test.each<readonly [string, Spec, readonly string[]]>([
    ['reached where every internet address is', world(open), reachable],
    [
      'reached though the addresses go several ways',
      world(open, {
        nats: [{ id: 'nat-a', subnet: 'subnet-s1', ips: ['10.0.1.5=198.51.100.9'] }],
        tables: [
          { id: 'rtb-pub', routes: ['0.0.0.0/1 igw-a', '128.0.0.0/1 nat-a'] },
          { id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] },
        ],
      }),
      reachable,
    ],
    ['of unknown reach where one block alone is reached', world(host('tcp 443 203.0.113.0/24')), unknown],
    ['of unknown reach where one address is not', world(open, deny('52.216.7.7/32')), unknown],
    [
      'of unknown reach where replies from one block are lost',
      world(open, {
        acls: [
          {
            id: 'acl-default',
            in: ['90 deny all 52.216.7.0/24', '100 allow all 0.0.0.0/0'],
            out: ['100 allow all 0.0.0.0/0'],
          },
        ],
      }),
      ['undecided publishes:sts', 'violated', 'undecided publishes:sts'],
    ],
    ['reached where what is not is another service’s', world(open, deny('52.216.7.7/32'), s3), reachable],
    [
      'of unknown reach where what is not may be its own under a kindred name',
      world(open, deny('52.216.7.7/32'), list('com.amazonaws.us-east-1.sts-fips', '52.216.0.0/15')),
      unknown,
    ],
    ['not reached where what is reached is another service’s', world(host('tcp 443 52.216.0.0/16'), s3), unreachable],
    [
      'of unknown reach where a customer’s own list covers the rest',
      world(open, deny('52.216.7.7/32'), list('mine', '52.216.0.0/15')),
      unknown,
    ],
    ['not reached on another port', world(host('tcp 80 0.0.0.0/0')), unreachable],
    [
      'not reached without a way to the internet',
      world(open, { tables: [{ id: 'rtb-pub', routes: [] }] }),
      unreachable,
    ],
    [
      'reached at its own list alone, once that is read',
      world(open, deny('52.216.7.7/32'), list('com.amazonaws.us-east-1.sts', '3.3.3.0/24')),
      reachable,
    ],
  ])('%s', async (_, spec, expected) => {
    expect(await verdicts(spec)).toEqual(expected);
  });
});

describe('families, members and assumptions', () => {
  const v6: Change = {
    groups: [{ id: 'sg-open', in: [], out: ['all ::/0'] }],
    eigws: [{ id: 'eigw-1', vpc: 'vpc-a' }],
    tables: [{ id: 'rtb-s1', routes: ['::/0 eigw-1'] }],
  };

  test('that all IPv6 addresses are reached proves nothing, since the service may have none', async () => {
    expect(await verdicts(world6(v6), ['eni-i1'], ['ipv6'])).toEqual(unknown);
  });

  test('its IPv4 addresses count where NAT64 reaches them', async () => {
    const nat64: Change = {
      nats: [{ id: 'nat-a', subnet: 'subnet-pub', ips: ['10.0.9.5=198.51.100.9'] }],
      tables: [{ id: 'rtb-s1', routes: ['64:ff9b::/96 nat-a'] }],
    };
    expect(await verdicts(world6(v6, nat64), ['eni-i1'], ['ipv6'])).toEqual(reachable);
    const holed = world6(v6, nat64, {
      tables: [{ id: 'rtb-pub', routes: ['0.0.0.0/0 igw-a', '9.9.9.0/24 pcx-gone blackhole'] }],
    });
    expect(await verdicts(holed, ['eni-i1'], ['ipv6'])).toEqual(unknown);
  });

  test('a requirement asks it of every member', async () => {
    const narrow: Change = {
      groups: [{ id: 'sg-q', vpc: 'vpc-a', in: [], out: ['tcp 443 203.0.113.0/24'] }],
      interfaces: [{ id: 'eni-q', subnet: 'subnet-pub', ips: ['10.0.9.11=198.51.100.2'], groups: ['sg-q'] }],
    };
    const answers = await verdicts(world(open, narrow), ['eni-p', 'eni-q']);
    expect(answers).toEqual(['holds', 'violated', 'undecided publishes:sts']);
  });

  test('what passes a firewall of unknown rules hangs on it, and on nothing more where all addresses pass', async () => {
    const inspected: Change = {
      firewallEndpoints: [{ id: 'vpce-fw', subnet: 'subnet-s1', ip: '10.0.1.40' }],
      tables: [
        { id: 'rtb-pub', routes: ['0.0.0.0/0 vpce-fw'] },
        { id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] },
        { id: 'rtb-edge', vpc: 'vpc-a', edge: 'igw-a', routes: ['10.0.9.0/24 vpce-fw'] },
      ],
    };
    const [ask] = await verdicts(world(open, inspected));
    expect(ask).toBe('undecided drops:vpce-fw');
    expect((await verdicts(world(open, inspected), ['eni-p'], ['ipv4'], [['passes:vpce-fw', true]]))[0]).toBe('holds');
  });

  test('a transit gateway that is said to pass hands on to all of them', async () => {
    const byTgw: Change = {
      opaque: [{ id: 'tgw-1', vpcs: ['vpc-a'], subnets: [] }],
      tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 tgw-1'] }],
    };
    expect((await verdicts(world(byTgw), ['eni-i1'], ['ipv4'], [['passes:tgw-1', true]]))[0]).toBe('holds');
  });

  test('the answer says what it rests on', async () => {
    const verifier = openVerifier(networkOf(world(open)));
    for (const kind of ['ask', 'forbid', 'require'] as const) {
      const { notes, assumptions } = await verifier.answer(to443(kind, ['eni-p'], ['ipv4'], []), {
        replay,
        timeoutMs: 60_000,
      });
      expect(notes.join()).toContain('The public addresses of `service:sts` were not read');
      expect(assumptions).toEqual([]);
    }
  });
});
