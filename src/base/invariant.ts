/** What cannot happen: a broken promise of this program, never of its input. */

/** Thrown when the program contradicts itself; ends a run with exit status 4. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

/** Asserts what must be true whatever the user gave; `why` says what was broken. */
export function invariant(condition: unknown, why: string): asserts condition {
  if (!condition) throw new InvariantViolation(why);
}

/** The branch of a closed union that no value reaches. */
export function unreachable(value: never): never {
  throw new InvariantViolation(`a value outside its union: ${JSON.stringify(value)}`);
}
