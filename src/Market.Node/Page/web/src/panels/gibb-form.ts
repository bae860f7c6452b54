// The box to say something: the author is remembered on this machine, the answer says what it was worth.
import type { Gibb } from '../wire/messages';
import { points } from '../text/numbers';
import { safe } from '../text/safe';
import { reasonWords } from '../text/words';
import { sentence } from '../wire/queries';
import { byId, setText } from './dom';
import { recall, remember } from './memory';

const authorKey = 'monkonomy.author';

export class GibbForm {
  readonly #fields = byId<HTMLFieldSetElement>('gibb-fields');
  readonly #author = byId<HTMLInputElement>('gibb-author');
  readonly #text = byId<HTMLInputElement>('gibb-text');
  readonly #answer = byId('gibb-answer');
  #connected = false;
  #posting = false;

  constructor(readonly post: (author: string, text: string) => Promise<Gibb>) {
    this.#author.value = recall(authorKey) ?? '';
    byId<HTMLFormElement>('gibb-form').addEventListener('submit', event => {
      event.preventDefault();
      void this.#submit();
    });
  }

  show(connected: boolean): void {
    this.#connected = connected;
    this.#fields.disabled = !connected || this.#posting;
  }

  async #submit(): Promise<void> {
    const author = this.#author.value.trim();
    const text = this.#text.value.trim();
    if (author === '' || text === '') return this.#say('trouble', 'A gibb needs an author and a text.');
    remember(authorKey, author);
    this.#posting = true;
    this.show(this.#connected);
    try {
      const gibb = await this.post(author, text);
      this.#text.value = '';
      this.#say(gibb.counted ? 'counted' : 'uncounted', answerWords(gibb));
    } catch (error) {
      this.#say('trouble', safe(sentence(error)));
    }
    this.#posting = false;
    this.show(this.#connected);
    this.#text.focus();
  }

  #say(kind: 'counted' | 'uncounted' | 'trouble', words: string): void {
    this.#answer.dataset.kind = kind;
    setText(this.#answer, words);
  }
}

export function answerWords(gibb: Gibb): string {
  if (!gibb.counted) return `Posted, not counted: ${reasonWords(gibb.reason)}.`;
  return `Posted: ${points(gibb.points)} ${Math.abs(gibb.points) === 1 ? 'point' : 'points'}.`;
}
