// Says how the page stands with the market: a small indicator always, a banner nobody misses when it is lost.
import type { Room } from '../market/room';
import { safe } from '../text/safe';
import { secondsLeft } from '../text/times';
import { byId, setText } from './dom';

const labels = { connecting: 'connecting', live: 'live', waiting: 'offline' } as const;

export function showConnection(room: Room, now: number): void {
  const { link } = room;
  const lost = link.kind === 'waiting' || (link.kind === 'connecting' && link.attempt > 0);
  const indicator = byId('connection');
  indicator.dataset.link = link.kind;
  setText(byId('connection-label'), labels[link.kind]);
  indicator.title = room.serverVersion === null ? '' : `server ${room.serverVersion}`;
  document.body.dataset.link = lost ? 'lost' : link.kind;
  byId('banner').hidden = !lost && room.trouble === null;
  byId('banner').dataset.kind = lost ? 'lost' : 'trouble';
  setText(byId('banner-text'), lost && !room.absent ? 'Connection lost – reconnecting…' : safe(room.trouble ?? ''));
  setText(byId('banner-wait'), waitWords(room, now));
  byId('retry').hidden = link.kind !== 'waiting';
}

/** Changes every second, so it is kept out of what is read aloud. */
function waitWords({ link }: Room, now: number): string {
  if (link.kind === 'waiting') return `next try in ${secondsLeft(link.until, now)} s`;
  return link.kind === 'connecting' && link.attempt > 0 ? 'trying now' : '';
}

export function onRetry(retry: () => void): void {
  byId('retry').addEventListener('click', retry);
}
