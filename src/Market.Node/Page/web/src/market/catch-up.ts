// Asks for the ticks this page does not hold: all of the past at first, later what was missed.
import type { Tick } from '../wire/messages';
import { beganAnew, mostTicks, type History, type SeqRange } from './history';

/** A market that gives few ticks a page is asked at most this often; then the past stays short rather than the market busy. */
const mostPages = 16;

export type AskPrices = (limit: number, from: number | null) => Promise<Tick[]>;

/** `latest` is the market's last tick; null before the first. */
export async function catchUp(history: History, latest: Tick | null, ask: AskPrices): Promise<void> {
  if (latest !== null && history.last !== null && beganAnew(history.last, latest)) history.clear();
  const range = wanted(history, latest);
  if (range === null) return;
  let from = range.from;
  for (let page = 0; page < mostPages && from <= range.to; page++) {
    const ticks = await ask(range.to - from + 1, from);
    history.fill(ticks);
    const reached = ticks.reduce((highest, tick) => Math.max(highest, tick.seq), -1);
    if (reached < from) break;
    from = reached + 1;
  }
  history.answered(range.to);
}

/** The numbers to ask for; never more than the page keeps. */
export function wanted(history: History, latest: Tick | null): SeqRange | null {
  const to = Math.max(latest?.seq ?? -1, history.missing?.to ?? -1);
  const from = history.missing?.from ?? (history.last === null ? 0 : history.last.seq + 1);
  return to < from ? null : { from: Math.max(from, to - mostTicks + 1), to };
}
