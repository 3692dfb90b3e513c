/** Edits of a network: read from text, applied, and told what they did. */
export { type AppliedEdit, applyEdits } from './apply.ts';
export { readEditFile, readEditLines } from './document.ts';
export type { Edit, NamedPeer } from './edit.ts';
export { formatEdit } from './text.ts';
export { madeEdit } from './written.ts';
