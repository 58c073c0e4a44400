/** The readers against real documents of the offices, and against the documents of the sample workspace. */
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../testing/cpu-time.ts';
import type { NamedText } from '../testing/shared-data.ts';
import { readFolder, readNamed, repositoryData, sharedData } from '../testing/shared-data.ts';
import { sentences } from '../text/sentences.ts';
import { readDocuments, readText } from './formats.ts';
import { inspect } from './inspect.ts';
import type { Patent } from './model.ts';
import type { ReadOutcome } from './reader.ts';
import { failures, passagesOf, patents, readError, readOne, untraceableWords } from './testing/reading.ts';

const documents = sharedData('documents');
const samples = repositoryData('samples', 'patents');

const dependencies = (patent: Patent): string =>
  patent.claims.map(({ number, dependsOn }) => `${number}:${dependsOn.join(',')}`).join(' ');

function checkEverything(patent: Patent, { text }: NamedText): void {
  expect(untraceableWords(patent, text, 7)).toEqual([]);
  for (const passage of passagesOf(patent)) {
    expect(passage.text).toBe(passage.text.trim());
    expect(passage.text).not.toMatch(/ {2}|\n\n| \n|\n /);
    expect(passage.text).not.toMatch(/&(?:#\w+|[a-z]+);/);
    expect(sentences(passage.text).length).toBeGreaterThan(0);
  }
  const ids = patent.claims.map(({ number }) => number);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  for (const { number, dependsOn } of patent.claims) {
    expect(dependsOn.every((other) => other < number && ids.includes(other))).toBe(true);
  }
  expect(JSON.stringify(inspect(patent))).not.toContain('undefined');
}

describe.skipIf(documents === undefined)('real documents', { timeout: 30_000 }, () => {
  const folder = (name: string): NamedText[] => readFolder(`${documents ?? ''}/${name}`);
  const file = (name: string): NamedText => readNamed(`${documents ?? ''}/${name}`);
  const VERSION_4 = /<us-patent-(?:grant|application)\b/;

  it('reads every USPTO document of version 4', () => {
    const read = [...folder('uspto-xml'), ...folder('wipo-st36-st96')].filter(({ text }) =>
      VERSION_4.test(text),
    );
    expect(read.length).toBeGreaterThanOrEqual(8);
    for (const source of read) {
      const patent = readOne(source.text, source.name);
      expect(patent.format).toBe('us-xml');
      expect(patent.title?.text.length).toBeGreaterThan(3);
      expect(patent.id).toMatch(/^US[A-Z]{0,2}\d+[A-Z]\d$/);
      const isDesign = patent.kind?.startsWith('S') ?? false;
      expect(patent.claims.length).toBeGreaterThan(isDesign ? 0 : 5);
      if (isDesign) expect(patent.claims).toHaveLength(1);
      expect(patent.description.length).toBeGreaterThan(5);
      expect(patent.classifications.length).toBeGreaterThan(0);
      expect(patent.claims.every(({ text }) => !/^\d+\s*\./.test(text))).toBe(true);
      checkEverything(patent, source);
    }
  });

  it('reads every EPO document that can be read', () => {
    const read = folder('epo-xml').filter(({ name }) => name !== 'application_v1-5-1-A1-2.xml');
    expect(read).toHaveLength(9);
    for (const source of read) {
      const patent = readOne(source.text, source.name);
      expect(patent.format).toBe('epo-xml');
      expect(patent.title?.text.length).toBeGreaterThan(3);
      expect(patent.id).toMatch(/^EP\d{7}[AB]\d$/);
      // This one holds bibliographic data only, because the text was published as a WO document.
      if (source.name === 'application_v1-5-1-A1-1.xml') expect(patent.gaps).toHaveLength(1);
      else expect(patent.claims.length).toBeGreaterThan(0);
      expect(patent.classifications.length).toBeGreaterThan(0);
      checkEverything(patent, source);
    }
  });

  it('refuses the EPO document that is not well-formed, where it is wrong', () => {
    const { name, text } = file('epo-xml/application_v1-5-1-A1-2.xml');
    const error = readError(text, name);
    expect(error.code).toBe('xml-malformed');
    expect(error.place).toMatchObject({ file: name, line: 308, column: 46 });
    expect(error.message).toContain(`${name}, line 308, column 46`);
  });

  /** Dependencies read off the printed claims by hand. */
  it.each([
    [
      'uspto-xml/grant_us10000000b2_14643719.xml',
      '1: 2:1 3:1 4:1 5:1 6:1 7:1 8:1 9: 10:9 11: 12:11 13:11 14:11 15:11 16:11 17:11 18:11 19:18 20:19',
    ],
    [
      'uspto-xml/gouspto_grant_v4-5-B1.xml',
      '1: 2:1 3:1 4:1 5:4 6:1 7:6 8:7 9:7 10:1 11:1 12: 13:12 14:12 15: 16:15 17:15 18:15 19:15 20:19',
    ],
    ['uspto-xml/docling_ipa20180000016.xml', '1: 2:1 3:2 4:2 5:2 6:2 7:1 8:1 9:1 10:1 11:2'],
    ['uspto-xml/docling_ipgD0701016.xml', '1:'],
    ['epo-xml/application_v1-0-A1.xml', '1: 2:1 3:1,2 4:1,2,3 5:1,2,3,4 6:1,2,3,4,5 7:1,2,3,4,5,6'],
    ['epo-xml/application_v1-4-A1.xml', '1: 2:1 3:1 4:1 5:1 6:'],
    ['epo-xml/grant_v1-5-1-B1.xml', '1: 2:1 3:2 4:2 5:4 6:2 7:5 8:2'],
    ['wipo-st36-st96/st36_wipo_examples__st36aexample__DOC00001.xml', '1: 2: 3: 4: 5: 6: 7:1 8:3,4 9:8'],
  ])('reads what the claims of %s depend on', (name, expected) => {
    const source = file(name);
    expect(dependencies(readOne(source.text, source.name))).toBe(expected);
  });

  it('reads the German dependencies of an application', () => {
    const { text, name } = file('epo-xml/application_v1-2-A2.xml');
    const patent = readOne(text, name);
    const on = (number: number): readonly number[] | undefined =>
      patent.claims.find((claim) => claim.number === number)?.dependsOn;
    expect(patent.claims).toHaveLength(17);
    expect([on(1), on(2), on(3), on(4), on(6), on(7), on(8)]).toEqual([
      [],
      [1],
      [1, 2],
      [3],
      [5],
      [5, 6],
      [7],
    ]);
    expect(on(5)).toEqual([1, 2, 3, 4]);
    expect(on(11)).toEqual([7, 8, 9, 10]);
    expect(on(17)).toHaveLength(16);
  });

  it('reads the same dependencies from the English, German and French claims of a grant', () => {
    for (const name of ['grant_v1-1-B1.xml', 'grant_v1-5-B2.xml', 'grant_v1-5-1-B1.xml']) {
      const { text } = file(`epo-xml/${name}`);
      const read = ['en', 'de', 'fr'].map((language) => {
        const only = text.replace(/<claims [^>]*lang="(\w+)"[\s\S]*?<\/claims>/g, (set, found) =>
          found === language ? set : '',
        );
        const patent = readOne(only, name);
        expect(patent.language).toBe(language);
        return dependencies(patent);
      });
      expect(read[1]).toBe(read[0]);
      expect(read[2]).toBe(read[0]);
    }
  });

  it('refuses formats that it does not read by their names, and never with a defect', () => {
    const others = [
      ...folder('uspto-xml').filter(({ text }) => !VERSION_4.test(text)),
      ...folder('epo-ops'),
      ...folder('wipo-st36-st96').filter(
        ({ text }) => !VERSION_4.test(text) && !text.includes('<ep-patent-document'),
      ),
      ...folder('plain-text').filter(({ name }) => !name.startsWith('classic')),
    ];
    expect(others.length).toBeGreaterThan(12);
    for (const { name, text } of others) {
      expect(['not-a-patent', 'unknown-format']).toContain(readError(text, name).code);
    }
  });

  it('reads something of noisy recognised text, and says what it could not find', () => {
    for (const source of folder('plain-text').filter(({ name }) => name.startsWith('classic'))) {
      const patent = readOne(source.text, source.name);
      expect(patent.description.length + patent.claims.length).toBeGreaterThan(0);
      expect(patent.gaps.length).toBeGreaterThan(0);
      expect(untraceableWords(patent, source.text, 7)).toEqual([]);
    }
  });

  describe('the weekly file', () => {
    let source: NamedText;
    let whole: ReadOutcome[];

    beforeAll(() => {
      source = file('uspto-bulk/ipg130416.small.xml');
      whole = readText(source.text, source.name);
    });

    it('yields its 25 patents and states the sequence listings', () => {
      expect(failures(whole)).toEqual([]);
      const read = patents(whole);
      expect(read).toHaveLength(25);
      expect(read[0]?.id).toBe('USD680087S1');
      expect(read[24]?.id).toBe('US8421615B2');
      expect(read.map(({ source: { index } }) => index)).toEqual(
        Array.from({ length: 25 }, (_, index) => index),
      );
      const listings = read.filter(({ gaps }) =>
        gaps.some(({ message }) => message.startsWith('A sequence listing')),
      );
      expect(listings.map(({ id }) => id)).toEqual(['US8420021B2', 'US8420054B2']);
      for (const patent of read) {
        expect(patent.title).toBeDefined();
        expect(patent.claims.length).toBeGreaterThan(0);
        checkEverything(patent, source);
        const { start, end } = patent.source.span;
        expect(source.text.slice(start, start + 5)).toBe('<?xml');
        expect(source.text.slice(end - 18, end)).toBe('</us-patent-grant>');
      }
    });

    it.each([7, 1000, 64 * 1024])('reads the same from chunks of %i', async (size) => {
      function* chunks(): Generator<string> {
        for (let at = 0; at < source.text.length; at += size) yield source.text.slice(at, at + size);
      }
      const outcomes: ReadOutcome[] = [];
      for await (const outcome of readDocuments(chunks(), source.name)) outcomes.push(outcome);
      expect(outcomes.length).toBe(whole.length);
      expect(JSON.stringify(outcomes)).toBe(JSON.stringify(whole));
    });

    it('loses only the document that is cut in the middle', () => {
      const second = source.text.indexOf('<?xml', 10);
      const broken = source.text.slice(0, 20_000) + source.text.slice(second);
      const outcomes = readText(broken, source.name);
      expect(patents(outcomes)).toHaveLength(24);
      expect(failures(outcomes).map(({ code }) => code)).toEqual(['xml-truncated']);
    });
  });
});

const corpora = sharedData('patents64', 'corpus.jsonl');
const tables = sharedData('llm-abstracts');

describe.skipIf(corpora === undefined)('real corpora', { timeout: 30_000 }, () => {
  it('reads every record of a corpus, quickly', () => {
    const { name, text } = readNamed(corpora ?? '');
    let outcomes: ReadOutcome[] = [];
    expect(cpuMilliseconds(() => (outcomes = readText(text, name)))).toBeLessThan(3000);
    expect(failures(outcomes)).toEqual([]);
    const read = patents(outcomes);
    expect(read).toHaveLength(8944);
    expect(new Set(read.map(({ record }) => record?.split))).toEqual(new Set(['train', 'test']));
    for (const patent of read.filter((_, index) => index % 100 === 0)) {
      expect(untraceableWords(patent, text, 5)).toEqual([]);
      expect(patent.record?.labels?.length).toBeGreaterThan(0);
    }
  });
});

describe.skipIf(tables === undefined)('real tables', { timeout: 30_000 }, () => {
  it('reads every row', () => {
    for (const { name, text } of readFolder(tables ?? '')) {
      const outcomes = readText(text, name);
      expect(failures(outcomes)).toEqual([]);
      const read = patents(outcomes);
      expect(read).toHaveLength(name.startsWith('gpt2') ? 50 : 1000);
      for (const patent of read.filter((_, index) => index % 20 === 0)) {
        expect(patent.abstract && patent.title && patent.claims.length).toBe(1);
        expect(Object.keys(patent.record?.extra ?? {})).toEqual(['cpc_subclass', 'generated_abstract']);
        expect(untraceableWords(patent, text, 5)).toEqual([]);
      }
    }
  });
});

describe.skipIf(samples === undefined)('documents of the sample workspace', { timeout: 30_000 }, () => {
  it('reads every one completely', () => {
    const files = readFolder(samples ?? '');
    for (const source of files) {
      const patent = readOne(source.text, source.name);
      expect(source.name.startsWith(patent.id.replace(/[A-Z]\d$/, ''))).toBe(true);
      expect(patent.title).toBeDefined();
      expect(patent.claims.length).toBeGreaterThan(5);
      expect(patent.description.length).toBeGreaterThan(5);
      expect(patent.classifications.length + patent.gaps.length).toBeGreaterThan(0);
      checkEverything(patent, source);
    }
  });

  it('reads every record of its corpora', () => {
    for (const { name, text } of readFolder(repositoryData('samples', 'corpus') ?? '')) {
      expect(failures(readText(text, name))).toEqual([]);
    }
  });
});
