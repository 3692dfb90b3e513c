/** What is published of a question's answer: verdict, flow, blocks (`interfaces.md`, JSON). Text only, no bigints. */
import type { Why } from './because.ts';
import type { CarriedJson } from './carried.ts';
import type { SourceJson } from './source.ts';

export type Verdict = 'holds' | 'violated' | 'undecided';

export interface PacketJson {
  readonly src: string;
  readonly dst: string;
  /** A name, or the number as text. */
  readonly protocol: string;
  readonly srcPort?: number;
  readonly dstPort?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly fragment?: true;
}

/** As it leaves the source. */
export interface SentJson extends PacketJson, CarriedJson {}

export interface HopJson {
  readonly resource: string;
  readonly kind: string;
  readonly action: string;
  readonly rule?: string;
  readonly code?: string;
  readonly detail: string;
  readonly packet: PacketJson;
  readonly source?: SourceJson;
}

/** The whole set of headers that an example stands for: each field any of its values, in every combination. */
export interface FlowFamily {
  /** CIDR blocks or ranges. */
  readonly src: readonly string[];
  readonly dst: readonly string[];
  readonly protocols: readonly string[];
  readonly srcPorts: readonly string[];
  readonly dstPorts: readonly string[];
  readonly icmpTypes: readonly string[];
  readonly icmpCodes: readonly string[];
  /** Fragments alone, or whole packets alone; absent: both, or it is not told apart. */
  readonly fragments?: boolean;
  /** TCP flags as numbers or ranges, where not any. */
  readonly tcpFlags?: readonly string[];
  /** Some of what they carry, where that is told apart. */
  readonly carried?: readonly string[];
}

export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly packet: SentJson;
  readonly family: FlowFamily;
  readonly hops: readonly HopJson[];
  readonly return?: readonly HopJson[];
}

export interface Block {
  readonly resource: string;
  readonly kind: string;
  readonly code?: string;
  readonly detail: string;
  readonly rule?: string;
  readonly source?: SourceJson;
  readonly direction: 'forward' | 'return';
}

export interface FactUsed {
  readonly fact: string;
  readonly value: 'yes' | 'no';
  readonly says: string;
}

/** A question decided. `holds` for an `ask` means reachable. */
export interface Answer {
  readonly verdict: Verdict;
  /** A `require` over no member, or a question that no packet can match. */
  readonly vacuous: boolean;
  /**
   * For `forbid` violated and `ask` reachable: the flows found. For `require` violated: the flow attempted, whose last
   * hop drops it. For `undecided`: a flow that exists under one setting of the assumptions.
   */
  readonly flows: readonly Flow[];
  /** Where nothing arrives: what would have to change, all of it. */
  readonly blockedBy: readonly Block[];
  /** One line for people: why undecided, why vacuous, which member fails. */
  readonly reason?: string;
  /** Whether the solver decided, or nothing was left for it. */
  readonly decidedBy: 'z3' | 'pruning';
  /** Each can be given back to `--assume`; for `undecided` a smallest set that settles it. */
  readonly assumptions: readonly string[];
  /** Disputed or unverified facts that the verdict leans on. */
  readonly facts: readonly FactUsed[];
  /** Remarks: the modes differ, the resolver is open, other ports fail. One sentence each. */
  readonly notes: readonly string[];
  /** Of a `forbid` that holds, where no such flow is possible at all and that is seen at a glance: one sentence. */
  readonly vacuousBecause?: string;
  /** Of a `forbid` that holds, where it was asked for. */
  readonly why?: Why;
  readonly timeMs: number;
}
