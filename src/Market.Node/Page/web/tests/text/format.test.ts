import { expect, test } from 'vitest';
import { change, coins, count, percent, points, price } from '../../src/text/numbers';
import { ago, secondsLeft } from '../../src/text/times';
import { forecastWords, reasonWords } from '../../src/text/words';
import { tick } from '../ticks';

test('prices have three decimals up to 100, two above', () => {
  expect([0.01, 1.02, 99.9994, 100, 12_345.678].map(price)).toEqual(['0.010', '1.020', '99.999', '100.00', '12,345.68']);
});

test('a change has its sign in words a colour-blind eye can read', () => {
  expect([0.012, -0.012, 0, -0.0001].map(change)).toEqual(['+0.012', '−0.012', '±0.000', '±0.000']);
  expect([0.0123, -0.5, 0].map(percent)).toEqual(['+1.2 %', '−50.0 %', '±0.0 %']);
});

test('counts and coins stay within their column', () => {
  expect([0, -20, 1_234, 99_999, 123_456].map(count)).toEqual(['0', '−20', '1,234', '99,999', '123.5K']);
  expect([10, 0.000001, 9_999.5, 1_234_567].map(coins)).toEqual(['10.00', '0.00', '9,999.50', '1.2M']);
});

test('points carry their sign', () => {
  expect([200, -1, 0].map(points)).toEqual(['+200', '−1', '0']);
});

test('times are told in one short word', () => {
  expect([-3_000, 4_999, 5_000, 59_999, 60_000, 3_600_000, 90_000_000].map(ago)).toEqual(['now', 'now', '5 s', '59 s', '1 min', '1 h', '1 d']);
  expect(secondsLeft(1_001, 0)).toBe(2);
  expect(secondsLeft(0, 500)).toBe(0);
});

test('a reason is a sentence, whether the market sends a code or words', () => {
  expect(reasonWords('REPEATED')).toBe('same text as a moment ago');
  expect(reasonWords('NOT_SELECTED')).toBe('does not mention the market');
  expect(reasonWords('at most 6 a minute')).toBe('at most 6 a minute');
  expect(reasonWords('SOMETHING_NEW')).toBe('something new');
  expect(reasonWords(null)).toBe('not counted');
  expect(reasonWords('evil \u202Etext')).toBe('evil \uFFFDtext');
});

test('above 1 the forecast is a rise', () => {
  expect(forecastWords(tick(1, { forecast: 1.01 }))).toMatchObject({ trend: 'rise', arrow: '↗' });
  expect(forecastWords(tick(1, { forecast: 0.9 }))).toMatchObject({ trend: 'fall', arrow: '↘' });
  expect(forecastWords(tick(1, { forecast: 1 }))).toMatchObject({ trend: 'flat' });
});
