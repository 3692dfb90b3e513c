/** Whether some flow of a question exists, in either family: one that people can read, none, or what would settle it. */
import type { Intervals } from '../net/interval.ts';
import type { Network } from '../network/network.ts';
import type { Question } from '../policy/question.ts';
import type { Answer } from '../result/answer.ts';
import {
  type Existence,
  type Open,
  type Session,
  type SessionOptions,
  existsWherever,
  failingPorts,
  openSession,
  planeFor,
} from '../verify/index.ts';
import { type Shown, show } from './flow.ts';
import type { VerifyOptions } from './verifier.ts';

export type Finding =
  | { readonly kind: 'some'; readonly existence: Existence; readonly shown: Shown; readonly failing: Intervals }
  | {
      readonly kind: 'open';
      readonly existence: Open;
      readonly shown: Shown | undefined;
      readonly decidedBy: Answer['decidedBy'];
    }
  | {
      readonly kind: 'none';
      /** Some packet matches the question at all. */
      readonly started: boolean;
      /** Some packet might get there, were no reply asked for. */
      readonly arrives: boolean;
      /** Some packet may come on premises. */
      readonly onPremises: boolean;
      readonly decidedBy: Answer['decidedBy'];
    };

/** `ports` asks from which client ports the flow found fails, too. */
export async function find(
  network: Network,
  question: Question,
  options: VerifyOptions,
  switches: SessionOptions,
  { ports = false }: { readonly ports?: boolean } = {},
): Promise<Finding> {
  const deadline = Date.now() + options.timeoutMs;
  const plane = planeFor(network, question, switches);
  const opens: { existence: Open; shown: Shown | undefined }[] = [];
  let decidedBy: Answer['decidedBy'] = 'pruning';
  let started = false;
  let arrives = false;
  let onPremises = false;
  for (const family of question.families) {
    const session = openSession(plane, question, family, { ...switches, deadline });
    started ||= session.product.started;
    arrives ||= session.product.arrives;
    onPremises ||= session.product.onPremises;
    if (session.open) decidedBy = 'z3';
    try {
      const prefers = question.kind === 'forbid' ? 'none' : 'some';
      const found = await existsWherever(session, question, prefers, { timeoutMs: deadline - Date.now() });
      if (found.kind === 'none') continue;
      const shown = showIn(question, session, found, options);
      if (found.kind === 'some') {
        const failing = ports ? await failingPorts(session, found.flow, deadline - Date.now()) : [];
        return { kind: 'some', existence: found, shown: shown!, failing };
      }
      opens.push({ existence: found, shown });
    } finally {
      await session.close();
    }
  }
  const [first] = opens;
  return first === undefined
    ? { kind: 'none', started, arrives, onPremises, decidedBy }
    : { kind: 'open', existence: together(opens.map((one) => one.existence)), shown: first.shown, decidedBy };
}

/** What settles every family: one flow in one of them, else none in each. */
function together(opens: readonly Open[]): Open {
  const some = opens.find(({ settlesTo }) => settlesTo === 'some');
  return some ?? { ...opens[0]!, settle: new Map(opens.flatMap(({ settle }) => [...settle])) };
}

const showIn = (
  question: Question,
  session: Session,
  found: Existence,
  { replay }: VerifyOptions,
): Shown | undefined =>
  found.kind === 'none' || found.flow === undefined
    ? undefined
    : show(session.plane, session.product.first, found.flow, question, replay);
