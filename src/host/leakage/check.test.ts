/** Checking passage by passage finds what checking the patent as a whole finds, and knows what it found before. */
import { describe, expect, it } from 'vitest';
import { checkPatent } from '../../core/leakage/check.ts';
import { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import { checkSteps, PassageFindings } from './check.ts';
import { byImportance } from '../../core/leakage/finding.ts';
import type { CheckedPatent, Leak } from './leak.ts';
import { shownLeakage } from './shown.ts';
import { patentsOf, SOURCES, type TestSource } from './testing/sources.ts';

const labels = [
  { id: 'mobility', name: 'Powered wheelchair', aliases: ['mobility aid'], keywords: ['wheelchair', 'seat'] },
  { id: 'hoist', name: 'Hoist', keywords: ['drive'] },
];
const matcher = new TermMatcher({ labels });

async function check(
  source: TestSource,
  findings: PassageFindings,
  own?: readonly string[],
): Promise<CheckedPatent[]> {
  const assigned = () => own && ({ standing: 'labelled', labels: own } as const);
  const steps = checkSteps(await patentsOf(source), { findings, source: source.text, assigned });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const bare = (leaks: readonly Leak[]): object[] => leaks.map(({ within: _, ...finding }) => finding);

describe.each(SOURCES)('$file', (source) => {
  const dirty = {
    ...source,
    text: source.text.replace('owered', 'ow\u200B\u200Bered').replace('<!-- fictitious', '<!-- \u202E'),
  };

  it.each([undefined, ['mobility'], ['hoist', 'unknown']])(
    'is checked as a whole would be, with labels %s',
    async (own) => {
      for (const text of [source, dirty]) {
        const known = own && new Set(labels.flatMap(({ id }, at) => (own.includes(id) ? [at] : [])));
        const patents = await patentsOf(text);
        const expected = patents.map((patent) =>
          checkPatent(patent, { matcher, assigned: known, source: text.text }),
        );
        const found = await check(text, new PassageFindings(matcher), own);
        expect(found.flatMap(({ leaks }) => leaks).length).toBeGreaterThan(2);
        found.forEach(({ leaks }, at) => {
          expect(bare(leaks)).toEqual((expected[at] ?? []).toSorted(byImportance));
        });
      }
    },
  );

  it('finds in a changed text what it finds in a new one', async () => {
    const first = new PassageFindings(matcher);
    await check(source, first, ['mobility']);
    const changed = { ...source, text: source.text.replace('powered', 'seat and hoist of a powered') };
    const second = await check(changed, new PassageFindings(matcher, first), ['mobility']);
    const anew = await check(changed, new PassageFindings(matcher), ['mobility']);
    expect(second.map(({ leaks }) => leaks)).toEqual(anew.map(({ leaks }) => leaks));
    const others = await check(changed, new PassageFindings(matcher, first), ['hoist']);
    expect(others.flatMap(({ leaks }) => leaks.map(({ kind }) => kind))).toContain('assigned-label');
    const renamed = new TermMatcher({ labels: [{ id: 'x', name: 'Nowhere' }] });
    const none = await check(changed, new PassageFindings(renamed, first));
    expect(none.flatMap(({ leaks }) => leaks)).toEqual([]);
  });

  it('is shown with marks on the words that were found', async () => {
    for (const checked of await check(source, new PassageFindings(matcher), ['mobility'])) {
      const parts = {
        checked,
        leaks: checked.leaks,
        labelName: (id: string) => id,
        relations: 'done',
      } as const;
      const shown = shownLeakage({ ...parts, masked: { kind: 'not-asked' }, all: false });
      const marks = shown.passages.flatMap(({ text, marks: own }) =>
        own.map(({ start, end, finding }) => [finding, text.slice(start, end)] as const),
      );
      const expected = checked.leaks.map(({ text }, finding) => [finding, text] as const);
      expect(new Map(marks)).toEqual(new Map(expected));
      // A finding of another reading is located by where it stands in the source.
      const elsewhere = checked.leaks.map(({ within: _, ...finding }) => finding);
      const located = shownLeakage({ ...parts, leaks: elsewhere, masked: { kind: 'not-asked' }, all: false });
      expect(located.passages.map((passage) => passage.marks)).toEqual(
        shown.passages.map((passage) => passage.marks),
      );
      for (const { id, names, keywords, standing } of shown.labels) {
        expect(names + keywords).toBe(checked.leaks.filter(({ label }) => label === id).length);
        expect(standing).toBe(id === 'mobility' ? 'labelled' : 'other');
      }
    }
  });
});

it('a long patent is sent where something was found, and counts the rest', async () => {
  const filler = `<p>${'Nothing of interest. '.repeat(400)}</p>`;
  const [xml] = SOURCES;
  if (!xml) throw new Error('an XML expected');
  const text = xml.text.replace('</heading>', `</heading>${filler.repeat(12)}`);
  const [checked] = await check({ ...xml, text }, new PassageFindings(matcher));
  if (!checked) throw new Error('a patent expected');
  const parts = { checked, leaks: checked.leaks, labelName: (id: string) => id, relations: 'done' } as const;
  const shown = shownLeakage({ ...parts, masked: { kind: 'not-asked' }, all: false });
  // The last one stands beside a passage with findings.
  expect(shown.leftOut).toBe(11);
  expect(shown.passages.map(({ skipped }) => skipped).filter(Boolean)).toEqual([11]);
  expect(shown.passages.length + shown.leftOut).toBe(checked.passages.length);
  const all = shownLeakage({ ...parts, masked: { kind: 'not-asked' }, all: true });
  expect([all.leftOut, all.passages.length]).toEqual([0, checked.passages.length]);
  // There is a way back only where something would be left out.
  expect([shown.whole, all.whole]).toEqual([undefined, true]);
});
