/** What the checker accepts, and what it says of all else. */
import { describe, expect, it, test } from 'vitest';
import { deflateRawSync } from 'node:zlib';
import { checkCertificate } from '../../../src/certificate/checker/check.ts';
import type { Certificate } from '../../../src/certificate/checker/format.ts';
import { type Clause, adding, pigeons, proofOf } from './clauses.ts';
import {
  cnfOf,
  deflated,
  holding,
  obligationOf,
  proofText,
  refutationOf,
  sealed,
  sealedText,
  varint,
  violated,
  withEvidence,
  witness,
} from './sealed.ts';

function reasons(bytes: Uint8Array): readonly string[] {
  const judgement = checkCertificate(bytes);
  return judgement.status === 'refused' ? judgement.reasons : [judgement.status];
}
const ofText = (text: string) => checkCertificate(new TextEncoder().encode(text));

describe('a certificate', () => {
  it('is accepted in one line and in many, with what was checked', () => {
    for (const space of [undefined, 2]) {
      const judgement = checkCertificate(sealed(holding, space));
      expect(judgement).toMatchObject({
        status: 'accepted',
        refutations: [
          { obligation: 0, variables: 12, clauses: 22, empty: null },
          { obligation: 1, variables: 6, clauses: 9, empty: null },
        ],
      });
      expect(judgement.status === 'accepted' && judgement.certificate.property).toEqual(holding.property);
    }
  });

  it('of a violated property carries a flow and is accepted', () =>
    expect(checkCertificate(sealed(violated))).toMatchObject({ status: 'accepted', refutations: [] }));

  it('may stand on the empty clause, and what that means is told', () => {
    const twoGroups = {
      ...refutationOf(1, 2, [[1, 2], [-1], [], []], []),
      groups: [
        { clauses: 2, means: 'a route' },
        { clauses: 1, means: 'nothing can send' },
        { clauses: 1, means: 'nothing arrives' },
      ],
    };
    const given = { ...holding, evidence: [refutationOf(0, 0, [[]], []), twoGroups] };
    expect(checkCertificate(sealed(given))).toMatchObject({
      status: 'accepted',
      refutations: [
        { empty: 'each pigeon has a hole of its own', needed: 0 },
        { empty: 'nothing can send', needed: 0 },
      ],
    });
  });

  it('keeps steps that are not needed apart from those that are', () => {
    const steps = adding([1], [], [2], [1, 2]);
    const all: readonly Clause[] = [
      [1, 2],
      [1, -2],
      [-1, 2],
      [-1, -2],
    ];
    const given = { ...holding, evidence: [refutationOf(0, 2, all, steps), holding.evidence[1]] };
    expect(checkCertificate(sealed(given))).toMatchObject({ refutations: [{ steps: 4, needed: 1 }, {}] });
  });
});

describe('what is no certificate', () => {
  test.each([
    ['', 'it is not JSON'],
    ['{', 'it is not JSON'],
    ['[1]\n', 'it is JSON, and no certificate'],
    ['null', 'it is JSON, and no certificate'],
    ['{"format":"another"}', 'it is JSON, and no certificate'],
    ['{"format":"vpcproof-certificate","version":2}', 'its version is 2, and 1 is the one known here'],
    ['{"format":"vpcproof-certificate"}', 'its version is undefined, and 1 is the one known here'],
    ['['.repeat(1_000_000), 'it is not JSON'],
  ])('is unreadable: %#', (text, reason) => expect(ofText(text)).toEqual({ status: 'unreadable', reason }));

  it('is a certificate in another encoding; after a byte order mark it is refused', () => {
    const text = new TextDecoder().decode(sealed(holding));
    expect(ofText(`\uFEFF${text}`)).toMatchObject({ status: 'refused' });
    expect(checkCertificate(Buffer.from(text, 'utf16le'))).toMatchObject({ status: 'unreadable' });
  });

  it('is refused, and not unreadable, once it begins as a certificate', () => {
    const bytes = sealed(holding);
    for (const length of [100, 500, bytes.length - 2])
      expect(reasons(bytes.subarray(0, length))).toEqual([expect.stringContaining('cut short or damaged')]);
    expect(reasons(bytes.subarray(0, bytes.length - 1))).toEqual([
      expect.stringContaining('not written as certificates are'),
      expect.stringContaining('its bytes are not those'),
    ]);
  });
});

