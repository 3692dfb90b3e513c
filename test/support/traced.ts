/** What the tracer makes of a vector's line, held against its verdict. */
import type { Network } from '../../src/network/network.ts';
import type { Delivery, Mode, ReplayResult, Sides } from '../../src/network/replay.ts';
import { replay } from '../../src/trace/index.ts';
import type { Line } from './vector.ts';

/** Everything in which the tracer differs from the line; empty when it agrees. */
export function tracerComplaints(network: Network, line: Line): readonly string[] {
  const trace = (mode: Mode, sides: Sides): ReplayResult =>
    replay({
      network,
      origin: line.origin,
      packet: line.packet,
      mode,
      choices: line.choices,
      sides,
      pastDenials: false,
    });
  const connection = trace('connection', line.sides);
  switch (line.verdict) {
    case 'CONN':
      return [...notDelivered(line, connection), ...unless(connection.replied, 'no reply comes back', connection)];
    case 'PKT':
      return [
        ...notDelivered(line, connection),
        ...unless(!connection.replied, 'a reply comes back', connection),
        ...notBlamed(line, connection, 'return'),
      ];
    case 'DENY':
      return [
        ...unless(connection.delivery === undefined, 'the packet is delivered', connection),
        ...notBlamed(line, connection, 'forward'),
      ];
    case 'UNKNOWN': {
      const opposite = [...line.unknowns].map(([key, side]) => [key, !side] as const);
      const without = trace('packet', new Map([...line.sides, ...opposite]));
      const missing = unless(
        without.delivery === undefined,
        'the packet is delivered though the sides are not taken',
        without,
      );
      // What an opaque gateway does with a packet that it passes is its own choice.
      if (isOpaque(line)) return missing;
      const taken = trace('connection', new Map([...line.sides, ...line.unknowns]));
      return [...missing, ...notDelivered(line, taken), ...unless(taken.replied, 'no reply comes back', taken)];
    }
  }
}

export const isOpaque = ({ unknowns }: Line): boolean =>
  [...unknowns.keys()].some((key) => /^passes:(?:(?:pcx|tgw|vgw|sn|eni|vpce)-|arn:)/.test(key));

const unless = (holds: boolean, complaint: string, result: ReplayResult): readonly string[] =>
  holds ? [] : [`${complaint}:\n${story(result)}`];

function notDelivered(line: Line, result: ReplayResult): readonly string[] {
  if (result.delivery === undefined) return unless(false, 'the packet is not delivered', result);
  const at = nameOf(result.delivery);
  const crossed = new Set(result.hops.map(({ resource }) => resource));
  return [
    ...unless(line.at === undefined || at === line.at, `the packet is delivered at ${at}`, result),
    ...line.via.flatMap((id) => unless(crossed.has(id), `the packet does not cross ${id}`, result)),
  ];
}

function notBlamed(line: Line, result: ReplayResult, direction: 'forward' | 'return'): readonly string[] {
  if (line.blame === undefined) return [];
  const hop = result.blocks.find((block) => block.direction === direction)?.hop;
  const agrees = hop?.kind === line.blame.kind && (line.blame.code === undefined || hop.code === line.blame.code);
  return unless(agrees, `blamed is ${hop?.kind}:${hop?.code}`, result);
}

export const nameOf = (delivery: Delivery): string => (delivery.kind === 'interface' ? delivery.id : delivery.kind);

/** What happened, hop by hop. */
export const story = ({ hops, returnHops }: ReplayResult): string =>
  [
    ...hops.map(({ action, kind, detail }) => `  ${action} ${kind}: ${detail}`),
    ...(returnHops === undefined ? [] : ['  and the reply:']),
    ...(returnHops ?? []).map(({ action, kind, detail }) => `  ${action} ${kind}: ${detail}`),
  ].join('\n');
