/** Answers to questions: verdicts with their flows, their blocks and their assumptions, in the published form. */
export { openVerifier } from './answer.ts';
export type { Verifier, VerifyOptions } from './verifier.ts';
