import { expect, test } from 'vitest';
import { safe } from '../../src/text/safe';

test('ordinary text of any script stays as it is', () => {
  for (const text of ['alice', '<script>alert(1)</script>', 'שלום', 'محمد', '猿', 'Zoë', '👩‍👧', 'می‌خواهم']) expect(safe(text)).toBe(text);
});

test('every mark that turns direction becomes visible', () => {
  for (const mark of '\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\u061C') expect(safe(`a${mark}b`)).toBe('a\uFFFDb');
});

test('what shows nothing becomes visible, so that two names that look alike are alike', () => {
  for (const nothing of '\u200B\u2060\u00AD\u3164\u0007\u0000') expect(safe(`ali${nothing}ce`)).toBe('ali\uFFFDce');
});

test('one line, without space around', () => {
  expect(safe('  a\r\n\tb\u2028c ')).toBe('a b c');
});

test('nothing to see says so', () => {
  expect(safe('')).toBe('(blank)');
  expect(safe(' \u3000 ')).toBe('(blank)');
});

test('half a character becomes a whole one', () => {
  expect(safe('a\uD83D')).toBe('a\uFFFD');
});

test('a tower of accents is cut', () => {
  expect(safe(`a${'\u0301'.repeat(50)}b`)).toBe(`a${'\u0301'.repeat(4)}b`);
});

test('length is bounded', () => {
  expect(safe('x'.repeat(10_000)).length).toBeLessThanOrEqual(600);
});
