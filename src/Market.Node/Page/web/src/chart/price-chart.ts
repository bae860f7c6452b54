// The price over time: the price as a line, the base as a thin one, the hype as the area between them.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Tick } from '../wire/messages';
import { clock } from '../text/times';
import { burstsIn } from './bursts';
import { drawBursts, drawLastPrice } from './marks';
import { readPalette, type Palette } from './palette';
import { Tip } from './tip';
import { priceRange, viewOf, type View, type WindowMs } from './window';

export class PriceChart {
  readonly #tip = new Tip();
  #view: View = viewOf([], null);
  #palette = readPalette();
  #plot: uPlot;

  constructor(readonly host: HTMLElement) {
    this.#plot = this.#build();
    new ResizeObserver(() => this.#fit()).observe(host);
  }

  show(ticks: readonly Tick[], window: WindowMs): View {
    this.#view = viewOf(ticks, window);
    this.#plot.setData(columns(this.#view));
    return this.#view;
  }

  /** Colours or type changed: the canvas is made anew, the data stay. */
  restyle(): void {
    this.#palette = readPalette();
    this.#plot.destroy();
    this.#plot = this.#build();
  }

  #fit(): void {
    if (readPalette().fontPx !== this.#palette.fontPx) return this.restyle();
    this.#plot.setSize(this.#size());
  }

  #size(): { width: number; height: number } {
    return { width: Math.max(100, this.host.clientWidth), height: Math.max(80, this.host.clientHeight) };
  }

  #build(): uPlot {
    const palette = this.#palette;
    return new uPlot({
      ...this.#size(),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: (_, series) => (series === 1 ? 9 : 0), fill: palette.price } },
      padding: [8, 0, 0, 4],
      scales: {
        x: { time: true, range: () => [this.#view.from / 1_000, this.#view.to / 1_000] },
        y: { range: (_, low, high) => (low === null || high === null ? [0.9, 1.1] : priceRange(low, high)) },
      },
      axes: axes(palette),
      series: [{}, { stroke: palette.price, width: 2.5, points: { show: false } }, { stroke: palette.base, width: 1.25, points: { show: false } }],
      bands: [
        { series: [1, 2], dir: -1, fill: palette.hypeAbove },
        { series: [2, 1], dir: -1, fill: palette.hypeBelow },
      ],
      hooks: {
        ready: [plot => this.#tip.attach(plot)],
        setCursor: [plot => this.#tip.show(plot, this.#view.ticks)],
        drawClear: [plot => drawBursts(plot, burstsIn(this.#view.ticks), palette, uPlot.pxRatio)],
        draw: [plot => this.#drawLast(plot)],
      },
    }, columns(this.#view), this.host);
  }

  #drawLast(plot: uPlot): void {
    const last = this.#view.ticks.at(-1);
    if (last !== undefined) drawLastPrice(plot, last, this.#palette, uPlot.pxRatio);
  }
}

function columns({ ticks }: View): uPlot.AlignedData {
  return [ticks.map(tick => tick.time / 1_000), ticks.map(tick => tick.price), ticks.map(tick => tick.base)];
}

function axes(palette: Palette): uPlot.Axis[] {
  const common = { stroke: palette.ink, font: palette.font, grid: { stroke: palette.grid, width: 1 }, ticks: { show: false } };
  return [
    { ...common, size: palette.fontPx * 1.9, space: (_, __, from, to) => palette.fontPx * (to - from <= 150 ? 6 : 4.5), values: (plot, splits, _, __, step) => splits.map(at => timeLabel(plot, at, step, palette)) },
    { ...common, side: 1, size: palette.fontPx * 5.2, space: palette.fontPx * 3, values: (_, splits, __, ___, step) => splits.map(at => at.toFixed(decimals(step))) },
  ];
}

/** Empty where the edge of the canvas would cut it. */
function timeLabel(plot: uPlot, at: number, step: number, palette: Palette): string {
  const label = clock(at * 1_000, step < 60);
  return plot.valToPos(at, 'x') < label.length * palette.fontPx * 0.25 ? '' : label;
}

function decimals(step: number): number {
  return Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
}
