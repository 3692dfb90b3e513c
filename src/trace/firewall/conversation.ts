/** The packets that a conversation needs, in order, each with what a firewall can know when it sees it (semantics 10.34, 10.77). */
import type { Packet } from '../../net/packet.ts';
import { protocols } from '../../net/protocol.ts';
import { bitsOfFlags, syn } from '../../net/tcp-flags.ts';
import type { Mode } from '../../network/replay.ts';
import { replyTo } from '../reply-header.ts';

const ack = bitsOfFlags(['ACK']);
const pushed = bitsOfFlags(['PSH', 'ACK']);
const last = bitsOfFlags(['FIN', 'ACK']);
const pushedLast = bitsOfFlags(['FIN', 'PSH', 'ACK']);
const opening = bitsOfFlags(['SYN', 'ACK', 'RST', 'FIN']);

/** The flags that a packet may go under, where the flow's first packet does not say. */
export interface Bearing {
  /** Any ordinary sender uses each of these, at times. */
  readonly ordinary: readonly number[];
  /** What nobody would take for another kind of packet. */
  readonly possible: readonly number[];
}

const allFlags: readonly number[] = Array.from({ length: 256 }, (_, flags) => flags);

const ofSynAck: Bearing = {
  ordinary: [syn | ack],
  possible: allFlags.filter((flags) => (flags & opening) === (syn | ack)),
};

const withoutStart = bitsOfFlags(['SYN', 'ACK', 'RST']);
const afterStart = allFlags.filter((flags) => (flags & withoutStart) === ack);

/** The third packet may have data with it. */
const ofAck: Bearing = { ordinary: [ack], possible: afterStart };

/** The last of a message is pushed; the last of all ends the connection. */
const ofData: Bearing = { ordinary: [ack, pushed, last, pushedLast], possible: afterStart };

/** One packet of the conversation, and how far the flow has come with it. */
export interface Moment {
  /** `the SYN`, `the reply`. */
  readonly name: string;
  /** The header as it is at the endpoint. */
  readonly packet: Packet;
  /** Of TCP; 0 of anything else. */
  readonly flags: number;
  /** Absent: it goes under its own flags alone. */
  readonly bears?: Bearing;
  /** Somebody chose its flags out of those that it may go under. */
  readonly chosen?: true;
  readonly direction: 'to_server' | 'to_client';
  /** Absent where AWS and Suricata do not agree. */
  readonly established?: boolean;
  /** It carries data, and the application protocol has been detected, or its detection has failed. */
  readonly detected: boolean;
  /** It ends a request of the client, whose names are known with it. */
  readonly request: boolean;
  /** The first of its direction. */
  readonly first: boolean;
}

const flagsOf = (packet: Packet): number => packet.tcpFlags ?? syn;

/** A TCP packet that opens a flow; any other belongs to one that has been opened. */
export const isOpening = (packet: Packet): boolean => (flagsOf(packet) & opening) === syn;

/** What must get through for the mode, in order. */
export function momentsOf(packet: Packet, mode: Mode): readonly Moment[] {
  if (packet.protocol !== protocols.tcp) return otherMoments(packet, mode);
  if (mode === 'packet') return isOpening(packet) ? [synOf(packet)] : [...handshakeOf(packet), sentOf(packet)];
  const moments = handshakeOf(packet);
  if (mode === 'connection') return moments;
  return mode === 'client-data' ? [...moments, dataOf(packet)] : [...moments, dataOf(packet), serverDataOf(packet)];
}

/** The same packet with other flags. */
const flagged = (packet: Packet, flags: number) => ({ packet: { ...packet, tcpFlags: flags }, flags });

const early = { established: false, detected: false, request: false } as const;

const synOf = (packet: Packet): Moment => ({
  ...early,
  name: 'the SYN',
  ...flagged(packet, isOpening(packet) ? flagsOf(packet) : syn),
  direction: 'to_server',
  first: true,
});

/** The bare ACK that ends the handshake still counts as not established (semantics 10.77). */
const handshakeOf = (packet: Packet): readonly Moment[] => [
  synOf(packet),
  {
    ...early,
    name: 'the SYN-ACK',
    ...flagged(answerTo(packet), syn | ack),
    bears: ofSynAck,
    direction: 'to_client',
    first: true,
  },
  { ...early, name: "the client's ACK", ...flagged(packet, ack), bears: ofAck, direction: 'to_server', first: false },
];

const late = { established: true, detected: true, first: false } as const;

const dataOf = (packet: Packet): Moment => ({
  ...late,
  name: "the client's first data",
  ...flagged(packet, pushed),
  bears: ofData,
  direction: 'to_server',
  request: true,
});

/** With the flags that the question gives it. */
const sentOf = (packet: Packet): Moment => ({
  ...late,
  name: 'the packet',
  packet,
  flags: flagsOf(packet),
  direction: 'to_server',
  request: true,
});

const serverDataOf = (packet: Packet): Moment => ({
  ...late,
  name: "the server's data",
  ...flagged(answerTo(packet), pushed),
  bears: ofData,
  direction: 'to_client',
  request: false,
});

/** Every protocol but ICMP, whose messages have no answer unless they ask for an echo, has its answers here. */
const answerTo = (packet: Packet): Packet => replyTo(packet) ?? packet;

/** Detected with the first datagram; established with a packet each way, and whether by the answer itself is not agreed. */
function otherMoments(packet: Packet, mode: Mode): readonly Moment[] {
  const reply = replyTo(packet);
  const base = { flags: 0, detected: true } as const;
  const first: Moment = {
    ...base,
    name: mode === 'packet' ? 'the packet' : 'the first packet',
    packet,
    direction: 'to_server',
    established: false,
    request: true,
    first: true,
  };
  if (mode === 'packet' || reply === undefined) return [first];
  const answer: Moment = {
    ...base,
    name: 'the reply',
    packet: reply,
    direction: 'to_client',
    request: false,
    first: true,
  };
  if (mode === 'connection') return [first, answer];
  return [first, answer, { ...first, name: "the client's next packet", established: true, first: false }];
}
