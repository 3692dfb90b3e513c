/**
 * What a certificate is: one JSON file for one property, with what has to be shown for its verdict and what shows it.
 *
 * The digest is over all bytes of the file with its own 64 hexadecimal digits written as zeros, so that white space,
 * the order of keys and every stored byte of the compressed parts are covered.
 */
export interface Certificate {
  readonly format: 'vpcproof-certificate';
  readonly version: 1;
  /** `sha256:` and 64 hexadecimal digits in lower case. */
  readonly digest: string;
  /** What made it. */
  readonly tool: { readonly name: string; readonly version: string };
  /** As read, its groups resolved. */
  readonly property: {
    readonly id: string;
    readonly title: string | null;
    readonly kind: 'forbid' | 'require' | 'isolate' | 'assert';
    /** All that is needed to ask it again of a network. */
    readonly written: unknown;
    /** The same as questions, with the members of their places. */
    readonly questions: readonly unknown[];
  };
  readonly verdict: 'holds' | 'violated';
  /** Over the canonical snapshot; 64 hexadecimal digits. */
  readonly network: { readonly sha256: string };
  /** Over the property as written, in canonical JSON; 64 hexadecimal digits. */
  readonly policy: { readonly sha256: string };
  readonly assumptions: readonly string[];
  readonly facts: readonly Fact[];
  readonly defaults: readonly unknown[];
  readonly unmodelled: readonly unknown[];
  /** What is still taken on trust, in sentences. */
  readonly trusted: readonly string[];
  /** What has to be refuted or shown for the verdict. */
  readonly obligations: readonly Obligation[];
  /** One for each obligation, of its kind, in the same order. */
  readonly evidence: readonly Evidence[];
}

/** A disputed fact of AWS's behaviour that the verdict leans on, and as what it is taken. */
export interface Fact {
  /** Its number. */
  readonly fact: string;
  readonly value: 'yes' | 'no';
  readonly says: string;
}

export interface Obligation {
  /** Index into the property's questions. */
  readonly question: number;
  readonly family: 'ipv4' | 'ipv6';
  /** Tells apart the obligations of one question and family. */
  readonly variant: string;
  readonly kind: Evidence['kind'];
  /** In words. */
  readonly says: string;
}

export type Evidence = Refutation | Witness | Facts;

/** Clauses that cannot all be true, and the proof of it in DRAT. */
export interface Refutation {
  readonly kind: 'refutation';
  /** Index into the certificate's obligations. */
  readonly obligation: number;
  /** Variables are numbered from 1 to this. */
  readonly variables: number;
  /** What the variables mean, each covered once, ascending. */
  readonly meanings: readonly Meaning[];
  readonly clauses: number;
  /** Runs of clauses in their order, covering all: what each says of which place, rule or route. */
  readonly groups: readonly Group[];
  /** Base64 of a raw deflate stream of zigzag LEB128 varints: the literals of each clause, ended by 0. */
  readonly cnf: string;
  /** Likewise, each step led by a varint, 0 to add a clause and 1 to delete one. */
  readonly proof: string;
  /** Sets of states whose support from outside the clauses demand. */
  readonly loops: readonly (readonly number[])[];
}

export interface Meaning {
  readonly from: number;
  readonly to: number;
  readonly means: string;
}

export interface Group {
  readonly clauses: number;
  readonly means: string;
}

/** A flow, and what the tracer needs to replay it. */
export interface Witness {
  readonly kind: 'witness';
  readonly obligation: number;
  readonly flow: Flow;
  readonly replay: Replay;
}

/** For people: where it begins and ends, what is sent, and what becomes of it step by step. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly packet: FlowPacket;
  readonly hops: readonly Hop[];
  /** Of the reply, where one is sent. */
  readonly return?: readonly Hop[];
}

interface PacketShown {
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

export interface FlowPacket extends PacketShown {
  readonly tcpFlags?: readonly string[];
  readonly app?: string;
  readonly sni?: string;
  readonly httpHost?: string;
  readonly httpMethod?: string;
  readonly httpUri?: string;
  readonly dnsName?: string;
  readonly dnsType?: string;
}

export interface Hop {
  readonly resource: string;
  readonly kind: string;
  readonly action: string;
  readonly rule?: string;
  readonly code?: string;
  readonly detail: string;
  /** After this hop. */
  readonly packet: PacketShown;
  readonly source?: { readonly file: string; readonly place: string };
}

/** For the tracer: numbers without bound stand as `{ "bigint": DIGITS }`, values by text as `{ "map": [[TEXT, VALUE], …] }`. */
export interface Replay {
  /** Which of the networks that the question is asked of. */
  readonly variant: number;
  readonly origin: unknown;
  readonly packet: unknown;
  readonly payload?: unknown;
  readonly mode: string;
  /** What an element with a choice does to this very flow; none that the flow goes without. */
  readonly choices: Readonly<
    Record<'nat' | 'emits', unknown> &
      Partial<
        Record<
          'enters' | 'transits' | 'returnsBy' | 'zones' | 'equals' | 'holders' | 'repliesBy' | 'appliances' | 'keeps',
          unknown
        >
      >
  >;
  /** The side taken of each thing that is not known. */
  readonly sides: unknown;
  readonly pastDenials: false;
}

/** The facts of configuration that decide an `assert`. */
export interface Facts {
  readonly kind: 'facts';
  readonly obligation: number;
  readonly cited: readonly unknown[];
}
