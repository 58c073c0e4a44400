/** Edits of records and of the taxonomy change what they are for and no other character. */
import { describe, expect, it } from 'vitest';
import { allowEdit } from './allow-edit.ts';
import { dropRecord } from './fix-edits.ts';
import { LineIndex } from './line-index.ts';
import { moved, otherSide, type Leak } from './leak.ts';
import type { Replacement } from './mask-edits.ts';
import { setSplit } from './record-edits.ts';
import { patentsOf, SOURCES } from './testing/sources.ts';

const apply = (text: string, { span, text: by }: Replacement): string =>
  text.slice(0, span.start) + by + text.slice(span.end);

describe('allowEdit', () => {
  const LINES = `{
  "labels": [
    {
      "id": "a",
      "name": "A",

      "keywords": ["x", "y"]
    },
    { "id": "b", "name": "B" },
    { "id": "c", "name": "C", "allow": ["one"] },
    { "id": "d", "name": "D", "allow": [] },
    { "id": "e", "name": "E", "allow": [
      "one",
      "two"
    ] }
  ]
}
`;
  it.each([
    ['a', '["x", "y"]\n    }', '["x", "y"],\n      "allow": ["new \\"term\\""]\n    }'],
    ['b', '"name": "B" }', '"name": "B", "allow": ["new \\"term\\""] }'],
    ['c', '["one"]', '["one", "new \\"term\\""]'],
    ['d', '"allow": []', '"allow": ["new \\"term\\""]'],
    ['e', '"two"\n', '"two",\n      "new \\"term\\""\n'],
  ])('adds to label %s as the file is laid out', (label, before, after) => {
    const edit = allowEdit(LINES, label, 'new "term"');
    expect(edit && apply(LINES, edit)).toBe(LINES.replace(before, after));
  });

  it.each([
    ['a term that is allowed already', 'c', 'one'],
    ['a label that is not there', 'z', 'one'],
  ])('leaves %s', (_, label, term) => expect(allowEdit(LINES, label, term)).toBeUndefined());

  it('leaves a broken file', () => expect(allowEdit('{ "labels": 3', 'a', 'b')).toBeUndefined());

  it('keeps the line ends of the file', () => {
    const text = LINES.replaceAll('\n', '\r\n');
    const edit = allowEdit(text, 'e', 't');
    expect(edit?.text).toBe(',\r\n      "t"');
  });
});

describe.each(SOURCES.filter(({ file }) => /jsonl|csv/.test(file)))('records of $file', (source) => {
  it('are dropped with their line', async () => {
    const patents = await patentsOf(source);
    const [first, second] = patents;
    if (!first || !second) throw new Error('two records expected');
    const drop = (patent: typeof first): string =>
      apply(source.text, dropRecord(source.text, { patent, passages: [], assigned: undefined, leaks: [] }));
    expect((await patentsOf({ ...source, text: drop(first) })).map(({ id }) => id)).toEqual(['XX2']);
    expect((await patentsOf({ ...source, text: drop(second) })).map(({ id }) => id)).toEqual(['XX1']);
    expect(drop(first).length + first.source.span.end - first.source.span.start + 1).toBe(source.text.length);
  });

  it('change sides', async () => {
    const patents = await patentsOf(source);
    const titles = patents.map(({ title }) => title?.text);
    for (const [at, patent] of patents.entries()) {
      const side = otherSide(patent.record?.split);
      const edit = setSplit(source.text, patent, side);
      if (!edit) throw new Error('an edit expected');
      const again = await patentsOf({ ...source, text: apply(source.text, edit) });
      expect(again[at]?.record).toEqual({ ...patent.record, split: side });
      expect(again.map(({ title }) => title?.text)).toEqual(titles);
    }
  });
});

describe('moved', () => {
  const leak: Leak = {
    kind: 'keyword',
    severity: 'hint',
    span: { start: 10, end: 15 },
    text: 'hoist',
    reason: '',
  };
  it.each([
    ['an edit before it', { start: 0, removed: 1, added: 4 }, { start: 13, end: 18 }],
    ['an edit behind it', { start: 15, removed: 1, added: 4 }, { start: 10, end: 15 }],
    ['an edit inside it', { start: 12, removed: 0, added: 1 }, undefined],
    ['one that covers it', { start: 9, removed: 9, added: 0 }, undefined],
  ])('after %s', (_, edit, span) => expect(moved(leak, [edit])?.span).toEqual(span));

  it('keeps a relation of a document that is edited', () => {
    const relation: Leak = { ...leak, kind: 'contamination' };
    expect(moved(relation, [{ start: 12, removed: 0, added: 3 }])?.span).toEqual({ start: 10, end: 18 });
  });
});

it('LineIndex counts lines as editors do', () => {
  const text = 'a\r\nbb\rc\n\n\u{1F600}d';
  const lines = new LineIndex(text);
  const places = [0, 1, 3, 5, 6, 7, 8, 9, 10, 12, 99].map((offset) => {
    const { line, character } = lines.at(offset);
    return `${line}:${character}`;
  });
  expect(places).toEqual(['0:0', '0:1', '1:0', '1:2', '2:0', '2:1', '3:0', '4:0', '4:1', '4:3', '4:3']);
});
