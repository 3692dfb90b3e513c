/** Every flow found is sent through the independent tracer; a disagreement is a bug of this program, never an answer. */
import { InvariantViolation } from '../base/invariant.ts';
import { formatPacket } from '../net/packet.ts';
import type { Network } from '../network/network.ts';
import type { Delivery, Mode, Replay, ReplayResult, Sides } from '../network/replay.ts';
import type { Witness } from './witness.ts';

export function confirm(network: Network, witness: Witness, mode: Mode, sides: Sides, replay: Replay): ReplayResult {
  const { origin, packet, payload, choices } = witness;
  const result = replay({ network, origin, packet, payload, mode, choices, sides, pastDenials: false });
  const arrived = result.delivery !== undefined && sameDelivery(result.delivery, witness.delivery);
  if (arrived && (mode === 'packet' || result.replied)) return result;
  const expected = `delivery at ${named(witness.delivery)}${mode === 'packet' ? '' : ' and a reply'}`;
  const traced = result.delivery === undefined ? 'none' : named(result.delivery);
  const last = [...result.hops, ...(result.returnHops ?? [])].at(-1);
  throw new InvariantViolation(
    [
      `prover and tracer disagree on ${formatPacket(packet)} from ${origin.kind === 'interface' ? origin.id : origin.kind}`,
      `the prover finds ${expected}; the tracer ${traced}${result.replied ? ', replied' : ', no reply'}`,
      `its last hop: ${last?.detail ?? 'none'}`,
      ...(payload === undefined ? [] : [`carrying ${JSON.stringify(payload)}`]),
      `sides: ${JSON.stringify([...sides])}`,
      `choices: ${JSON.stringify({ nat: [...choices.nat], emits: [...choices.emits], appliances: [...(choices.appliances ?? [])] }, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))}`,
    ].join('; '),
  );
}

const named = (delivery: Delivery): string =>
  delivery.kind === 'interface' ? delivery.id : delivery.kind === 'service' ? delivery.endpoint : delivery.kind;

const sameDelivery = (a: Delivery, b: Delivery): boolean => a.kind === b.kind && named(a) === named(b);
