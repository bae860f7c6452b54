// The table of contents: the room, what fills it (link and refresh), what shows it (panels), and the clocks.
import './style/page.css';
import { marketOf, siteOf, socketOf } from './address';
import { Link, type LinkState } from './link/link';
import { Refresh } from './market/refresh';
import { Room, type Topic } from './market/room';
import { ChartPanel } from './panels/chart-panel';
import { onRetry, showConnection } from './panels/connection';
import { GibbForm } from './panels/gibb-form';
import { GibbsPanel } from './panels/gibbs';
import { onMarketChosen, showMarket, showPrice } from './panels/header';
import { JoinPanel } from './panels/join';
import { Painter } from './panels/painter';
import { TeamsPanel } from './panels/teams';
import { applyTheme, onThemeChanged } from './panels/theme';
import { TradersPanel } from './panels/traders';
import type { Frame } from './wire/messages';
import { Queries } from './wire/queries';

/** A hole is asked for at most this often, however many there are. */
const holesEveryMs = 5_000;
const agoEveryMs = 5_000;
const countdownEveryMs = 250;

applyTheme();
const room = new Room(marketOf(location.search));
const site = siteOf(location.href);
const queries = new Queries(site, room.id);
const painter = new Painter(paint);
const refresh = new Refresh(room, queries, painter.mark);
const link = new Link(socketOf(site, room.id), receive, relink);

const chart = new ChartPanel(() => painter.mark('price'));
const teams = new TeamsPanel();
const traders = new TradersPanel();
const gibbs = new GibbsPanel();
const join = new JoinPanel(site, link.address, room.id);
const form = new GibbForm(async (author, text) => {
  const gibb = await queries.post(author, text);
  receive({ kind: 'gibb', gibb });
  return gibb;
});

onThemeChanged(() => chart.restyle());
onMarketChosen(id => location.assign(`?market=${encodeURIComponent(id)}`));
onRetry(() => link.retryNow());
window.addEventListener('online', () => link.retryNow());
document.addEventListener('visibilitychange', () => link.retryNow());

setInterval(() => room.history.missing !== null && room.link.kind === 'live' && void refresh.run(), holesEveryMs);
setInterval(() => painter.mark('clock'), agoEveryMs);
setInterval(() => room.link.kind === 'waiting' && painter.mark('link'), countdownEveryMs);

painter.mark('market');
void refresh.run();
link.start();

function receive(frame: Frame): void {
  painter.mark(...room.apply(frame, Date.now()));
  if (frame.kind === 'welcome') void refresh.run();
  // For whoever mends it: a market that refuses the hello does not welcome either, and then the banner says so.
  if (frame.kind === 'problem') console.warn(`The market reports a problem: ${frame.detail}`);
  if (frame.kind === 'unreadable') console.warn(`A frame of the market cannot be read: ${frame.why}`);
  link.expectEvery(room.status === 'running' && !room.ended ? room.tickGapMs : null);
}

function relink(state: LinkState): void {
  room.link = state;
  painter.mark('link');
}

function paint(dirty: ReadonlySet<Topic>): void {
  const now = Date.now();
  if (dirty.has('market') || dirty.has('board')) {
    showMarket(room);
    join.show(room);
  }
  if (dirty.has('price')) {
    showPrice(room);
    chart.show(room);
  }
  if (dirty.has('board')) {
    teams.show(room.board);
    traders.show(room.board);
  }
  if (dirty.has('gibb') || dirty.has('clock')) gibbs.show(room, now + room.clockAheadMs);
  if (dirty.has('link')) {
    showConnection(room, now);
    form.show(room.link.kind === 'live');
  }
}
