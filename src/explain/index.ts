/** Answers to questions: verdicts with their flows, their blocks and their assumptions, in the published form. */
export { openVerifier } from './answer.ts';
export { type Source, attempts } from './blocked.ts';
export { type Attempt, isNearer } from './nearness.ts';
export type { Verifier, VerifyOptions } from './verifier.ts';
