/** Whatever words are masked or removed, the source reads again, and as the masked text. */
import { describe, expect, it } from 'vitest';
import { mask } from '../../core/leakage/mask.ts';
import { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import type { Patent } from '../../core/patent/model.ts';
import { passagesOf } from '../documents/passages.ts';
import { PassageFindings, checkSteps } from './check.ts';
import { maskLabels, removeHidden } from './fix-edits.ts';
import type { CheckedPatent } from './leak.ts';
import { maskWords, removeWords, type Replacement } from './mask-edits.ts';
import { patentsOf, SOURCES } from './testing/sources.ts';

function replaced(text: string, replacements: readonly Replacement[]): string {
  const sorted = replacements.toSorted((a, b) => b.span.start - a.span.start);
  return sorted.reduce(
    (now, { span, text: by }) => now.slice(0, span.start) + by + now.slice(span.end),
    text,
  );
}

/** Markup between pieces stays, and may put a blank where there was none. */
const plain = (text: string): string => text.replace(/\s+/g, '');

const texts = (patents: readonly Patent[]): string[] =>
  patents.flatMap((patent) => passagesOf(patent).map(({ passage }) => plain(passage.text)));

/** Ranges from one word to the next ones. */
function wordRanges(text: string): { start: number; end: number }[] {
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
  }));
  return words.flatMap(({ start }, at) => words.slice(at, at + 3).map(({ end }) => ({ start, end })));
}

describe.each(SOURCES)('$file', (source) => {
  it('masks any words as their text is masked, and nothing else', async () => {
    const patents = await patentsOf(source);
    const before = texts(patents);
    let at = 0;
    let count = 0;
    for (const patent of patents) {
      for (const { passage } of passagesOf(patent)) {
        for (const span of wordRanges(passage.text)) {
          const edits = maskWords({ text: source.text, format: patent.format }, passage, span);
          const text = replaced(source.text, edits);
          const after = texts(await patentsOf({ ...source, text }));
          const expected = before.with(at, plain(mask(passage.text, [span]).text));
          expect
            .soft(after, `${passage.text.slice(span.start, span.end)} in ${passage.text}`)
            .toEqual(expected);
          count++;
        }
        at++;
      }
    }
    expect(count).toBeGreaterThan(30);
  });

  it('removes words and leaves a document that reads', async () => {
    for (const patent of await patentsOf(source)) {
      for (const { passage } of passagesOf(patent)) {
        for (const span of wordRanges(passage.text).filter((_, at) => at % 5 === 0)) {
          const edits = removeWords({ text: source.text, format: patent.format }, passage, span);
          expect(edits.every(({ text }) => text === '')).toBe(true);
          await patentsOf({ ...source, text: replaced(source.text, edits) });
        }
      }
    }
  });

  it('leaves no label’s word after masking all', async () => {
    const matcher = new TermMatcher({
      labels: [
        { id: 'mobility', name: 'Powered wheelchair', aliases: ['mobility aid'], keywords: ['wheelchair'] },
      ],
    });
    const found = await checked(source.text, source.file, matcher);
    expect(found.flatMap(({ leaks }) => leaks).length).toBeGreaterThan(2);
    const edits = found.flatMap((patent) => maskLabels(source.text, patent, matcher));
    const after = await checked(replaced(source.text, edits), source.file, matcher);
    expect(after.flatMap(({ leaks }) => leaks)).toEqual([]);
  });

  it('removes hidden characters that stand in words', async () => {
    const matcher = new TermMatcher({ labels: [{ id: 'hoist', name: 'Lifting gear' }] });
    const dirty = source.text
      .replaceAll(/(?<=[a-z])owered/g, 'owe\u200B\u200Bred')
      .replaceAll('aid', 'a\u202Eid');
    const found = await checked(dirty, source.file, matcher);
    const leaks = found.flatMap((patent) => patent.leaks);
    expect(leaks.length).toBeGreaterThan(1);
    const edits = found.flatMap((patent) => removeHidden(dirty, patent, patent.leaks));
    expect(replaced(dirty, edits)).toBe(source.text);
  });
});

async function checked(text: string, file: string, matcher: TermMatcher): Promise<CheckedPatent[]> {
  const findings = new PassageFindings(matcher);
  const steps = checkSteps(await patentsOf({ text, file }), {
    findings,
    source: text,
    assigned: () => undefined,
  });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
