// The teams' board: rank, team, a bar for the score, and what it is made of.
import type { Board, TeamLine } from '../wire/messages';
import { count } from '../text/numbers';
import { bars, type Bar } from './bar';
import { byId, make, setForeign, setText } from './dom';
import { Rows } from './rows';
import { teamColour } from './team-colours';

type Line = TeamLine & { readonly bar: Bar };

/** Far beyond any game; a bound on what a row a team costs. */
const mostTeams = 50;

export class TeamsPanel {
  readonly #rows = new Rows<Line>(byId('teams-rows'), { key: line => line.team, create, update });

  show(board: Board | null): void {
    const teams = (board?.teams ?? []).slice(0, mostTeams);
    const lengths = bars(teams.map(team => team.score));
    this.#rows.show(teams.map((team, index) => ({ ...team, bar: lengths[index]! })));
    byId('teams-empty').hidden = board === null || teams.length > 0;
    byId('teams-final').hidden = board?.final !== true;
  }
}

function create(): HTMLElement {
  const row = make('tr', 'team-row');
  const bar = make('td', 'bar-cell', make('span', 'track', make('span', 'bar')));
  row.append(
    make('td', 'rank'),
    make('th', 'team', make('bdi')),
    bar,
    make('td', 'score'),
    make('td', 'figure fed'),
    make('td', 'figure bailouts'),
    make('td', 'figure traders'),
  );
  row.querySelector('th')!.scope = 'row';
  return row;
}

function update(row: HTMLElement, line: Line): void {
  const [rank, team, barCell, score, fed, bailouts, traders] = [...row.children] as HTMLElement[];
  row.style.setProperty('--team', teamColour(line.team));
  setText(rank!, String(line.rank));
  setForeign(team!.firstElementChild as HTMLElement, line.team);
  const bar = barCell!.querySelector<HTMLElement>('.bar')!;
  bar.style.left = `${line.bar.left}%`;
  bar.style.width = `${line.bar.width}%`;
  bar.classList.toggle('negative', line.score < 0);
  setText(score!, count(line.score));
  setText(fed!, count(line.fed));
  setText(bailouts!, count(line.bailouts));
  setText(traders!, count(line.traders));
}
