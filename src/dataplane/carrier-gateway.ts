/**
 * Carrier gateways: out of a VPC's Wavelength Zones under an address of the carrier's, to its network and the internet;
 * in comes what answers, and perhaps what hosts of that network begin (semantics 4.32, 4.38).
 */
import { privateIpv4 } from '../net/special.ts';
import type { CarrierGateway } from '../network/carrier-gateway.ts';
import { passes } from '../network/unknown.ts';
import { working } from './condition.ts';
import type { Context } from './context.ts';
import type { Departure } from './departure.ts';
import { type Edge, edge } from './edge.ts';
import { mayLeave, openToInternet } from './internet-gateway.ts';
import { handOver } from './opaque-gateway.ts';
import { owing } from './owing.ts';
import { type Plane, once, open } from './plane.ts';
import { and, at, isIn, not } from './predicate.ts';
import { type Translation, createTranslation } from './symbol.ts';

/** The source becomes its address in the carrier's network; what that does with private destinations is not known. */
export function leaveByCarrierGateway(
  plane: Plane,
  { id, vpc, state }: CarrierGateway,
  from: Departure,
  context: Context,
): readonly Edge[] {
  const { header, phase } = context;
  if (vpc !== from.vpc || context.owes || header.family === 'ipv6') return [];
  const mapping = carrierAddresses(plane, vpc);
  const allowed = and(
    from.leaves(undefined),
    mayLeave(plane, from, context),
    working(plane, id, state),
    isIn('src', mapping.domain),
  );
  const crosses = [...from.crosses, id];
  const toPrivate = isIn('dst', privateIpv4);
  const crossings = phase === 'reply' ? context.crossings : owing(plane, context, { kind: 'carrier', id });
  const translated = { ...header, src: plane.symbols.translated(mapping, header.src) };
  return [
    ...edge(
      and(allowed, not(toPrivate)),
      { kind: 'internet' },
      { ...context, clean: false, header: translated, crossings },
      crosses,
    ),
    ...handOver(plane, id, context).map((one) => ({
      ...one,
      guard: and(allowed, toPrivate, one.guard),
      crosses: [...from.crosses, ...one.crosses],
    })),
  ];
}

/** From private to the carrier's, one to one. */
const carrierAddresses = (plane: Plane, vpc: string): Translation =>
  once(plane, `carrier ${vpc}`, () => {
    const pairs = new Map<bigint, bigint>();
    for (const nic of plane.network.interfaces.values())
      if (nic.vpc === vpc && nic.attached)
        for (const { address, carrierIp } of nic.addresses)
          if (carrierIp !== undefined) pairs.set(address.value, carrierIp.value);
    return createTranslation(`carrier ${vpc}`, pairs);
  });

/** What hosts of a carrier's network begin: whether any does is not known. */
export const enterByCarrierGateways = (plane: Plane, context: Context): readonly Edge[] =>
  context.header.family === 'ipv6' || context.phase === 'reply'
    ? []
    : [...plane.network.carrierGateways.values()].flatMap((gateway) => {
        const { id, vpc } = gateway;
        return enter(plane, gateway, context).map((one) => ({
          ...one,
          guard: and(open(plane, passes(id)), one.guard, at(one.context.header, openToInternet(plane, vpc, context))),
        }));
      });

/** The reply to a flow that left by such a gateway comes back by it; undefined where the flow did not. */
export function returnByCarrierGateway(plane: Plane, context: Context): readonly Edge[] | undefined {
  const last = context.crossings.at(-1);
  if (last?.kind !== 'carrier') return undefined;
  const gateway = plane.network.carrierGateways.get(last.id)!;
  return enter(plane, gateway, { ...context, crossings: context.crossings.slice(0, -1) });
}

function enter(plane: Plane, { id, vpc, state }: CarrierGateway, context: Context): readonly Edge[] {
  const { inverse } = carrierAddresses(plane, vpc);
  const { header } = context;
  const inside = { ...header, dst: plane.symbols.translated(inverse, header.dst) };
  const guard = and(isIn('dst', inverse.domain), working(plane, id, state));
  return edge(guard, { kind: 'local', vpc }, { ...context, clean: false, header: inside }, [id, vpc]);
}
