// The ticks this page holds: in order, each once, bounded, and with a list of what is missing.
import type { Tick } from '../wire/messages';
import { thin } from './thin';

/** Two hours of one tick a second. */
export const mostTicks = 7_200;

/** Sequence numbers, both inclusive. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

export class History {
  #ticks: Tick[] = [];
  #missing: SeqRange | null = null;

  constructor(readonly most = mostTicks) {}

  get ticks(): readonly Tick[] {
    return this.#ticks;
  }

  get last(): Tick | null {
    return this.#ticks.at(-1) ?? null;
  }

  /** What was skipped and not yet asked for, as one range; before the first tick that is all of the past. */
  get missing(): SeqRange | null {
    return this.#missing;
  }

  /** A tick as it happens. One from before the last is dropped, unless the market began anew. */
  add(tick: Tick): void {
    if (this.last !== null && beganAnew(this.last, tick)) this.clear();
    const next = this.last === null ? 0 : this.last.seq + 1;
    if (tick.seq < next) return;
    if (tick.seq > next) this.#missing = { from: this.#missing?.from ?? next, to: tick.seq - 1 };
    this.#ticks.push(tick);
    this.#bound();
  }

  /** Past ticks, in any order; those already held stay as they are. */
  fill(past: readonly Tick[]): void {
    if (past.length === 0) return;
    const bySeq = new Map<number, Tick>();
    for (const tick of past) bySeq.set(tick.seq, tick);
    for (const tick of this.#ticks) bySeq.set(tick.seq, tick);
    this.#ticks = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
    this.#bound();
  }

  /** The market was asked for everything missing up to `to`: what it did not give, it does not have. */
  answered(to: number): void {
    const missing = this.#missing;
    if (missing !== null) this.#missing = missing.to <= to ? null : { from: Math.max(missing.from, to + 1), to: missing.to };
  }

  clear(): void {
    this.#ticks = [];
    this.#missing = null;
  }

  #bound(): void {
    if (this.#ticks.length > this.most) this.#ticks = thin(this.#ticks, this.most);
  }
}

/** A market that lost its past, or another behind the same address: a lower number at a later time. */
export function beganAnew(held: Tick, tick: Tick): boolean {
  return tick.seq < held.seq && tick.time > held.time;
}
