/**
 * Matchers for vitest: what a stack or a plan is expected to forbid and to allow, proved in its own tests. A proof that
 * fails shows the flow; what is undecided fails either way, with `.not` or without.
 *
 * ```ts
 * import { toForbid, toRequire } from 'vpcproof/vitest';
 * expect.extend({ toForbid, toRequire });
 * await expect(Template.fromStack(stack)).toForbid({ from: 'subnet:name:ai-*', to: 'internet' });
 * ```
 */
/* oxlint-disable oxc/no-this-in-exported-function -- by `this` vitest tells a matcher whether it stands under `.not` */
import type { MatcherState } from 'vitest';
import type { Problem } from './base/problem.ts';
import type { Result } from './base/result.ts';
import { provePolicies } from './cli/proving.ts';
import { type Network, readNetwork } from './index.ts';
import { paint } from './report/text/paint.ts';
import { checkText } from './report/text/check.ts';
import { problemsText } from './report/text/problems.ts';

/** The mapping of a property of that kind in a policy file, with its keys (`interfaces.md`, Policy files). */
export interface FlowDemand {
  readonly from: string | readonly string[];
  readonly to: string | readonly string[];
  readonly traffic?: string | readonly string[];
  readonly except?: object;
  readonly [key: string]: unknown;
}

/** What a policy writes beside `forbid` or `require`: `assume`, `names`, `potential`, `allow-empty`. */
export type Beside = Readonly<Record<string, unknown>>;

/** A network, the result of loading one, or a document that holds one: a template, a plan, an answer of AWS. */
export type Subject = Network | Result<Network> | { toJSON(): object } | { readonly [key: string]: unknown };

interface Matched {
  readonly pass: boolean;
  readonly message: () => string;
}

type State = Pick<MatcherState, 'isNot'>;

/** No such flow exists, as `forbid` of a policy. */
export function toForbid(this: State, subject: Subject, flow: FlowDemand, beside: Beside = {}): Promise<Matched> {
  return prove(this, subject, { ...beside, forbid: flow });
}

/** Such flows exist, as `require` of a policy. */
export function toRequire(this: State, subject: Subject, flow: FlowDemand, beside: Beside = {}): Promise<Matched> {
  return prove(this, subject, { ...beside, require: flow });
}

/** Neither place reaches the other, as `isolate` of a policy. */
export function toIsolate(
  this: State,
  subject: Subject,
  places: readonly string[],
  beside: Beside = {},
): Promise<Matched> {
  return prove(this, subject, { ...beside, isolate: places });
}

const patience = 60_000;

async function prove({ isNot }: State, subject: Subject, property: object): Promise<Matched> {
  const network = await networkOf(subject);
  if (!network.ok) throw new Error(problemsOf(network.problems));
  const text = JSON.stringify({ version: 1, properties: [{ id: 'expected', ...property }] });
  const proved = await provePolicies(network.value, [{ file: 'expectation', text }], {
    assume: [],
    potential: false,
    timeoutMs: patience,
  });
  if (!proved.ok) throw new Error(problemsOf(proved.problems));
  const verdict = proved.value.results[0]?.verdict;
  return {
    // What is undecided is neither so nor not so.
    pass: isNot ? verdict !== 'violated' : verdict === 'holds',
    message: () => checkText(proved.value, paint(false), false),
  };
}

const problemsOf = (problems: readonly Problem[]): string => problemsText(problems, paint(false));

async function networkOf(subject: Subject): Promise<Result<Network>> {
  if (isNetwork(subject)) return { ok: true, value: subject };
  if (isResult(subject)) return subject;
  return readNetwork('toJSON' in subject && typeof subject.toJSON === 'function' ? subject.toJSON() : subject);
}

const isNetwork = (subject: Subject): subject is Network => 'vpcs' in subject && subject.vpcs instanceof Map;

const isResult = (subject: Subject): subject is Result<Network> =>
  'ok' in subject && ('value' in subject || 'problems' in subject);

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-explicit-any -- the parameter of the interface that it adds to
  interface Matchers<T = any> {
    toForbid(flow: FlowDemand, beside?: Beside): Promise<T>;
    toRequire(flow: FlowDemand, beside?: Beside): Promise<T>;
    toIsolate(places: readonly string[], beside?: Beside): Promise<T>;
  }
}
