/** The unlabelled patents that an encoder is adapted to, cut into what it reads, some of them held out. */
import { linkGroups, type LabelledDocument } from '../../core/corpus/labelled.ts';
import { PatentLabError } from '../../core/errors.ts';
import type { Patent } from '../../core/patent/model.ts';
import { viewText, type View } from '../../core/patent/view.ts';
import { Random } from '../../core/random.ts';
import type { TextReader } from '../encoder/reader.ts';
import { expandPath } from '../files/read-documents.ts';
import { readTexts, type ReadText } from '../finetune/texts.ts';
import type { Task } from '../task.ts';
import { duplicateId, labelled, readRecords, type Tables } from '../workspace/records.ts';
import type { Pairs } from './request.ts';

/** A document as an objective reads it: one text, or the two of a pair. */
export interface Item {
  readonly texts: readonly ReadText[];
  readonly group: string;
}

export interface AdaptationDocuments {
  readonly train: readonly Item[];
  readonly heldOut: readonly Item[];
  /** The texts themselves, of all items, in order: what the numbers depend on. */
  readonly read: readonly string[];
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
}

/** Every tenth group of documents is held out, and two at least: pairs of one family are not told apart. [ours] */
const HELD_OUT = 10;
const LEAST_HELD_OUT = 2;
/** As corpora name it. */
const TEST_SPLIT = 'test';
/** Fewer say nothing on the held-out ones. [ours] */
export const MIN_DOCUMENTS_TO_ADAPT = 20;

export interface UnlabelledDocuments {
  readonly documents: readonly LabelledDocument[];
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Real patents of corpus files, labelled or not, but nothing kept for testing.
 * @param split only those of this split
 */
export async function readUnlabelled(
  sources: readonly string[],
  split: string | undefined,
  problems: PatentLabError[],
  task: Task,
  { tables }: Tables = {},
): Promise<UnlabelledDocuments> {
  const documents: LabelledDocument[] = [];
  const places = new Map<string, string>();
  for (const file of (await Promise.all(sources.map(expandPath))).flat()) {
    for (const outcome of await readRecords(file, tables)) {
      if (documents.length % 64 === 0) await task.checkpoint();
      if (outcome.kind === 'failure') {
        problems.push(outcome.error);
        continue;
      }
      const { patent } = outcome;
      const before = places.get(patent.id);
      if (before !== undefined) {
        problems.push(duplicateId(patent, before));
        continue;
      }
      places.set(patent.id, file);
      documents.push(labelled(patent, []));
    }
  }
  return withoutTested(linkGroups(documents), split);
}

/** Families are known among all documents: one of which any is for testing is left out whole. */
function withoutTested(all: readonly LabelledDocument[], split: string | undefined): UnlabelledDocuments {
  const wanted = split === undefined ? all : all.filter((document) => document.split === split);
  if (split === TEST_SPLIT) return { documents: wanted, notes: [] };
  const tested = new Set(all.filter((document) => document.split === TEST_SPLIT).map(({ group }) => group));
  const documents = wanted.filter(({ group }) => !tested.has(group));
  const left = wanted.length - documents.length;
  const notes =
    left === 0
      ? []
      : [`${left} documents are of the test split or of a family with one of it, and were not read.`];
  return { documents, notes };
}

/** What an objective reads of a patent; undefined where there is not enough of it. */
export type TextsOf = (patent: Patent) => readonly string[] | undefined;

export const wholeView =
  (view: View): TextsOf =>
  (patent) => {
    const { text } = viewText(patent, view);
    return text.trim() === '' ? undefined : [text];
  };

const VIEWS_OF: Readonly<Record<Pairs, readonly View[]>> = {
  'abstract-claims': ['abstract', 'claims'],
  'title-abstract': ['title', 'abstract'],
};

export const pairOf =
  (pairs: Pairs): TextsOf =>
  (patent) => {
    const texts = VIEWS_OF[pairs].map((view) => viewText(patent, view).text);
    return texts.some((text) => text.trim() === '') ? undefined : texts;
  };

/** @throws `adaptation-too-small` */
export async function adaptationDocuments(
  documents: readonly LabelledDocument[],
  textsOf: TextsOf,
  reader: Pick<TextReader, 'spec' | 'layout'>,
  seed: number,
  task: Task,
): Promise<AdaptationDocuments> {
  const real = documents.filter(({ provenance }) => provenance === 'real');
  const items: Item[] = [];
  const read: string[] = [];
  for (const [done, { patent, group }] of real.entries()) {
    if (done % 16 === 0) {
      await task.checkpoint();
      task.progress('Reading documents', done, real.length);
    }
    const texts = textsOf(patent);
    if (!texts) continue;
    items.push({ texts: readTexts(texts, reader), group });
    read.push(...texts);
  }
  const groups = new Random(seed).shuffle([...new Set(items.map(({ group }) => group))]);
  if (items.length < MIN_DOCUMENTS_TO_ADAPT || groups.length < HELD_OUT) {
    throw tooFew(items.length, groups.length, documents.length);
  }
  const held = new Set(groups.slice(0, Math.max(LEAST_HELD_OUT, Math.ceil(groups.length / HELD_OUT))));
  return {
    train: items.filter(({ group }) => !held.has(group)),
    heldOut: items.filter(({ group }) => held.has(group)),
    read,
    notes: notesOf(documents.length - real.length, real.length - items.length, items),
  };
}

function notesOf(synthetic: number, without: number, items: readonly Item[]): string[] {
  const long = items.filter(({ texts }) => texts.some(({ windows }) => windows.length > 1)).length;
  return [
    ...(synthetic > 0
      ? [`${synthetic} documents are synthetic or duplicates and were not read: what is adapted to is real.`]
      : []),
    ...(without > 0 ? [`${without} documents lack the sections that this objective reads.`] : []),
    ...(long > 0
      ? [
          `${long} documents are longer than the encoder reads at once; each epoch reads one part of them, in turn.`,
        ]
      : []),
  ];
}

const tooFew = (usable: number, groups: number, all: number): PatentLabError =>
  new PatentLabError({
    code: 'adaptation-too-small',
    message: `${usable} of ${all} documents, in ${groups} families, can be read for this; an adaptation needs ${MIN_DOCUMENTS_TO_ADAPT} in ${HELD_OUT}.`,
    remedy:
      'Give more real patents with --corpus: they need no labels, but both texts of a pair for contrastive (--pairs).',
  });
