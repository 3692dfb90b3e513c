/** The documents that commands print with `-f json`, one a run (`interfaces.md`, JSON). Keys stand in this order. */
import type { Problem } from '../base/problem.ts';
import type { Block, FactUsed, Flow, HopJson, SentJson } from './answer.ts';
import type { CertificateResult } from './certificate.ts';
import type { Because } from './because.ts';
import type { EditJson } from './edit.ts';
import type { ChangeDoubt, ChangedPlaces, PropertyChange } from './change.ts';
import type { FirewallDifference, FirewallDoubt, FirewallResult } from './firewall.ts';
import type { RemediesJson } from './repair.ts';
import type { QuestionJson, TrafficJson } from './question.ts';
import type { SourceJson } from './source.ts';
import type { Topology } from './topology.ts';

export interface Tool {
  readonly name: 'vpcproof';
  readonly version: string;
}

export interface DefaultTakenJson {
  readonly setting: string;
  readonly value: string;
  readonly call: string;
}

export interface ResourceJson {
  readonly kind: string;
  readonly id: string;
  readonly status: 'modelled' | 'assumed' | 'not-modelled';
  readonly assumption?: string;
  readonly why?: string;
  readonly affects?: string;
  readonly source: SourceJson;
}

/** How many resources of the input there are of each status. */
export interface CoverageSum {
  readonly modelled: number;
  readonly assumed: number;
  readonly notModelled: number;
}

/** What every document about a network begins with. */
export interface Header {
  readonly schemaVersion: 1;
  readonly tool: Tool;
  readonly network: {
    /** Over the canonical snapshot: files, order and names do not matter. */
    readonly sha256: string;
    readonly sources: readonly string[];
  };
  readonly warnings: readonly string[];
  readonly defaults: readonly DefaultTakenJson[];
  /** The resources that are not modelled. */
  readonly unmodelled: readonly ResourceJson[];
  readonly coverage: CoverageSum;
}

/** What the verdicts of a document lean on, and the places they speak of. */
interface Leaning extends Header {
  readonly assumptions: readonly string[];
  readonly facts: readonly FactUsed[];
  readonly topology: Topology;
  /** What was changed in the network that was read, before anything was asked; `network` is the changed one. */
  readonly edits?: readonly EditJson[];
}

export type AskVerdict = 'reachable' | 'unreachable' | 'undecided';

/** One question answered. */
export interface Asked {
  readonly verdict: AskVerdict;
  readonly vacuous: boolean;
  /** One line: why undecided, why nothing can be sent or received. */
  readonly reason?: string;
  /** Where there is one. */
  readonly flow?: Flow;
  /** Where there is no flow: all that would have to change. */
  readonly blockedBy?: readonly Block[];
  /** Where it is unreachable and they were asked for: edits by which it is not. */
  readonly alternatives?: RemediesJson;
  readonly notes: readonly string[];
  readonly decidedBy: 'z3' | 'pruning';
  readonly timeMs: number;
}

export interface AskDocument extends Leaning, Asked {
  readonly command: 'ask';
  readonly question: QuestionJson;
  /** Where a subnet or VPC named holds no interface: the answer for an imaginary host in it. */
  readonly imaginary?: Asked & { readonly subnets: readonly string[]; readonly assumptions: readonly string[] };
}

export interface WaiverJson {
  readonly until: string;
  readonly reason: string;
  /** The day has passed, and the waiver counts no more. */
  readonly expired: boolean;
}

/** What an `assert` demands. */
export interface AssertionJson {
  /** The selector as written. */
  readonly on: string;
  readonly members: readonly string[];
  readonly has: readonly string[];
}

/** What a resource has or lacks by its configuration. */
export interface FindingJson {
  readonly resource: string;
  readonly feature: string;
  readonly has: 'yes' | 'no' | 'unknown';
  /** One line for people. */
  readonly says: string;
  readonly source: SourceJson;
}

export interface PropertyResult {
  readonly id: string;
  readonly title: string | null;
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly verdict: 'holds' | 'violated' | 'undecided';
  readonly vacuous: boolean;
  /** Of a `forbid`, flows that it forbids; of a `require`, a flow attempted, whose last hop drops it. */
  readonly counterexamples: readonly Flow[];
  /** Of a `require` that is violated: what stops the flow. */
  readonly blockedBy: readonly Block[];
  /** Where it is violated and repairs were asked for: edits by which it holds, and no other property is worse off. */
  readonly repairs?: RemediesJson;
  readonly reason: string | null;
  readonly notes: readonly string[];
  readonly decidedBy: 'z3' | 'pruning';
  readonly assumptions: readonly string[];
  readonly facts: readonly FactUsed[];
  /** Of a `forbid` or `isolate` that holds, where it was asked for: what its proof rests on. */
  readonly because?: readonly Because[];
  /** No such flow is possible at all, for a reason that has nothing to do with rules: what the property says is empty. */
  readonly vacuousBecause?: string;
  /** The subnets for whose imaginary hosts it was decided, besides those that exist. */
  readonly imaginary: readonly string[];
  readonly waived: WaiverJson | null;
  readonly timeMs: number;
  /** None of an `assert`. */
  readonly question: readonly QuestionJson[];
  /** Of an `assert` alone, as `findings` is. */
  readonly assertion?: AssertionJson;
  readonly findings?: readonly FindingJson[];
  /** Its certificate, where one was asked for and could be made. */
  readonly certificate: CertificateJson | null;
  /** Where the property is written. */
  readonly source: SourceJson;
}

/** A file and the hash of its bytes. */
export interface CertificateJson {
  readonly file: string;
  readonly sha256: string;
}

