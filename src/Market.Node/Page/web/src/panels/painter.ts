// Draws at most once a frame, and only what changed. A tab in the background gets no frames: it piles up nothing,
// and shows the latest state when it is looked at again.
import type { Topic } from '../market/room';

export class Painter {
  readonly #dirty = new Set<Topic>();
  #asked = false;

  constructor(readonly paint: (dirty: ReadonlySet<Topic>) => void) {}

  readonly mark = (...topics: Topic[]): void => {
    for (const topic of topics) this.#dirty.add(topic);
    if (this.#asked || this.#dirty.size === 0) return;
    this.#asked = true;
    requestAnimationFrame(() => this.#run());
  };

  #run(): void {
    const dirty = new Set(this.#dirty);
    this.#dirty.clear();
    this.#asked = false;
    this.paint(dirty);
  }
}
