// The market's name and status, the price in large, and what it is made of.
import type { Room } from '../market/room';
import type { Tick } from '../wire/messages';
import { change, percent, price } from '../text/numbers';
import { forecastWords, statusWords } from '../text/words';
import { byId, setText } from './dom';

export function showMarket(room: Room): void {
  setText(byId('market-name'), room.id);
  const status = room.ended ? 'ended' : room.status;
  const pill = byId('status');
  pill.dataset.status = status ?? 'unknown';
  setText(pill, status === null ? '…' : statusWords[status]);
  showSelector(room);
}

function showSelector(room: Room): void {
  const several = room.markets.length > 1;
  byId('market-name').hidden = several;
  const select = byId<HTMLSelectElement>('market-select');
  select.hidden = !several;
  const ids = room.markets.map(market => market.id);
  if (!ids.includes(room.id)) ids.unshift(room.id);
  if (ids.join() === [...select.options].map(option => option.value).join()) return;
  select.replaceChildren(...ids.map(id => new Option(id, id, false, id === room.id)));
}

export function onMarketChosen(choose: (id: string) => void): void {
  const select = byId<HTMLSelectElement>('market-select');
  select.addEventListener('change', () => choose(select.value));
}

export function showPrice(room: Room): void {
  const tick = room.history.last;
  if (tick === null) return;
  const figure = byId('price');
  setText(figure, price(tick.price));
  figure.dataset.seq = String(tick.seq);
  const before = room.history.ticks.at(-2) ?? tick;
  const arrow = showChange(tick, before);
  showForecast(tick);
  setText(byId('base'), price(tick.base));
  setText(byId('hype'), change(tick.hype));
  byId('burst').hidden = !tick.bursting;
  document.title = `${arrow} ${price(tick.price)} ${room.id} – Monkonomy`;
}

/** The arrow follows the digits shown: a step too small to print is no step. */
function showChange(tick: Tick, before: Tick): string {
  const step = tick.price - before.price;
  const words = change(step);
  const trend = words.startsWith('±') ? 'flat' : step > 0 ? 'rise' : 'fall';
  const arrow = { rise: '▲', fall: '▼', flat: '■' }[trend];
  byId('change').dataset.trend = trend;
  setText(byId('change-arrow'), arrow);
  setText(byId('change-coins'), words);
  setText(byId('change-percent'), before.price === 0 ? '' : percent(step / before.price));
  return arrow;
}

function showForecast(tick: Tick): void {
  const { arrow, words, trend } = forecastWords(tick);
  byId('forecast').dataset.trend = trend;
  setText(byId('forecast-ratio'), `${arrow} ${price(tick.forecast)}`);
  setText(byId('forecast-words'), words);
}
