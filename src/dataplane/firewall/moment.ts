/** The moments at which a flow's packets are judged (semantics 10.34), and what the engine knows at each. */
import type { Mode } from '../../network/replay.ts';

/** The packets whose flags the header of the flow's first packet does not tell. */
export type Answering = 'syn-ack' | 'ack' | 'data';

export interface Moment {
  /** The packet goes to the server, else to the client. */
  readonly toServer: boolean;
  /** Undefined: AWS does not say (10.77, an answer other than TCP's). */
  readonly established: boolean | undefined;
  /** The application protocol is known, or known not to be one. */
  readonly app: boolean;
  /** It carries data. */
  readonly data: boolean;
  /** What the client asked for is complete: names can be looked at. */
  readonly request: boolean;
  /** The flow's first packet in that direction. */
  readonly first: boolean;
  /**
   * TCP's flags, FIN 1 to CWR 128; those of the header itself; the header's where they open a flow, else SYN; any that
   * such a packet has; undefined: not TCP.
   */
  readonly flags: number | 'header' | 'opening' | Answering | undefined;
  /** The flags are somebody's choice, and need not be an ordinary sender's. */
  readonly chosen?: true;
}

/** The packet that opens a flow. */
export const syn: Moment = {
  toServer: true,
  established: false,
  app: false,
  data: false,
  request: false,
  first: true,
  flags: 'opening',
};
const synAck: Moment = { ...syn, toServer: false, flags: 'syn-ack' };
/** The third packet of the handshake still counts as not established (semantics 10.77). */
const ack: Moment = { ...syn, first: false, flags: 'ack' };
/** The client's data, its request complete. */
export const request: Moment = {
  toServer: true,
  established: true,
  app: true,
  data: true,
  request: true,
  first: false,
  flags: 'data',
};
const response: Moment = { ...request, toServer: false, request: false };

export const handshake: readonly Moment[] = [syn, synAck, ack];

/** The packets of a TCP flow that the mode asks for; `packet` has its own flags. */
export const tcpMoments: Readonly<Record<Exclude<Mode, 'packet'>, readonly Moment[]>> = {
  connection: handshake,
  'client-data': [...handshake, request],
  data: [...handshake, request, response],
};

/** A packet with flags of its own, of a flow that is set up. */
export const laterPacket: Moment = { ...request, flags: 'header' };

const query: Moment = { ...request, established: false, first: true, flags: undefined };
const answer: Moment = { ...query, toServer: false, established: undefined, request: false };
const more: Moment = { ...query, established: true, first: false };

/** The packets of a flow of another protocol, whose application shows in the first. */
export const otherMoments: Readonly<Record<Mode, readonly Moment[]>> = {
  packet: [query],
  connection: [query, answer],
  'client-data': [query, answer, more],
  data: [query, answer, more],
};
