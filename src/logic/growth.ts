/** Packed arrays that grow by doubling. */

export function growInt32(array: Int32Array, atLeast: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(2 * array.length, atLeast));
  grown.set(array);
  return grown;
}
