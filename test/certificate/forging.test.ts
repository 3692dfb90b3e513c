/** Certificates forged with the hash of the network and a digest of their own: none shows of a network what is not so. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkCertificate } from '../../src/certificate/checker/check.ts';
import { digestOfValue } from '../../src/certificate/checker/digest.ts';
import type { Certificate, Refutation, Witness } from '../../src/certificate/checker/format.ts';
import { looksOf, readWritten } from '../../src/certificate/looks.ts';
import { whyNotReplayed } from '../../src/certificate/replayed.ts';
import { refutablesOf } from '../../src/certificate/refutables.ts';
import { refutationOf as refutationBy } from '../../src/certificate/refuting.ts';
import { publishedQuestion } from '../../src/cli/publish.ts';
import { stages } from '../../src/cli/stages.ts';
import type { Network } from '../../src/network/network.ts';
import { vpcB } from '../hostile/parts.ts';
import { certifiedBy, differences, networkAt } from '../support/certified.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';
import { clausesIn, refutationOf, sealed } from './checker/sealed.ts';

const scenarios = join(import.meta.dirname, '../../scenarios');
const folder = mkdtempSync(join(tmpdir(), 'vpcproof-forging-'));
const slow = { timeout: 300_000 };

/** The certificate of a policy with one property. */
async function certificateOf(network: Network, property: object): Promise<Certificate> {
  const file = join(folder, 'policy.yaml');
  writeFileSync(file, JSON.stringify({ version: 1, properties: [{ id: 'one', ...property }] }));
  const [one] = await certifiedBy(network, file);
  if (one?.made?.kind !== 'made') throw new Error(`no certificate: ${JSON.stringify(one?.result)}`);
  return one.made.certificate;
}

/** Why it is refused, its digest made anew: by the checker alone, else by the network. */
async function refused(network: Network, certificate: Certificate): Promise<readonly string[]> {
  const judged = checkCertificate(sealed(certificate));
  if (judged.status !== 'accepted') return judged.status === 'refused' ? judged.reasons : [judged.reason];
  return differences(network, judged.certificate);
}

/** With another property, whose head and hash are made as they should be. */
function asking(network: Network, certificate: Certificate, property: object, assume: readonly string[] = []) {
  const policy = { version: 1, properties: [{ id: 'one', ...property }] };
  const written = { policy, assume, potential: false };
  const read = readWritten(network, written);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const looks = looksOf(network, read.value) ?? [];
  const { id, title = null, kind } = read.value;
  const questions: readonly unknown[] = JSON.parse(
    JSON.stringify(looks.filter(({ variant }) => variant === 0).map(({ asked }) => publishedQuestion(asked))),
  ) as unknown[];
  return {
    ...certificate,
    property: { id, title, kind, written, questions },
    policy: { sha256: digestOfValue(written) },
  } satisfies Certificate;
}

const withEvidence = (certificate: Certificate, i: number, part: object): Certificate => ({
  ...certificate,
  evidence: certificate.evidence.map((each, at) => (at === i ? { ...each, ...part } : each)),
});

const withObligation = (certificate: Certificate, i: number, part: object): Certificate => ({
  ...certificate,
  obligations: certificate.obligations.map((each, at) => (at === i ? { ...each, ...part } : each)),
});

let sound: Network;
let faulty: Network;
beforeAll(async () => {
  sound = await networkAt(join(scenarios, 'public-web-private-db/network'));
  faulty = await networkAt(join(scenarios, 'public-web-private-db/variants/db-group-open'));
});

const db = 'subnet-0db0000000000000a';
const [web, ops] = ['eni-0eb00000000000001', 'eni-00950000000000001'];
const closed = { forbid: { from: 'any', to: db, except: { from: web, traffic: 'tcp/5432' } } };
const wider = { forbid: { from: 'any', to: db, except: { from: 'any', traffic: 'tcp/5432' } } };
const reaches = { require: { from: web, to: db, traffic: 'tcp/5432' } };

