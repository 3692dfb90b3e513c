/** What the tracer makes of a vector's line, held against its verdict. */
import type { Network } from '../../src/network/network.ts';
import type { Delivery, Mode, ReplayResult, Sides } from '../../src/network/replay.ts';
import { replay } from '../../src/trace/index.ts';
import { type Line, type Outcome, outcomesOf } from './vector.ts';

/** Everything in which the tracer differs from the line; empty when it agrees. */
export const tracerComplaints = (network: Network, line: Line): readonly string[] =>
  outcomesOf(line).flatMap(([mode, outcome]) => complaintsIn(network, line, mode, outcome));

function complaintsIn(network: Network, line: Line, mode: Mode, outcome: Outcome): readonly string[] {
  const { origin, packet, payload, choices } = line;
  const trace = (sides: Sides): ReplayResult =>
    replay({ network, origin, packet, payload, mode, choices, sides, pastDenials: false });
  switch (outcome) {
    case 'through':
      return notThrough(line, mode, trace(line.sides));
    case 'stopped':
      return stillThrough(line, mode, trace(line.sides));
    case 'open': {
      const opposite = [...line.unknowns].map(([key, side]) => [key, !side] as const);
      const without = trace(new Map([...line.sides, ...opposite]));
      const missing = unless(!isThrough(without), `${mode}: it gets through though the sides are not taken`, without);
      // What an opaque gateway does with a packet that it passes is its own choice.
      if (isOpaque(line)) return missing;
      return [...missing, ...notThrough(line, mode, trace(new Map([...line.sides, ...line.unknowns])))];
    }
  }
}

const isThrough = ({ delivery, replied }: ReplayResult): boolean => delivery !== undefined && replied;

const notThrough = (line: Line, mode: Mode, result: ReplayResult): readonly string[] => [
  ...notDelivered(line, result),
  ...unless(result.replied, `${mode}: no reply comes back`, result),
];

function stillThrough(line: Line, mode: Mode, result: ReplayResult): readonly string[] {
  if (line.verdict === 'DENY' || line.judged)
    return [
      ...unless(result.delivery === undefined, `${mode}: the packet is delivered`, result),
      ...notBlamed(line, result, 'forward'),
    ];
  return [
    ...notDelivered(line, result),
    ...unless(!result.replied, `${mode}: a reply comes back`, result),
    ...notBlamed(line, result, 'return'),
  ];
}

export const isOpaque = ({ unknowns }: Line): boolean =>
  [...unknowns.keys()].some((key) => /^(?:passes:(?:(?:pcx|tgw|vgw|sn|eni|vpce)-|arn:)|forwards:vpce-)/.test(key));

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
