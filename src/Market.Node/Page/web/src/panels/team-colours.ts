// Okabe and Ito's palette, told apart by every kind of eye. The team's name always stands beside its colour.

const known = new Map([['ALOUATE', 1], ['BONOBO', 2], ['CAPUCIN', 3], ['DRILL', 7], ['SAGOUIN', 4]]);
const colours = 7;

/** The CSS variable of a team's colour: the five of the game have theirs, others get one by their name. */
export function teamColour(team: string): string {
  return `var(--team-${known.get(team) ?? byName(team)})`;
}

function byName(team: string): number {
  let sum = 0;
  for (const letter of team) sum = (sum * 31 + letter.codePointAt(0)!) % 65_521;
  return (sum % colours) + 1;
}
