import { expect, test } from 'vitest';
import { mergeGibbs } from '../../src/market/gibb-feed';
import { Room } from '../../src/market/room';
import type { Board, Gibb } from '../../src/wire/messages';
import { tick } from '../ticks';

const gibb = (id: string, time: number): Gibb => ({ id, time, author: 'a', text: 'banana', points: 0, counted: true, reason: null });
const board = (time: number, final = false): Board => ({ seq: 1, time, final, teams: [], traders: [] });

test('gibbs: newest first, each once, whatever order they come in, and bounded', () => {
  const feed = mergeGibbs([gibb('b', 2), gibb('a', 1)], [gibb('c', 3), gibb('b', 2)]);
  expect(feed.map(each => each.id)).toEqual(['c', 'b', 'a']);
  expect(mergeGibbs([], [gibb('a', 1), gibb('b', 2)]).map(each => each.id)).toEqual(['b', 'a']);
  expect(mergeGibbs(feed, [gibb('d', 3)], 2).map(each => each.id)).toEqual(['d', 'c']);
});

test('a tick tells the market\'s clock and pace', () => {
  const room = new Room('banana');
  room.apply({ kind: 'price', tick: tick(1) }, 400);
  expect(room.clockAheadMs).toBe(600);
  expect(room.tickGapMs).toBeNull();
  expect(room.apply({ kind: 'price', tick: tick(2) }, 1_400)).toEqual(['price']);
  expect(room.tickGapMs).toBe(1_000);
});

test('a pause takes the pace away: silence is normal then', () => {
  const room = new Room('banana');
  room.apply({ kind: 'price', tick: tick(1) }, 0);
  room.apply({ kind: 'price', tick: tick(2) }, 0);
  room.apply({ kind: 'market', info: { id: 'banana', status: 'paused', price: null } }, 0);
  expect(room.status).toBe('paused');
  expect(room.tickGapMs).toBeNull();
});

test('another market\'s news changes nothing', () => {
  const room = new Room('banana');
  expect(room.apply({ kind: 'market', info: { id: 'mango', status: 'ended', price: null } }, 0)).toEqual([]);
  expect(room.status).toBeNull();
});

test('an older board does not replace a newer one; a final one ends the market', () => {
  const room = new Room('banana');
  room.apply({ kind: 'board', board: board(2_000) }, 0);
  expect(room.apply({ kind: 'board', board: board(1_000) }, 0)).toEqual([]);
  expect(room.ended).toBe(false);
  room.apply({ kind: 'board', board: board(3_000, true) }, 0);
  expect(room.ended).toBe(true);
});
