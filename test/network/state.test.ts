/** What AWS's state words say of a resource. */
import { expect, test } from 'vitest';
import { conditionOf } from '../../src/network/state.ts';

test.each(['available', 'Available', 'attached', 'succeeded', 'active', 'READY'])('what is %s works', (state) => {
  expect(conditionOf(state)).toBe('works');
});

test.each(['deleted', 'Failed', 'rejected', 'Expired', 'detached', 'PendingAcceptance', 'pending-acceptance'])(
  'what is %s does nothing',
  (state) => {
    expect(conditionOf(state)).toBe('idle');
  },
);

test.each(['pending', 'Deleting', 'attaching', 'detaching', 'associating', 'Partial', 'a word to come'])(
  'what is %s may work',
  (state) => {
    expect(conditionOf(state)).toBe('changing');
  },
);
