// Which ticks the chart shows, and over which stretch of time.
import type { Tick } from '../wire/messages';

/** How far back, in milliseconds; null is all there is. */
export type WindowMs = number | null;

export interface View {
  /** One tick before the left edge is included, so that the line enters from outside. */
  readonly ticks: readonly Tick[];
  readonly from: number;
  readonly to: number;
}

const shortestMs = 60_000;

/** A window fills from the left and slides once it is full; the last tick, not the clock, is its right edge. */
export function viewOf(ticks: readonly Tick[], window: WindowMs): View {
  const first = ticks[0];
  const last = ticks.at(-1);
  if (first === undefined || last === undefined) return { ticks: [], from: 0, to: shortestMs };
  const span = window ?? Math.max(shortestMs, last.time - first.time);
  const from = Math.max(first.time, last.time - span);
  return { ticks: ticks.slice(Math.max(0, firstAtOrAfter(ticks, from) - 1)), from, to: from + span };
}

function firstAtOrAfter(ticks: readonly Tick[], time: number): number {
  let low = 0;
  let high = ticks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ticks[middle]!.time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The price axis: air above and below, never under 0, and never so narrow that a still price looks wild. */
export function priceRange(low: number, high: number): [number, number] {
  const narrowest = Math.max(0.02, high * 0.02);
  const middle = (low + high) / 2;
  const half = Math.max(high - low, narrowest) * 0.58;
  return [Math.max(0, middle - half), middle + half];
}
