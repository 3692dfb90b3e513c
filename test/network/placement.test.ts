/** Addresses that AWS will pick: one stands for all that nothing tells from it, and every other case is tried. */
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { openProver } from '../../src/cli/decide.ts';
import { openVerifier } from '../../src/explain/index.ts';
import { formatAddress, parseAddress } from '../../src/net/address.ts';
import { interval, size } from '../../src/net/interval.ts';
import { buildNetwork } from '../../src/network/build/index.ts';
import type { PendingAddresses } from '../../src/network/build/interface-finding.ts';
import type { Network } from '../../src/network/network.ts';
import { blocksNamed, partsOf } from '../../src/network/named-block.ts';
import { placements } from '../../src/network/placement.ts';
import { readPolicyFile } from '../../src/policy/document.ts';
import { propertiesOf } from '../../src/policy/meaning.ts';
import { readDescribe } from '../../src/sources/describe/index.ts';
import { replay } from '../../src/trace/index.ts';
import type { Answer } from '../../src/result/answer.ts';
import { documents } from '../support/aws.ts';
import type { Change } from '../support/spec.ts';
import { world } from '../support/world.ts';

/** S1 is 10.0.1.0/28, whose free addresses are 10.0.1.4 to 10.0.1.14, but for I1's where it is told. */
const small: Change = {
  subnets: [{ id: 'subnet-s1', cidrs: ['10.0.1.0/28'] }],
  interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10'] }],
};

const one: PendingAddresses = { ipv4: 1, ipv6: 0, public: false };

/** The network with interfaces whose addresses are to come in place of those that they have. */
function coming(changes: readonly Change[], pending: Readonly<Record<string, PendingAddresses>>): Network {
  const { findings } = readDescribe(documents(world(small, ...changes)));
  for (const [id, waits] of Object.entries(pending)) {
    const found = findings.interfaces.get(id)!;
    findings.interfaces.set(id, { ...found, interface: { ...found.interface, addresses: [] }, pending: waits });
  }
  const built = buildNetwork(findings, []);
  if (!built.ok) throw new Error(JSON.stringify(built.problems, undefined, 1));
  return built.value;
}

function told(changes: readonly Change[], address: string): Network {
  const { findings } = readDescribe(
    documents(world(small, ...changes, { interfaces: [{ id: 'eni-i1', ips: [address] }] })),
  );
  const built = buildNetwork(findings, []);
  if (!built.ok) throw new Error(JSON.stringify(built.problems, undefined, 1));
  return built.value;
}

async function decided(network: Network, asked: string): Promise<Answer> {
  const file = readPolicyFile(`version: 1\nproperties:\n  - { id: p, ${asked} }\n`, 'policy.yaml');
  if (!file.ok) throw new Error(JSON.stringify(file.problems, undefined, 1));
  const properties = propertiesOf(network, file.value, { sides: new Map(), potential: false });
  if (!properties.ok) throw new Error(JSON.stringify(properties.problems, undefined, 1));
  const engine = {
    openVerifier: (of: Network) => Promise.resolve(openVerifier(of)),
    replay: () => Promise.resolve(replay),
  };
  const prover = openProver(engine, network, 20_000);
  try {
    return (await prover.decide(properties.value[0]!.intents[0]!)).answer;
  } finally {
    await prover.close();
  }
}

const blocksUpperHalf: Change = {
  acls: [
    {
      id: 'acl-s1',
      vpc: 'vpc-a',
      in: ['90 deny all 10.0.2.0/24', '100 allow all 0.0.0.0/0'],
      out: ['90 deny all 0.0.0.0/0', '100 allow all 0.0.0.0/0'],
    },
    {
      id: 'acl-s2',
      vpc: 'vpc-a',
      in: ['90 deny all 10.0.1.8/29', '100 allow all 0.0.0.0/0'],
      out: ['100 allow all 0.0.0.0/0'],
    },
  ],
  subnets: [{ id: 'subnet-s2', acl: 'acl-s2' }],
};

const forbids = 'forbid: { from: eni-i1, to: eni-i2, traffic: tcp/443 }';

