// What the market says, in the page's own words: times are epoch milliseconds, nothing is optional.

export type Status = 'open' | 'running' | 'paused' | 'ended';

/** One tick of the price. */
export interface Tick {
  readonly seq: number;
  readonly time: number;
  readonly price: number;
  readonly forecast: number;
  readonly base: number;
  readonly hype: number;
  readonly bursting: boolean;
}

export interface TeamLine {
  readonly rank: number;
  readonly team: string;
  readonly score: number;
  readonly fed: number;
  readonly bailouts: number;
  readonly traders: number;
}

export interface TraderLine {
  readonly rank: number;
  readonly team: string;
  readonly name: string;
  readonly score: number;
  readonly fed: number;
  readonly bailouts: number;
  readonly coins: number;
  readonly shares: number;
  readonly inFlight: number;
}

export interface Board {
  readonly seq: number;
  readonly time: number;
  readonly final: boolean;
  readonly teams: readonly TeamLine[];
  readonly traders: readonly TraderLine[];
}

export interface Gibb {
  readonly id: string;
  readonly time: number;
  readonly author: string;
  readonly text: string;
  readonly points: number;
  readonly counted: boolean;
  /** Why it was not counted; null when it was. */
  readonly reason: string | null;
}

export interface MarketInfo {
  readonly id: string;
  readonly status: Status;
  /** The last tick; null before the first and where only the status was told. */
  readonly price: Tick | null;
}

export type Frame =
  | { readonly kind: 'welcome'; readonly price: Tick | null; readonly version: string | null }
  | { readonly kind: 'price'; readonly tick: Tick }
  | { readonly kind: 'board'; readonly board: Board }
  | { readonly kind: 'gibb'; readonly gibb: Gibb }
  | { readonly kind: 'market'; readonly info: MarketInfo }
  | { readonly kind: 'problem'; readonly detail: string }
  /** A key this page does not know: a newer server. */
  | { readonly kind: 'unknown' }
  /** Not JSON, or a field missing or wrong. */
  | { readonly kind: 'unreadable'; readonly why: string };
