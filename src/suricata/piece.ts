/** A part of a rule's text that knows its column, and what is wrong at that place. */
import type { ProblemAt } from '../base/problem.ts';

export interface Piece {
  readonly text: string;
  /** Of its first character in the rule, from 1. */
  readonly column: number;
}

/** From `from` up to `to`, without the blanks around. */
export function part({ text, column }: Piece, from: number, to = text.length): Piece {
  const raw = text.slice(from, to);
  const start = raw.trimStart();
  return { text: start.trimEnd(), column: column + from + raw.length - start.length };
}

/** The parts between the separators that stand outside brackets; more than one separator side by side is one blank. */
export function splitOutside(piece: Piece, separator: string): readonly Piece[] {
  const out: Piece[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < piece.text.length; i++) {
    const character = piece.text[i]!;
    if (character === '[') depth++;
    else if (character === ']') depth--;
    else if (depth <= 0 && character === separator) {
      out.push(part(piece, from, i));
      from = i + 1;
    }
  }
  out.push(part(piece, from));
  return out;
}

export type Complain = (at: Piece, code: string, message: string, hint?: string) => undefined;

/** Notes what is wrong, and returns nothing. */
export const complainTo =
  (problems: ProblemAt[]): Complain =>
  ({ column }, code, message, hint) => {
    problems.push({ column, code, message, ...(hint === undefined ? {} : { hint }) });
    return undefined;
  };
