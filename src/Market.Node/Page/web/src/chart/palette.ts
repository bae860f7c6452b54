// The chart is drawn on a canvas, which knows no CSS variables: its colours and its type are read from the page's.

export interface Palette {
  readonly price: string;
  readonly base: string;
  readonly hypeAbove: string;
  readonly hypeBelow: string;
  readonly burst: string;
  readonly burstInk: string;
  readonly grid: string;
  readonly ink: string;
  readonly onPrice: string;
  readonly font: string;
  /** Of the type, in CSS pixels; other sizes of the chart follow it. */
  readonly fontPx: number;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const fontPx = Math.max(12, Math.round(parseFloat(style.fontSize) * 0.8125));
  return {
    price: colour('price'),
    base: colour('base'),
    hypeAbove: colour('hype-above'),
    hypeBelow: colour('hype-below'),
    burst: colour('burst'),
    burstInk: colour('burst-ink'),
    grid: colour('grid'),
    ink: colour('muted'),
    onPrice: colour('on-price'),
    font: `${fontPx}px ${getComputedStyle(document.body).fontFamily}`,
    fontPx,
  };
}
