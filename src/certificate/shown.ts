/** What a verdict takes to be shown, piece by piece: flows that are there already, and what is yet to be refuted. */
import type { Property } from '../policy/property.ts';
import type { Obligation } from './checker/format.ts';
import { nothingToRefute } from './clauses.ts';
import type { Look } from './looks.ts';
import { nothingSpokenOf, verdictOverNothing } from './over-nothing.ts';
import { type Refutable, refutablesOf } from './refutables.ts';
import { unservedIn } from './unserved.ts';
import { type ShowOptions, type Shows, servedIn, violationIn } from './witnesses.ts';

export type Piece = Refutable | Shows;

export interface Verdict {
  readonly property: Property;
  readonly verdict: 'holds' | 'violated';
  readonly looks: readonly Look[];
  /** The questions that are violated, where the verdict is that. */
  readonly violated: ReadonlySet<number>;
}

/** In the order of obligations; or why it cannot be shown. */
export async function showings(
  { property: { kind, allowEmpty }, verdict, looks, violated }: Verdict,
  options: ShowOptions,
): Promise<readonly Piece[] | string> {
  const asked = looks.filter(({ question }) => verdict === 'holds' || violated.has(question));
  for (const { nobody, asked: over } of asked)
    if (nobody !== undefined && verdictOverNothing(over, allowEmpty) !== verdict)
      return `over nothing it is ${verdictOverNothing(over, allowEmpty)}: ${nobody}`;
  if (verdict === 'holds' && kind !== 'require') return ordered(refutablesOf(looks));
  const pieces: Piece[] = [];
  for (const look of asked) {
    if (look.nobody !== undefined) {
      pieces.push(...emptyIn(look, look.nobody));
      continue;
    }
    const found =
      kind !== 'require'
        ? await violationIn(look, options)
        : verdict === 'holds'
          ? await servedIn(look, options)
          : await unservedIn(look, options);
    if (found.kind === 'none') return found.reason;
    if (found.shows.length === 0 && !allowEmpty) return nothingSpokenOf;
    const nobody = 'no member has an address of an examined family';
    pieces.push(...(found.shows.length === 0 ? emptyIn(look, nobody) : found.shows));
  }
  return ordered(pieces);
}

/** Those that are to be refuted, each at its place. */
export const refutables = (pieces: readonly Piece[]): readonly (Refutable & { readonly index: number })[] =>
  pieces.flatMap((piece, index) => ('state' in piece ? [{ ...piece, index }] : []));

/** A requirement over nothing. */
const emptyIn = ({ question, words, asked }: Look, why: string): readonly Refutable[] =>
  asked.families.slice(0, 1).map((family) => ({
    obligation: { question, family, variant: words, kind: 'refutation', says: `there is no flow to ask for: ${why}` },
    state: () => nothingToRefute(why),
  }));

/** By question, then family; no two alike. */
function ordered(pieces: readonly Piece[]): readonly Piece[] {
  const sorted = pieces.toSorted(
    ({ obligation: a }, { obligation: b }) =>
      a.question - b.question || (a.family < b.family ? -1 : Number(a.family > b.family)),
  );
  const seen = new Map<string, number>();
  return sorted.map((piece) => {
    const { question, family, variant } = piece.obligation;
    const key = JSON.stringify([question, family, variant]);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times === 1
      ? piece
      : { ...piece, obligation: { ...piece.obligation, variant: `${variant} (${times})` } satisfies Obligation };
  });
}
