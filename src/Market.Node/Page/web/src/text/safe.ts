// Names and gibbs come from anyone. They are shown as text only (`textContent`), and here lose what could still deceive:
// marks that turn the direction of their neighbours, letters that show nothing, towers of accents.

/** Direction marks and embeddings; invisible spaces, joiners of nothing, fillers; control characters. Not the joiners that emoji and Persian need. */
const deceiving = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u00AD\u115F\u1160\u180E\u200B\u2060-\u2065\u206A-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u0000-\u001F\u007F-\u009F]/g;
const spaces = /[\s\u2028\u2029]+/g;
const towers = /(\p{M}{4})\p{M}+/gu;
const longest = 600;

/** The text with every deceiving character made visible as U+FFFD, on one line; `(blank)` when nothing is left to see. */
export function safe(text: string): string {
  const shown = text
    .slice(0, longest)
    .toWellFormed()
    .replace(spaces, ' ')
    .replace(deceiving, '\uFFFD')
    .replace(towers, '$1')
    .trim();
  return shown === '' ? '(blank)' : shown;
}
