// A list whose rows keep their elements while they change place; a row that moves glides there.

export interface RowKind<T> {
  key(item: T): string;
  create(item: T): HTMLElement;
  update(row: HTMLElement, item: T): void;
}

const glideMs = 450;
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

export class Rows<T> {
  readonly #rows = new Map<string, HTMLElement>();

  constructor(readonly parent: HTMLElement, readonly kind: RowKind<T>) {}

  show(items: readonly T[]): void {
    const keys = new Set(items.map(item => this.kind.key(item)));
    for (const [key, row] of this.#rows) if (!keys.has(key)) this.#remove(key, row);
    const wanted = items.map(item => this.#rowOf(item));
    const moved = wanted.some((row, index) => this.parent.children[index] !== row);
    if (!moved) return;
    const before = stillness.matches ? new Map<HTMLElement, number>() : this.#places();
    wanted.forEach((row, index) => {
      const there = this.parent.children[index];
      if (there !== row) this.parent.insertBefore(row, there ?? null);
    });
    for (const [row, top] of before) glide(row, top - row.offsetTop);
  }

  #rowOf(item: T): HTMLElement {
    const key = this.kind.key(item);
    const row = this.#rows.get(key) ?? this.kind.create(item);
    this.#rows.set(key, row);
    this.kind.update(row, item);
    return row;
  }

  #places(): Map<HTMLElement, number> {
    return new Map([...this.#rows.values()].filter(row => row.isConnected).map(row => [row, row.offsetTop]));
  }

  #remove(key: string, row: HTMLElement): void {
    row.remove();
    this.#rows.delete(key);
  }
}

function glide(row: HTMLElement, fromPx: number): void {
  if (fromPx === 0) return;
  row.animate([{ transform: `translateY(${fromPx}px)` }, { transform: 'none' }], { duration: glideMs, easing: 'cubic-bezier(.2,.7,.2,1)' });
}
