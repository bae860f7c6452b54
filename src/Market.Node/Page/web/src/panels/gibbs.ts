// The gibber feed, newest first: what was said, and what it did to the price.
import type { Room } from '../market/room';
import type { Gibb } from '../wire/messages';
import { points } from '../text/numbers';
import { ago, clock } from '../text/times';
import { reasonWords } from '../text/words';
import { byId, make, setForeign, setText } from './dom';
import { Rows } from './rows';

export class GibbsPanel {
  readonly #rows = new Rows<Gibb>(byId('gibbs'), { key: gibb => gibb.id, create, update });

  /** `now` is the market's clock. */
  show(room: Room, now: number): void {
    this.#rows.show(room.gibbs);
    byId('gibbs').hidden = room.gibbs.length === 0;
    byId('gibbs-empty').hidden = room.gibbs.length > 0;
    const times = byId('gibbs').querySelectorAll('time');
    room.gibbs.forEach((gibb, index) => setText(times[index]!, ago(now - gibb.time)));
  }
}

function create(gibb: Gibb): HTMLElement {
  const time = make('time');
  time.dateTime = new Date(gibb.time).toISOString();
  time.title = clock(gibb.time, true);
  const head = make('div', 'gibb-head', make('bdi', 'author'), time, make('span', 'points'));
  return make('li', 'gibb', head, make('p', 'text'), make('p', 'reason'));
}

function update(row: HTMLElement, gibb: Gibb): void {
  const part = (name: string) => row.querySelector<HTMLElement>(`.${name}`)!;
  row.classList.toggle('uncounted', !gibb.counted);
  setForeign(part('author'), gibb.author);
  part('text').dir = 'auto';
  setForeign(part('text'), gibb.text);
  setText(part('points'), points(gibb.points));
  part('points').dataset.sign = gibb.points > 0 ? 'above' : gibb.points < 0 ? 'below' : 'none';
  part('points').title = 'points; each is worth 0.01 coin of hype';
  part('reason').hidden = gibb.counted;
  setText(part('reason'), gibb.counted ? '' : `not counted: ${reasonWords(gibb.reason)}`);
}
