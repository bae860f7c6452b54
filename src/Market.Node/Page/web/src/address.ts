// Where this page and its market live.

const defaultMarket = 'banana';
const marketId = /^[a-z0-9-]{1,32}$/;

/** `?market=ID`; anything that cannot be a market's id is the default one. */
export function marketOf(search: string): string {
  const asked = new URLSearchParams(search).get('market') ?? defaultMarket;
  return marketId.test(asked) ? asked : defaultMarket;
}

/** The folder of the page, with its closing slash: the page may sit below a proxy's path. */
export function siteOf(href: string): string {
  return new URL('.', href).href;
}

export function socketOf(site: string, market: string): string {
  return `${site.replace(/^http/, 'ws')}ws/markets/${market}`;
}
