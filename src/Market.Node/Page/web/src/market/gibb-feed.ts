import type { Gibb } from '../wire/messages';

/** The newest gibbs the page keeps. */
export const mostGibbs = 50;

/** One feed of both, each gibb once, newest first, the oldest dropped. Of two of the same moment the one that came later is newer. */
export function mergeGibbs(held: readonly Gibb[], come: readonly Gibb[], most = mostGibbs): Gibb[] {
  const byId = new Map<string, Gibb>();
  for (const gibb of [...held].reverse()) byId.set(gibb.id, gibb);
  for (const gibb of come) byId.set(gibb.id, gibb);
  return [...byId.values()].reverse().sort((a, b) => b.time - a.time).slice(0, most);
}
