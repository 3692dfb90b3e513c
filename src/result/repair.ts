/** What is published of edits that would help: repairs of a property, and what would let a blocked flow through. */
import type { FlowFamily } from './answer.ts';
import type { SentJson } from './answer.ts';
import type { EditJson } from './edit.ts';

/** Flows that come or go, besides. */
export interface PricedFlow {
  /** Ids, `internet`, `on-premises`; from each of the one to each of the other. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly family: FlowFamily;
  readonly example: SentJson;
  /** It is all within what was asked for. */
  readonly asked: boolean;
}

/** Of the first packets of flows over TCP, UDP and ICMP, between all places. */
export interface PriceJson {
  readonly opened: readonly PricedFlow[];
  readonly closed: readonly PricedFlow[];
  /** Families found and not shown. */
  readonly omitted: { readonly opened: number; readonly closed: number };
  /** Every such flow was found; else there may be more, or some of which it is not known whether they change. */
  readonly complete: boolean;
}

/** Where the setting is declared: in Terraform, or in a template. */
export interface DeclaredJson {
  /** A Terraform address, or a path of CloudFormation's logical ids. */
  readonly address: string;
  readonly file: string;
  /** What to do there: one line. */
  readonly says: string;
}

/** Edits that together keep the promise, and none of which can be left out. */
export interface RemedyJson {
  readonly edits: readonly EditJson[];
  /** Of the AWS CLI, in the order of the edits; absent where an edit has none that says just that. */
  readonly commands?: readonly string[];
  /** Where what is edited is declared. */
  readonly declared: readonly DeclaredJson[];
  /** Other properties that were not kept, and are with these edits. */
  readonly mends: readonly string[];
  readonly price?: PriceJson;
}

/** What was found, and how far was looked. */
export interface RemediesJson {
  readonly found: readonly RemedyJson[];
  /** How many sets of edits were tried, each by proof or by packets. */
  readonly tried: number;
  /** All sets of up to so many edits were tried, of those that were thought of. */
  readonly upTo: number;
}
