// The few moves the panels make on the document. Text goes in as text, never as markup.
import { safe } from '../text/safe';

/** The element of that id. One that is missing is a fault of the page itself. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}`);
  return found as T;
}

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, className = '', ...children: Node[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

/** Writes only what differs, so that an unchanged cell costs no layout. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Somebody's name or words: made safe, and the whole of it as a tip where it may be cut. */
export function setForeign(element: HTMLElement, text: string): void {
  const shown = safe(text);
  setText(element, shown);
  if (element.title !== shown) element.title = shown;
}
