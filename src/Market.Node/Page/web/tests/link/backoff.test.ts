import { expect, test } from 'vitest';
import { longestWaitMs, waitMs } from '../../src/link/backoff';

test('the first wait is short, each next twice as long, none longer than the longest', () => {
  expect([0, 1, 2, 3, 4, 5, 1_000].map(attempt => waitMs(attempt, 1))).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000, longestWaitMs]);
});

test('chance takes off up to half', () => {
  expect(waitMs(0, 0)).toBe(250);
  expect(waitMs(9, 0)).toBe(longestWaitMs / 2);
  expect(waitMs(9, 0.5)).toBe(3_750);
});
