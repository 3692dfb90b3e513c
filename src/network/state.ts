/** What AWS's state words say of a resource: it works, it does nothing, or it is changing from one to the other. */

/**
 * What is `changing` may or may not work at this moment: up on the may side, down on the must side, by the unknown
 * `up:ID`.
 */
export type Condition = 'works' | 'changing' | 'idle';

/** Of attachments, addresses, gateways, endpoints and connections; `available` and `attached` alike (semantics 5.1). */
const works: ReadonlySet<string> = new Set(['available', 'attached', 'succeeded', 'active', 'ready']);

const idle: ReadonlySet<string> = new Set([
  'deleted',
  'detached',
  'expired',
  'failed',
  'initiatingrequest',
  'pendingacceptance',
  'rejected',
]);

/** A word that is in neither list, `pending` and `deleting` among them, tells nothing for certain. */
export function conditionOf(state: string): Condition {
  const word = state.toLowerCase().replace(/[_-]/g, '');
  return works.has(word) ? 'works' : idle.has(word) ? 'idle' : 'changing';
}
