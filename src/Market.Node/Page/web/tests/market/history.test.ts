import { expect, test } from 'vitest';
import { History } from '../../src/market/history';
import { seqs, tick, ticks } from '../ticks';

function historyOf(...seq: number[]): History {
  const history = new History();
  history.fill(seq.map(each => tick(each)));
  return history;
}

test('a tick told twice, or late, is held once and in order', () => {
  const history = historyOf(1, 2, 3);
  history.add(tick(4));
  history.add(tick(4));
  history.add(tick(2));
  expect(seqs(history.ticks)).toEqual([1, 2, 3, 4]);
  expect(history.missing).toBeNull();
});

test('before the first tick all of the past is missing', () => {
  const history = new History();
  history.add(tick(40));
  expect(history.missing).toEqual({ from: 0, to: 39 });
});

test('skipped ticks are missing until they are filled and answered', () => {
  const history = historyOf(1, 2, 3);
  history.add(tick(6));
  history.add(tick(9));
  expect(history.missing).toEqual({ from: 4, to: 8 });
  history.fill(ticks(4, 8));
  history.answered(8);
  expect(history.missing).toBeNull();
  expect(seqs(history.ticks)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('what was skipped after the question stays missing', () => {
  const history = historyOf(1);
  history.add(tick(5));
  history.add(tick(9));
  history.answered(4);
  expect(history.missing).toEqual({ from: 5, to: 8 });
});

test('a lower number at a later time is a market that began anew', () => {
  const history = historyOf(1, 2, 3);
  history.add(tick(1, { time: 99_000 }));
  expect(seqs(history.ticks)).toEqual([1]);
});

test('memory is bounded, whichever way the ticks come', () => {
  const live = new History(100);
  for (const each of ticks(0, 999)) live.add(each);
  const filled = new History(100);
  filled.fill(ticks(0, 999));
  for (const history of [live, filled]) {
    expect(history.ticks.length).toBeLessThanOrEqual(100);
    expect(history.last?.seq).toBe(999);
  }
});
