/** The evaluator of firewall policies as a value: what a firewall does with one conversation, and which rule decided. */
import type { Packet } from '../net/packet.ts';
import type { Payload } from '../net/payload.ts';
import type { Firewall } from './firewall.ts';
import type { Network } from './network.ts';
import type { Mode, Sides } from './replay.ts';
import type { Provenance } from './resource.ts';

export interface JudgeRequest {
  readonly network: Network;
  readonly firewall: Firewall;
  /** The first one, as it is at the endpoint. */
  readonly packet: Packet;
  readonly payload: Payload | undefined;
  readonly mode: Mode;
  readonly sides: Sides;
}

export interface Judgement {
  readonly passes: boolean;
  /** One sentence. */
  readonly why: string;
  /** Of Reachability Analyzer (semantics 17A). */
  readonly code?: string;
  /** The rule that decided; absent where none did. */
  readonly rule?: {
    readonly group: string;
    readonly sid?: number;
    readonly line?: number;
    readonly source: Provenance;
  };
  /** The packet that was stopped, or the last one that had to pass. */
  readonly moment: string;
}

/** The firewall's policy is one of the network's. */
export type Judge = (request: JudgeRequest) => Judgement;
