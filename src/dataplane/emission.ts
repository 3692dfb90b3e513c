/** What an opaque element, or a service that nobody looks into, sends for what comes to it. */
import type { families } from '../net/address.ts';
import type { Context } from './context.ts';
import { freeHeader } from './header.ts';
import type { Plane } from './plane.ts';

/** A packet that an opaque element sends: nothing of what went in is known to come out. */
export const emitted = (plane: Plane, id: string, family: (typeof families)[number], context: Context): Context => ({
  // Come to again with more of what is prescribed behind it, the element may send another packet.
  header: freeHeader(plane.symbols, `emitted.${id}${context.stage === undefined ? '' : `.${context.stage}`}`, family),
  first: context.first,
  root: context.root,
  ...(context.self === undefined ? {} : { self: context.self }),
  ...(context.chose === undefined ? {} : { chose: context.chose }),
  origin: 'opaque',
  anew: id,
  stranger: true,
  imaginary: false,
  clean: false,
  owes: false,
  middlebox: true,
  natted: false,
  phase: 'forward',
  kept: [],
  crossings: [],
  guests: [],
});
