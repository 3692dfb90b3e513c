/** The prover: a question on a network becomes a product, a formula, an answer by Z3, and a flow that the tracer confirms. */
export { exceptionIds } from './automaton.ts';
export { confirm } from './confirm.ts';
export { type Domain, everywhere, joinAll, narrow, simplify, valuesOf, within } from './domain.ts';
export {
  type Alphabet,
  type Encoding,
  type Given,
  createAlphabet,
  encode,
  predicateTerm,
  vectorOf,
} from './encoding.ts';
export { labelOf, trafficOf } from './meaning.ts';
export {
  type Cut,
  type Product,
  type ProductOptions,
  type State,
  type Step,
  type Truncation,
  explore,
  onlyUseful,
} from './product.ts';
export { type Existence, type FoundFlow, type Open, exists } from './decide.ts';
export { plainest, widest } from './example.ts';
export { type Headers, openHeaders } from './headers.ts';
export { failingPorts } from './ports.ts';
export { namesIn } from './payload.ts';
export { type Rested, type Support, restsOn } from './rests.ts';
export { type Part, type Sender, attemptsFrom, pairsIn, requireFrom } from './require.ts';
export { type Session, type SessionOptions, openSession, planeFor, planeOptionsFor } from './session.ts';
export { type Found, type Path, type Search, createSearch, loopFormula, shortestPath, unfounded } from './search.ts';
export { type Box, type Demand, type SideOf, certain, demandsOf, isTrue } from './truth.ts';
export { existsWherever } from './wherever.ts';
export { type Witness, witnessOf } from './witness.ts';