describe('a certificate whose text says the same in another way is refused', () => {
  const text = new TextDecoder().decode(sealed(holding));
  const strange: readonly (readonly [string, string, string])[] = [
    ['a key twice', '"verdict":"holds"', '"verdict":"violated","verdict":"holds"'],
    ['a key twice, spelt with an escape', '"verdict":"holds"', '"verdic\\u0074":"violated","verdict":"holds"'],
    ['a decimal point', '"version":1', '"version":1.0'],
    ['an exponent', '"obligation":1', '"obligation":1e0'],
    ['a negative zero', '"obligation":0', '"obligation":-0'],
    ['an escape', '"closed"', '"\\u0063losed"'],
    ['a slash escaped', '"closed"', '"clo\\/sed"'],
    ['a space', '"verdict":', '"verdict": '],
    ['a tab', '"verdict":', '"verdict":\t'],
    ['nothing after the end', '\n', ''],
    ['more after the end', '\n', '\n\n'],
    ['a carriage return', '\n', '\r\n'],
  ];
  test.each(strange)('%s', (_, from, to) => {
    expect(text).toContain(from);
    const judged = reasons(sealedText(text.replace(from, to)));
    expect(judged.join('\n')).toMatch(/not written as certificates are|no certificate/);
  });

  test('half a character, a key of prototypes, a depth beyond reading', () => {
    const withTold = (json: string): string => text.replace('"defaults":[]', `"defaults":[${json}]`);
    expect(reasons(sealedText(withTold(String.raw`"\ud83d"`)))).toEqual(['it holds text with half a character']);
    expect(reasons(sealedText(withTold(String.raw`{"\udc26":1}`)))).toEqual(['it has a key with half a character']);
    expect(reasons(sealedText(withTold('{"__proto__":{"a":1}}')))).toEqual(['it has a key `__proto__`']);
    expect(reasons(sealedText(withTold('['.repeat(200_000) + ']'.repeat(200_000))))).toEqual([
      'it holds values more than 100 deep',
    ]);
    expect(reasons(sealedText(withTold('1')))).toEqual(['accepted']);
  });
});

describe('a certificate of another form is refused, with every reason', () => {
  const part = (change: Readonly<Record<string, unknown>>) => reasons(sealed({ ...holding, ...change }));

  test('a key more, a key less, keys in another order', () => {
    expect(part({ more: 1 })).toEqual([expect.stringMatching(/has the keys .*, more, and not /)]);
    const { trusted: _, ...less } = holding;
    expect(reasons(sealed(less))).toEqual([expect.stringContaining('has the keys')]);
    expect(reasons(sealed({ ...less, trusted: [] }))).toEqual([expect.stringContaining('has the keys')]);
    expect(part({ tool: { version: '1', name: 'vpcproof' } })).toEqual([
      'tool has the keys version, name, and not name, version',
    ]);
  });

  test('values of other types, all of them told', () =>
    expect(
      part({
        network: { sha256: 'A'.repeat(64) },
        verdict: 'undecided',
        assumptions: [1, 'a', null],
        facts: {},
        obligations: [{ ...obligationOf('ipv4'), question: -1 }, { ...obligationOf('ipv4'), question: 0.5 }, 'x'],
        evidence: [{ kind: 'word' }, holding.evidence[1]],
      }),
    ).toEqual([
      'verdict is not holds or violated',
      'network.sha256 is not 64 hexadecimal digits',
      'assumptions[0] is not text',
      'assumptions[2] is not text',
      'facts is not a list',
      'obligations[0].question is not a whole number',
      'obligations[1].question is not a whole number',
      'obligations[2] is not an object',
      'evidence[0] is no refutation, no witness and no facts',
    ]));

  test('and at most twenty of them', () => {
    const many = part({ assumptions: Array.from({ length: 50 }, (_, i) => i) });
    expect(many).toHaveLength(21);
    expect(many.at(-1)).toBe('and 30 more');
  });
});

test('a property that is not the one whose hash it carries is refused, in whatever order its keys stand', () => {
  const property = (written: unknown) => reasons(sealed({ ...holding, property: { ...holding.property, written } }));
  expect(property({ forbid: { to: 'internet', from: 'subnet-1' } })).toEqual(['accepted']);
  expect(property({ forbid: { from: 'subnet-2', to: 'internet' } })).toEqual([
    'policy.sha256 is not the hash of property.written',
  ]);
});

