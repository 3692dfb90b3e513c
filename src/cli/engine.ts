/** The stages that a command joins: sources, prover and oracle, each loaded when first needed; tests give their own. */
import type { Result } from '../base/result.ts';
import type { CompareOptions, Compared } from '../change/index.ts';
import type { Differences, Subject } from '../firewall/index.ts';
import type { Judge } from '../network/judge.ts';
import type { Network } from '../network/network.ts';
import type { Replay } from '../network/replay.ts';
import type { Question } from '../policy/question.ts';
import type { Answer } from '../result/answer.ts';
import type { NetworkDifferences } from '../result/change.ts';
import type { FirewallResult } from '../result/firewall.ts';
import type { FirewallInput, FirewallSource, LoadOptions, Sides, SourceDocument } from '../sources/index.ts';

export interface Verifier {
  answer(
    question: Question,
    options: {
      readonly replay: Replay;
      readonly timeoutMs: number;
      readonly maxFlows?: number;
      readonly why?: boolean;
    },
  ): Promise<Answer>;
  close(): Promise<void>;
}

/** Firewall policies by themselves. */
export interface FirewallBench {
  check(
    subject: Subject,
    options: { readonly judge: Judge; readonly timeoutMs: number; readonly now: () => number },
  ): Promise<FirewallResult>;
  compare(
    before: Subject,
    after: Subject,
    options: { readonly judge: Judge; readonly timeoutMs: number },
  ): Promise<Differences>;
}

export type Comparing = (
  before: Network,
  after: Network,
  compared: Compared,
  options: CompareOptions,
) => Promise<NetworkDifferences>;

export interface Engine {
  /** Begins what takes long and will be needed, while the input is read. */
  readonly warmUp?: () => void;
  /** Of a plan, or a template, the network after the change. */
  readonly loadNetwork: (paths: readonly string[], options?: LoadOptions) => Promise<Result<Network>>;
  /** Of a plan or a change set, the networks before and after. */
  readonly loadChange: (paths: readonly string[], options?: LoadOptions) => Promise<Result<Sides>>;
  /** The same for documents in memory. */
  readonly readNetwork: (documents: readonly SourceDocument[]) => Promise<Result<Network>>;
  readonly openVerifier: (network: Network) => Promise<Verifier>;
  readonly replay: () => Promise<Replay>;
  /** The same, where nobody chose what load balancers do: they send on wherever the packet gets the furthest. */
  readonly follow: () => Promise<Replay>;
  /** `twoOrders` lets in rule groups of another rule order than their policy's. */
  readonly loadFirewalls: (
    source: FirewallSource,
    leniency?: { readonly twoOrders?: boolean },
  ) => Promise<Result<FirewallInput>>;
  readonly firewalls: () => Promise<FirewallBench>;
  readonly judge: () => Promise<Judge>;
  /** Two networks compared. */
  readonly change: () => Promise<Comparing>;
  /** Over the canonical snapshot. */
  readonly sha256: (network: Network) => Promise<string>;
  /** The normalised snapshot that `import` writes; with the answers of those files, for plans to be laid over. */
  readonly snapshot: (network: Network, answers?: readonly string[]) => Promise<Result<string>>;
}
