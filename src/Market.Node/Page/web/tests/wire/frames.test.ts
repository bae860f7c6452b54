import { describe, expect, test } from 'vitest';
import { problemDetail, readFrame } from '../../src/wire/frames';

const price = { market: 'banana', seq: 17, time: '2026-11-22T10:00:01.000Z', coins: 1.02, forecast: 0.998, base: 0.99, hype: 0.03, bursting: false };
const frame = (value: unknown) => readFrame(JSON.stringify(value));

describe('a frame of the market', () => {
  test('price becomes a tick with epoch time', () => {
    expect(frame({ price })).toEqual({
      kind: 'price',
      tick: { seq: 17, time: Date.UTC(2026, 10, 22, 10, 0, 1), price: 1.02, forecast: 0.998, base: 0.99, hype: 0.03, bursting: false },
    });
  });

  test('welcome without team and token has no state, and before the first tick no price', () => {
    expect(frame({ welcome: { state: null, price: null, server: { version: '0.1.0' } } })).toEqual({ kind: 'welcome', price: null, version: '0.1.0' });
    expect(frame({ welcome: {} })).toEqual({ kind: 'welcome', price: null, version: null });
  });

  test('welcome stays a welcome when its price cannot be read', () => {
    expect(frame({ welcome: { price: { seq: 'x' } } })).toMatchObject({ kind: 'welcome', price: null });
  });

  test('board carries teams and traders', () => {
    const board = {
      market: 'banana', time: price.time, seq: 3, final: true,
      teams: [{ rank: 1, team: 'BONOBO', score: 7, fedMonkeys: 7, bailouts: 0, traders: 3 }],
      traders: [{ rank: 1, team: 'BONOBO', name: 'alice', time: price.time, coins: 10.5, shares: 5, bailouts: 0, fedMonkeys: 4, inFlightInvestments: 2, score: 4 }],
    };
    expect(frame({ board })).toMatchObject({
      kind: 'board',
      board: { final: true, teams: [{ team: 'BONOBO', fed: 7, traders: 3 }], traders: [{ name: 'alice', coins: 10.5, inFlight: 2 }] },
    });
  });

  test('gibb has a reason only when it was not counted', () => {
    const gibb = { id: 'g1', time: price.time, author: 'a', text: 'banana', source: 'api', points: 2, counted: true };
    expect(frame({ gibb })).toMatchObject({ kind: 'gibb', gibb: { points: 2, counted: true, reason: null } });
    expect(frame({ gibb: { ...gibb, counted: false, reason: 'REPEATED' } })).toMatchObject({ gibb: { reason: 'REPEATED' } });
  });

  test('market tells a change of status', () => {
    expect(frame({ market: { id: 'banana', status: 'paused', more: 1 } })).toEqual({ kind: 'market', info: { id: 'banana', status: 'paused', price: null } });
  });

  test('problem is its detail', () => {
    expect(frame({ problem: { title: 'Malformed', detail: 'No txnId' } })).toEqual({ kind: 'problem', detail: 'No txnId' });
  });
});

describe('a frame that is none of these', () => {
  test.each([[{ future: {} }], [{}], [{ constructor: {} }], [{ __proto__x: 1 }]])('%j is unknown, for a newer page', value => {
    expect(frame(value)).toEqual({ kind: 'unknown' });
  });

  test('binary is unknown', () => expect(readFrame(new ArrayBuffer(3))).toEqual({ kind: 'unknown' }));

  test.each([['{'], ['[]'], ['3'], ['null']])('%s is unreadable', text => {
    expect(readFrame(text)).toMatchObject({ kind: 'unreadable' });
  });

  test.each([
    [{ price: { ...price, coins: undefined } }, 'coins is not a number'],
    [{ price: { ...price, coins: '1.02' } }, 'coins is not a number'],
    [{ price: { ...price, time: 'soon' } }, 'time is not a time'],
    [{ price: { ...price, bursting: 0 } }, 'bursting is not true or false'],
    [{ board: { seq: 1, time: price.time, final: false, teams: {}, traders: [] } }, 'teams is not an array'],
    [{ market: { id: 'banana', status: 'melted' } }, 'status is none of'],
  ])('a wrong field is refused by name: %#', (value, why) => {
    const read = frame(value);
    expect(read).toMatchObject({ kind: 'unreadable' });
    expect((read as { why: string }).why).toContain(why);
  });
});

test('a problem without detail says its title, without both that there was one', () => {
  expect(problemDetail({ title: 'Rate limited' })).toBe('Rate limited');
  expect(problemDetail(null)).toMatch(/problem/);
});
