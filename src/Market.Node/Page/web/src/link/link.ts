// The WebSocket, for as long as the page is open: connects, says hello, and comes back after every loss.
//
//   connecting ──welcome──► live ──close, silence──► waiting ──time, `retryNow`──► connecting
//        └──────close, no welcome in 10 s──────────────►┘
import { readFrame } from '../wire/frames';
import type { Frame } from '../wire/messages';
import { waitMs } from './backoff';

export type LinkState =
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'live' }
  /** `until` is on the clock of `Date.now()`. */
  | { readonly kind: 'waiting'; readonly attempt: number; readonly until: number };

const welcomeWithinMs = 10_000;
/** A link this old has proven itself: the next loss starts again with a short wait. */
const provenAfterMs = 10_000;
const shortestSilenceMs = 15_000;
const missedTicks = 10;

export class Link {
  #socket: WebSocket | null = null;
  #state: LinkState = { kind: 'connecting', attempt: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #liveSince = 0;
  #lastFrameAt = 0;
  #expectedMs: number | null = null;

  constructor(
    readonly address: string,
    readonly onFrame: (frame: Frame) => void,
    readonly onState: (state: LinkState) => void,
  ) {}

  get state(): LinkState {
    return this.#state;
  }

  start(): void {
    this.#connect();
    setInterval(() => this.#checkSilence(), 1_000);
  }

  /** Ends a wait; nothing while connecting or live. */
  retryNow(): void {
    if (this.#state.kind === 'waiting') this.#connect();
  }

  /** How often frames are due; null when silence is normal. A link silent for much longer is dead, whatever TCP says. */
  expectEvery(ms: number | null): void {
    this.#expectedMs = ms;
  }

  #connect(): void {
    clearTimeout(this.#timer);
    this.#enter({ kind: 'connecting', attempt: this.#attempt });
    const socket = new WebSocket(this.address);
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ hello: { subscribe: ['price', 'board', 'gibb'] } }));
    socket.onmessage = event => this.#receive(socket, event.data);
    socket.onclose = () => this.#lose(socket);
    this.#timer = setTimeout(() => this.#lose(socket), welcomeWithinMs);
  }

  #receive(socket: WebSocket, data: unknown): void {
    if (socket !== this.#socket) return;
    this.#lastFrameAt = Date.now();
    const frame = readFrame(data);
    if (frame.kind === 'welcome' && this.#state.kind === 'connecting') {
      clearTimeout(this.#timer);
      this.#liveSince = Date.now();
      this.#enter({ kind: 'live' });
    }
    this.onFrame(frame);
  }

  #lose(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#timer);
    socket.close();
    if (this.#state.kind === 'live' && Date.now() - this.#liveSince >= provenAfterMs) this.#attempt = 0;
    const wait = waitMs(this.#attempt, Math.random());
    this.#enter({ kind: 'waiting', attempt: this.#attempt, until: Date.now() + wait });
    this.#attempt += 1;
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #checkSilence(): void {
    if (this.#state.kind !== 'live' || this.#expectedMs === null || this.#socket === null) return;
    const silence = Date.now() - this.#lastFrameAt;
    if (silence > Math.max(shortestSilenceMs, missedTicks * this.#expectedMs)) this.#lose(this.#socket);
  }

  #enter(state: LinkState): void {
    this.#state = state;
    this.onState(state);
  }
}
