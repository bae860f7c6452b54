// The traders' board. On a phone its rows become two lines; the labels for that come from `data-label`.
import type { Board, TraderLine } from '../wire/messages';
import { coins, count } from '../text/numbers';
import { byId, make, setForeign, setText } from './dom';
import { Rows } from './rows';
import { teamColour } from './team-colours';

/** More is for the command line: nobody reads further down a screen in a room. */
const mostTraders = 50;

const figures: readonly { readonly label: string; readonly text: (line: TraderLine) => string }[] = [
  { label: 'fed', text: line => count(line.fed) },
  { label: 'bail', text: line => count(line.bailouts) },
  { label: 'coins', text: line => coins(line.coins) },
  { label: 'shares', text: line => count(line.shares) },
  { label: 'flying', text: line => count(line.inFlight) },
];

export class TradersPanel {
  readonly #rows = new Rows<TraderLine>(byId('traders-rows'), { key: line => `${line.team}/${line.name}`, create, update });

  show(board: Board | null): void {
    const traders = (board?.traders ?? []).slice(0, mostTraders);
    this.#rows.show(traders);
    byId('traders-empty').hidden = board === null || traders.length > 0;
    byId('traders-final').hidden = board?.final !== true;
    setText(byId('traders-count'), countWords(traders.length, board));
  }
}

function countWords(shown: number, board: Board | null): string {
  const all = (board?.teams ?? []).reduce((sum, team) => sum + team.traders, 0);
  if (all > shown && shown > 0) return `first ${shown} of ${count(all)}`;
  return shown === 0 ? '' : String(shown);
}

/** As blocks and grids on a phone, rows and cells keep only the roles they are given. */
function create(): HTMLElement {
  const name = make('th', 'name', make('bdi'));
  name.scope = 'row';
  const cells = figures.map(({ label }) => {
    const cell = make('td', 'figure');
    cell.dataset.label = label;
    return cell;
  });
  const row = make('tr', 'trader-row', make('td', 'rank'), make('td', 'team', make('bdi')), name, make('td', 'score'), ...cells);
  row.role = 'row';
  for (const cell of row.children) cell.role = cell === name ? 'rowheader' : 'cell';
  return row;
}

function update(row: HTMLElement, line: TraderLine): void {
  const [rank, team, name, score, ...cells] = [...row.children] as HTMLElement[];
  row.style.setProperty('--team', teamColour(line.team));
  setText(rank!, String(line.rank));
  setForeign(team!.firstElementChild as HTMLElement, line.team);
  setForeign(name!.firstElementChild as HTMLElement, line.name);
  setText(score!, count(line.score));
  figures.forEach((figure, index) => setText(cells[index]!, figure.text(line)));
}
