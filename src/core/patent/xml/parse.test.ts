import { describe, expect, it } from 'vitest';
import { PatentLabError } from '../../errors.ts';
import { GapCollector } from '../gaps.ts';
import type { ReadingLimits } from '../reader.ts';
import { DEFAULT_LIMITS } from '../reader.ts';
import type { XmlElement } from './parse.ts';
import { parseXml } from './parse.ts';
import { rawText } from './tree.ts';

const START = { offset: 100, line: 11, column: 5 };

function parse(text: string, limits: Partial<ReadingLimits> = {}, gaps = new GapCollector()): XmlElement {
  const context = { file: 'f.xml', limits: { ...DEFAULT_LIMITS, ...limits } };
  return parseXml({ text, start: START, index: 0 }, context, gaps);
}

function errorOf(text: string, limits?: Partial<ReadingLimits>): PatentLabError {
  try {
    parse(text, limits);
  } catch (error) {
    if (error instanceof PatentLabError) return error;
    throw error;
  }
  throw new Error('expected an error');
}

describe('parseXml', () => {
  it('keeps offsets of text, past comments, instructions and CDATA', () => {
    const text =
      '<?xml version="1.0"?><!-- a > b --><a>x<!-- y --><?p z?>w<b k="1"/><![CDATA[<&]]></a><!-- end -->';
    const root = parse(text);
    expect(
      root.children.map((node) => (node.kind === 'element' ? node.name : text.slice(node.start, node.end))),
    ).toEqual(['x', 'w', 'b', '<&']);
    expect(rawText(root, text)).toBe('xw<&');
  });

  it.each([
    ['&amp;&lt;&gt;&quot;&apos;', `&<>"'`],
    // As the EPO prints authors in capitals.
    ['KO&SACUTE;NIK &DEG;&ETA;&eta;', 'KOŚNIK °Ηη'],
    ['&ldquo;&nbsp;&deg;&rdquo;', '“\u00a0°”'],
    ['&#x3bc;&#956;&#x1F600;', 'μμ😀'],
    ['&agr;&lsqb;&mdash;', 'α[—'],
  ])('resolves %s', (reference, expected) => {
    const text = `<a>${reference}</a>`;
    expect(rawText(parse(text), text)).toBe(expected);
  });

  it('takes an ampersand that begins no reference as it stands, and says so', () => {
    const gaps = new GapCollector();
    const text = '<a k="R&D">Smith & Sons &amp; Co <!-- & --><![CDATA[&]]></a>';
    const root = parse(text, {}, gaps);
    expect(rawText(root, text)).toBe('Smith & Sons & Co &');
    expect(root.attributes['k']).toBe('R&D');
    expect(gaps.list()).toEqual([
      {
        message: '2 ampersands are not written as &amp; and taken as it stands.',
        span: { start: 107, end: 108 },
      },
    ]);
  });

  it('refuses a document full of such ampersands', () => {
    const error = errorOf(`<a>${'R&D '.repeat(20_000)}</a>`);
    expect(error.code).toBe('xml-malformed');
    expect(error.message).toMatch(/from here on, 10000 ampersands/);
    expect(error.place).toMatchObject({ line: 11, column: 9 });
  });

  it('leaves characters with names that nobody knows as they stand, and says so', () => {
    const gaps = new GapCollector();
    parse('<a b="&sdotx;">KO&SACUT;NIK &constructor;</a>', {}, gaps);
    expect(gaps.list()).toEqual([
      {
        message: 'The character &sdotx;, the first of 3, has no known name and was left as it stands.',
        span: { start: 106, end: 113 },
      },
    ]);
  });

  it('refuses a document full of such names', () => {
    expect(errorOf(`<a>${'&unheardof;'.repeat(20_000)}</a>`).message).toMatch(
      /the entity &unheardof; is neither declared nor a known character name/,
    );
  });

  /** A document, and the line and column of the file where it is wrong. */
  const MALFORMED: readonly (readonly [string, number, number, RegExp])[] = [
    ['<a><b></a>', 11, 11, /<\/a> stands where <b>, opened on line 11, must be closed/],
    ['<a>\n  <b c=1/></a>', 12, 8, /unquoted attribute value/],
    ['<a>\n<First Step</a>', 12, 12, /It stands in <a>, line 11/],
    ['<a>&#0;</a>', 11, 11, /malformed character entity/],
    ['<a b="1" b="2"/>', 11, 20, /duplicate attribute/],
    ['<a>\u0001</a>', 11, 8, /disallowed character/],
    ['junk', 11, 5, /text data outside of root/],
    ['<a/><b/>', 11, 9, /only one root/],
  ];

  it.each(MALFORMED)('refuses %j', (text, line, column, message) => {
    const error = errorOf(text);
    expect(error.code).toBe('xml-malformed');
    expect(error.place).toMatchObject({ file: 'f.xml', line, column });
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`f.xml, line ${line}, column ${column}`);
    expect(error.remedy).not.toBe('');
  });

  it.each([
    ['<a>\n<b>text', /ends inside <b>, which is open since line 12/],
    ['<a>\n<b>text</b></', /ends inside <a>, which is open since line 11/],
    ['<a x="', /ends before its first element is complete/],
    ['<!DOCTYPE a [', /ends before its first element is complete/],
    ['<!-- only -->', /ends before its first element is complete/],
    ['<a/><!-- never closed', /ends inside a comment/],
  ])('says that %j is cut off', (text, message) => {
    const error = errorOf(text);
    expect(error.code).toBe('xml-truncated');
    expect(error.message).toMatch(message);
    expect(error.place?.offset).toBe(START.offset + text.length);
  });

  const BILLION_LAUGHS = `<!DOCTYPE a [
    <!ENTITY l0 "ha">
    ${Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('\n')}
  ]><a>&l9;</a>`;

  it.each([
    ['a declared entity', '<!DOCTYPE a [\n<!ENTITY x "y">]><a>&x;</a>', /declares the entity "x"/],
    ['an entity bomb', BILLION_LAUGHS, /declares the entity "l0"/],
    [
      'an external entity',
      '<!DOCTYPE a [\n<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
      /the entity "x"/,
    ],
    ['a public external entity', '<!DOCTYPE a [\n<!ENTITY x PUBLIC "p" "u">]><a/>', /the entity "x"/],
    ['a parameter entity', '<!DOCTYPE a [\n<!ENTITY % p SYSTEM "u">]><a/>', /the parameter entity "p"/],
    ['a use of a parameter entity', '<!DOCTYPE a [\n%p;]><a/>', /uses the parameter entity %p;/],
    [
      'an entity behind a comment',
      '<!DOCTYPE a [\n<!-- " --><!ENTITY x "y"><!-- " -->]><a/>',
      /the entity "x"/,
    ],
    [
      'an entity that says NDATA in its text',
      '<!DOCTYPE a [\n<!ENTITY x " NDATA n>">]><a/>',
      /the entity "x"/,
    ],
  ])('refuses %s', (_, text, message) => {
    const error = errorOf(text);
    expect(error.code).toBe('xml-entities-refused');
    expect(error.message).toMatch(message);
    expect(error.place?.line).toBe(12);
  });

  it.each([
    ['an empty subset', '<!DOCTYPE a SYSTEM "a.dtd" [ ]><a/>'],
    ['graphics', '<!DOCTYPE a [<!ENTITY D1.TIF SYSTEM "D1.TIF" NDATA TIF><!NOTATION TIF SYSTEM "">]><a/>'],
    ['public graphics', `<!DOCTYPE a [<!ENTITY d PUBLIC '-//x' "d.tif" NDATA TIF>]><a/>`],
    ['element declarations', '<!DOCTYPE a [<!ELEMENT a (#PCDATA)><!ATTLIST a b CDATA "100%;">]><a/>'],
    ['a commented entity', '<!DOCTYPE a [<!-- <!ENTITY x "y"> -->]><a/>'],
  ])('accepts %s', (_, text) => {
    expect(parse(text).name).toBe('a');
  });

  it('does not resolve graphics that are declared', () => {
    const gaps = new GapCollector();
    const text = '<!DOCTYPE a [<!ENTITY d SYSTEM "d.tif" NDATA TIF>]><a>&d;</a>';
    expect(rawText(parse(text, {}, gaps), text)).toBe('&d;');
    expect(gaps.list()).toHaveLength(1);
  });

  it('limits depth, elements and the DOCTYPE', () => {
    expect(errorOf('<a>'.repeat(300))).toMatchObject({ code: 'xml-limits' });
    expect(errorOf('<a>'.repeat(300)).message).toContain('more than 256 deep');
    expect(parse(`${'<a>'.repeat(256)}${'</a>'.repeat(256)}`).name).toBe('a');
    expect(errorOf(`<a>${'<b/>'.repeat(100)}</a>`, { elements: 50 }).message).toContain(
      'more than 50 elements',
    );
    const doctype = `<!DOCTYPE a [${'<!ELEMENT b ANY>'.repeat(70_000)}]><a/>`;
    expect(errorOf(doctype).code).toBe('xml-limits');
  });
});
