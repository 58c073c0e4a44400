import { describe, expect, it } from 'vitest';
import { PatentLabError } from '../errors.ts';
import { labelText, parseTaxonomy } from './taxonomy.ts';

const FILE = 'taxonomy.json';

const SOUND = `{
  "name": "Mobility",
  "labels": [
    { "id": "wheelchair", "name": "Wheelchairs", "description": "Chairs on wheels", "aliases": ["chairs"] },
    { "id": "brake", "name": "Brakes", "parent": "wheelchair", "keywords": ["brake*"], "allow": ["hand"] },
    { "id": "motor", "name": "Motors", "parent": "brake" }
  ]
}`;

function failure(text: string): PatentLabError {
  try {
    parseTaxonomy(text, FILE);
  } catch (error) {
    if (error instanceof PatentLabError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

/** The text without its mark ▸, and the place where the mark stood. */
function marked(source: string): { text: string; place: { line: number; column: number; offset: number } } {
  const offset = source.indexOf('▸');
  const before = source.slice(0, offset).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { text: source.replace('▸', ''), place: { line: before.length, column, offset } };
}

const label = (id: string, rest = ''): string => `{ "id": "${id}", "name": "N"${rest} }`;
const taxonomyOf = (...labels: string[]): string => `{\n"labels": [\n  ${labels.join(',\n  ')}\n]}`;

describe('a taxonomy', () => {
  it('has a name, labels in their order, and their positions by id', () => {
    const { name, labels, index } = parseTaxonomy(SOUND, FILE);
    expect(name).toBe('Mobility');
    expect(labels.map(({ id }) => id)).toEqual(['wheelchair', 'brake', 'motor']);
    expect([...index]).toEqual([
      ['wheelchair', 0],
      ['brake', 1],
      ['motor', 2],
    ]);
    expect(labels[1]).toEqual({
      id: 'brake',
      name: 'Brakes',
      parent: 'wheelchair',
      keywords: ['brake*'],
      allow: ['hand'],
    });
  });

  it('is called after its file when it has no name', () => {
    expect(parseTaxonomy(taxonomyOf(label('a')), 'mine/taxonomy.json').name).toBe('mine/taxonomy.json');
  });

  it('may start with a byte order mark, name its schema, and hold what later versions add', () => {
    const text = `\uFEFF{ "$schema": "x", "future": 1, "labels": [{ "id": "a", "name": "A", "colour": "red" }] }`;
    expect(parseTaxonomy(text, FILE).labels).toEqual([{ id: 'a', name: 'A' }]);
  });

  it('may put a label before its parent', () => {
    const text = taxonomyOf(label('child', ', "parent": "root"'), label('root'));
    expect(parseTaxonomy(text, FILE).labels).toHaveLength(2);
  });

  it('may be hundreds of labels deep', () => {
    const labels = Array.from({ length: 800 }, (_, i) =>
      label(`l${i}`, i === 0 ? '' : `, "parent": "l${i - 1}"`),
    );
    expect(parseTaxonomy(taxonomyOf(...labels), FILE).labels).toHaveLength(800);
  });
});

describe('a taxonomy with a mistake in its labels is refused where the mistake is', () => {
  it.each([
    {
      what: 'an id that occurs twice',
      source: taxonomyOf(label('a'), label('b'), '{ "id": ▸"a", "name": "N" }'),
      message: 'The label id "a" occurs twice.',
    },
    {
      what: 'a parent that does not exist',
      source: taxonomyOf(label('a'), label('b', ', "parent": ▸"c"')),
      message: 'The label "b" has the unknown parent "c".',
    },
    {
      what: "an ancestor's parent that does not exist",
      source: taxonomyOf(label('a', ', "parent": "b"'), label('b', ', "parent": ▸"c"')),
      message: 'The label "b" has the unknown parent "c".',
    },
    {
      what: 'an empty parent',
      source: taxonomyOf(label('a', ', "parent": ▸""')),
      message: 'The label "a" has the unknown parent "".',
    },
    {
      what: 'a label that is its own parent',
      source: taxonomyOf(label('a'), label('b', ', "parent": ▸"b"')),
      message: 'The label "b" is its own ancestor.',
    },
    {
      what: 'a circle of three',
      source: taxonomyOf(
        label('a', ', "parent": ▸"c"'),
        label('b', ', "parent": "a"'),
        label('c', ', "parent": "b"'),
      ),
      message: 'The label "a" is its own ancestor.',
    },
    {
      what: 'a circle among the ancestors of an innocent label',
      source: taxonomyOf(
        label('leaf', ', "parent": "a"'),
        label('a', ', "parent": ▸"b"'),
        label('b', ', "parent": "a"'),
      ),
      message: 'The label "a" is its own ancestor.',
    },
  ])('$what', ({ source, message }) => {
    const { text, place } = marked(source);
    const error = failure(text);
    expect(error.report()).toEqual({
      code: 'taxonomy-invalid',
      message,
      remedy: 'Give every label an id of its own and parents that exist, without circles.',
      place: { file: FILE, ...place },
    });
  });
});

describe('a taxonomy of the wrong form is refused where it goes wrong', () => {
  it.each([
    {
      what: 'no labels',
      source: '{ "labels": ▸[] }',
      message: 'labels: a taxonomy needs at least one label',
    },
    { what: 'labels left out', source: '▸{ "name": "x" }', message: 'labels: Invalid input: expected array' },
    { what: 'labels of another type', source: '{\n "labels": ▸{} }', message: 'labels: Invalid input' },
    { what: 'a list instead of a taxonomy', source: '▸[]', message: 'Invalid input: expected object' },
    { what: 'a label that is a word', source: '{ "labels": [▸"a"] }', message: 'labels.0: Invalid input' },
    {
      what: 'a label without an id',
      source: taxonomyOf(label('a'), '▸{ "name": "N" }'),
      message: 'labels.1.id: Invalid input',
    },
    {
      what: 'an empty id',
      source: taxonomyOf('{ "id": ▸"", "name": "N" }'),
      message: 'labels.0.id: Too small',
    },
    {
      what: 'an id that is a number',
      source: taxonomyOf('{ "id": ▸3, "name": "N" }'),
      message: 'labels.0.id: Invalid input: expected string, received number',
    },
    { what: 'a label without a name', source: taxonomyOf('▸{ "id": "a" }'), message: 'labels.0.name: ' },
    {
      what: 'an alias that is no text',
      source: taxonomyOf(label('a', ', "aliases": ["x", ▸null]')),
      message: 'labels.0.aliases.1: ',
    },
    {
      what: 'keywords that are no list',
      source: taxonomyOf(label('a', ', "keywords": ▸"x"')),
      message: 'labels.0.keywords: ',
    },
    {
      what: 'a parent that is null',
      source: taxonomyOf(label('a', ', "parent": ▸null')),
      message: 'labels.0.parent: ',
    },
  ])('$what', ({ source, message }) => {
    const { text, place } = marked(source);
    const error = failure(text);
    expect(error.message).toContain(`${FILE}: ${message}`);
    expect(error.code).toBe('taxonomy-invalid');
    expect(error.remedy).toBe('Correct the taxonomy file; each label needs an "id" and a "name".');
    expect(error.place).toEqual({ file: FILE, ...place });
  });

  it('an empty file', () => {
    expect(failure('').report()).toMatchObject({
      code: 'taxonomy-invalid',
      message: 'taxonomy.json is empty.',
      place: { file: FILE, line: 1, column: 1 },
    });
  });

  it('a file that is cut off, at whichever character, with a place inside it', () => {
    for (let end = 1; end < SOUND.length; end++) {
      const error = failure(SOUND.slice(0, end));
      expect(error).toMatchObject({ code: 'taxonomy-invalid', place: { file: FILE } });
      expect(error.message).toContain('taxonomy.json is not valid JSON: ');
      expect(error.remedy).not.toBe('');
      const { line = 0, column = 0, offset = -1 } = error.place ?? {};
      expect(offset).toBeLessThanOrEqual(end);
      const lines = SOUND.slice(0, offset).split('\n');
      expect([line, column]).toEqual([lines.length, (lines.at(-1)?.length ?? 0) + 1]);
    }
  });

  it('a place on the first line behind a byte order mark, which an editor does not count', () => {
    const { text, place } = marked('{ "labels": ▸[] }');
    expect(failure(`\uFEFF${text}`).place).toEqual({ file: FILE, ...place });
  });
});

describe("a label's text", () => {
  it.each([
    { parts: { name: 'Brakes' }, text: 'Brakes' },
    { parts: { name: 'Brakes', description: 'They stop wheels' }, text: 'Brakes. They stop wheels' },
    { parts: { name: 'Brakes', description: '', aliases: ['drag', ''] }, text: 'Brakes. drag' },
    {
      parts: { name: 'Brakes', aliases: ['drags', 'stops'], keywords: ['brake*'], parent: 'p', allow: ['x'] },
      text: 'Brakes. drags. stops',
    },
  ])('is $text', ({ parts, text }) => {
    expect(labelText({ id: 'brake', ...parts })).toBe(text);
  });
});