describe('a property that is violated', slow, () => {
  let forged: Certificate;
  beforeAll(async () => {
    forged = {
      ...(await certificateOf(sound, closed)),
      network: { sha256: await stages.sha256(faulty) },
      defaults: JSON.parse(JSON.stringify(faulty.defaults)) as unknown[],
    };
    expect(await certificateOf(faulty, closed)).toMatchObject({ verdict: 'violated' });
    expect(forged.verdict).toBe('holds');
  });

  test('does not hold by the clauses of another network', async () => {
    expect(await refused(faulty, forged)).toContainEqual(expect.stringMatching(/evidence\[\d\]: /));
  });

  test('does not hold by the clauses of a wider exception, whatever is written', async () => {
    const wide = await certificateOf(faulty, wider);
    expect(wide.verdict).toBe('holds');
    const { property, policy } = forged;
    expect(await refused(faulty, { ...wide, property, policy })).not.toEqual([]);
    const half = { ...wide, property: { ...wide.property, questions: property.questions } };
    expect(await refused(faulty, half)).toEqual(['property.questions[0] is not what the property asks of the network']);
  });

  test('does not hold by clauses left out, put in, or for one family alone', async () => {
    const wide = asking(faulty, await certificateOf(faulty, wider), closed);
    expect(await refused(faulty, wide)).toContainEqual(expect.stringMatching(/evidence\[\d\]: /));
    const one = withEvidence(wide, 0, refutationOf(0, 0, [[]], []));
    expect(await refused(faulty, one)).toContainEqual(expect.stringContaining('evidence[0]: it has 1 clauses'));
    const ipv4 = { ...wide, obligations: wide.obligations.slice(0, 1), evidence: wide.evidence.slice(0, 1) };
    expect(await refused(faulty, ipv4)).not.toEqual([]);
    const loops = withEvidence(wide, 0, { loops: [[0], [0, 1, 2]] });
    expect(await refused(faulty, loops)).not.toEqual([]);
  });
});

describe('beside its proof', slow, () => {
  let certificate: Certificate;
  beforeAll(async () => {
    certificate = await certificateOf(sound, closed);
    expect(await refused(sound, certificate)).toEqual([]);
  });

  test('a certificate says what it was written as, and no other property beside it', async () => {
    const { policy } = certificate.property.written as { policy: { properties: readonly object[] } };
    const more = { ...policy, properties: [...policy.properties, { id: 'two', forbid: { from: db, to: 'any' } }] };
    for (const other of [
      { policy: more, assume: [], potential: false },
      { policy, assume: ['drops everything'], potential: false },
      { policy, assume: [], potential: false, note: 'and nothing leaves' },
      { policy, potential: false, assume: 5 },
      null,
    ]) {
      const property = { ...certificate.property, written: other };
      const forged = { ...certificate, property, policy: { sha256: digestOfValue(other) } };
      expect(await refused(sound, forged)).not.toEqual([]);
    }
  });

  test('a certificate says what is declared, and what is trusted', async () => {
    const assumed = asking(sound, certificate, closed, ['fact:4.24=no']);
    expect(await refused(sound, assumed)).toContain('assumptions is not what the network and the property say');
    expect(await refused(sound, { ...assumed, assumptions: ['fact:4.24=no'] })).toEqual([]);
    expect(await refused(sound, { ...certificate, assumptions: ['fact:4.24=no'] })).not.toEqual([]);
    expect(await refused(sound, { ...certificate, trusted: [] })).toEqual([
      'trusted is not what the network and the property say',
    ]);
  });

  test('clauses with every guard as it is are the network’s as well, and with one less are not', async () => {
    const read = readWritten(sound, certificate.property.written);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const [piece] = refutablesOf(looksOf(sound, read.value) ?? []);
    const whole = await refutationBy((deadline) => piece!.state(deadline, 'whole'), 60_000);
    if (whole.kind !== 'refuted') throw new Error(whole.kind);
    const lean = certificate.evidence[0] as Refutation;
    expect(whole.refutation.clauses).toBeGreaterThan(lean.clauses);
    expect(await refused(sound, withEvidence(certificate, 0, whole.refutation))).toEqual([]);
    for (const { cnf, clauses, groups, ...other } of [lean, whole.refutation]) {
      const rows = clausesIn(cnf).slice(0, -1);
      const fewer = {
        ...other,
        ...refutationOf(0, other.variables, rows, [{ add: true, clause: [] }]),
        meanings: other.meanings,
        groups: [...groups.slice(0, -1), { ...groups.at(-1)!, clauses: groups.at(-1)!.clauses - 1 }],
        proof: other.proof,
      };
      expect(clauses).toBe(rows.length + 1);
      expect(await refused(sound, withEvidence(certificate, 0, fewer))).not.toEqual([]);
    }
  });

  test('what it says of an obligation is what was refuted', async () => {
    const { says } = certificate.obligations[0]!;
    const more = withObligation(certificate, 0, { says: says.replace(/, with.*|, packet.*/, ' at all') });
    expect(await refused(sound, more)).toEqual(['its obligations are not those of the property on the network']);
  });
});

