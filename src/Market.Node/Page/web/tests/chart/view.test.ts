import { expect, test } from 'vitest';
import { burstsIn } from '../../src/chart/bursts';
import { priceRange, viewOf } from '../../src/chart/window';
import { seqs, tick, ticks } from '../ticks';

test('a window fills from the left', () => {
  expect(viewOf(ticks(10, 20), 60_000)).toMatchObject({ from: 10_000, to: 70_000 });
});

test('a full window slides with the last tick, and its line enters from outside', () => {
  const view = viewOf(ticks(0, 100), 60_000);
  expect([view.from, view.to]).toEqual([40_000, 100_000]);
  expect(seqs(view.ticks)[0]).toBe(39);
});

test('all is from the first to the last, and a minute at least', () => {
  expect(viewOf(ticks(0, 600), null)).toMatchObject({ from: 0, to: 600_000 });
  expect(viewOf(ticks(0, 5), null)).toMatchObject({ from: 0, to: 60_000 });
});

test('an empty market has an empty window', () => {
  expect(viewOf([], null).ticks).toEqual([]);
});

test('the price axis never goes under zero and never makes a still price look wild', () => {
  expect(priceRange(0.01, 0.5)[0]).toBe(0);
  const [low, high] = priceRange(1, 1);
  expect(low).toBeLessThan(1);
  expect(high - low).toBeGreaterThan(0.02);
});

test('bursts: each stretch of its own, the last one open', () => {
  const bursting = [false, true, true, false, false, true].map((is, index) => tick(index, { bursting: is }));
  expect(burstsIn(bursting)).toEqual([{ from: 1_000, to: 3_000 }, { from: 5_000, to: 5_000 }]);
  expect(burstsIn([])).toEqual([]);
});
