/** The form of a certificate's JSON: every key in its place, none besides, each value of its type. */
import { flow, replay } from './flow-form.ts';
import type { Certificate, Evidence, Fact, Facts, Group, Meaning, Obligation, Refutation, Witness } from './format.ts';
import { type Form, anything, is, isRecord, list, number, oneOf, record, sha256, text } from './shape.ts';

const obligation = record<Obligation>({
  question: number,
  family: oneOf('ipv4', 'ipv6'),
  variant: text,
  kind: oneOf('refutation', 'witness', 'facts'),
  says: text,
});

const forms: Readonly<Record<Evidence['kind'], Form>> = {
  refutation: record<Refutation>({
    kind: anything,
    obligation: number,
    variables: number,
    meanings: list(record<Meaning>({ from: number, to: number, means: text })),
    clauses: number,
    groups: list(record<Group>({ clauses: number, means: text })),
    cnf: text,
    proof: text,
    loops: list(list(number)),
  }),
  witness: record<Witness>({ kind: anything, obligation: number, flow, replay }),
  facts: record<Facts>({ kind: anything, obligation: number, cited: list(anything) }),
};

const evidence: Form = (value, place, tell) => {
  const kind = isRecord(value) ? value['kind'] : undefined;
  if (kind === 'refutation' || kind === 'witness' || kind === 'facts') forms[kind](value, place, tell);
  else tell(`${place} is no refutation, no witness and no facts`);
};

const certificate = record<Certificate>({
  format: oneOf('vpcproof-certificate'),
  version: oneOf(1),
  digest: is(
    '`sha256:` and 64 hexadecimal digits',
    (value) => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value),
  ),
  tool: record<Certificate['tool']>({ name: text, version: text }),
  property: record<Certificate['property']>({
    id: text,
    title: is('text or null', (value) => value === null || typeof value === 'string'),
    kind: oneOf('forbid', 'require', 'isolate', 'assert'),
    written: anything,
    questions: list(anything),
  }),
  verdict: oneOf('holds', 'violated'),
  network: record<Certificate['network']>({ sha256 }),
  policy: record<Certificate['policy']>({ sha256 }),
  assumptions: list(text),
  facts: list(record<Fact>({ fact: text, value: oneOf('yes', 'no'), says: text })),
  defaults: list(anything),
  unmodelled: list(anything),
  trusted: list(text),
  obligations: list(obligation),
  evidence: list(evidence),
});

/** Whether the value is a certificate in form; else what is wrong was told. */
export function isCertificate(value: unknown, tell: (reason: string) => void): value is Certificate {
  let told = false;
  certificate(value, '', (reason) => {
    told = true;
    tell(reason);
  });
  return !told;
}
