// One text frame of the WebSocket. Total: whatever arrives, a `Frame` comes out.
import { object, optional, text, WrongField, type Json } from './fields';
import type { Frame, Tick } from './messages';
import { readBoard, readGibb, readMarket, readTick } from './read';

const readers: Readonly<Record<string, (value: unknown) => Frame>> = {
  welcome: readWelcome,
  price: value => ({ kind: 'price', tick: readTick(value) }),
  board: value => ({ kind: 'board', board: readBoard(value) }),
  gibb: value => ({ kind: 'gibb', gibb: readGibb(value) }),
  market: value => ({ kind: 'market', info: readMarket(value) }),
  problem: value => ({ kind: 'problem', detail: problemDetail(value) }),
};

export function readFrame(data: unknown): Frame {
  try {
    if (typeof data !== 'string') return { kind: 'unknown' };
    const frame = object(JSON.parse(data), 'frame');
    const key = Object.keys(frame).find(name => Object.hasOwn(readers, name));
    return key === undefined ? { kind: 'unknown' } : readers[key]!(frame[key]);
  } catch (error) {
    if (error instanceof WrongField || error instanceof SyntaxError) return { kind: 'unreadable', why: error.message };
    throw error;
  }
}

function readWelcome(value: unknown): Frame {
  const json = object(value, 'welcome');
  const server: Json = optional(json, 'server', (from, name) => object(from[name], name)) ?? {};
  return {
    kind: 'welcome',
    price: tickIfReadable(json.price),
    version: optional(server, 'version', text),
  };
}

/** A welcome is a welcome, whatever its price looks like; ticks come as frames of their own. */
function tickIfReadable(value: unknown): Tick | null {
  try {
    return readTick(value);
  } catch (error) {
    if (error instanceof WrongField) return null;
    throw error;
  }
}

/** The sentence of a problem (RFC 9457): its detail, else its title, else that there was one. */
export function problemDetail(value: unknown): string {
  const json = typeof value === 'object' && value !== null ? (value as Json) : {};
  for (const said of [json.detail, json.title]) if (typeof said === 'string' && said !== '') return said;
  return 'The market reported a problem without saying which.';
}
