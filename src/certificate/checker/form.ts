/** The form of a certificate's JSON: every key in its place, none besides, each value of its type. */
import type { Certificate, Evidence, Facts, Group, Meaning, Obligation, Refutation, Witness } from './format.ts';

/** Tells what is wrong with a value that stands at a place. */
type Form = (value: unknown, place: string, tell: (reason: string) => void) => void;

const is =
  (what: string, holds: (value: unknown) => boolean): Form =>
  (value, place, tell) => {
    if (!holds(value)) tell(`${place} is not ${what}`);
  };

const anything: Form = () => undefined;
const text = is('text', (value) => typeof value === 'string');
const number = is('a whole number', (value) => Number.isSafeInteger(value) && (value as number) >= 0);
const sha256 = is('64 hexadecimal digits', (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));
const oneOf = (...values: readonly unknown[]): Form => is(values.join(' or '), (value) => values.includes(value));

const list =
  (item: Form): Form =>
  (value, place, tell) => {
    if (!Array.isArray(value)) return tell(`${place} is not a list`);
    value.forEach((each, i) => item(each, `${place}[${i}]`, tell));
  };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const record =
  <T>(forms: { readonly [K in keyof T]-?: Form }): Form =>
  (value, place, tell) => {
    if (!isRecord(value)) return tell(`${place} is not an object`);
    const wanted = Object.keys(forms);
    const keys = Object.keys(value);
    if (keys.join() !== wanted.join()) tell(`${place} has the keys ${keys.join(', ')}, and not ${wanted.join(', ')}`);
    for (const [key, form] of Object.entries<Form>(forms))
      if (Object.hasOwn(value, key)) form(value[key], place === '' ? key : `${place}.${key}`, tell);
  };

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
  witness: record<Witness>({ kind: anything, obligation: number, flow: anything, replay: anything }),
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
  facts: list(anything),
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
