/**
 * Questions about byte strings, decided by finite classes: whoever knows the class of a string knows which of the
 * patterns match it, and each class has a string to show.
 */
export { type Partition, partition } from './partition.ts';
export type { Pattern } from './pattern.ts';
export { pcre } from './pcre.ts';
