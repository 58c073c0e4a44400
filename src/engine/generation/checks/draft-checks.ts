/**
 * What an output is checked for beyond its shape: labels' names where the instruction left them out, hidden text, text
 * that speaks to a model, and likeness to its seed, its examples, real documents (those of the test split above all) and
 * earlier outputs. Every check is leakage's own.
 */
import { draftText, type Draft } from '../../../core/generation/answer/draft.ts';
import type { DraftChecks } from '../../../core/generation/answer/judge.ts';
import type { LabelInstruction } from '../../../core/generation/plan.ts';
import type { CheckNote, Rejection } from '../../../core/generation/rejection.ts';
import type { Slot } from '../../../core/generation/slots.ts';
import { NEAR_DUPLICATE } from '../../../core/leakage/contamination/contamination.ts';
import { jaccard, shingleSet } from '../../../core/leakage/contamination/shingles.ts';
import { COPIED_WORDS, CopyIndex } from '../../../core/text/copying.ts';
import { hiddenText } from '../../../core/leakage/hidden-text.ts';
import { instructionText } from '../../../core/leakage/instruction-text.ts';
import type { LabelNames } from './label-names.ts';
import { NearIndex } from './near-index.ts';
import { payloads } from './payload.ts';

/** Nearer to its seed or example than this, an output is no new text; real near-duplicates begin at 0.8. [ours] */
export const NEAR_SEED = 0.5;

export interface ComparedText {
  readonly id: string;
  /** Title, abstract and claims. */
  readonly text: string;
  readonly isTest: boolean;
}

export class GenerationChecks implements DraftChecks {
  readonly #instruction: LabelInstruction;
  readonly #names: LabelNames;
  readonly #compared: readonly ComparedText[];
  readonly #always: readonly string[];
  readonly #byId: ReadonlyMap<string, ComparedText>;
  readonly #near = new NearIndex();
  readonly #copies: CopyIndex;
  readonly #outputs = new NearIndex();

  /** @param always texts that every prompt shows, whatever the slot */
  constructor(
    instruction: LabelInstruction,
    names: LabelNames,
    real: readonly ComparedText[],
    always: readonly ComparedText[] = [],
  ) {
    this.#instruction = instruction;
    this.#names = names;
    this.#compared = [...real, ...always];
    this.#always = always.map(({ id }) => id);
    this.#byId = new Map(this.#compared.map((document) => [document.id, document]));
    for (const { id, text } of this.#compared) this.#near.add(id, text);
    this.#copies = new CopyIndex(this.#compared.map(({ text }) => text));
  }

  /** An accepted output, which the next ones must differ from. */
  addOutput(id: string, text: string): void {
    this.#outputs.add(id, text);
  }

  check(draft: Draft, slot: Slot): { readonly rejection?: Rejection; readonly notes: readonly CheckNote[] } {
    const text = draftText(draft);
    const rejection =
      this.#unseen(text) ??
      instructed(text) ??
      this.#obeyed(text, slot) ??
      this.#shown(text, slot) ??
      this.#realText(text) ??
      this.#earlier(text) ??
      this.#named(text, slot);
    return rejection ? { rejection, notes: [] } : { notes: this.#namedNotes(text, slot) };
  }

  #unseen(text: string): Rejection | undefined {
    const [hidden] = hiddenText(text);
    return hidden && { reason: 'hidden-text', detail: `Characters that nobody sees: ${hidden.codes}.` };
  }

  /** Words that an instruction in the seed or an example asked for. */
  #obeyed(text: string, { source, exemplars }: Slot): Rejection | undefined {
    const lower = text.toLowerCase();
    for (const id of [...(source === undefined ? [] : [source]), ...exemplars]) {
      const word = payloads(this.#byId.get(id)?.text ?? '').find((one) => lower.includes(one.toLowerCase()));
      if (word !== undefined)
        return {
          reason: 'instruction-like',
          detail: `It has “${word}”, which an instruction inside ${id} asks for.`,
        };
    }
    return undefined;
  }

  #shown(text: string, { source, exemplars }: Slot): Rejection | undefined {
    const set = shingleSet(text);
    for (const id of [...(source === undefined ? [] : [source]), ...exemplars, ...this.#always]) {
      const similarity = jaccard(set, shingleSet(this.#byId.get(id)?.text ?? ''));
      if (similarity < NEAR_SEED) continue;
      const what = id === source ? 'the document it was to write anew' : 'an example';
      return { reason: 'near-seed', detail: `It is ${percent(similarity)} alike ${id}, ${what}.` };
    }
    return undefined;
  }

  #realText(text: string): Rejection | undefined {
    const near = this.#near.nearest(text);
    if (near && near.jaccard >= NEAR_DUPLICATE) {
      const where = this.#byId.get(near.id)?.isTest === true ? ', which is set aside for testing' : '';
      return { reason: 'near-real', detail: `It is ${percent(near.jaccard)} alike ${near.id}${where}.` };
    }
    const [run] = this.#copies.runs(text, COPIED_WORDS);
    if (!run) return undefined;
    const id = this.#compared[run.source]?.id ?? '';
    return { reason: 'copied-passage', detail: `${run.words} words in a row stand in ${id} too.` };
  }

  #earlier(text: string): Rejection | undefined {
    const near = this.#outputs.nearest(text);
    return near && near.jaccard >= NEAR_DUPLICATE
      ? {
          reason: 'near-output',
          detail: `It is ${percent(near.jaccard)} alike ${near.id}, an earlier output.`,
        }
      : undefined;
  }

  #named(text: string, { labels }: Slot): Rejection | undefined {
    if (this.#instruction === 'named') return undefined;
    const [match] = this.#names.find(text, labels);
    return (
      match && {
        reason: 'label-named',
        detail: `“${text.slice(match.start, match.end)}” names a label that was to be left out (${match.term}).`,
      }
    );
  }

  #namedNotes(text: string, { labels }: Slot): readonly CheckNote[] {
    const terms = [...new Set(this.#names.find(text, labels).map(({ term }) => term))];
    return terms.length === 0 ? [] : [{ kind: 'label-named', detail: terms.join(', ') }];
  }
}

function instructed(text: string): Rejection | undefined {
  const [found] = instructionText(text);
  return (
    found && { reason: 'instruction-like', detail: `“${text.slice(found.start, found.end)}” ${found.does}.` }
  );
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
