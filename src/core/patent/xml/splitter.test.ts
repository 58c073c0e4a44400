import { describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../../testing/cpu-time.ts';
import { PatentLabError } from '../../errors.ts';
import type { Stretch } from '../reader.ts';
import { DEFAULT_LIMITS } from '../reader.ts';
import { xmlSplitter } from './splitter.ts';

function split(
  text: string,
  size = text.length || 1,
  documentLength = DEFAULT_LIMITS.documentLength,
): Stretch[] {
  const splitter = xmlSplitter({ file: 'f.xml', limits: { ...DEFAULT_LIMITS, documentLength } });
  const stretches: Stretch[] = [];
  for (let at = 0; at < text.length; at += size) stretches.push(...splitter.push(text.slice(at, at + size)));
  return [...stretches, ...splitter.end()];
}

const shown = (stretches: readonly Stretch[]): string[] =>
  stretches.map((stretch) => (stretch instanceof PatentLabError ? stretch.code : stretch.text));

const DECLARED = '<?xml version="1.0"?>';

/** Documents that stand one behind the other, with `¦` where the splitter has to cut. */
const CASES: readonly (readonly [string, string])[] = [
  ['declarations', `${DECLARED}\n<a>1</a>\n¦${DECLARED}\n<a>2</a>`],
  ['bare roots', '<a>1</a>\n¦<b>2</b>¦<a x="1">3</a>'],
  ['doctypes', '<!DOCTYPE a [ ]><a>1</a>¦<!DOCTYPE a SYSTEM "x>y" [<!NOTATION n SYSTEM "a]">]><a>2</a>'],
  ['everything on one line', `${DECLARED}<a>1</a>¦${DECLARED}<a>2</a>`],
  ['a document that is cut off', `${DECLARED}<a><b>1\n¦${DECLARED}<a>2</a>`],
  ['a document that is cut off in a word', `${DECLARED}<a><b>wor¦${DECLARED}<a>2</a>`],
  ['a document that is cut off in a tag', `${DECLARED}<a><b c="wor¦${DECLARED}<a>2</a>`],
  ['a document that is cut off in a comment', `${DECLARED}<a><!-- 1\n¦${DECLARED}<a>2</a>`],
  ['a document that is cut off in its prolog', `${DECLARED}\n<!DOCTYPE a [\n¦${DECLARED}<a>2</a>`],
  ['an end tag in a comment', '<a><!-- </a> --><b/></a>¦<a>2</a>'],
  ['an end tag in CDATA', '<a><![CDATA[</a>]]>1</a>¦<a>2</a>'],
  ['a declaration quoted in CDATA', `<a><![CDATA[see ${DECLARED}]]></a>¦<a>2</a>`],
  ['a declaration quoted before the root', `<!-- see ${DECLARED} --><a>1</a>¦<a>2</a>`],
  ['names that begin like the root', '<a><ab></ab></a >¦<a>2</a\n>'],
  ['comments between documents', '<a>1</a>¦<!-- one --><?pi x?>\n<a>2</a>'],
  ['comments behind the last document', '<a>1</a>'],
  ['text behind a document', '<a>1</a>¦junk'],
  ['text before a document', `junk <a>1</a>\n¦${DECLARED}<a>2</a>`],
  ['a root without end', '<a>1'],
  ['only a comment', '<!-- nothing -->'],
];

describe('xmlSplitter', { timeout: 30_000 }, () => {
  it.each(CASES)('cuts %s', (_, marked) => {
    const text = marked.replaceAll('¦', '');
    const expected = marked.split('¦').map((part) => part.trim());
    expect(shown(split(text)).map((part) => part.trim())).toEqual(expected);
  });

  it('drops comments behind the last document', () => {
    expect(shown(split('<a>1</a>\n<!-- end of file -->\n'))).toEqual(['<a>1</a>']);
  });

  it('cuts the same wherever the first batch ends', () => {
    // Chunks are searched in batches of 64 kB, so a first document fills the batch up to every place in turn.
    const batch = 64 * 1024;
    for (const [, marked] of CASES) {
      const text = `\n${marked.replaceAll('¦', '')}\n`;
      const padding = (length: number): string => `<pad>${'x'.repeat(length - '<pad></pad>'.length)}</pad>`;
      const [, ...expected] = shown(split(padding(100) + text));
      for (let at = 0; at <= text.length; at++) {
        const [, ...found] = shown(split(padding(batch - at) + text, batch));
        expect(found).toEqual(expected);
      }
    }
  });

  it('skips a byte order mark', () => {
    expect(shown(split('\uFEFF<a>1</a>'))).toEqual(['<a>1</a>']);
  });

  it('counts offset, line and column from the start of the file', () => {
    const [, second] = split('\n<a>\r\n1</a>\n  <a>2</a>');
    expect(second).toMatchObject({ start: { offset: 14, line: 4, column: 3 } });
  });

  it('refuses a document that is too long, once, and goes on with the next', () => {
    const text = `<a>${'x'.repeat(300_000)}</a>\n${DECLARED}<a>2</a>`;
    for (const size of [text.length, 1000, 70_000]) {
      expect(shown(split(text, size, 1000))).toEqual(['xml-limits', `${DECLARED}<a>2</a>`]);
    }
  });

  it('cuts many documents that are all cut off', () => {
    expect(split(`\n${DECLARED}<!-- `.repeat(1000))).toHaveLength(1000);
    expect(split(`\n${DECLARED}<a>`.repeat(1000))).toHaveLength(1000);
  });

  it.each([`${DECLARED}<!--`, `\n${DECLARED}<!--`, '<?xml ', `${DECLARED}<!DOCTYPE a ["`, '<a></a>'])(
    'stays quick on a file full of %j',
    (piece) => {
      expect(cpuMilliseconds(() => split(piece.repeat(20_000)))).toBeLessThan(3000);
    },
  );

  it('holds no more than one document', () => {
    const splitter = xmlSplitter({ file: 'f.xml', limits: DEFAULT_LIMITS });
    const document = `${DECLARED}\n<a>${'text '.repeat(1000)}</a>\n`;
    let documents = 0;
    for (let index = 0; index < 2000; index++) documents += splitter.push(document).length;
    // What is not out yet fits into two batches of 64 kB.
    expect(documents).toBeGreaterThan(2000 - 2 * Math.ceil((64 * 1024) / document.length) - 1);
  });
});
