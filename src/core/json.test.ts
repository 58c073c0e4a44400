import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PatentLabError } from './errors.ts';
import { jsonOrUndefined, parseJson } from './json.ts';
import { Random } from './random.ts';

const ABOUT = { file: 'settings.json', code: 'settings-invalid', remedy: 'Correct it.' } as const;

const schema = z.object({
  name: z.string(),
  sizes: z.array(z.number().positive('a size is positive')).optional(),
  nested: z.object({ deep: z.boolean() }).optional(),
});

function failure(text: string): PatentLabError {
  try {
    parseJson(text, schema, ABOUT);
  } catch (error) {
    if (error instanceof PatentLabError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

/** The text without its mark ▸, and the place where the mark stood, counted as an editor does. */
function marked(source: string): { text: string; place: { line: number; column: number; offset: number } } {
  const offset = source.indexOf('▸');
  const before = source.slice(0, offset).split(/\r\n|\n|\r/);
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { text: source.replace('▸', ''), place: { line: before.length, column, offset } };
}

describe('JSON from files', () => {
  it('is parsed, validated and given its defaults', () => {
    const withDefault = z.object({ name: z.string().default('none') });
    expect(parseJson('{}', withDefault, ABOUT).value).toEqual({ name: 'none' });
    const text = '{ "name": "a", "sizes": [1, 2.5e1], "nested": { "deep": true } }';
    expect(parseJson(text, schema, ABOUT).value).toEqual(JSON.parse(text));
  });

  it.each([
    { what: 'an object that is not closed', source: '{"name": "a"▸', detail: 'CloseBraceExpected' },
    { what: 'a list that is not closed', source: '{\n"sizes": [1, 2▸', detail: 'CloseBracketExpected' },
    { what: 'a string that is not closed', source: '{\n  "name": ▸"a', detail: 'UnexpectedEndOfString' },
    { what: 'a string over two lines', source: '{"name": ▸"a\nb"}', detail: 'UnexpectedEndOfString' },
    { what: 'a trailing comma', source: '{"name": "a",▸}', detail: 'PropertyNameExpected' },
    { what: 'a comment', source: '{\n  ▸// mine\n  "name": "a"\n}', detail: 'InvalidCommentToken' },
    { what: 'a missing comma', source: '{"name": "a" ▸"sizes": []}', detail: 'CommaExpected' },
    { what: 'a missing value', source: '{"name": ▸}', detail: 'ValueExpected' },
    { what: 'an unquoted name', source: '{▸name: "a"}', detail: 'InvalidSymbol' },
    { what: 'an unknown escape', source: '{"name": ▸"\\q"}', detail: 'InvalidEscapeCharacter' },
    { what: 'something after the end', source: '{"name": "a"}\n▸{}', detail: 'EndOfFileExpected' },
    { what: 'a number that breaks off', source: '{"sizes": [▸1.]}', detail: 'UnexpectedEndOfNumber' },
  ])('says where the syntax is broken: $what', ({ source, detail }) => {
    const { text, place } = marked(source);
    const error = failure(text);
    expect(error.message).toBe(`settings.json is not valid JSON: ${detail}.`);
    expect(error).toMatchObject({ code: 'settings-invalid', remedy: 'Correct it.' });
    expect(error.place).toEqual({ file: 'settings.json', ...place });
  });

  it.each([
    { what: 'the wrong type', source: '{\n  "name": ▸7\n}', detail: 'name: ' },
    {
      what: 'an item',
      source: '{"name": "a",\n"sizes": [1,\n  ▸-2]}',
      detail: 'sizes.1: a size is positive.',
    },
    { what: 'a nested value', source: '{"name": "a", "nested": {"deep": ▸"no"}}', detail: 'nested.deep: ' },
    { what: 'a missing field', source: '▸{"sizes": []}', detail: 'name: ' },
    {
      what: 'a missing nested field',
      source: '{"name": "a", "nested": ▸{"shallow": true}}',
      detail: 'nested.deep: ',
    },
    { what: 'another root', source: ' ▸[]', detail: 'Invalid input' },
    { what: 'null', source: '▸null', detail: 'Invalid input' },
  ])('says where the content is wrong: $what', ({ source, detail }) => {
    const { text, place } = marked(source);
    const error = failure(text);
    expect(error.message).toContain(`settings.json: ${detail}`);
    expect(error.place).toEqual({ file: 'settings.json', ...place });
  });

  it.each(['', '  ', '\n\t\r\n', '\uFEFF', '\uFEFF \n'])('says that %j is empty', (text) => {
    const error = failure(text);
    expect(error.message).toBe('settings.json is empty.');
    expect(error.place).toEqual({ file: 'settings.json', line: 1, column: 1, offset: 0 });
  });

  it('takes a byte order mark for no part of the text, in places either', () => {
    expect(parseJson('\uFEFF{"name": "a"}', schema, ABOUT).value).toEqual({ name: 'a' });
    for (const source of ['{"name": ▸7}', '{"name": ▸', '{\n"name": ▸7}']) {
      const { text } = marked(source);
      expect(failure(`\uFEFF${text}`).place).toEqual(failure(text).place);
    }
  });

  it('counts lines as an editor does: LF, CR LF and a lone CR', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const error = failure(['{', '  "name":', '    7', '}'].join(end));
      expect(error.place).toMatchObject({ line: 3, column: 5 });
    }
  });

  it('knows the place of every value, and of the nearest parent of one that is not there', () => {
    const text = '{\n  "name": "a",\n  "sizes": [\n    10,\n    200\n  ]\n}';
    const { place } = parseJson(text, schema, ABOUT);
    expect(place(['name'])).toEqual({ line: 2, column: 11, offset: text.indexOf('"a"') });
    expect(place(['sizes', 1])).toEqual({ line: 5, column: 5, offset: text.indexOf('200') });
    expect(place(['sizes', 7])).toEqual({ line: 3, column: 12, offset: text.indexOf('[') });
    expect(place(['nested', 'deep'])).toEqual({ line: 1, column: 1, offset: 0 });
    expect(place([])).toEqual({ line: 1, column: 1, offset: 0 });
  });

  it('agrees with JSON.parse on what is JSON, and never throws anything but its own error', () => {
    const random = new Random(1);
    const sound = JSON.stringify({
      name: 'ä "q" \\ \n\u2028😀',
      sizes: [1, -2.5e-3, 0],
      nested: { deep: true },
    });
    const pieces = [
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '1',
      '-',
      '.',
      'e',
      'null',
      'true',
      ' ',
      '\n',
    ];
    pieces.push('\t', '\u0001', '\uFEFF', '/', '//', '/*', '\\u00', '\uD800', '\u00A0', '+', "'");
    const anything = z.unknown();
    for (let trial = 0; trial < 4000; trial++) {
      let text = sound;
      for (let edits = 1 + random.integer(3); edits > 0; edits--) {
        const at = random.integer(text.length + 1);
        const piece = random.integer(3) === 0 ? '' : (pieces[random.integer(pieces.length)] ?? '');
        text = text.slice(0, at) + piece + text.slice(at + random.integer(3));
      }
      let expected: unknown;
      let valid = true;
      try {
        expected = JSON.parse(text.replace(/^\uFEFF/, ''));
      } catch {
        valid = false;
      }
      try {
        expect(parseJson(text, anything, ABOUT).value).toEqual(expected);
        expect(valid, JSON.stringify(text)).toBe(true);
      } catch (error) {
        if (!(error instanceof PatentLabError)) throw error;
        expect(valid, JSON.stringify(text)).toBe(false);
        expect(error.place?.offset).toBeLessThanOrEqual(text.length);
      }
    }
  });
});

describe('a value or undefined', () => {
  it.each([
    ['{"id":"a"}', { id: 'a' }],
    ['null', null],
    ['{"id":"a', undefined],
    ['', undefined],
  ])('%j', (text, value) => expect(jsonOrUndefined(text)).toEqual(value));
});
