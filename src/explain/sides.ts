/** Sides of what is unknown, as `--assume` takes them. */
import { formatSides } from '../network/assumption.ts';
import type { Question } from '../policy/question.ts';

/** The sides that the person declared; reports print them beside every verdict that may lean on them. */
export const declaredIn = ({ sides }: Question): readonly string[] => formatSides(sides);
