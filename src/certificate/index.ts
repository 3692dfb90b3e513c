/** Certificates: what shows a verdict to whoever does not trust this program, made here and checked by `checker/`. */
export { openFolder } from './folder.ts';
export { certify } from './make.ts';
