/** The oracle's only entrance: one concrete packet through a network, hop by hop. */
export { replay } from './replay.ts';
