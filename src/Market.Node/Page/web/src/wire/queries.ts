// The HTTP side of the doors. Every call ends within `timeoutMs`, with a value or with `Refused` or a network error.
import { list, WrongField } from './fields';
import { problemDetail } from './frames';
import type { Board, Gibb, MarketInfo, Tick } from './messages';
import { readBoard, readGibb, readMarket, readTick } from './read';

const timeoutMs = 10_000;
const boardTraders = 30;
const gibbsKept = 50;

/** The market answered, and the answer was no. `message` is for people. */
export class Refused extends Error {
  constructor(readonly httpStatus: number, detail: string) {
    super(detail);
  }
}

export class Queries {
  readonly #api: string;

  /** `site` is the folder the page lives in, with its closing slash. */
  constructor(readonly site: string, market: string) {
    this.#api = `${site}api/markets/${encodeURIComponent(market)}`;
  }

  async markets(): Promise<MarketInfo[]> {
    return list(await ask(`${this.site}api/markets`), 'markets').map(readMarket);
  }

  async market(): Promise<MarketInfo> {
    return readMarket(await ask(this.#api));
  }

  async board(): Promise<Board> {
    return readBoard(await ask(`${this.#api}/board?limit=${boardTraders}`));
  }

  async gibbs(): Promise<Gibb[]> {
    return list(await ask(`${this.#api}/gibbs?limit=${gibbsKept}`), 'gibbs').map(readGibb);
  }

  /** At most `limit` ticks, oldest first; without `from` the market chooses where to begin. */
  async prices(limit: number, from: number | null): Promise<Tick[]> {
    const start = from === null ? '' : `from=${from}&`;
    return list(await ask(`${this.#api}/prices?${start}limit=${limit}`), 'prices').map(readTick);
  }

  /** Posts a gibb and gives it back as it was scored. */
  async post(author: string, text: string): Promise<Gibb> {
    return readGibb(await ask(`${this.#api}/gibbs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ author, text }),
    }));
  }
}

async function ask(address: string, request: RequestInit = {}): Promise<unknown> {
  const response = await fetch(address, { ...request, cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, body === null ? `The market answered ${response.status}.` : problemDetail(body));
  return body;
}

/** What went wrong, as a sentence for people. */
export function sentence(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof WrongField) return `The market sent something this page cannot read: ${error.message}.`;
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'The market did not answer in time.';
  return 'The market cannot be reached.';
}
