import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { longestWaitMs } from '../../src/link/backoff';
import { Link, type LinkState } from '../../src/link/link';

/** A socket whose other end is the test. */
class Wire {
  static all: Wire[] = [];
  static get last(): Wire {
    return Wire.all.at(-1)!;
  }
  sent: string[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: unknown }) => void;
  onclose?: () => void;
  constructor(readonly address: string) {
    Wire.all.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.onclose?.();
  }
  welcome() {
    this.onopen?.();
    this.say({ welcome: { server: { version: '1' } } });
  }
  say(frame: unknown) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

let states: LinkState[];
let frames: string[];
let link: Link;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Wire);
  vi.spyOn(Math, 'random').mockReturnValue(1);
  Wire.all = [];
  states = [];
  frames = [];
  link = new Link('ws://here/ws/markets/banana', frame => frames.push(frame.kind), state => states.push(state));
  link.start();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const kinds = () => states.map(state => state.kind);

test('says hello when open, and is live with the welcome', () => {
  Wire.last.welcome();
  expect(JSON.parse(Wire.last.sent[0]!)).toEqual({ hello: { subscribe: ['price', 'board', 'gibb'] } });
  expect(kinds()).toEqual(['connecting', 'live']);
  expect(frames).toEqual(['welcome']);
});

test('a lost connection comes back by itself, ever slower, never slower than the longest wait', () => {
  const waits: number[] = [];
  for (let attempt = 0; attempt < 7; attempt++) {
    Wire.last.onclose!();
    const state = states.at(-1)!;
    if (state.kind === 'waiting') waits.push(state.until - Date.now());
    vi.advanceTimersByTime(longestWaitMs);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  expect(Wire.all).toHaveLength(8);
});

test('a connection that held starts again with the short wait; one that broke at once does not', () => {
  Wire.last.welcome();
  Wire.last.onclose!();
  vi.advanceTimersByTime(500);
  Wire.last.welcome();
  Wire.last.onclose!();
  expect(states.at(-1)).toMatchObject({ kind: 'waiting', attempt: 1 });
  vi.advanceTimersByTime(1_000);
  Wire.last.welcome();
  vi.advanceTimersByTime(10_000);
  Wire.last.onclose!();
  expect(states.at(-1)).toMatchObject({ kind: 'waiting', attempt: 0 });
});

test('retry ends the wait, and one socket is open at a time', () => {
  Wire.last.onclose!();
  link.retryNow();
  link.retryNow();
  expect(Wire.all).toHaveLength(2);
  vi.advanceTimersByTime(longestWaitMs);
  expect(Wire.all).toHaveLength(2);
});

test('a server that never welcomes is given up', () => {
  Wire.last.onopen!();
  vi.advanceTimersByTime(10_000);
  expect(kinds()).toEqual(['connecting', 'waiting']);
});

test('silence where ticks are due is a loss; silence of a paused market is not', () => {
  Wire.last.welcome();
  vi.advanceTimersByTime(60_000);
  expect(link.state.kind).toBe('live');
  Wire.last.say({ future: 1 });
  link.expectEvery(1_000);
  vi.advanceTimersByTime(14_000);
  expect(link.state.kind).toBe('live');
  vi.advanceTimersByTime(2_500);
  expect(kinds()).toContain('waiting');
});

test('a socket given up is not listened to any more', () => {
  const old = Wire.last;
  old.onclose!();
  vi.advanceTimersByTime(500);
  old.say({ welcome: {} });
  expect(frames).toEqual([]);
  expect(link.state.kind).toBe('connecting');
});
