// All the page knows about its market. Changed in one place, `apply`; the panels only read it.
import type { LinkState } from '../link/link';
import type { Board, Frame, Gibb, MarketInfo, Status } from '../wire/messages';
import { mergeGibbs } from './gibb-feed';
import { History } from './history';

/** What may have changed; each panel is drawn anew when one of its topics did. */
export type Topic = 'market' | 'price' | 'board' | 'gibb' | 'link' | 'clock';

export class Room {
  status: Status | null = null;
  /** All markets of this node; a selector is worth its place from two on. */
  markets: readonly MarketInfo[] = [];
  readonly history = new History();
  board: Board | null = null;
  gibbs: readonly Gibb[] = [];
  link: LinkState = { kind: 'connecting', attempt: 0 };
  /** The node answers, but has no such market. */
  absent = false;
  /** A sentence on what went wrong last; null when all is well. */
  trouble: string | null = null;
  serverVersion: string | null = null;
  /** The market's clock minus this machine's, in milliseconds. */
  clockAheadMs = 0;
  /** Between the last two ticks as they came, in milliseconds; null when not known, as after a pause. */
  tickGapMs: number | null = null;

  constructor(readonly id: string) {}

  /** `now` is this machine's clock. */
  apply(frame: Frame, now: number): Topic[] {
    switch (frame.kind) {
      case 'welcome':
        this.serverVersion = frame.version;
        if (frame.price !== null) this.history.add(frame.price);
        return ['price', 'market'];
      case 'price': {
        const last = this.history.last;
        this.tickGapMs = last !== null && frame.tick.seq === last.seq + 1 ? frame.tick.time - last.time : null;
        this.clockAheadMs = frame.tick.time - now;
        this.history.add(frame.tick);
        return ['price'];
      }
      case 'board':
        return this.takeBoard(frame.board) ? ['board'] : [];
      case 'gibb':
        this.gibbs = mergeGibbs(this.gibbs, [frame.gibb]);
        return ['gibb'];
      case 'market':
        if (frame.info.id !== this.id) return [];
        this.status = frame.info.status;
        this.tickGapMs = null;
        return ['market', 'board'];
      case 'problem':
      case 'unknown':
      case 'unreadable':
        return [];
    }
  }

  /** False for a board older than the one shown: an answer that was overtaken by a frame. */
  takeBoard(board: Board): boolean {
    if (this.board !== null && board.time < this.board.time) return false;
    this.board = board;
    return true;
  }

  /** A final board ends the market, whichever of the two is told first. */
  get ended(): boolean {
    return this.status === 'ended' || this.board?.final === true;
  }
}