export interface Summary {
  readonly total: number;
  readonly holds: number;
  /** Without those waived. */
  readonly violated: number;
  readonly undecided: number;
  readonly waived: number;
}

export interface CheckDocument extends Leaning {
  readonly command: 'check';
  readonly question: { readonly policies: readonly string[]; readonly properties: readonly string[] };
  readonly results: readonly PropertyResult[];
  readonly summary: Summary;
}

export interface TraceDocument extends Leaning {
  readonly command: 'trace';
  readonly question: { readonly from: string; readonly packet: SentJson; readonly assume: readonly string[] };
  /** Undecided: dropped by what is told, and delivered by `assumptions`, which nobody has told. */
  readonly verdict: 'reachable' | 'unreachable' | 'undecided';
  /** Where the packet ended. */
  readonly deliveredTo?: string;
  /** Whether the reply came back. */
  readonly replied: boolean;
  readonly hops: readonly HopJson[];
  readonly return?: readonly HopJson[];
  readonly blockedBy: readonly Block[];
}

export interface CoverageDocument extends Header {
  readonly command: 'coverage';
  readonly question: Readonly<Record<string, never>>;
  readonly resources: readonly ResourceJson[];
}

/** How rules without a policy of their own are taken, as its options say. */
export interface FirewallQuestion {
  readonly policy?: string;
  readonly order?: 'strict' | 'action';
  readonly defaults?: readonly string[];
  readonly statelessDefault?: 'forward' | 'pass' | 'drop';
  readonly homeNet?: readonly string[];
}

export interface FirewallCheckDocument extends Header {
  readonly command: 'firewall check';
  readonly question: FirewallQuestion & { readonly files: readonly string[] };
  readonly results: readonly FirewallResult[];
  readonly summary: { readonly findings: number; readonly undecided: number; readonly notExamined: number };
}

export interface FirewallDiffDocument {
  readonly schemaVersion: 1;
  readonly tool: Tool;
  readonly command: 'diff';
  readonly question: FirewallQuestion & { readonly before: string; readonly after: string };
  readonly warnings: readonly string[];
  readonly defaults: readonly DefaultTakenJson[];
  /** Of both sides. */
  readonly unmodelled: readonly ResourceJson[];
  readonly before: Header['network'];
  readonly after: Header['network'];
  /** `same` is a proof: no flow is treated differently. */
  readonly verdict: 'same' | 'different' | 'undecided';
  readonly opened: readonly FirewallDifference[];
  readonly closed: readonly FirewallDifference[];
  readonly undecided: readonly FirewallDoubt[];
  readonly timeMs: number;
}

export interface NetworkDiffDocument {
  readonly schemaVersion: 1;
  readonly tool: Tool;
  readonly command: 'diff';
  readonly question: {
    readonly before: string;
    readonly after: string;
    /** Selectors as written; all places where absent. */
    readonly from?: string;
    readonly to?: string;
    readonly traffic: readonly TrafficJson[];
    readonly families: readonly ('ipv4' | 'ipv6')[];
    readonly mode: 'packet' | 'connection';
    readonly assume: readonly string[];
    readonly policies: readonly string[];
  };
  readonly warnings: readonly string[];
  readonly defaults: readonly DefaultTakenJson[];
  /** Of both sides. */
  readonly unmodelled: readonly ResourceJson[];
  readonly before: Header['network'];
  readonly after: Header['network'];
  readonly topology: Topology;
  /** `same` is a proof: no flow is opened or closed, and no firewall policy treats one differently. */
  readonly verdict: 'same' | 'different' | 'undecided';
  readonly opened: readonly ChangedPlaces[];
  readonly closed: readonly ChangedPlaces[];
  /** Families found and not shown. */
  readonly omitted: { readonly opened: number; readonly closed: number };
  readonly undecided: readonly ChangeDoubt[];
  /** Of the policies of firewalls that are in both networks, with connections and what they carry. */
  readonly firewalls: {
    readonly opened: readonly FirewallDifference[];
    readonly closed: readonly FirewallDifference[];
    readonly undecided: readonly FirewallDoubt[];
  };
  /** Of the policies given. */
  readonly properties: readonly PropertyChange[];
  readonly decidedBy: 'z3' | 'pruning';
  readonly timeMs: number;
}

export interface ImportDocument extends Header {
  readonly command: 'import';
  readonly question: { readonly paths: readonly string[] };
  readonly output: string;
}

/** Of `verify-certificate`. */
export interface VerifyCertificateDocument {
  readonly schemaVersion: 1;
  readonly tool: Tool;
  readonly command: 'verify-certificate';
  readonly question: {
    readonly files: readonly string[];
    /** That they were held against: their clauses and flows are its own. */
    readonly network?: string;
  };
  /** One for each file, in order. */
  readonly results: readonly CertificateResult[];
  readonly summary: {
    readonly total: number;
    readonly accepted: number;
    readonly refused: number;
    readonly unreadable: number;
  };
}

/** On status 2. */
export interface ProblemsDocument {
  readonly schemaVersion: 1;
  readonly tool: Tool;
  readonly command: string | null;
  readonly problems: readonly Problem[];
}

/** What says what became of a run, an internal error aside. */
export type ResultDocument =
  | AskDocument
  | CheckDocument
  | TraceDocument
  | FirewallCheckDocument
  | FirewallDiffDocument
  | NetworkDiffDocument
  | CoverageDocument
  | ImportDocument
  | VerifyCertificateDocument
  | ProblemsDocument;

/** On status 4. */
export interface FailureDocument {
  readonly schemaVersion: 1;
  readonly tool: Tool;
  readonly command: string | null;
  readonly failure: { readonly message: string; readonly arguments: readonly string[]; readonly node: string };
}
