/** What a reader still has to believe. */
export const trusted: readonly string[] = [
  'The input says what AWS has: it was read as the coverage tells, with the defaults listed here.',
  'AWS behaves as the numbered facts of this program say; those of them that are disputed and matter here are listed.',
  'The questions mean what the property says.',
  'The clauses say what the network does with packets: they are those that the program makes of its rules and routes, which `verify-certificate --network` makes again by the same means and compares. Interfaces that no rule or route tells apart stand in them as one.',
  'Of what rules and routes ask, the clauses have what the proof needs. That leaving out the rest lets packets through and stops none is made sure of, on making and on comparing, apart from what leaves it out.',
  'No way leads on from where a packet comes into a VPC by a translated address that no interface there is mapped to, and none from where it arrives without the waypoints that are asked for: the clauses do not have such ways.',
  'A flow that a requirement asks for is found by the prover and replayed by a tracer of the same facts, written apart from it; of senders that nothing tells apart, one or a few are shown for all.',
  'The name and version of what made this are its own word.',
];
