/** What is published of a firewall's policy by itself: what is found in it, and how two of them differ. */
import type { SentJson } from './answer.ts';
import type { SourceJson } from './source.ts';

export interface FirewallRuleJson {
  /** The rule group's name, or the file of the rules. */
  readonly group: string;
  readonly sid?: number;
  /** Its number in the group, from 1. */
  readonly line?: number;
  /** As written; stateless rules have none. */
  readonly text?: string;
  readonly source: SourceJson;
}

/** What becomes of a flow, as the evaluator of rules tells it. */
export interface FirewallVerdictJson {
  readonly verdict: 'passes' | 'dropped';
  readonly why: string;
  /** The rule that decided; absent where none did. */
  readonly rule?: FirewallRuleJson;
}

/** How much of the flow has to pass. */
export type FirewallMode = 'packet' | 'connection' | 'client-data' | 'data';

export interface FirewallExample extends FirewallVerdictJson {
  readonly packet: SentJson;
  readonly mode: FirewallMode;
}

export interface FirewallFinding {
  /** `shadowed-rule`, `other-protocols-pass`, … */
  readonly code: string;
  readonly rule?: FirewallRuleJson;
  /** The rule that has to do with it. */
  readonly other?: FirewallRuleJson;
  /** One sentence. */
  readonly says: string;
  readonly examples: readonly FirewallExample[];
}

/** What could not be decided. */
export interface FirewallDoubt {
  readonly code: string;
  readonly rule?: FirewallRuleJson;
  readonly reason: string;
  /** What is not known and decides it. */
  readonly unknowns: readonly string[];
}

export interface FirewallResult {
  readonly policy: string;
  /** Absent where nobody described one. */
  readonly firewall?: string;
  /** Of the stateful groups that were read. */
  readonly rules: number;
  readonly findings: readonly FirewallFinding[];
  readonly undecided: readonly FirewallDoubt[];
  /** Rules for which nobody asked whether they change anything, since the time was up. */
  readonly notExamined: number;
  readonly timeMs: number;
}

/** What flows of one kind and family have in common. */
export interface FirewallDifference {
  readonly family: 'ipv4' | 'ipv6';
  readonly kind: 'tcp' | 'udp' | 'icmp' | 'other';
  readonly mode: FirewallMode;
  /** Such as `TCP connections, as far as the client's first data`. */
  readonly says: string;
  readonly packet: SentJson;
  readonly before: FirewallVerdictJson;
  readonly after: FirewallVerdictJson;
}
