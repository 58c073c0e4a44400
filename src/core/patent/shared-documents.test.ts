/** The readers against real documents of the offices, and against the documents of the sample workspace. */
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../testing/cpu-time.ts';
import type { NamedText } from '../testing/shared-data.ts';
import { readFolder, readNamed, repositoryData, sharedData } from '../testing/shared-data.ts';
import { sentences } from '../text/sentences.ts';
import { readDocuments, readText } from './formats.ts';
import { inspect } from './inspect.ts';
import type { Format, Patent } from './model.ts';
import type { ReadOutcome } from './reader.ts';
import {
  bare,
  failures,
  passagesOf,
  patents,
  plain,
  readError,
  readOne,
  untraceableWords,
} from './testing/reading.ts';

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

interface Family {
  readonly file: string;
  readonly format: Format;
  readonly id: string;
  readonly title?: string;
  readonly paragraphs: number;
  readonly classes: string;
  readonly claims: string;
  /** Names of the elements that hold the parts. */
  readonly parts: { readonly abstract?: string; readonly description?: string; readonly claims?: string };
}

const ST32 = { abstract: 'SDOAB', description: 'SDODE', claims: 'SDOCL' };
const OF_2001 = { abstract: 'subdoc-abstract', description: 'subdoc-description', claims: 'subdoc-claims' };
const ST36 = { abstract: 'abstract', description: 'description', claims: 'claims' };
const ST96 = { abstract: 'pat:Abstract', description: 'pat:Description', claims: 'pat:Claims' };
const CNIPA = {
  abstract: 'business:Abstract',
  description: 'business:Description',
  claims: 'business:Claims',
};

