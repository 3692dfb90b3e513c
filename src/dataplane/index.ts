/** The data plane: the network as a forwarding graph of places, guards and rewrites. */
export { isChoice } from './choice.ts';
export type { Context } from './context.ts';
export type { Edge } from './edge.ts';
export { type Field, type Header, fields, freeHeader, keyOf as headerKey } from './header.ts';
export { type InterfaceClass, addressesOf, classify, idsOf, namesOf } from './interface-class.ts';
export { handsOn } from './balancer.ts';
export { modelled } from './load-balancer.ts';
export { anything } from './opaque-gateway.ts';
export { standingBehind } from './stand-in.ts';
export { balancerOf, endpointOf } from './owner.ts';
export { leftTheNetwork } from './internet.ts';
export { namesLeave } from './dns-resolver.ts';
export { queriesTold } from './name-pattern.ts';
export { type Closer, closedBy, closerOf, heldOpen, takenKey } from './opening.ts';
export { type Place, placeKey } from './place.ts';
export { contextKey } from './context.ts';
export { type Plane, type PlaneOptions, createPlane, once, open } from './plane.ts';
export * as predicate from './predicate.ts';
export type { Predicate } from './predicate.ts';
export { answer } from './reply.ts';
export { successors } from './successors.ts';
export {
  type Symbol,
  type Symbols,
  type Variable,
  createSymbols,
  reduce,
  valueOf,
  variableOf,
  depthOf,
} from './symbol.ts';
export { firewallPasses, looksAtPayload, payloadsOf } from './firewall/index.ts';
export { carriable } from './firewall/carriable.ts';
export { groupsInTurn, statefulRules } from './firewall/entry.ts';
export { type Frame, framePredicate, framesMeet, framesOf } from './firewall/frame.ts';
export { natureOf } from './firewall/nature.ts';
export { askedOf } from './firewall/payload-match.ts';
export { type PayloadName, type PayloadSpace, payloadSpace } from './firewall/payload-space.ts';
export { replacingUnknowns, settling, unknownsIn } from './unknowns.ts';
export { wellFormed } from './well-formed.ts';
