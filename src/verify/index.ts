/** The prover: a question on a network becomes a product, a formula, an answer by Z3, and a flow that the tracer confirms. */
export { confirm } from './confirm.ts';
export { type Existence, type FoundFlow, type Open, exists } from './decide.ts';
export { plainest, widest } from './example.ts';
export { type Headers, openHeaders } from './headers.ts';
export { failingPorts } from './ports.ts';
export { namesIn } from './payload.ts';
export { type Part, type Sender, requireFrom } from './require.ts';
export { type Session, type SessionOptions, openSession, planeFor } from './session.ts';
export type { Path } from './search.ts';
export { type Box, type SideOf, demandsOf } from './truth.ts';
export { existsWherever } from './wherever.ts';
export { type Witness, witnessOf } from './witness.ts';
