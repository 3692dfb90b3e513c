/** Answers to questions: verdicts with their flows, their blocks and their assumptions, in the published form. */
export { type Verifier, type VerifyOptions, openVerifier } from './answer.ts';
