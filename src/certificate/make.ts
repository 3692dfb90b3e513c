/** A property's certificate: what has to be shown for its verdict, shown piece by piece, and accepted by the checker. */
import { invariant } from '../base/invariant.ts';
import { notModelled } from '../network/coverage.ts';
import type { Network } from '../network/network.ts';
import type { Replay } from '../network/replay.ts';
import type { Property } from '../policy/property.ts';
import { checkCertificate } from './checker/check.ts';
import type { Certificate, Evidence, Facts, Refutation } from './checker/format.ts';
import { digestOf, digestOfValue, digestPlace } from './checker/digest.ts';
import { findingsShown } from './findings.ts';
import { presumed } from './leaning.ts';
import { type Look, looksOf } from './looks.ts';
import { refutationOf } from './refuting.ts';
import { showings } from './shown.ts';
import { trusted } from './trusted.ts';
import type { Shows } from './witnesses.ts';

/** What was decided of a property. */
export interface Decided {
  readonly property: Property;
  readonly verdict: 'holds' | 'violated';
  /** Of each of its questions. */
  readonly answers: readonly { readonly verdict: string }[];
  /** As published, with their members. */
  readonly questions: readonly unknown[];
  readonly assumptions: readonly string[];
  readonly facts: Certificate['facts'];
}

/** What it was decided on, and by what. */
export interface DecidedOn {
  readonly network: Network;
  /** Over the canonical snapshot. */
  readonly sha256: string;
  readonly tool: Certificate['tool'];
  readonly replay: Replay;
  /** For each piece of evidence. */
  readonly timeoutMs: number;
}

export type Made =
  | { readonly kind: 'made'; readonly bytes: Uint8Array; readonly certificate: Certificate }
  | { readonly kind: 'none'; readonly reason: string };

/** A certificate that the checker accepts; none where it would take too long, or is not made for such a verdict. */
export async function certify(decided: Decided, on: DecidedOn): Promise<Made> {
  const looks = looksOf(on.network, decided.property);
  if (looks === undefined) return { kind: 'none', reason: 'it is not told where addresses to come can lie' };
  const leaning = presumed(looks, decided.property, decided.verdict, decided.facts);
  const shown = await shownFor(decided, leaning, on);
  if (typeof shown === 'string') return { kind: 'none', reason: shown };
  const { property, verdict, questions, assumptions, facts } = decided;
  const { id, title = null, kind } = property;
  const written: unknown = JSON.parse(JSON.stringify(property.written));
  const certificate: Certificate = {
    format: 'vpcproof-certificate',
    version: 1,
    digest: `sha256:${'0'.repeat(64)}`,
    tool: on.tool,
    property: { id, title, kind, written, questions },
    verdict,
    network: { sha256: on.sha256 },
    policy: { sha256: digestOfValue(written) },
    assumptions,
    facts,
    defaults: on.network.defaults,
    unmodelled: notModelled(on.network.coverage),
    trusted,
    obligations: shown.map(({ obligation }) => obligation),
    evidence: shown.map(({ evidence }, obligation) => placed(evidence, obligation)),
  };
  const bytes = Buffer.from(`${JSON.stringify(certificate)}\n`);
  const place = digestPlace(bytes);
  invariant(place !== undefined, 'a certificate begins with its digest');
  bytes.write(digestOf(bytes, place), place, 'latin1');
  const judged = checkCertificate(bytes);
  if (judged.status === 'refused' && judged.reasons.every((reason) => notProved.test(reason)))
    return { kind: 'none', reason: 'the proof that the solver gives is not one' };
  invariant(
    judged.status === 'accepted',
    `the checker accepts the certificate of ${id}: ${judged.status === 'refused' ? judged.reasons.join('; ') : judged.status}`,
  );
  return { kind: 'made', bytes, certificate: judged.certificate };
}

/** The one reason that is the solver's doing. */
const notProved = /^evidence\[\d+\]: proof shows nothing: /;

type Shown = Omit<Shows, 'evidence'> & {
  readonly evidence: Shows['evidence'] | Omit<Refutation, 'obligation'> | Omit<Facts, 'obligation'>;
};

/** The key of the evidence's obligation stands after its kind. */
const placed = ({ kind, ...rest }: Shown['evidence'], obligation: number): Evidence =>
  ({ kind, obligation, ...rest }) as Evidence;

async function shownFor(
  { property, verdict, answers }: Decided,
  looks: readonly Look[],
  { network, replay, timeoutMs }: DecidedOn,
): Promise<readonly Shown[] | string> {
  if (property.assertion !== undefined) {
    const { verdict: found, obligation, evidence } = findingsShown(network, property.assertion);
    invariant(found === verdict, 'an assertion is what was found of it');
    return evidence.cited.length === 0 ? 'it speaks of nothing' : [{ obligation, evidence }];
  }
  const violated = new Set(answers.flatMap((answer, i) => (answer.verdict === 'violated' ? [i] : [])));
  const pieces = await showings({ property, verdict, looks, violated }, { replay, timeoutMs });
  if (typeof pieces === 'string') return pieces;
  const shown: Shown[] = [];
  for (const piece of pieces) {
    if (!('state' in piece)) {
      shown.push(piece);
      continue;
    }
    const found = await refutationOf(piece.state, timeoutMs);
    // That no flow of a `forbid` is possible was proved before, on fewer clauses; of a requirement it may be open.
    invariant(
      found.kind !== 'flow' || property.kind === 'require',
      'no flow takes a way that was not followed, and none arrives',
    );
    if (found.kind === 'flow') return 'whether its flows exist depends on what is not known';
    if (found.kind === 'none') return found.reason;
    shown.push({ obligation: piece.obligation, evidence: found.refutation });
  }
  return shown;
}
