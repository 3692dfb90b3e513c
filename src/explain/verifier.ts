/** What answers questions about one network. */
import type { Replay } from '../network/replay.ts';
import type { Question } from '../policy/question.ts';
import type { Answer } from '../result/answer.ts';

export interface VerifyOptions {
  readonly replay: Replay;
  /** For the whole question. */
  readonly timeoutMs: number;
  /** Whether it is told why a `forbid` holds, which takes longer. */
  readonly why?: boolean;
}

export interface Verifier {
  answer(question: Question, options: VerifyOptions): Promise<Answer>;
  close(): Promise<void>;
}
