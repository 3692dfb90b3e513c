/** What a rule asks of the payload: its application, and what is in the buffers (semantics 10.72, 10.78 to 10.81). */
import { type Intervals, intersect, subtract } from '../../net/interval.ts';
import type { Option, Rule } from '../../suricata/index.ts';
import { type Looking, type Question, questionsOf } from './buffer-pattern.ts';
import { isApplication } from './nature.ts';
import type { PayloadSpace } from './payload-space.ts';

export interface Asked {
  /** Something is asked, and so the application has to be known. */
  readonly asks: boolean;
  readonly of: PayloadQuestion;
}

export interface PayloadQuestion {
  /** Absent: any payload. */
  readonly set?: Intervals;
  /** Whether it matches in the set is known. */
  readonly sure: boolean;
  /** It asks for something else than TLS, which is not told of what is decrypted (semantics 10.68). */
  readonly foreign: boolean;
}

const found = new WeakMap<PayloadSpace, Map<Rule, Asked>>();

export function askedOf(payloads: PayloadSpace, rule: Rule): Asked {
  let of = found.get(payloads);
  if (of === undefined) found.set(payloads, (of = new Map()));
  let asked = of.get(rule);
  if (asked === undefined) of.set(rule, (asked = ask(payloads, rule)));
  return asked;
}

function ask(payloads: PayloadSpace, { protocol, options }: Rule): Asked {
  const parts = [
    ...(isApplication(protocol) ? [isApp(payloads, protocol)] : []),
    ...options.flatMap((o) => optional(payloads, o)),
  ];
  const sets = parts.flatMap(({ set }) => (set === undefined ? [] : [set]));
  return {
    asks: parts.some(({ set }) => set !== undefined),
    of: {
      ...(sets.length === 0 ? {} : { set: sets.reduce(intersect) }),
      sure: parts.every(({ sure }) => sure),
      foreign: parts.some(({ foreign }) => foreign),
    },
  };
}

const isApp = (payloads: PayloadSpace, name: string): PayloadQuestion => ({
  set: payloads.app(name),
  sure: true,
  foreign: name !== 'tls',
});

function optional(payloads: PayloadSpace, option: Option): readonly PayloadQuestion[] {
  switch (option.kind) {
    case 'app-layer-protocol': {
      const { protocol, negated, mode } = option;
      if (!isApplication(protocol)) return [{ sure: false, foreign: true }];
      const { set } = isApp(payloads, protocol);
      const asked = negated ? subtract(payloads.all, set!) : set!;
      return [
        {
          set: mode === undefined ? asked : payloads.all,
          sure: mode === undefined,
          foreign: negated || protocol !== 'tls',
        },
      ];
    }
    case 'ssl_state': {
      const sure = option.state === 'client_hello' && !option.negated;
      return [{ set: payloads.app('tls'), sure, foreign: false }];
    }
    case 'some-header':
      return [{ set: payloads.withHeaders, sure: true, foreign: true }];
    case 'buffer': {
      const foreign = option.buffer !== 'tls.sni';
      const there: PayloadQuestion = { set: payloads.holding(option.buffer), sure: true, foreign };
      return [there, ...questionsOf(option).map((question) => ({ ...inBuffer(payloads, option, question), foreign }))];
    }
    case 'flow':
    case 'flowbits':
    case 'payload':
    case 'ip_proto':
    case 'itype':
    case 'icode':
    case 'tcp.flags':
    case 'priority':
    case 'noalert':
    case 'meta':
    case 'unknown':
      return [];
  }
}

function inBuffer(
  payloads: PayloadSpace,
  option: Looking,
  { pattern, negated }: Question,
): Omit<PayloadQuestion, 'foreign'> {
  const set = pattern === undefined ? undefined : payloads.matching(option.buffer, pattern);
  if (set === undefined) return { sure: false };
  return { set: negated ? subtract(payloads.holding(option.buffer), set) : set, sure: true };
}
