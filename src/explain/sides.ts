/** Sides of what is unknown, as `--assume` takes them. */
import { formatAssumption } from '../network/assumption.ts';
import type { Question } from '../policy/question.ts';

export const inWords = (sides: ReadonlyMap<string, boolean>): readonly string[] =>
  [...sides].map(([key, side]) => formatAssumption(key, side));

/** The sides that the person declared; reports print them beside every verdict that may lean on them. */
export const declaredIn = ({ sides }: Question): readonly string[] => inWords(sides);
