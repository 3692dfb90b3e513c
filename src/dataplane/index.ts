/** The data plane: the network as a forwarding graph of places, guards and rewrites. */
export { isChoice } from './choice.ts';
export type { Context } from './context.ts';
export { type Header, freeHeader } from './header.ts';
export { type InterfaceClass, addressesOf, idsOf, namesOf } from './interface-class.ts';
export { handsOn } from './balancer.ts';
export { anything } from './opaque-gateway.ts';
export { standingBehind } from './stand-in.ts';
export { endpointOf } from './owner.ts';
export { leftTheNetwork } from './internet.ts';
export { type Place, placeKey } from './place.ts';
export { contextKey } from './context.ts';
export { type Plane, createPlane, once, open } from './plane.ts';
export * as predicate from './predicate.ts';
export type { Predicate } from './predicate.ts';
export { answer } from './reply.ts';
export { successors } from './successors.ts';
export { type Symbol, type Variable, reduce, valueOf, variableOf, depthOf } from './symbol.ts';
export { wellFormed } from './well-formed.ts';
