import { expect, test } from 'vitest';
import { marketOf, siteOf, socketOf } from '../src/address';

test('the market comes from the address; what cannot be one is the default', () => {
  expect(marketOf('?market=mango-2')).toBe('mango-2');
  for (const bad of ['', '?market=', '?market=../x', '?market=A', `?market=${'a'.repeat(33)}`]) expect(marketOf(bad)).toBe('banana');
});

test('the page finds its doors below any path', () => {
  expect(siteOf('https://host/game/?market=x#y')).toBe('https://host/game/');
  expect(socketOf('https://host/game/', 'banana')).toBe('wss://host/game/ws/markets/banana');
  expect(socketOf('http://127.0.0.1:5080/', 'banana')).toBe('ws://127.0.0.1:5080/ws/markets/banana');
});
