/** What a file's session shows as documents are classified and the text is edited. */
import { describe, expect, it } from 'vitest';
import type { ClassifyOutcome, ErrorReport, Span } from '../../protocol/engine.ts';
import {
  applyEdits,
  begin,
  drift,
  EMPTY_FILE,
  ended,
  latest,
  progress,
  shownAt,
  takeFailure,
  takeOutcomes,
  verify,
  type FileSession,
  type Shown,
} from './file-session.ts';
import { prediction } from './testing/builders.ts';

const TEXT = '<p>first</p>\n<p>second</p>\n';
const FIRST = { start: 0, end: 12 };
const SECOND = { start: 13, end: 26 };
const WHOLE = { start: 0, end: TEXT.length };
const ERROR: ErrorReport = { code: 'xml-malformed', message: 'Broken.', remedy: 'Mend it.' };

const at = (offset: number): Span => ({ start: offset, end: offset });
const classified = (id: string, span: Span): ClassifyOutcome => ({
  kind: 'classified',
  prediction: prediction(id, span),
});
const take = (file: FileSession, outcomes: ClassifyOutcome[], asked: Span, selection = false): FileSession =>
  takeOutcomes(file, outcomes, { text: TEXT, asked, selection });
const id = (shown: Shown): string =>
  shown.kind === 'classified' ? shown.prediction.document.id : shown.kind;

const both = take(EMPTY_FILE, [classified('one', FIRST), classified('two', SECOND)], WHOLE);

describe('a file of one document', () => {
  const file = take(EMPTY_FILE, [classified('one', FIRST)], WHOLE);

  it('shows its document wherever the cursor is', () => {
    for (const offset of [0, 5, 20]) expect(id(shownAt(file, at(offset)))).toBe('one');
  });

  it('shows what is running, then the outcome', () => {
    const running = progress(begin(EMPTY_FILE, WHOLE, 'reading'), 'encoding');
    expect(shownAt(running, at(0))).toMatchObject({ kind: 'running', message: 'encoding' });
    expect(id(shownAt(take(running, [classified('one', FIRST)], WHOLE), at(0)))).toBe('one');
    expect(id(shownAt(ended(running), at(0)))).toBe('unclassified');
  });

  it('shows a failure in place of what was known', () => {
    const failed = takeFailure(file, ERROR, { asked: WHOLE, selection: false });
    expect(shownAt(failed, at(0))).toMatchObject({ kind: 'failed', error: ERROR });
    expect(id(shownAt(take(failed, [classified('one', FIRST)], WHOLE), at(0)))).toBe('one');
  });
});

describe('a file of several documents', () => {
  it('shows the one the cursor stands in, or the one before', () => {
    expect([0, 12, 13, 27].map((offset) => id(shownAt(both, at(offset))))).toEqual([
      'one',
      'one',
      'two',
      'two',
    ]);
  });

  it('shows the record and nothing else for a corpus file', () => {
    const file = take(EMPTY_FILE, [classified('two', SECOND)], SECOND);
    expect(id(shownAt(file, at(2), FIRST))).toBe('unclassified');
    expect(id(shownAt(file, at(14), SECOND))).toBe('two');
  });

  it('keeps the other records when one is classified again', () => {
    const again = take(both, [classified('one again', FIRST)], FIRST);
    expect(id(shownAt(again, at(2), FIRST))).toBe('one again');
    expect(id(shownAt(again, at(14), SECOND))).toBe('two');
    expect(id(latest(again))).toBe('one again');
  });
});

describe('a classified selection', () => {
  const selected = take(both, [classified('one', FIRST)], { start: 3, end: 8 }, true);

  it('shows while the cursor is in it', () => {
    expect(shownAt(selected, at(4))).toMatchObject({ prediction: { document: { partial: true } } });
    expect(shownAt(selected, at(1))).toMatchObject({ prediction: { document: { partial: false } } });
  });

  it('fails without costing the document its prediction', () => {
    const failed = takeFailure(both, ERROR, { asked: { start: 3, end: 8 }, selection: true });
    expect(id(shownAt(failed, at(4)))).toBe('failed');
    expect(id(shownAt(failed, at(1)))).toBe('one');
  });

  it('goes when the whole document is classified again', () => {
    expect(shownAt(take(selected, [classified('one', FIRST)], WHOLE), at(4))).toMatchObject({
      prediction: { document: { partial: false } },
    });
  });
});

describe('edits', () => {
  const insert = (start: number, added: string): [FileSession, string] => {
    const text = TEXT.slice(0, start) + added + TEXT.slice(start);
    return [applyEdits(both, [{ start, removed: 0, added: added.length }], text), text];
  };
  const stale = (file: FileSession): boolean[] =>
    file.items.map((item) => item.kind === 'classified' && item.stale);

  it('make only the document they touch stale, and move the others', () => {
    const [file] = insert(5, '!!');
    expect(stale(file)).toEqual([true, false]);
    expect(file.items[1]).toMatchObject({ span: { start: 15, end: 28 } });
    expect(file.items[1]?.kind === 'classified' && drift(file.items[1])).toBe(2);
  });

  it('leave it fresh again when they are undone', () => {
    const [file] = insert(5, '!!');
    expect(stale(applyEdits(file, [{ start: 5, removed: 2, added: 0 }], TEXT))).toEqual([false, false]);
  });

  it('between documents touch none', () => {
    expect(stale(insert(12, ' ')[0])).toEqual([false, false]);
  });

  it('that nobody watched are found by comparing', () => {
    expect(stale(verify(both, TEXT))).toEqual([false, false]);
    expect(stale(verify(both, TEXT.replace('second', 'third.')))).toEqual([false, true]);
    expect(stale(verify(both, ''))).toEqual([true, true]);
  });
});
