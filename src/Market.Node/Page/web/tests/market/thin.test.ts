import { expect, test } from 'vitest';
import { thin } from '../../src/market/thin';
import { seqs, tick, ticks } from '../ticks';

test('few ticks stay as they are', () => {
  expect(thin(ticks(1, 8), 8)).toEqual(ticks(1, 8));
});

test('too many: the older half is halved, the newer half stays exact', () => {
  expect(seqs(thin(ticks(1, 16), 15))).toEqual([1, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
});

test('peaks and troughs survive every round', () => {
  const many = ticks(1, 10_000).map(each => tick(each.seq, { price: each.seq === 1_234 ? 9 : each.seq === 2_345 ? 0.1 : 1 + (each.seq % 7) / 100 }));
  const kept = thin(many, 500);
  expect(kept.length).toBeLessThanOrEqual(500);
  expect(Math.max(...kept.map(each => each.price))).toBe(9);
  expect(Math.min(...kept.map(each => each.price))).toBe(0.1);
});

test('order and the last tick are kept', () => {
  const kept = seqs(thin(ticks(1, 1_000), 100));
  expect(kept).toEqual([...kept].sort((a, b) => a - b));
  expect(kept.at(-1)).toBe(1_000);
  expect(new Set(kept).size).toBe(kept.length);
});
