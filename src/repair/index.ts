/** Edits that would help: repairs of properties that are violated, and what would let a blocked flow through. */
export { alternatives } from './alternatives.ts';
export type { Decision, PolicyCourt, Ruling } from './court.ts';
export { createRepairer } from './repairs.ts';
export { createTeller } from './told.ts';
