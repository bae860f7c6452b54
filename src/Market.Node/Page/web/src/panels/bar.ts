/** Where a score's bar lies, in percent of its track. */
export interface Bar {
  readonly left: number;
  readonly width: number;
}

/** Bars start at a common zero, which moves right as far as the lowest score needs. */
export function bars(scores: readonly number[]): Bar[] {
  const low = Math.min(0, ...scores);
  const high = Math.max(0, ...scores);
  const span = high - low || 1;
  return scores.map(score => ({
    left: ((Math.min(score, 0) - low) / span) * 100,
    width: (Math.abs(score) / span) * 100,
  }));
}
