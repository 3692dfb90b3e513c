/** One question for one family on one plane, opened for as many checks as it takes; the solver starts when first needed. */
import { type PayloadName, type Plane, type PlaneOptions, type Variable, createPlane } from '../dataplane/index.ts';
import type { Term } from '../logic/term.ts';
import { createTerms } from '../logic/term.ts';
import type { Family } from '../net/address.ts';
import { protocols } from '../net/protocol.ts';
import type { Network } from '../network/network.ts';
import type { Question } from '../policy/question.ts';
import { openZ3 } from '../solver/z3.ts';
import type { Solver } from '../solver/solver.ts';
import { type Alphabet, type Encoding, createAlphabet, encode } from './encoding.ts';
import { labelOf, wantedOf } from './meaning.ts';
import { namesIn } from './payload.ts';
import { goingOver } from './over.ts';
import { type Product, type Step, explore } from './product.ts';
import { type Found, type Search, createSearch } from './search.ts';
import { settled } from './settled.ts';

export interface SessionOptions {
  /** Drop what cannot happen before the solver sees it. */
  readonly pruning: boolean;
  /** Treat interfaces that nothing tells apart as one. */
  readonly grouping: boolean;
  /** Names that are told apart; those of the question where absent. */
  readonly names?: readonly PayloadName[];
  /** How many states are looked at, and until when (`product.ts`). */
  readonly states?: number;
  readonly deadline?: number;
}

export interface Session {
  readonly plane: Plane;
  readonly product: Product;
  /** Whether anything is left for the solver. */
  readonly open: boolean;
  readonly alphabet: Alphabet;
  /** Some flow on one side, under assumptions; the copies fix some variables, and one flow must satisfy all copies. */
  find(request: FindRequest): Promise<Found>;
  /** The same question where these sides are settled; of flows that go over one of the steps, if any; to be closed by itself. */
  settled(sides: ReadonlyMap<string, boolean>, over?: readonly Step[]): Session;
  /** The same question on another plane of the same symbols; to be closed by itself. */
  on(plane: Plane): Session;
  close(): Promise<void>;
}

export interface FindRequest {
  readonly side: 'may' | 'must';
  /** Unknowns whose side is declared for this check alone. */
  readonly declared?: ReadonlyMap<string, boolean>;
  readonly assumptions?: readonly Term[];
  readonly timeoutMs: number;
}

const carrierOf = ({ carrier, traffic }: Question): Pick<Plane, 'carrier'> => {
  if (carrier !== undefined) return { carrier };
  return traffic.length > 0 && traffic.every(({ protocol }) => protocol === protocols.tcp) ? { carrier: 'tcp' } : {};
};

export const planeFor = (network: Network, question: Question, options: SessionOptions): Plane =>
  createPlane(network, planeOptionsFor(network, question, options));

/** What a plane is told for a question. */
export const planeOptionsFor = (
  network: Network,
  question: Question,
  { grouping, names }: SessionOptions,
): PlaneOptions => ({
  sides: question.sides,
  grouping,
  label: labelOf(network, question),
  wanted: wantedOf(network, question),
  replies: question.mode !== 'packet',
  mode: question.mode,
  ...carrierOf(question),
  names: names ?? namesIn(question),
  exacting: question.kind === 'require',
});

type Copies = (product: Product) => readonly ReadonlyMap<Variable, bigint>[];

export const openSession = (
  plane: Plane,
  question: Question,
  family: Family,
  options: SessionOptions,
  copies: Copies = () => [new Map()],
): Session => sessionOn(plane, explore(plane, question, family, options), question, family, options, copies);

function sessionOn(
  plane: Plane,
  product: Product,
  question: Question,
  family: Family,
  options: SessionOptions,
  copies: Copies,
): Session {
  const alphabet = createAlphabet(createTerms());
  const encodings: Encoding[] = [];
  const open = product.states.length > 0;
  let started: Promise<{ solver: Solver; search: Search }> | undefined;
  const start = async () => {
    encodings.push(...copies(product).map((values, i) => encode(alphabet, product, values, `${i}`)));
    const solver = await openZ3(alphabet.terms);
    return { solver, search: createSearch(alphabet, product, encodings, solver) };
  };
  return {
    plane,
    product,
    open,
    alphabet,
    async find({ side, declared = new Map<string, boolean>(), assumptions = [], timeoutMs }) {
      if (!open) return { kind: 'none' };
      if (timeoutMs <= 0) return { kind: 'unknown', reason: 'timeout' };
      const { search } = await (started ??= start());
      const { terms, must, unknowns } = alphabet;
      const declarations = [...unknowns].flatMap(([key, one]) => {
        const value = declared.get(key);
        if (value === undefined) return [terms.not(one.declared)];
        return [one.declared, value ? one.value : terms.not(one.value)];
      });
      const found = await search.find(
        [side === 'must' ? must : terms.not(must), ...declarations, ...assumptions],
        timeoutMs,
      );
      // A flow is shown as its first copy has it.
      return found.kind === 'found'
        ? { ...found, values: new Map([...found.values, ...(found.fixed[0] ?? [])]) }
        : found;
    },
    settled: (sides, over) => {
      const whole = over === undefined ? product : goingOver(product, over);
      return sessionOn(plane, settled(whole, sides), question, family, options, copies);
    },
    on: (other) => openSession(other, question, family, options, copies),
    async close() {
      if (started !== undefined) await (await started).solver.close();
    },
  };
}
