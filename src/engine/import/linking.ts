/**
 * Which records of an import belong together: those that share a stated group, a text or a family, directly or through
 * others (METHODS 8: families and continuations share abstracts). The same rule as `linkGroups`, which a corpus goes
 * through when it is read, with the family that the bibliography states beside it, and for more documents than fit into
 * memory as text: keys are hashed, and records are numbers.
 */
import { groupKeys } from '../../core/corpus/labelled.ts';
import type { Patent } from '../../core/patent/model.ts';
import { parsePublicationNumber } from '../../core/patent/publication-number.ts';
import { DIGEST_BYTES, KeyIndex, digestOf } from './key-index.ts';

/** What a stored key says about two records that share it. */
const KINDS = ['id', 'text', 'group', 'family'] as const;
type KeyKind = (typeof KINDS)[number];

const ENTRY_BYTES = DIGEST_BYTES + 1;

/**
 * The keys of one record as they are stored: how many, then kind and digest of each. The id is always the first.
 */
export function recordKeys(patent: Patent): Buffer {
  const keys: (readonly [KeyKind, string])[] = [['id', `i:${patent.id}`]];
  for (const key of groupKeys(patent)) {
    // A patent without any text has its id for a key; nothing can share that.
    if (key.startsWith('g:')) keys.push(['group', key]);
    else if (key.startsWith('t:')) keys.push(['text', key]);
  }
  for (const key of new Set(familyKeys(patent))) keys.push(['family', key]);
  const stored = Buffer.alloc(2 + keys.length * ENTRY_BYTES);
  stored.writeUInt16BE(keys.length);
  keys.forEach(([kind, key], at) => {
    stored[2 + at * ENTRY_BYTES] = KINDS.indexOf(kind);
    digestOf(key).copy(stored, 3 + at * ENTRY_BYTES);
  });
  return stored;
}

/** More relatives than these are no family but a defect of the data, and would not fit the stored count. [ours] */
const MOST_RELATIVES = 1000;

/**
 * What members of one family share: the id a database gives it, each other's publications, the application they are
 * continuations or divisions of, and priorities.
 */
function familyKeys({ id, bibliography }: Patent): readonly string[] {
  const { family, application, related, priorities } = bibliography;
  const relatives = [
    ...(application ? [application.id] : []),
    ...priorities.map((priority) => priority.id),
    ...related.map(({ document }) => document.id),
  ].filter((relative) => relative !== '');
  return [
    ...(family.id === undefined ? [] : [`f:${family.id}`]),
    // A name that a file gives its records is no publication.
    ...(parsePublicationNumber(id) === undefined ? [] : [`p:${id}`]),
    ...family.members.map((member) => `p:${member.id}`),
    ...relatives.map((relative) => `a:${relative}`),
  ].slice(0, MOST_RELATIVES);
}

/** How a record stands to the ones before it. */
export type Admission =
  | { readonly kind: 'new'; readonly sameText: boolean }
  /** Its id is taken by this record. */
  | { readonly kind: 'duplicate'; readonly first: number };

/** The records so far and what links them. */
export class Linking {
  readonly #index = new KeyIndex();
  #parents = new Uint32Array(1024);
  #count = 0;
  #sameText = 0;

  get records(): number {
    return this.#count;
  }

  /** Records whose text an earlier record has too. */
  get sameText(): number {
    return this.#sameText;
  }

  /** Takes a record in unless its id is taken; `always` takes it in all the same. */
  admit(keys: Uint8Array, always = false): Admission {
    const record = this.#count;
    // The first entry is the id.
    const first = this.#index.claim(keys, record, 3);
    if (first !== undefined && !always) return { kind: 'duplicate', first };
    this.#add(record);
    let sameText = false;
    for (let at = 2 + ENTRY_BYTES; at < keys.length; at += ENTRY_BYTES) {
      const other = this.#index.claim(keys, record, at + 1);
      if (other === undefined) continue;
      this.#join(other, record);
      sameText ||= KINDS[keys[at] ?? 0] === 'text' && other !== record;
    }
    if (sameText) this.#sameText++;
    return { kind: 'new', sameText };
  }

  /** The first record of the group that a record belongs to. */
  root(record: number): number {
    let top = record;
    for (let next = this.#parents[top] ?? top; next !== top; next = this.#parents[top] ?? top) top = next;
    for (let at = record; at !== top;) {
      const next = this.#parents[at] ?? top;
      this.#parents[at] = top;
      at = next;
    }
    return top;
  }

  /** How many records each group has, by its first record; groups of one are left out. */
  groups(): ReadonlyMap<number, number> {
    const sizes = new Uint32Array(this.#count);
    for (let record = 0; record < this.#count; record++) {
      const top = this.root(record);
      sizes[top] = (sizes[top] ?? 0) + 1;
    }
    const groups = new Map<number, number>();
    sizes.forEach((size, record) => {
      if (size > 1) groups.set(record, size);
    });
    return groups;
  }

  #add(record: number): void {
    if (record >= this.#parents.length) {
      const larger = new Uint32Array(this.#parents.length * 2);
      larger.set(this.#parents);
      this.#parents = larger;
    }
    this.#parents[record] = record;
    this.#count++;
  }

  /** The earlier record stays on top, so that a group is named after its first. */
  #join(one: number, other: number): void {
    const [a, b] = [this.root(one), this.root(other)];
    if (a !== b) this.#parents[Math.max(a, b)] = Math.min(a, b);
  }
}

/** The stored keys of records, one after another. */
export function* storedKeys(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at + 2 <= bytes.length;) {
    const length = 2 + bytes.readUInt16BE(at) * ENTRY_BYTES;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