describe('over nothing', slow, () => {
  test('a property holds only where it may be empty', async () => {
    const over = { from: 'internet-gateway:*', to: db };
    for (const empty of [{ forbid: over }, { require: over }]) {
      const allowed = await certificateOf(sound, { ...empty, 'allow-empty': true });
      expect(await refused(sound, allowed)).toEqual([]);
      expect(await refused(sound, asking(sound, allowed, empty))).toContainEqual(
        expect.stringContaining('over nothing it is undecided'),
      );
    }
  });

  test('a property of packets that there are not holds only where it may be empty', async () => {
    const never = { forbid: { from: web, to: db, family: 'ipv6' } };
    const allowed = await certificateOf(sound, { ...never, 'allow-empty': true });
    expect(await refused(sound, allowed)).toEqual([]);
    expect(await refused(sound, asking(sound, allowed, never))).toEqual([
      'the property speaks of nothing, and does not say that it may',
    ]);
  });

  test('what is required of nobody who receives is violated, and does not hold', async () => {
    const lost = await certificateOf(sound, { require: { from: web, to: 'internet-gateway:*' } });
    expect(lost.verdict).toBe('violated');
    expect(await refused(sound, lost)).toEqual([]);
    expect(await refused(sound, { ...lost, verdict: 'holds' })).toContainEqual(
      expect.stringContaining('over nothing it is violated'),
    );
  });

  test('a requirement does not hold of a member without an address', async () => {
    const genai = await networkAt(join(scenarios, 'genai-private/network'));
    const from = (...members: readonly string[]) => ({
      require: { from: members, to: 'eni-030de1000000000a1', family: 'ipv6', traffic: 'tcp/9443' },
    });
    const [app, lambda] = ['eni-0a9900000000000a1', 'eni-01a3bda000000000a'];
    const served = await certificateOf(genai, from(app));
    expect(served.verdict).toBe('holds');
    const forged = asking(genai, served, from(app, lambda));
    expect(await refused(genai, forged)).toContainEqual(
      expect.stringContaining('has no address of an examined family'),
    );
  });
});

