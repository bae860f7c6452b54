// Numbers as people read them: grouped, a real minus sign, no more digits than mean something.

const minus = '\u2212';

function format(value: number, digits: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits, ...options })
    .format(value)
    .replace('-', minus);
}

/** Three decimals up to 100, where a single gibb (0.01) still shows; two above. */
export function price(value: number): string {
  return Math.abs(value) < 100 ? format(value, 3) : format(value, 2);
}

/** Always with its sign; zero is ±. */
export function change(value: number): string {
  const shown = price(Math.abs(value));
  if (Number(shown) === 0) return `±${shown}`;
  return (value > 0 ? '+' : minus) + shown;
}

export function percent(ratio: number): string {
  const shown = format(Math.abs(ratio) * 100, 1);
  if (Number(shown) === 0) return `±${shown} %`;
  return `${ratio > 0 ? '+' : minus}${shown} %`;
}

/** Grouped while it fits a column; 123.4K, 5.6M above. */
export function count(value: number): string {
  return Math.abs(value) < 100_000 ? format(value, 0) : compact(value);
}

/** Two decimals while they fit; 12.3K, 4.5M above. */
export function coins(value: number): string {
  return Math.abs(value) < 10_000 ? format(value, 2) : compact(value);
}

function compact(value: number): string {
  return format(value, 0, { notation: 'compact', maximumFractionDigits: 1 });
}

/** +200, −1, 0: the points of a gibb. */
export function points(value: number): string {
  if (value === 0) return '0';
  return (value > 0 ? '+' : minus) + format(Math.abs(value), 0);
}
