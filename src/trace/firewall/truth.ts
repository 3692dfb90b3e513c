/** Whether something holds, where that may not be known. */

export type Truth = 'yes' | 'no' | 'unknown';

export const truthOf = (holds: boolean): Truth => (holds ? 'yes' : 'no');

export const not = (truth: Truth): Truth => (truth === 'unknown' ? 'unknown' : truth === 'yes' ? 'no' : 'yes');

/** `no` as soon as one does not hold, whatever is not known of the others. */
export function all(truths: Iterable<Truth>): Truth {
  let found: Truth = 'yes';
  for (const truth of truths) {
    if (truth === 'no') return 'no';
    if (truth === 'unknown') found = 'unknown';
  }
  return found;
}

/** `yes` as soon as one holds, whatever is not known of the others. */
export function some(truths: Iterable<Truth>): Truth {
  let found: Truth = 'no';
  for (const truth of truths) {
    if (truth === 'yes') return 'yes';
    if (truth === 'unknown') found = 'unknown';
  }
  return found;
}
