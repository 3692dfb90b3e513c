export { type AppliedEdit, applyEdits, type Edited } from './apply.ts';
export { readEditFile, readEditLines } from './document.ts';
