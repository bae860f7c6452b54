// How to join: the address, and a bot in five lines.
import type { Room } from '../market/room';
import { byId, setText } from './dom';

const desk = '(min-width: 60rem)';
const roomy = '(min-width: 60rem) and (min-height: 62rem)';

export class JoinPanel {
  readonly #details = byId<HTMLDetailsElement>('join');
  #unfolded = false;

  constructor(site: string, socket: string, market: string) {
    setText(byId('join-address'), socket);
    setText(byId('join-bot'), botSnippet(site, socket, market));
  }

  /** The snippet is open where there is room for it, and before the start, when joining is what people look for. Folding by hand holds until that changes. */
  show(room: Room): void {
    const unfolded = matchMedia(roomy).matches || (matchMedia(desk).matches && room.status === 'open');
    if (unfolded !== this.#unfolded) this.#details.open = unfolded;
    this.#unfolded = unfolded;
  }
}

/** Runs with Node 22 or later, without packages: buys when the price is to rise, feeds when it is to fall. */
export function botSnippet(site: string, socket: string, market: string): string {
  return [
    `const me = { team: "SAGOUIN", name: "bot" + Date.now() }, as = { method: "POST", headers: { "content-type": "application/json" } };`,
    `const { token } = await (await fetch("${site}api/markets/${market}/traders", { ...as, body: JSON.stringify(me) })).json();`,
    `const ws = new WebSocket("${socket}"), send = o => ws.send(JSON.stringify(o));`,
    `ws.onopen = () => send({ hello: { ...me, token, subscribe: ["price"] } });`,
    `ws.onmessage = m => { const p = JSON.parse(m.data).price; if (p) send({ txnId: "t" + p.seq, ...(p.forecast > 1 ? { type: "BUY", shares: 1 } : { type: "FEED", monkeys: 1 }) }); };`,
  ].join('\n');
}
