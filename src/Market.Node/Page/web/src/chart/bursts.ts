import type { Tick } from '../wire/messages';

/** A stretch of time in which a bubble burst, in epoch milliseconds. */
export interface Burst {
  readonly from: number;
  readonly to: number;
}

/** From the first bursting tick to the first calm one after it; a burst still going on reaches the last tick. */
export function burstsIn(ticks: readonly Tick[]): Burst[] {
  const found: Burst[] = [];
  let from: number | null = null;
  for (const tick of ticks) {
    if (tick.bursting && from === null) from = tick.time;
    if (!tick.bursting && from !== null) {
      found.push({ from, to: tick.time });
      from = null;
    }
  }
  const last = ticks.at(-1);
  if (from !== null && last !== undefined) found.push({ from, to: last.time });
  return found;
}
