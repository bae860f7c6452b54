import type { Tick } from '../wire/messages';

/**
 * At most `most` ticks: while there are more, the older half is thinned to one in two.
 * Of four neighbours the lowest and the highest price stay, so that no peak is lost. What is old gets coarse, what is new stays exact.
 */
export function thin(ticks: readonly Tick[], most: number): Tick[] {
  let kept = [...ticks];
  while (kept.length > most) {
    const middle = kept.length >> 1;
    kept = [...thinByHalf(kept.slice(0, middle)), ...kept.slice(middle)];
  }
  return kept;
}

function thinByHalf(ticks: readonly Tick[]): Tick[] {
  const kept: Tick[] = [];
  for (let start = 0; start < ticks.length; start += 4) kept.push(...extremes(ticks.slice(start, start + 4)));
  return kept;
}

/** The lowest and the highest in their order; the first and the last of a flat stretch; one of two. */
function extremes(four: readonly Tick[]): Tick[] {
  if (four.length <= 2) return four.slice(0, 1);
  let low = 0;
  let high = 0;
  four.forEach((tick, index) => {
    if (tick.price < four[low]!.price) low = index;
    if (tick.price > four[high]!.price) high = index;
  });
  if (low === high) high = four.length - 1;
  return [four[Math.min(low, high)]!, four[Math.max(low, high)]!];
}
