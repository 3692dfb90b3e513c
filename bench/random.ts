/** A stream of pseudo-random numbers that a seed fixes (mulberry32): the same seed, the same network. */

export interface Random {
  /** An integer from 0 to `below - 1`. */
  below(below: number): number;
  /** One of the values, each as likely as its weight (1 where none is given). */
  pick<T>(values: readonly T[], weights?: readonly number[]): T;
  chance(probability: number): boolean;
  /** That many lower-case hexadecimal digits. */
  hex(digits: number): string;
}

export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick<T>(values: readonly T[], weights?: readonly number[]): T {
      if (weights === undefined) return values[below(values.length)]!;
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const at = weights.findIndex((weight) => (left -= weight) < 0);
      return values.at(at)!;
    },
    chance: (probability) => next() < probability,
    hex: (digits) => Array.from({ length: digits }, () => below(16).toString(16)).join(''),
  };
}
