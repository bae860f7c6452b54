// What the market's short names mean, in words.
import type { Status, Tick } from '../wire/messages';
import { safe } from './safe';

export const statusWords: Readonly<Record<Status, string>> = {
  open: 'open – not started yet',
  running: 'running',
  paused: 'paused',
  ended: 'ended',
};

const reasons: readonly (readonly [RegExp, string])[] = [
  [/select|match|topic|term/, 'does not mention the market'],
  [/repeat|same|duplicate/, 'same text as a moment ago'],
  [/many|rate|limit|spam/, 'too many from this author in a minute'],
  [/closed|running/, 'the market is not running'],
];

/** A code becomes a sentence; what is a sentence already stays one. */
export function reasonWords(reason: string | null): string {
  if (reason === null) return 'not counted';
  if (/\s/.test(reason.trim())) return safe(reason);
  const code = reason.toLowerCase();
  return reasons.find(([pattern]) => pattern.test(code))?.[1] ?? safe(code.replaceAll('_', ' '));
}

/** The forecast is the mean over the price: above 1 a rise is expected. Within a tenth of a percent it says nothing. */
export function forecastWords(tick: Tick): { arrow: string; words: string; trend: 'rise' | 'fall' | 'flat' } {
  if (tick.forecast > 1.001) return { arrow: '↗', words: 'expect a rise', trend: 'rise' };
  if (tick.forecast < 0.999) return { arrow: '↘', words: 'expect a fall', trend: 'fall' };
  return { arrow: '→', words: 'no trend', trend: 'flat' };
}
