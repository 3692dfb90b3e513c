/** What a reader still has to believe. */
export const trusted: readonly string[] = [
  'The input says what AWS has: it was read as the coverage tells, with the defaults listed here.',
  'AWS behaves as the numbered facts of this program say; those of them that are disputed and matter here are listed.',
  'The questions mean what the property says.',
  'The clauses say what the network does with packets, and no more than that: they are those that the program makes of its rules and routes, as far as the proof needs them, which `verify-certificate --network` compares; interfaces that no rule tells apart stand in one clause.',
  'A flow that a requirement asks for is found by the prover and replayed by a tracer of the same facts, written apart from it; of senders that nothing tells apart, one or a few are shown for all.',
];
