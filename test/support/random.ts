/** A small deterministic source of chance, so that one number replays what was drawn. */
export interface Chance {
  /** 0 to n-1. */
  readonly below: (n: number) => number;
  readonly one: <T>(of: readonly T[]) => T;
  /** True in `percent` of a hundred. */
  readonly in100: (percent: number) => boolean;
}

/** The mulberry32 generator. */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (n: number): number => next() % n;
  return { below, one: (of) => of[below(of.length)]!, in100: (percent) => below(100) < percent };
}

/** The element at an index counted round. */
export const pick = <T>(list: readonly T[], at: number): T => list[at % list.length]!;

export const draw = <T>(chance: Chance, of: readonly T[]): T | undefined =>
  of.length === 0 ? undefined : chance.one(of);
