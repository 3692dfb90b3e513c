import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/base/near.ts';

test('a slip of one letter, a missing letter and two swapped letters are near', () => {
  expect(nearest('securty-group', ['security-group', 'subnet'])).toEqual(['security-group']);
  expect(nearest('subent', ['subnet', 'vpc'])).toEqual(['subnet']);
  expect(nearest('requier', ['require', 'forbid'])).toEqual(['require']);
});

test('the beginning of a long id is near the id', () => {
  expect(nearest('subnet-0abc', ['subnet-0abc12345678', 'subnet-0def12345678'])).toEqual(['subnet-0abc12345678']);
});

test('a word of two letters is not near every other word of two letters', () => {
  expect(nearest('ai', ['db', 'gw'])).toEqual([]);
});

test('no more than three suggestions are made, the closest first', () => {
  expect(didYouMean('web-1', ['web-2', 'web-3', 'web-11', 'web-4', 'app-1'])).toBe(
    'Did you mean `web-11`, `web-2` or `web-3`?',
  );
  expect(didYouMean('zzzzzz', ['abc'])).toBeUndefined();
});
