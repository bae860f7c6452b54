// The chart with its window buttons, its legend's range, and a word for those who cannot see it.
import { PriceChart } from '../chart/price-chart';
import type { WindowMs } from '../chart/window';
import type { Room } from '../market/room';
import { price } from '../text/numbers';
import { byId, setText } from './dom';
import { recall, remember } from './memory';

const windows: Readonly<Record<string, WindowMs>> = { '1m': 60_000, '5m': 300_000, all: null };
const key = 'monkonomy.window';

export class ChartPanel {
  readonly #chart = new PriceChart(byId('chart'));
  readonly #buttons = [...byId('windows').querySelectorAll('button')];
  #window = '5m';

  constructor(readonly changed: () => void) {
    for (const button of this.#buttons) button.addEventListener('click', () => this.#choose(button.value));
    this.#choose(recall(key) ?? this.#window);
  }

  show(room: Room): void {
    const view = this.#chart.show(room.history.ticks, windows[this.#window] ?? null);
    byId('chart-empty').hidden = view.ticks.length > 0;
    const prices = view.ticks.map(tick => tick.price);
    const [low, high] = prices.reduce(([least, most], at) => [Math.min(least, at), Math.max(most, at)], [Infinity, -Infinity]);
    const range = prices.length === 0 ? '' : `low ${price(low!)} · high ${price(high!)}`;
    setText(byId('chart-range'), range);
    byId('chart').setAttribute('aria-label', `Price over time, ${range === '' ? 'no tick yet' : range}`);
  }

  restyle(): void {
    this.#chart.restyle();
  }

  #choose(name: string): void {
    if (!Object.hasOwn(windows, name)) return;
    this.#window = name;
    remember(key, name);
    for (const button of this.#buttons) button.setAttribute('aria-pressed', String(button.value === name));
    this.changed();
  }
}
