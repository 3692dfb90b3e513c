/** What a command comes to: an exit status, and a report in each of its formats. */
import type { Result } from '../base/result.ts';
import type { Network } from '../network/network.ts';
import type { Reports } from '../report/formats.ts';
import type { EditJson } from '../result/edit.ts';
import type { Engine } from './engine.ts';
import type { Io } from './io.ts';

/** 0 all is well; 1 violated or unreachable; 2 wrong usage or input; 3 undecided; 4 this program is wrong. */
export type Status = 0 | 1 | 2 | 3 | 4;

export interface Outcome {
  readonly status: Status;
  readonly reports: Reports;
}

/** What a command is given besides its arguments. */
export interface Surroundings {
  readonly engine: Engine;
  readonly io: Io;
  /** Says what is going on, where someone watches for more than a second. */
  readonly progress: (text: string) => Promise<void>;
  /** What was changed in the network before it is handed over, where something was. */
  readonly edits?: readonly EditJson[];
  /** Text does not show it, and then it is not worked out. */
  readonly sha256: (network: Network) => Promise<string>;
  /** The same results with the lines of their places, for reports that show lines. */
  readonly located: <T>(results: T) => Promise<T>;
}

export type Command<A> = (args: A, surroundings: Surroundings) => Promise<Result<Outcome>>;
