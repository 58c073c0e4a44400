/** Words masked all over real documents: every document reads again, and as the masked text. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mask } from '../../core/leakage/mask.ts';
import { readFolder, readNamed, sharedData, type NamedText } from '../../core/testing/shared-data.ts';
import type { Span } from '../../core/text/span.ts';
import { passagesOf } from '../documents/passages.ts';
import { readSlices } from '../documents/read-slices.ts';
import { maskWords, type Replacement } from './mask-edits.ts';

const documents = sharedData('documents');
const corpora = [sharedData('llm-abstracts', 'gpt2-a61b.csv'), sharedData('health64', 'corpus.jsonl')];

/** A corpus is cut after some records: each of them is read twice. */
const LONGEST_CORPUS = 200_000;

/** Scans of two columns side by side: any word that is shorter or longer moves the border the columns are told by. */
const IN_COLUMNS = /bell-telephone|wozniak-apple/;

const sources: NamedText[] = [
  ...['epo-ops', 'epo-xml', 'plain-text', 'uspto-xml', 'wipo-st36-st96'].flatMap((folder) =>
    documents === undefined
      ? []
      : readFolder(path.join(documents, folder)).filter(({ name }) => !IN_COLUMNS.test(name)),
  ),
  ...corpora.flatMap((file) => {
    if (file === undefined) return [];
    const { name, text } = readNamed(file);
    return [{ name, text: text.slice(0, text.lastIndexOf('\n', LONGEST_CORPUS) + 1) }];
  }),
];

const compact = (text: string): string => text.replace(/\s+/g, '');

/** Every seventh pair of words or so; far enough inside that no number or heading is taken for a word. */
function pairs(text: string): Span[] {
  const words = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
  return words.flatMap((word, at) => {
    const next = words[at + 1];
    if (at < 6 || at % 7 !== 0 || !next || !/\p{L}/u.test(word[0])) return [];
    return [{ start: word.index, end: next.index + next[0].length }];
  });
}

describe.skipIf(sources.length === 0)('masking words of', () => {
  it.each(sources.map((source) => [source.name, source] as const))('%s', async (name, { text }) => {
    const before = await readSlices(text, name, () => true);
    const edits: Replacement[] = [];
    const expected: string[] = [];
    let end = 0;
    for (const patent of before?.patents ?? []) {
      for (const { passage } of passagesOf(patent)) {
        // Passages may stand inside each other; only one of them is masked then.
        const spans = passage.span.start >= end ? pairs(passage.text) : [];
        edits.push(...spans.flatMap((span) => maskWords({ text, format: patent.format }, passage, span)));
        end = Math.max(end, passage.span.end);
        expected.push(compact(mask(passage.text, spans).text));
      }
    }
    edits.sort((a, b) => b.span.start - a.span.start);
    const masked = edits.reduce(
      (now, { span, text: by }) => now.slice(0, span.start) + by + now.slice(span.end),
      text,
    );
    const after = await readSlices(masked, name, () => true);
    const found = after?.patents.flatMap((patent) =>
      passagesOf(patent).map(({ passage }) => compact(passage.text)),
    );
    expect(after?.failures).toEqual(before?.failures);
    expect(found).toEqual(expected);
  });
});