describe('addresses that AWS will pick', () => {
  test('one stands for all where nothing tells them apart, and the answer says so', async () => {
    const answer = await decided(coming([], { 'eni-i1': one }), forbids);
    expect(answer.verdict).toBe('violated');
    expect(answer.notes.join()).toContain('stands for whichever address that AWS will give `eni-i1`');
  });

  test('what a network ACL does to a part of them is undecided, with an address that settles it', async () => {
    const network = coming([blocksUpperHalf], { 'eni-i1': one });
    const answer = await decided(network, forbids);
    expect(answer.verdict).toBe('undecided');
    expect(answer.assumptions).toContain('value:eni-i1.PrivateIpAddress=10.0.1.4');
    expect((await decided(network, `${forbids}, assume: [value:eni-i1.PrivateIpAddress=10.0.1.4]`)).verdict).toBe(
      'violated',
    );
    expect((await decided(network, `${forbids}, assume: [value:eni-i1.PrivateIpAddress=10.0.1.9]`)).verdict).toBe(
      'holds',
    );
  });

  test('a question that names an address asks about whoever may have it', async () => {
    const network = coming([], { 'eni-i1': one });
    const answer = await decided(network, 'forbid: { from: eni-i2, to: 10.0.1.9, traffic: tcp/443 }');
    expect(answer.verdict).toBe('undecided');
  });

  test('an address outside the subnet can be declared for none', () => {
    const network = coming([], { 'eni-i1': one });
    const file = readPolicyFile(
      `version: 1\nproperties:\n  - { id: p, ${forbids}, assume: [value:eni-i1.PrivateIpAddress=10.0.9.9] }\n`,
      'policy.yaml',
    );
    if (!file.ok) throw new Error('the policy is well formed');
    const read = propertiesOf(network, file.value, { sides: new Map(), potential: false });
    expect(read.ok ? [] : read.problems.map(({ code }) => code)).toEqual(['address-not-free']);
  });

  test('two interfaces never share an address, and a full subnet is a mistake', () => {
    const network = coming([], { 'eni-i1': { ipv4: 11, ipv6: 0, public: false } });
    const addresses = network.interfaces.get('eni-i1')!.addresses.map(({ address }) => formatAddress(address));
    expect(new Set(addresses).size).toBe(11);
    const { findings } = readDescribe(documents(world(small)));
    const found = findings.interfaces.get('eni-i1')!;
    findings.interfaces.set('eni-i1', { ...found, pending: { ipv4: 11, ipv6: 0, public: false } });
    const built = buildNetwork(findings, []);
    expect(built.ok ? [] : built.problems.map(({ code }) => code)).toEqual(['subnet-full']);
  });

  test('a public address to come is one of no other, and the first private address has it', () => {
    const network = coming([], { 'eni-i1': { ...one, public: true }, 'eni-i2': { ...one, public: true } });
    const publics = ['eni-i1', 'eni-i2'].map((id) => network.interfaces.get(id)!.addresses[0]!.publicIp);
    expect(publics[0]).toBeDefined();
    expect(publics[0]).not.toEqual(publics[1]);
  });

  property.prop(
    [
      fc.array(
        fc.record({
          deny: fc.boolean(),
          base: fc.integer({ min: 0, max: 15 }),
          length: fc.integer({ min: 28, max: 32 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    ],
    { numRuns: 12 },
  )(
    'the answer is that of every address that AWS could pick',
    async (entries) => {
      const block = (base: number, length: number): string =>
        `10.0.1.${(base >> (32 - length)) << (32 - length)}/${length}`;
      const rules = entries.map(
        ({ deny, base, length }, i) => `${10 + i} ${deny ? 'deny' : 'allow'} all ${block(base, length)}`,
      );
      const change: Change = {
        acls: [{ id: 'acl-s2', vpc: 'vpc-a', in: rules, out: ['100 allow all 0.0.0.0/0'] }],
        subnets: [{ id: 'subnet-s2', acl: 'acl-s2' }],
      };
      const verdicts = new Set<string>();
      for (let host = 4; host <= 14; host++)
        verdicts.add((await decided(told([change], `10.0.1.${host}`), forbids)).verdict);
      const { verdict } = await decided(coming([change], { 'eni-i1': one }), forbids);
      expect(verdict).toBe(verdicts.size === 1 ? [...verdicts][0] : 'undecided');
    },
    60_000,
  );
});

describe('blocks that tell addresses apart', () => {
  const pool = interval(parseAddress('10.0.1.4')!.value, parseAddress('10.0.1.14')!.value);

  test('a block around all of the pool, or beside it, parts nothing', () => {
    expect(partsOf(pool, blocksNamed(['10.0.0.0/16', '10.0.2.0/24', '0.0.0.0/0']).ipv4)).toEqual([pool]);
  });

  test('a block in its midst parts it in two, wherever it is named', () => {
    for (const text of ['10.0.1.8/30', 'drop tcp 10.0.1.8-10.0.1.11 any -> any any (sid:1;)', '!10.0.1.8/30']) {
      const parts = partsOf(pool, blocksNamed({ rules: [{ text }] }).ipv4);
      expect([text, ...parts.map((part) => Number(size(part))).toSorted((a, b) => a - b)]).toEqual([text, 4, 7]);
    }
  });

  test('nothing is tried where no address is to come', () => {
    const network = told([], '10.0.1.10');
    expect(placements(network)).toEqual([{ network, says: [] }]);
  });
});
