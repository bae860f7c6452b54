import type { Tick } from '../src/wire/messages';

/** A tick of second `seq`; the rest as a calm market has it. */
export function tick(seq: number, more: Partial<Tick> = {}): Tick {
  return { seq, time: seq * 1_000, price: 1, forecast: 1, base: 1, hype: 0, bursting: false, ...more };
}

/** Ticks from `first` to `last`, both inclusive. */
export function ticks(first: number, last: number): Tick[] {
  return Array.from({ length: last - first + 1 }, (_, index) => tick(first + index));
}

export const seqs = (of: readonly Tick[]) => of.map(one => one.seq);
