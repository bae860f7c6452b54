/** The longest wait between two attempts, in milliseconds. */
export const longestWaitMs = 5_000;
const firstWaitMs = 500;

/**
 * How long to wait before attempt `attempt` (the first retry is 0), in milliseconds.
 * Doubles up to the longest wait; half of it is drawn (`chance` in 0..1), so that a full room does not come back in step.
 */
export function waitMs(attempt: number, chance: number): number {
  const ceiling = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * chance);
}
