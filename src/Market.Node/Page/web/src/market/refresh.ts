// Brings the room up to date over HTTP: at the start, after every reconnect, and when ticks are missing.
// One at a time; asked again meanwhile, it runs once more. A failure is shown and tried again.
import { Refused, sentence, type Queries } from '../wire/queries';
import { catchUp } from './catch-up';
import { mergeGibbs } from './gibb-feed';
import type { Room, Topic } from './room';

const retryAfterMs = 3_000;

export class Refresh {
  #running = false;
  #again = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly room: Room, readonly queries: Queries, readonly changed: (...topics: Topic[]) => void) {}

  async run(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#retry);
    this.#running = true;
    try {
      await this.#all();
      this.room.absent = false;
      this.room.trouble = null;
    } catch (error) {
      this.room.absent = error instanceof Refused && error.httpStatus === 404;
      this.room.trouble = this.room.absent ? `There is no market “${this.room.id}” here.` : sentence(error);
      this.#retry = setTimeout(() => void this.run(), retryAfterMs);
    }
    this.#running = false;
    this.changed('link');
    if (this.#again) {
      this.#again = false;
      void this.run();
    }
  }

  async #all(): Promise<void> {
    const { room, queries, changed } = this;
    room.markets = await queries.markets();
    changed('market');
    const info = await queries.market();
    room.status = info.status;
    changed('market');
    await Promise.all([
      catchUp(room.history, info.price, (limit, from) => queries.prices(limit, from)).then(() => changed('price')),
      queries.board().then(board => room.takeBoard(board) && changed('board')),
      queries.gibbs().then(gibbs => {
        room.gibbs = mergeGibbs(room.gibbs, gibbs);
        changed('gibb');
      }),
    ]);
  }
}
