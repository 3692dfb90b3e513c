/** What decides about edited networks, handed over as a value: prover, oracle and the reading of questions in one. */
import type { Network } from '../network/network.ts';
import type { Replay } from '../network/replay.ts';
import type { RuleReader } from '../network/rule-reader.ts';
import type { Question } from '../policy/question.ts';
import type { Answer, Verdict } from '../result/answer.ts';

interface Court {
  readonly replay: Replay;
  readonly rules: RuleReader;
}

/** A question as it is understood on a network, which may have imaginary hosts. */
export interface Understood {
  readonly question: Question;
  readonly network: Network;
}

export interface Decision extends Understood {
  readonly answer: Answer;
}

/** A property decided: the verdict of all its questions together. */
export interface Ruling {
  readonly verdict: Verdict;
  readonly decisions: readonly Decision[];
}

export interface PolicyCourt extends Court {
  /** The questions of the property of that place, as they read on that network without imaginary hosts. */
  questions(network: Network, index: number): Promise<readonly Question[] | undefined>;
  /** The policy's property of that place, as it reads on that network; undefined where it cannot be read there. */
  rule(network: Network, index: number): Promise<Ruling | undefined>;
}

export interface AskCourt extends Court {
  /** What is asked, as it reads on that network; undefined where it cannot be read there. */
  understood(network: Network): Understood | undefined;
  /** Whether it is reachable there, as a proof. */
  isReachable(network: Network): Promise<boolean>;
}