const FAMILIES: readonly Family[] = [
  {
    file: 'uspto-xml/gouspto_grant_v2-5-B1.xml',
    format: 'us-st32',
    id: 'US6334226B1',
    title: 'Faucet support member',
    paragraphs: 161,
    classes: 'IPC E03C 1/04, USPC 4/675, USPC 4/676, USPC 4/678, USPC 4/695, USPC 4/696',
    claims:
      '1: 2:1 3:1 4:1,2,3 5:1,2,3 6:1,2,3 7:1,2,3 8:2,3 9:1,2,3,4,5,6,7,8 10:9 11:1,2,3 12:1,2,3 13:1 14:13 15:14 16:13 17:13 18:13 19:1 20:1 21:1 22:1 23:1 24:1 25:24 26:24 27:24 28:1 29:1 30:1,2,3 31:',
    parts: ST32,
  },
  {
    file: 'uspto-xml/docling_pg06442728.xml',
    format: 'us-st32',
    id: 'US6442728B1',
    title: 'Methods and apparatus for turbo code',
    paragraphs: 69,
    classes: 'IPC H03M 13/00, USPC 714/786, USPC 714/755, USPC 714/790',
    claims:
      '1: 2:1 3:2 4:1 5: 6:5 7:5 8:7 9:5 10:5 11:10 12:11 13:10 14:13 15:5 16:5 17:5 18: 19:18 20:19 21:18 22: 23:22 24:22 25:24 26:22 27: 28:27 29:28 30:27 31: 32:31 33:31 34:33 35:31',
    parts: ST32,
  },
  {
    file: 'uspto-xml/ppd_USD435854S1.xml',
    format: 'us-st32',
    id: 'USD435854S',
    title: 'Disc cartridge',
    paragraphs: 1,
    classes: 'LOCARNO 14-02, USPC D14/480',
    claims: '1:',
    parts: ST32,
  },
  {
    file: 'uspto-xml/docling_pa20010031492.xml',
    format: 'us-2001',
    id: 'US20010031492A1',
    title: 'Assay reagent',
    paragraphs: 81,
    classes: 'IPC C12N 1/20, IPC C12N 5/06, USPC 435/252.1, USPC 435/325, USPC 435/252.33',
    // Claim 5 is printed as depending on itself.
    claims: '1: 2:1 3:2 4:1 5: 6:5 7:6 8:6 9:8 10:9 11:5 12:11 13:12 14: 15:14 16:15 17:16',
    parts: OF_2001,
  },
  {
    file: 'uspto-xml/ppd_US20010000044A1.xml',
    format: 'us-2001',
    id: 'US20010000044A1',
    title:
      'Systems and Methods For Transacting Business Over A Global Communications Network Such As The Internet',
    paragraphs: 46,
    classes: 'IPC G06F 17/60, USPC 705/26, USPC 705/37',
    claims:
      '1: 2:1 3:1 4:3 5:4 6:1 7:1 8:1 9:1 10:1 11:1 12:1 13: 14:13 15:13 16:13 17:16 18:13 19: 20:19 21:20',
    parts: OF_2001,
  },
  {
    file: 'epo-ops/claims_example.xml',
    format: 'epo-ops',
    id: 'EP1000000A1',
    paragraphs: 0,
    classes: '',
    claims: '1: 2:1 3:1,2 4:1,2,3 5:4 6:5 7:5,6 8:4,5,6,7 9:1,2,3,4,5,6,7,8 10:1,2,3,4,5,6,7,8,9 11:10',
    parts: { claims: 'claims' },
  },
  {
    file: 'epo-ops/description_example.xml',
    format: 'epo-ops',
    id: 'EP1000000A1',
    paragraphs: 22,
    classes: '',
    claims: '',
    parts: { description: 'description' },
  },
  {
    file: 'epo-ops/ep1000000_abstract_result.xml',
    format: 'epo-ops',
    id: 'EP1000000A1',
    paragraphs: 0,
    classes: '',
    claims: '',
    parts: { abstract: 'abstract' },
  },
  {
    file: 'wipo-st36-st96/03-96-vii-example-instances__PatentPublication_Example.xml',
    format: 'st96',
    id: 'US8936998B2',
    title: 'Manufcaturing method for room-temperature substrate bonding',
    paragraphs: 75,
    classes:
      'IPC H01L 21/30, IPC H01L 21/302, IPC H01L 21/324, IPC H01L 21/20, IPC H01L 23/00, IPC H01L 31/0203, CPC H01L 21/2007, CPC H01L 24/28, CPC H01L 24/31, CPC H01L 24/83, CPC H01L 24/75, CPC H01L 31/0203, CPC H01L 2224/83099, CPC H01L 2224/8385, CPC H01L 2224/83894, CPC H01L 2924/01012, CPC H01L 2924/01013, CPC H01L 2924/01015, CPC H01L 2924/01018, CPC H01L 2924/0102, CPC H01L 2924/01033, CPC H01L 2924/0104, CPC H01L 2924/0105, CPC H01L 2924/01051, CPC H01L 2924/01082, CPC H01L 2924/04941, CPC H01L 2924/07802, CPC H01L 2924/01006, CPC H01L 2924/01072, CPC H01L 2924/014',
    claims: '1: 2:1 3:2 4:3 5:2 6:1 7:6 8: 9: 10:9',
    parts: ST96,
  },
  {
    file: 'wipo-st36-st96/examples__cn_new1.xml',
    format: 'cnipa-xml',
    id: 'CN113781974A',
    title: '显示设备',
    paragraphs: 211,
    classes: 'IPC G09G 3/36, IPC G09G 3/3208, IPC G09G 3/34',
    claims: '1: 2:1 3:1 4:1 5:4 6:4 7:6 8:7 9:7 10:9 11:10 12:6 13:6 14:13 15:14 16:6 17:16',
    parts: CNIPA,
  },
  {
    file: 'wipo-st36-st96/examples__cn_old1.xml',
    format: 'st36',
    id: 'CN104223352A',
    title: '一种甘草发酵所得烟用香料及其应用',
    paragraphs: 45,
    classes: 'IPC A24B 15/18, IPC C11B 9/00, IPC C12P 1/02, IPC C12R 1/645',
    claims: '1: 2:1 3:1',
    parts: ST36,
  },
  {
    file: 'wipo-st36-st96/examples__jp_example1.xml',
    format: 'st36',
    id: 'JP2021044377A',
    title: 'ウェーハの加工方法',
    paragraphs: 81,
    classes: 'IPC H01L 21/301, IPC H01L 21/67, IPC H01L 21/683, IPC B23K 26/53',
    claims: '1: 2:1 3:1 4:1 5:4 6:1',
    parts: ST36,
  },
];

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
    const { name, text } = file('epo-ops/search_example.xml');
    expect(['not-a-patent', 'unknown-format']).toContain(readError(text, name).code);
    expect(readError(text, 'search.xml').message).toContain('lists 15 publications');
  });

  /** Every document of the other families: number, title, paragraphs with headings, classes and dependencies by hand. */
  describe.each(FAMILIES)(
    '$file',
    ({ file: name, format, id, title, paragraphs, classes, claims, parts }) => {
      let source: NamedText;
      let patent: Patent;

      beforeAll(() => {
        source = file(name);
        patent = readOne(source.text, source.name);
      });

      it('is read as it stands', () => {
        expect(patent.format).toBe(format);
        expect(patent.id).toBe(id);
        expect(patent.title?.text).toBe(title);
        expect(patent.description).toHaveLength(paragraphs);
        expect(patent.classifications.map(({ scheme, code }) => `${scheme} ${code}`).join(', ')).toBe(
          classes,
        );
        expect(dependencies(patent)).toBe(claims);
      });

      it('is read in full, and every passage leads back to its words', () => {
        checkEverything(patent, source);
        expect(untraceableWords(patent, source.text)).toEqual([]);
        const inSource = (element: string | undefined): string => {
          if (element === undefined) return '';
          const found =
            new RegExp(`<${element}\\b[^>]*>([\\s\\S]*?)</${element}>`).exec(source.text)?.[1] ?? '';
          // Numbers of paragraphs and the heading of an abstract are no text of theirs.
          const unnumbered = found.replace(/<number>[^<]*<\/number>|<p>\[\d{4}\]/g, '');
          return bare(plain(unnumbered.replace(/<heading lvl="0">Abstract[^<]*<\/heading>/, ''), format));
        };
        expect(bare(patent.abstract?.text ?? '')).toBe(inSource(parts.abstract));
        const description = patent.description.map(({ text }) => bare(text.replaceAll(' | ', '')));
        expect(description.join('')).toBe(inSource(parts.description));
        let rest = inSource(parts.claims);
        for (const { text } of patent.claims) {
          expect(rest).toContain(bare(text));
          rest = rest.replace(bare(text), '');
        }
        // What is left are printed numbers, and a sentence or word before the first claim.
        expect(rest.replace(/[\d.]|Independent|Dependent/g, '').length).toBeLessThan(100);
      });
    },
  );

  it('reads the biblio and abstract responses of the EPO', () => {
    const { classifications, title, abstract, id, gaps } = readOne(
      file('epo-ops/biblio_example.xml').text,
      'biblio_example.xml',
    );
    expect([id, title?.text]).toEqual(['US2006142694A1', 'Bi-directional steerable catheter control handle']);
    expect(abstract?.text).toMatch(/^The present invention is a handle for controlling .*\.$/s);
    expect(classifications.map(({ scheme }) => scheme).join(' ')).toBe(
      'IPC CPC CPC CPC CPC USPC USPC USPC USPC USPC USPC USPC USPC USPC',
    );
    expect(gaps.map(({ message }) => message)).toEqual([
      'The response holds no claims, no description of this publication.',
    ]);
  });

  it.each([
    ['US03937375.greenbook.txt', 'US3937375A', 'Bumper support for a boat loader', '1: 2:1 3:2', 21],
    [
      'pftaps057006474_APS.txt',
      'US5700647A',
      'Carbocation containing cyanine-type dye',
      '1: 2:1 3:1 4:1 5:1 6:4,5 7:1 8:1 9:1 10:1 11:1 12: 13:12 14:12 15:12,13,14 16:12 17:12 18:12 19:12 20:12',
      133,
    ],
  ])('reads the tagged text %s', (name, id, title, claims, paragraphs) => {
    const source = file(`plain-text/${name}`);
    const patent = readOne(source.text, source.name);
    expect([patent.id, patent.title?.text, dependencies(patent)]).toEqual([id, title, claims]);
    expect(patent.description).toHaveLength(paragraphs);
    checkEverything(patent, source);
    for (const { text } of passagesOf(patent)) expect(text).not.toMatch(/\.su[bp]\.|\.[a-z]{2,9}\.(?!\s|$)/);
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
