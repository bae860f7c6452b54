import { expect, test, vi } from 'vitest';
import { bars } from '../../src/panels/bar';
import { Painter } from '../../src/panels/painter';
import { teamColour } from '../../src/panels/team-colours';

test('bars share one zero, which moves right for a negative score', () => {
  expect(bars([10, 5])).toEqual([{ left: 0, width: 100 }, { left: 0, width: 50 }]);
  expect(bars([30, -10])).toEqual([{ left: 25, width: 75 }, { left: 0, width: 25 }]);
  expect(bars([0, 0])).toEqual([{ left: 0, width: 0 }, { left: 0, width: 0 }]);
  expect(bars([])).toEqual([]);
});

test('the teams of the game have colours of their own, others one that stays', () => {
  const five = ['ALOUATE', 'BONOBO', 'CAPUCIN', 'DRILL', 'SAGOUIN'].map(teamColour);
  expect(new Set(five).size).toBe(5);
  expect(teamColour('GIBBON')).toBe(teamColour('GIBBON'));
  expect(teamColour('constructor')).toMatch(/^var\(--team-[1-7]\)$/);
});

test('a tab in the background piles up nothing: one frame, the topics once', () => {
  const frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  const painted: string[][] = [];
  const painter = new Painter(dirty => painted.push([...dirty]));
  for (let tick = 0; tick < 1_000; tick++) painter.mark('price', 'board');
  painter.mark();
  expect(frames).toHaveLength(1);
  frames[0]!();
  expect(painted).toEqual([['price', 'board']]);
  painter.mark('gibb');
  expect(frames).toHaveLength(2);
  vi.unstubAllGlobals();
});
