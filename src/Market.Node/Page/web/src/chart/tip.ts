// The values under the pointer, in a box that stays inside the chart.
import type uPlot from 'uplot';
import type { Tick } from '../wire/messages';
import { make, setText } from '../panels/dom';
import { change, price } from '../text/numbers';
import { clock } from '../text/times';

const gapPx = 12;

export class Tip {
  readonly #box = make('div', 'tip');

  attach(plot: uPlot): void {
    this.#box.hidden = true;
    plot.over.append(this.#box);
  }

  show(plot: uPlot, ticks: readonly Tick[]): void {
    const { idx, left } = plot.cursor;
    const tick = typeof idx === 'number' ? ticks[idx] : undefined;
    this.#box.hidden = tick === undefined || left === undefined || left < 0;
    if (this.#box.hidden || tick === undefined) return;
    setText(this.#box, lines(tick).join('\n'));
    const x = plot.valToPos(tick.time / 1_000, 'x');
    const width = this.#box.offsetWidth;
    const fitsRight = x + gapPx + width <= plot.over.clientWidth;
    this.#box.style.transform = `translateX(${Math.max(0, fitsRight ? x + gapPx : x - gapPx - width)}px)`;
  }
}

function lines(tick: Tick): string[] {
  const shown = [
    clock(tick.time, true),
    `price ${price(tick.price)}`,
    `base ${price(tick.base)}`,
    `hype ${change(tick.hype)}`,
    `forecast ${price(tick.forecast)}`,
  ];
  return tick.bursting ? [...shown, 'bubble bursting'] : shown;
}
