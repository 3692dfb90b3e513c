/**
 * Where the modes differ for the asked flow (`interfaces.md`, Modes): that a packet leaves although no reply can come is
 * the essence of one-way exfiltration. A second proof is made only where its outcome is open.
 */
import { formatPacket } from '../net/packet.ts';
import type { Network } from '../network/network.ts';
import type { Question } from '../policy/question.ts';
import type { SessionOptions } from '../verify/index.ts';
import { type Finding, find } from './finding.ts';
import { type Shown, nameOf } from './flow.ts';
import { formatSides } from '../network/assumption.ts';
import type { VerifyOptions } from './verifier.ts';

/** Beside an `ask` that no connection answers: whether packets get there one way. */
export async function oneWay(
  network: Network,
  question: Question,
  found: Extract<Finding, { kind: 'none' }>,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<readonly string[]> {
  // A reply that is to come back through the same element may come back by another.
  if (question.mode === 'packet' || question.viaBoth.length > 0 || !found.arrives) return [];
  const packets = await find(network, { ...question, mode: 'packet' }, options, switches);
  switch (packets.kind) {
    case 'none':
      return [];
    case 'some': {
      const { origin, packet, delivery } = packets.shown.witness;
      const ends = `from \`${nameOf(origin)}\` to \`${nameOf(delivery)}\``;
      const lacks = question.mode === 'data' ? 'no data passes' : 'no reply to it can come back';
      return [`A packet gets there one way${wayOf(question)}, although ${lacks}: ${formatPacket(packet)}, ${ends}.`];
    }
    case 'open':
      return depends(`a packet gets there one way${wayOf(question)}`, packets);
  }
}

/** Beside an `ask` that a packet answers: whether a reply can come. */
export async function noReply(
  network: Network,
  question: Question,
  { witness: { origin, packet, payload, choices } }: Shown,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<readonly string[]> {
  const connection: Question = { ...question, mode: 'connection' };
  const { mode, sides } = connection;
  if (options.replay({ network, origin, packet, payload, choices, mode, sides, pastDenials: false }).replied) return [];
  const connections = await find(network, connection, options, switches);
  switch (connections.kind) {
    case 'none':
      return ['This packet arrives although no reply to it can come back: it is one-way.'];
    case 'some': {
      const other = formatPacket(connections.shown.witness.packet);
      return [`No reply to this packet comes back; to others one does, as to ${other}.`];
    }
    case 'open':
      return depends('a reply can come back', connections);
  }
}

/** Time that ran out leaves nothing to say. */
const depends = (what: string, { existence: { settle } }: Extract<Finding, { kind: 'open' }>): readonly string[] =>
  settle.size === 0
    ? []
    : [
        `Whether ${what} depends on what is not known: ${formatSides(settle)
          .map((each) => `\`--assume ${each}\``)
          .join(' and ')} would settle it.`,
      ];

const wayOf = ({ via, avoid }: Question): string =>
  [...via.map(({ text }) => `, via \`${text}\``), ...avoid.map(({ text }) => `, not via \`${text}\``)].join('');