describe('a flow', slow, () => {
  let certificate: Certificate;
  beforeAll(async () => {
    certificate = await certificateOf(sound, reaches);
    expect(await refused(sound, certificate)).toEqual([]);
  });

  test('is shown from each sender, not twice from one', async () => {
    const both = { require: { from: [web, ops], to: web, traffic: 'icmp' } };
    await expect(certificateOf(sound, both)).resolves.toMatchObject({ verdict: 'violated' });
    const inwards = await certificateOf(sound, { require: { from: ['internet', ops], to: web, traffic: 'tcp/443' } });
    expect(inwards.verdict).toBe('holds');
    const [first, ...others] = inwards.evidence as readonly Witness[];
    const other = others.findIndex((one) => JSON.stringify(one.replay) !== JSON.stringify(first!.replay)) + 1;
    const { replay, flow } = first!;
    const twice = withObligation(withEvidence(inwards, other, { replay, flow }), other, {
      says: inwards.obligations[0]!.says,
    });
    expect(await refused(sound, twice)).toContainEqual(expect.stringContaining('not from the sender'));
    const fewer = { ...inwards, obligations: [inwards.obligations[0]!], evidence: [first!] };
    expect(await refused(sound, fewer)).not.toEqual([]);
  });

  test('is told as it is replayed', async () => {
    const { flow } = certificate.evidence[0] as { flow: { packet: object } };
    const another = withEvidence(certificate, 0, { flow: { ...flow, packet: { ...flow.packet, dstPort: 22 } } });
    expect(await refused(sound, another)).toEqual(['evidence[0]: the flow has another packet']);
    const said = withObligation(certificate, 0, { says: 'a flow that is required arrives: anything' });
    expect(await refused(sound, said)).toEqual(['evidence[0]: its obligation says something else']);
  });

  test('that is none is refused', async () => {
    const { replay } = certificate.evidence[0] as Witness;
    for (const broken of [null, 5, {}, { ...replay, packet: {} }, { ...replay, sides: [] }, { ...replay, variant: 7 }])
      expect(await refused(sound, withEvidence(certificate, 0, { replay: broken }))).not.toEqual([]);
  });
});

/** Every text, number and truth of a value, each changed by itself. */
function* changed(value: unknown): Iterable<unknown> {
  if (typeof value === 'string') yield `${value}1`;
  if (typeof value === 'number') yield value + 1;
  if (typeof value === 'boolean') yield !value;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    for (const other of changed(inner))
      yield Array.isArray(value)
        ? value.map((each: unknown, i) => (`${i}` === key ? other : each))
        : { ...value, [key]: other };
}

test.each([
  ['public-web-private-db/network', { require: { from: web, to: db, traffic: 'tcp/5432' } }],
  [
    'egress-allow-list/network',
    {
      require: { from: 'subnet:tag:tier=ai', to: 'internet', traffic: 'tcp/443', sni: 'www.example.com', mode: 'data' },
    },
  ],
])('no word of a flow in a certificate of %s can be another', slow, async (name, property) => {
  const network = await networkAt(join(scenarios, name));
  const certificate = await certificateOf(network, property);
  const read = readWritten(network, certificate.property.written);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const looks = looksOf(network, read.value) ?? [];
  const means = { replay: await stages.replay(), timeoutMs: 60_000 };
  const [given] = certificate.evidence as readonly Witness[];
  expect(await whyNotReplayed(looks, given!, certificate, means)).toBe(undefined);
  let times = 0;
  // Of a long way the first step speaks for all.
  const { hops, return: back, ...flow } = given!.flow;
  const begins = (steps: readonly object[] = []) => steps.slice(0, 1);
  for (const one of changed({ flow, replay: given!.replay, hops: begins(hops), back: begins(back) })) {
    const next = one as { flow: object; replay: object; hops: readonly object[]; back: readonly object[] };
    const way = { hops: [...next.hops, ...hops.slice(1)], return: [...next.back, ...(back ?? []).slice(1)] };
    const other = withEvidence(certificate, 0, { flow: { ...next.flow, ...way }, replay: next.replay });
    if (checkCertificate(sealed(other)).status !== 'accepted') continue;
    times++;
    const why = await whyNotReplayed(looks, other.evidence[0] as Witness, other, means).catch(() => 'no flow');
    expect([one, why]).not.toEqual([one, undefined]);
  }
  expect(times).toBeGreaterThan(20);
});

