/**
 * What a verdict demands to be shown, and whether the certificate sets out to show it: every question, in every family
 * that it asks of, has its obligations, each of a kind that can carry the verdict, and each with its own evidence.
 */
import type { Certificate, Evidence } from './format.ts';

/** The kinds of evidence that can carry a verdict. */
function carrying({ property, verdict }: Certificate): readonly Evidence['kind'][] {
  switch (property.kind) {
    case 'forbid':
    case 'isolate':
      return verdict === 'holds' ? ['refutation'] : ['witness'];
    case 'require':
      return ['witness', 'refutation'];
    case 'assert':
      return ['facts'];
  }
}

/** The families in which a question has to be answered; none if it does not name them as it should. */
function families(question: unknown): readonly string[] {
  const asked: unknown =
    typeof question === 'object' && question !== null && 'families' in question ? question.families : undefined;
  return Array.isArray(asked) && asked.every((each) => each === 'ipv4' || each === 'ipv6') ? asked : [];
}

export function findDemandsUnmet(certificate: Certificate, tell: (reason: string) => void): void {
  const { property, verdict, obligations, evidence } = certificate;
  const forbids = property.kind === 'forbid' || property.kind === 'isolate';
  const kinds = carrying(certificate);

  if (obligations.length === 0) tell('obligations is empty: nothing would be shown');
  const seen = new Set<string>();
  const answered = new Set<string>();
  let last = { question: 0, family: 'ipv4' };
  for (const [i, { question, family, variant, kind }] of obligations.entries()) {
    const place = `obligations[${i}]`;
    if (question < last.question || (question === last.question && family < last.family))
      tell(`${place} is out of order: they are ordered by question, and then ipv4 before ipv6`);
    last = { question, family };
    if (!kinds.includes(kind))
      tell(`${place} is of kind ${kind}, which does not show that \`${property.kind}\` ${verdict}`);
    if (property.kind !== 'assert' && question >= property.questions.length)
      tell(`${place} is of question ${question}, and there are ${property.questions.length}`);
    const key = JSON.stringify([question, family, variant]);
    if (seen.has(key)) tell(`${place} is there twice`);
    seen.add(key);
    answered.add(`${question}`).add(`${question} ${family}`);
  }

  if (property.kind !== 'assert' && property.questions.length === 0)
    tell('property.questions is empty: nothing was asked');
  for (const [i, question] of property.questions.entries()) {
    const place = `property.questions[${i}]`;
    const asked = families(question);
    if (asked.length === 0) tell(`${place} does not say which families it asks of`);
    if (verdict !== 'holds') continue;
    for (const family of new Set(asked))
      if (forbids && !answered.has(`${i} ${family}`)) tell(`${place} has no obligation for ${family}`);
    if (!forbids && !answered.has(`${i}`)) tell(`${place} has no obligation`);
  }

  if (evidence.length !== obligations.length)
    tell(`there are ${evidence.length} pieces of evidence for ${obligations.length} obligations`);
  for (const [i, { kind, obligation }] of evidence.entries()) {
    if (obligation !== i) tell(`evidence[${i}] is for obligation ${obligation}, and not for ${i}`);
    const wanted = obligations[i]?.kind;
    if (wanted !== undefined && kind !== wanted)
      tell(`evidence[${i}] is of kind ${kind}, and its obligation of ${wanted}`);
  }
}