describe('a certificate that does not set out to show its verdict is refused', () => {
  const [ipv4, ipv6] = holding.evidence;
  const certificate = (change: Partial<Certificate>) => reasons(sealed({ ...holding, ...change }));
  const property = (change: Partial<Certificate['property']>) =>
    certificate({ property: { ...holding.property, ...change } });

  test('a family or a question without obligation', () => {
    expect(certificate({ obligations: [obligationOf('ipv4')], evidence: [ipv4!] })).toEqual([
      'property.questions[0] has no obligation for ipv6',
    ]);
    expect(property({ questions: [holding.property.questions[0], { families: ['ipv4'] }] })).toEqual([
      'property.questions[1] has no obligation for ipv4',
    ]);
    expect(certificate({ obligations: [], evidence: [] })).toEqual([
      'obligations is empty: nothing would be shown',
      'property.questions[0] has no obligation for ipv4',
      'property.questions[0] has no obligation for ipv6',
    ]);
    expect(property({ questions: [] })).toContain('property.questions is empty: nothing was asked');
  });

  test.each([
    [null],
    [{}],
    [{ families: [] }],
    [{ families: 'ipv4' }],
    [{ families: ['ipv5'] }],
    [{ families: [['ipv4']] }],
  ])('a question that names no families: %j', (question) =>
    expect(property({ questions: [question] })).toContain(
      'property.questions[0] does not say which families it asks of',
    ),
  );

  test('an obligation of no question, or twice', () => {
    const obligations = [obligationOf('ipv4'), obligationOf('ipv6', { question: 1 })];
    expect(certificate({ obligations })).toContain('obligations[1] is of question 1, and there are 1');
    expect(certificate({ obligations: [...holding.obligations, obligationOf('ipv6')] })).toContain(
      'obligations[2] is there twice',
    );
  });

  test('a flow where nothing may flow, and facts where there are none to cite', () => {
    const flow = { ...witness, obligation: 1 };
    const facts = { kind: 'facts', obligation: 1, cited: [] } as const;
    const shown = (kind: 'witness' | 'facts') => [obligationOf('ipv4'), obligationOf('ipv6', { kind })];
    expect(certificate({ obligations: shown('witness'), evidence: [ipv4!, flow] })).toEqual([
      'obligations[1] is of kind witness, which does not show that `forbid` holds',
    ]);
    expect(certificate({ obligations: shown('facts'), evidence: [ipv4!, facts] })).toEqual([
      'obligations[1] is of kind facts, which does not show that `forbid` holds',
      'evidence[1] cites nothing',
    ]);
    expect(reasons(sealed({ ...violated, verdict: 'holds' }))).toEqual(['accepted']);
  });

  test('evidence that is missing, too many, in another order, or of another kind', () => {
    expect(certificate({ evidence: [ipv4!] })).toEqual(['there are 1 pieces of evidence for 2 obligations']);
    expect(certificate({ evidence: [ipv4!, ipv6!, ipv6!] })).toContain(
      'there are 3 pieces of evidence for 2 obligations',
    );
    expect(certificate({ evidence: [ipv6!, ipv4!] })).toEqual([
      'evidence[0] is for obligation 1, and not for 0',
      'evidence[1] is for obligation 0, and not for 1',
    ]);
    expect(certificate({ evidence: [ipv4!, { ...witness, obligation: 1 }] })).toEqual([
      'evidence[1] is of kind witness, and its obligation of refutation',
    ]);
  });
});