test('an assertion does not hold by findings that violate it', slow, async () => {
  const network = await networkAt(join(scenarios, 'waf-front-door/variants/web-acl-not-associated'));
  const all = await certifiedBy(network, join(scenarios, 'waf-front-door/policy.yaml'));
  const { made } = all.find(({ result }) => result.id === 'front-door-is-guarded')!;
  if (made?.kind !== 'made') throw new Error('no certificate');
  expect(made.certificate.verdict).toBe('violated');
  expect(await refused(network, made.certificate)).toEqual([]);
  expect(await refused(network, { ...made.certificate, verdict: 'holds' })).toEqual([
    'by what the network has the assertion is violated',
  ]);
});

test('a certificate lists the disputed facts that it rests on, in their own words', slow, async () => {
  const network = networkOf(
    world({
      interfaces: [{ id: 'eni-i1', ips: ['10.0.1.10=198.51.100.1'] }],
      tables: [{ id: 'rtb-s1', routes: ['203.0.113.0/24 pcx-gone blackhole', '0.0.0.0/0 igw-a'] }],
    }),
  );
  const rests = await certificateOf(network, { forbid: { from: 'eni-i1', to: '203.0.113.0/24' } });
  expect(rests.facts).toMatchObject([{ fact: '4.16', value: 'yes' }]);
  expect(await refused(network, rests)).toEqual([]);
  expect(await refused(network, { ...rests, facts: [] })).toEqual([
    'it rests on the disputed fact 4.16, which facts does not list',
  ]);
  const worded = { ...rests.facts[0]!, says: 'nothing is disputed' };
  expect(await refused(network, { ...rests, facts: [worded] })).toContainEqual(
    expect.stringContaining('facts lists what is none'),
  );
});

test(
  'a flow shows what is presumed of AWS if the certificate lists it, and a refutation never does',
  slow,
  async () => {
    const table = {
      id: 'tgw-rtb-1',
      gateway: 'tgw-1',
      routes: [],
      propagations: ['a', 'b', 'v'].map((x) => `tgw-attach-${x}`),
    };
    const attached = (id: string, to: string, ...subnets: readonly string[]) => ({
      id: `tgw-attach-${id}`,
      gateway: 'tgw-1',
      to,
      table: 'tgw-rtb-1',
      ...(subnets.length === 0 ? {} : { subnets }),
    });
    const network = networkOf(
      world(vpcB, {
        tgws: [{ id: 'tgw-1' }],
        attachments: [attached('a', 'vpc-a', 'subnet-s1'), attached('b', 'vpc-b', 'subnet-b'), attached('v', 'vpn-1')],
        vpns: [{ id: 'vpn-1', gateway: 'tgw-1' }],
        transitTables: [table],
        tables: [
          { id: 'rtb-s1', routes: ['10.0.0.0/8 tgw-1'] },
          { id: 'rtb-b', routes: ['10.0.0.0/16 tgw-1'] },
        ],
      }),
    );
    const missing = expect.stringContaining('cannot be asked again') as string;
    for (const kind of ['require', 'forbid']) {
      const shown = await certificateOf(network, { [kind]: { from: 'eni-i1', to: 'eni-b', traffic: 'tcp/443' } });
      expect(shown.verdict).toBe(kind === 'require' ? 'holds' : 'violated');
      expect(shown.facts).toMatchObject([{ fact: '7.5-learnt', value: 'yes' }]);
      expect(await refused(network, shown)).toEqual([]);
      expect(await refused(network, { ...shown, facts: [] })).toContainEqual(missing);
    }
    // That nothing goes on premises is proved where it is declared, and it has to be.
    const property = { forbid: { from: 'eni-i1', to: 'onprem', 'dst-ip': '10.1.0.0/16' } };
    await expect(certificateOf(network, property)).rejects.toThrow('undecided');
    const declared = await certificateOf(network, { ...property, assume: ['fact:7.5-learnt=yes'] });
    const [fact] = (await certificateOf(network, { require: { from: 'eni-i1', to: 'eni-b', traffic: 'tcp/443' } }))
      .facts;
    const forged = asking(network, { ...declared, facts: [fact!], assumptions: [] }, property);
    expect(await refused(network, forged)).not.toEqual([]);
  },
);
