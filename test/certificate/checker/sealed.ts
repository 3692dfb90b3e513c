/** Certificates for tests: made of clauses in lists, written and sealed as the format says, by none of the program's code. */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type {
  Certificate,
  Evidence,
  Obligation,
  Refutation,
  Witness,
} from '../../../src/certificate/checker/format.ts';
import { type Clause, type Step, adding, pigeons, proofOf } from './clauses.ts';

/** Seven bits a byte, the lowest first. */
export function varint(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
const zigzag = (literal: number): number => (literal < 0 ? -2 * literal - 1 : 2 * literal);
export const written = (clause: Clause): readonly number[] => [...clause, 0].flatMap((each) => varint(zigzag(each)));
export const deflated = (bytes: readonly number[]): string =>
  deflateRawSync(Uint8Array.from(bytes), { level: 9 }).toString('base64');

export const cnfOf = (clauses: readonly Clause[]): string => deflated(clauses.flatMap((clause) => written(clause)));
export const proofText = (steps: readonly Step[]): string =>
  deflated(steps.flatMap(({ add, clause }) => [add ? 0 : 1, ...written(clause)]));

/** The clauses in a compressed part, read by means of this file's own. */
export function clausesIn(cnf: string): readonly Clause[] {
  const rows: number[][] = [[]];
  let value = 0;
  let shift = 0;
  for (const byte of inflateRawSync(Buffer.from(cnf, 'base64'))) {
    value += (byte & 0x7f) << shift;
    shift += 7;
    if (byte >= 0x80) continue;
    if (value === 0) rows.push([]);
    else rows.at(-1)!.push(value % 2 === 1 ? -(value + 1) / 2 : value / 2);
    [value, shift] = [0, 0];
  }
  return rows.slice(0, -1);
}

export function refutationOf(
  obligation: number,
  variables: number,
  clauses: readonly Clause[],
  steps: readonly Step[],
): Refutation {
  return {
    kind: 'refutation',
    obligation,
    variables,
    meanings: variables === 0 ? [] : [{ from: 1, to: variables, means: 'a pigeon sits in a hole' }],
    clauses: clauses.length,
    groups: clauses.length === 0 ? [] : [{ clauses: clauses.length, means: 'each pigeon has a hole of its own' }],
    cnf: cnfOf(clauses),
    proof: proofText(steps),
    loops: [],
  };
}

const three = pigeons(3);
const two = pigeons(2);
const byCases = ({ variables, clauses }: typeof two): readonly Step[] => adding(...(proofOf(variables, clauses) ?? []));

export const obligationOf = (family: 'ipv4' | 'ipv6', part: Partial<Obligation> = {}): Obligation => ({
  question: 0,
  family,
  variant: 'packets',
  kind: 'refutation',
  says: `No ${family} packet is delivered.`,
  ...part,
});

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Of a `forbid` that holds: a refutation for each family. */
export const holding: Certificate = {
  format: 'vpcproof-certificate',
  version: 1,
  digest: `sha256:${'0'.repeat(64)}`,
  tool: { name: 'vpcproof', version: '0.0.0' },
  property: {
    id: 'closed',
    title: 'Nothing leaves — nicht einmal ein 🐦',
    kind: 'forbid',
    written: { forbid: { from: 'subnet-1', to: 'internet' } },
    questions: [{ kind: 'forbid', families: ['ipv4', 'ipv6'] }],
  },
  verdict: 'holds',
  network: { sha256: 'a'.repeat(64) },
  policy: { sha256: sha256('{"forbid":{"from":"subnet-1","to":"internet"}}') },
  assumptions: ['passes:vpce-1', 'drops:vpce-2'],
  facts: [
    { fact: '5.34', value: 'yes', says: 'A cache has one address.' },
    { fact: '9.1', value: 'no', says: 'Peering passes on.' },
  ],
  defaults: [],
  unmodelled: [],
  trusted: ['The reading of the input.', 'The translation into clauses.'],
  obligations: [obligationOf('ipv4'), obligationOf('ipv6')],
  evidence: [
    {
      ...refutationOf(0, three.variables, three.clauses, byCases(three)),
      meanings: [
        { from: 1, to: 4, means: 'the first pigeons' },
        { from: 5, to: 12, means: 'the others' },
      ],
      groups: [
        { clauses: 4, means: 'each has a hole' },
        { clauses: three.clauses.length - 4, means: 'no two have the same' },
      ],
      loops: [
        [1, 2],
        [2, 5],
      ],
    },
    refutationOf(1, two.variables, two.clauses, byCases(two)),
  ],
};

const address = (value: string) => ({ family: 'ipv4', value: { bigint: value } });
const packet = { src: '10.0.0.1', dst: '10.0.0.2', protocol: 'tcp', srcPort: 50000, dstPort: 443 } as const;

/** A flow, and what a tracer would be given. */
export const witness = {
  kind: 'witness',
  obligation: 0,
  flow: {
    from: 'eni-1',
    to: 'eni-2',
    packet: { ...packet, app: 'tls', sni: 'example.com' },
    hops: [
      {
        resource: 'eni-1',
        kind: 'network-interface',
        action: 'forward',
        rule: 'sgr-1',
        detail: 'it leaves',
        packet,
        source: { file: 'network.json', place: '/Interfaces/0' },
      },
    ],
    return: [],
  },
  replay: {
    variant: 0,
    origin: { kind: 'interface', id: 'eni-1' },
    packet: {
      src: address('167772161'),
      dst: address('167772162'),
      protocol: 6,
      srcPort: 50000,
      dstPort: 443,
      icmpType: 0,
      icmpCode: 0,
      fragment: false,
    },
    payload: { app: 'tls', sni: 'example.com' },
    mode: 'connection',
    choices: {
      nat: { map: [['nat-1', { address: address('167772163'), port: 1024 }]] },
      emits: { map: [] },
      zones: { map: [['tgw-attach-1 forward', 'subnet-1']] },
      holders: [{ address: address('167772162'), interface: 'eni-2' }],
    },
    sides: { map: [['passes:vpce-1', true]] },
    pastDenials: false,
  },
} as const satisfies Witness;

/** Of a `require` that is violated: a flow. */
export const violated: Certificate = {
  ...holding,
  property: { ...holding.property, kind: 'require', questions: [{ kind: 'require', families: ['ipv4'] }] },
  verdict: 'violated',
  obligations: [obligationOf('ipv4', { kind: 'witness' })],
  evidence: [witness],
};

/** The text of any value, its digest made anew. */
export function sealed(value: unknown, space?: number): Uint8Array<ArrayBuffer> {
  return sealedText(`${JSON.stringify(value, null, space)}\n`);
}

/** The bytes of a text with the digest that they should have in the place of the first that is there. */
export function sealedText(text: string): Uint8Array<ArrayBuffer> {
  const zeros = text.replace(/"sha256:[0-9a-f]{64}"/, `"sha256:${'0'.repeat(64)}"`);
  const digest = sha256(zeros);
  return new TextEncoder().encode(zeros.replace(`sha256:${'0'.repeat(64)}`, `sha256:${digest}`));
}

/** The certificate with one piece of evidence changed. */
export const withEvidence = (i: number, part: Partial<Refutation>): Certificate => ({
  ...holding,
  evidence: holding.evidence.map((each, at): Evidence => (at === i ? ({ ...each, ...part } as Refutation) : each)),
});
