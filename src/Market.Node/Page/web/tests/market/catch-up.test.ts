import { expect, test } from 'vitest';
import { catchUp } from '../../src/market/catch-up';
import { History, mostTicks } from '../../src/market/history';
import { seqs, tick, ticks } from '../ticks';

/** A market with ticks 1..last that gives at most `page` of them an answer, and notes what it was asked. */
function marketOf(last: number, page = 1_000) {
  const asked: [number, number | null][] = [];
  const ask = async (limit: number, from: number | null) => {
    asked.push([limit, from]);
    return ticks(1, last).filter(each => each.seq >= (from ?? 0)).slice(0, Math.min(limit, page));
  };
  return { asked, ask };
}

test('the first time all of the past is asked for, page by page', async () => {
  const history = new History();
  const market = marketOf(2_500);
  await catchUp(history, tick(2_500), market.ask);
  expect(seqs(history.ticks)).toEqual(seqs(ticks(1, 2_500)));
  expect(market.asked).toHaveLength(3);
});

test('of a long past only the newest is asked for', async () => {
  const history = new History();
  const market = marketOf(20_000, 10_000);
  await catchUp(history, tick(20_000), market.ask);
  expect(market.asked).toEqual([[mostTicks, 20_000 - mostTicks + 1]]);
});

test('after a reconnect only the hole is asked for, and no hole is left', async () => {
  const history = new History();
  history.fill(ticks(1, 10));
  history.add(tick(20));
  const market = marketOf(20);
  await catchUp(history, tick(20), market.ask);
  expect(market.asked).toEqual([[10, 11]]);
  expect(seqs(history.ticks)).toEqual(seqs(ticks(1, 20)));
  expect(history.missing).toBeNull();
});

test('a tick that comes while the past is on its way is kept', async () => {
  const history = new History();
  const market = marketOf(5);
  const done = catchUp(history, tick(5), market.ask);
  history.add(tick(6));
  await done;
  expect(seqs(history.ticks)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(history.missing).toBeNull();
});

test('what the market does not have is not asked for again', async () => {
  const history = new History();
  history.fill([tick(1)]);
  history.add(tick(5));
  const market = { asked: 0, ask: async () => (market.asked++, []) };
  await catchUp(history, tick(5), market.ask);
  await catchUp(history, tick(5), market.ask);
  expect(market.asked).toBe(1);
});

test('before the first tick nothing is asked', async () => {
  const market = marketOf(0);
  await catchUp(new History(), null, market.ask);
  expect(market.asked).toEqual([]);
});

test('a market that began anew replaces what was held', async () => {
  const history = new History();
  history.fill(ticks(1, 50));
  await catchUp(history, tick(2, { time: 90_000 }), async () => [tick(1, { time: 89_000 }), tick(2, { time: 90_000 })]);
  expect(seqs(history.ticks)).toEqual([1, 2]);
});