describe('a refutation is refused', () => {
  const changed = (part: Parameters<typeof withEvidence>[1]) => reasons(sealed(withEvidence(1, part)));
  const { variables, clauses } = pigeons(2);
  const steps = adding(...proofOf(variables, clauses)!);
  const bytes = (...parts: readonly (readonly number[])[]) => deflated(parts.flat());

  test('whose clauses can be true, or whose proof shows nothing', () => {
    for (let i = 0; i < clauses.length; i++)
      expect(changed({ ...refutationOf(1, variables, clauses.toSpliced(i, 1), steps) })).toEqual([
        expect.stringMatching(/^evidence\[1\]: proof shows nothing: step \d+ adds a clause that does not follow/),
      ]);
    expect(changed({ proof: proofText([]) })).toEqual([
      'evidence[1]: proof shows nothing: the steps end, and no contradiction is found',
    ]);
  });

  test('whose numbers do not fit', () => {
    expect(changed({ clauses: 8 })).toEqual([
      'evidence[1]: groups have 9 clauses, and clauses says 8',
      'evidence[1]: cnf has 9 clauses, and clauses says 8',
    ]);
    expect(
      changed({
        groups: [
          { clauses: 9, means: 'a' },
          { clauses: 0, means: 'b' },
        ],
      }),
    ).toEqual(['evidence[1]: groups has one without clauses']);
    for (const ranges of [
      [[1, 5]],
      [[1, 7]],
      [[2, 6]],
      [
        [1, 2],
        [4, 6],
      ],
      [
        [1, 3],
        [3, 6],
      ],
      [
        [4, 6],
        [1, 3],
      ],
      [],
    ])
      expect(changed({ meanings: ranges.map(([from, to]) => ({ from: from!, to: to!, means: 'm' })) })).toContainEqual(
        expect.stringMatching(/meanings/),
      );
    expect(changed({ variables: 2 ** 24 + 1 })).toEqual([expect.stringContaining('more than is read')]);
    for (const loops of [[[]], [[2, 1]], [[1, 1]]])
      expect(changed({ loops })).toEqual([expect.stringContaining('loops[0]')]);
  });

  test('whose compressed parts are not whole, or more than whole', () => {
    const stored = Buffer.from(cnfOf(clauses), 'base64');
    const more = Buffer.concat([stored, Buffer.from([0])]).toString('base64');
    expect(changed({ cnf: more })).toEqual(['evidence[1]: cnf has bytes after the end of its deflate stream']);
    const twice = Buffer.concat([stored, stored]).toString('base64');
    expect(changed({ cnf: twice })).toEqual(['evidence[1]: cnf has bytes after the end of its deflate stream']);
    const cut = stored.subarray(0, -1).toString('base64');
    for (const cnf of [cut, '', Buffer.from([7, 7, 7]).toString('base64')])
      expect(changed({ cnf })).toEqual(['evidence[1]: cnf is not one whole deflate stream']);
    const padded = cnfOf([...clauses, [1]]);
    for (const cnf of [
      `${padded} `,
      `\n${padded}`,
      padded.replaceAll('=', ''),
      `${padded}=`,
      stored.toString('base64url'),
      'é',
    ])
      if (cnf !== cnfOf(clauses) && cnf !== padded)
        expect(changed({ cnf })).toContain('evidence[1]: cnf is not base64 as it is written');
    // Bits of the last character that carry nothing.
    const loose = Buffer.from([...stored.subarray(0, Math.floor(stored.length / 3) * 3), 0])
      .toString('base64')
      .replace('A==', 'B==');
    expect(changed({ cnf: loose })).toContain('evidence[1]: cnf is not base64 as it is written');
  });

  test('whose bytes are not clauses', () => {
    const [zero] = varint(0);
    const said = (cnf: string) => changed({ cnf }).find((reason) => !reason.includes('clauses says'));
    expect(said(bytes([2]))).toBe('evidence[1]: cnf ends within clause 1');
    expect(said(bytes([2, 0], [2, 0x80]))).toBe('evidence[1]: cnf ends within clause 2');
    expect(said(bytes([0x82, 0x00, zero!]))).toBe(
      'evidence[1]: cnf writes a number of clause 1 with more bytes than needed',
    );
    expect(said(bytes([2, 0x80, 0x00]))).toBe(
      'evidence[1]: cnf writes a number of clause 1 with more bytes than needed',
    );
    expect(said(bytes([0xff, 0xff, 0xff, 0xff, 0x01, 0]))).toBe(
      'evidence[1]: cnf holds a number in clause 1 that is no literal',
    );
    expect(said(bytes([14, 0]))).toBe('evidence[1]: cnf names variable 7 in clause 1, and there are 6');
    expect(said(bytes([13, 0]))).toBe('evidence[1]: cnf names variable 7 in clause 1, and there are 6');
    expect(said(bytes([2, 2, 0]))).toBe('evidence[1]: cnf names variable 1 twice in clause 1');
    expect(said(bytes([2, 1, 0]))).toBe('evidence[1]: cnf names variable 1 twice in clause 1');
    const ofProof = (proof: string) => changed({ proof })[0];
    expect(ofProof(bytes([2, 2, 0]))).toBe('evidence[1]: proof has step 1 neither add nor delete');
    expect(ofProof(bytes([0]))).toBe('evidence[1]: proof ends within step 1');
    expect(ofProof(bytes([0, 14, 0]))).toBe('evidence[1]: proof names variable 7 in step 1, and there are 6');
  });

  test('that would inflate beyond measure, without inflating it', () => {
    const bomb = deflateRawSync(new Uint8Array(2 ** 27 + 1)).toString('base64');
    expect(changed({ cnf: bomb })).toEqual([
      `evidence[1]: cnf inflates to more than ${2 ** 27} bytes, which is more than is read`,
    ]);
  });
});
