/**
 * Which of a document's 8-word runs stand in others (METHODS 3). Each run is kept once, with the document it was met in,
 * so that a document can be asked about among the others; numbers in a table, because a corpus has tens of millions.
 */
import { OVERLAP_WORDS } from '../../text/copying.ts';
import { gramHashes, wordHashes } from '../../text/words.ts';

const FREE = -1;
/** The run stands in more than one document. */
const SEVERAL = -2;

export class RunTable {
  #keys = new Float64Array(1024);
  #owners = new Int32Array(1024).fill(FREE);
  #count = 0;

  add(document: number, text: string): void {
    for (const gram of gramsOf(text)) {
      if (2 * (this.#count + 1) > this.#keys.length) this.#grow();
      const at = this.#slot(gram);
      const owner = this.#owners[at];
      if (owner === FREE) {
        this.#keys[at] = gram;
        this.#owners[at] = document;
        this.#count++;
      } else if (owner !== document) this.#owners[at] = SEVERAL;
    }
  }

  /** Share of a text's runs that stand in a document other than this one; 0 for a text that has none. */
  share(text: string, but?: number): number {
    const grams = gramsOf(text);
    let shared = 0;
    for (const gram of grams) {
      const owner = this.#owners[this.#slot(gram)] ?? FREE;
      if (owner !== FREE && owner !== but) shared++;
    }
    return grams.length === 0 ? 0 : shared / grams.length;
  }

  #slot(gram: number): number {
    const mask = this.#keys.length - 1;
    let at = (Math.imul(gram | 0, 0x9e3779b1) ^ (gram / 2 ** 32)) & mask;
    while (this.#owners[at] !== FREE && this.#keys[at] !== gram) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const [keys, owners] = [this.#keys, this.#owners];
    this.#keys = new Float64Array(2 * keys.length);
    this.#owners = new Int32Array(2 * keys.length).fill(FREE);
    owners.forEach((owner, from) => {
      if (owner === FREE) return;
      const at = this.#slot(keys[from] ?? 0);
      this.#keys[at] = keys[from] ?? 0;
      this.#owners[at] = owner;
    });
  }
}

const gramsOf = (text: string): Float64Array => gramHashes(wordHashes(text), OVERLAP_WORDS);
