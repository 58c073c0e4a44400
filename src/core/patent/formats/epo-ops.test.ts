import { describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../../testing/cpu-time.ts';
import { readText } from '../formats.ts';
import { failures, patents, readError, readOne, untraceableWords } from '../testing/reading.ts';

const response = (inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="/3.2/style/exchange.xsl"?>
<ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org">${inside}</ops:world-patent-data>`;

const exchange = (number: number, inside: string): string =>
  `<exchange-document system="ops.epo.org" country="EP" doc-number="${number}" kind="A1">${inside}</exchange-document>`;

const TITLE =
  '<invention-title lang="de">Stock</invention-title><invention-title lang="en">Cane</invention-title>';

const fulltext = (inside: string): string =>
  `<ftxt:fulltext-documents xmlns="http://www.epo.org/fulltext" xmlns:ftxt="http://www.epo.org/fulltext"><ftxt:fulltext-document fulltext-format="text-only"><bibliographic-data><publication-reference data-format="docdb"><document-id><country>EP</country><doc-number>9900001</doc-number><kind>B1</kind></document-id></publication-reference></bibliographic-data>${inside}</ftxt:fulltext-document></ftxt:fulltext-documents>`;

describe('epo-ops', () => {
  it('reads bibliographic data and abstract', () => {
    const source = response(
      `<exchange-documents>${exchange(
        9900001,
        `<bibliographic-data><publication-reference><document-id document-id-type="docdb"><country>EP</country><doc-number>9900001</doc-number><kind>A1</kind></document-id></publication-reference>
<classifications-ipcr><classification-ipcr sequence="1"><text>A61H   3/    06            A I                    </text></classification-ipcr></classifications-ipcr>
<patent-classifications><patent-classification><classification-scheme office="EP" scheme="CPCI"/><section>A</section><class>61</class><subclass>H</subclass><main-group>3</main-group><subgroup>061</subgroup></patent-classification>
<patent-classification><classification-scheme office="EP" scheme="CPCNO"/><classification-symbol>A45B9/00</classification-symbol></patent-classification>
<patent-classification><classification-scheme office="US" scheme="UC"/><classification-symbol>135/65.01</classification-symbol></patent-classification></patent-classifications>${TITLE}</bibliographic-data><abstract lang="fr"><p>Une canne.</p></abstract><abstract lang="en"><p>A cane &lt;IMAGE></p></abstract>`,
      )}</exchange-documents>`,
    );
    const patent = readOne(source, 'x.xml');
    expect(patent).toMatchObject({
      id: 'EP9900001A1',
      office: 'EP',
      kind: 'A1',
      language: 'en',
      format: 'epo-ops',
    });
    expect([patent.title?.text, patent.abstract?.text]).toEqual(['Cane', 'A cane <IMAGE>']);
    expect(patent.classifications.map(({ scheme, code }) => `${scheme} ${code}`)).toEqual([
      'IPC A61H 3/06',
      'CPC A61H 3/061',
      'CPC A45B 9/00',
      'USPC 135/65.01',
    ]);
    expect(patent.gaps.map(({ message }) => message)).toEqual([
      'The response holds no claims, no description of this publication.',
    ]);
    expect(
      patent.translations.map(({ language, title, abstract }) => [language, title?.text, abstract?.text]),
    ).toEqual([
      ['de', 'Stock', undefined],
      ['fr', undefined, 'Une canne.'],
    ]);
    expect(untraceableWords(patent, source)).toEqual([]);
  });

  it('takes no language from what stands for that of the original', () => {
    const source = response(
      `<exchange-documents>${exchange(9900001, '<bibliographic-data><invention-title lang="ol">Stok</invention-title></bibliographic-data>')}</exchange-documents>`,
    );
    expect(readOne(source, 'x.xml').language).toBeUndefined();
  });

  it('divides the claims, which stand in one element', () => {
    const claims = ['1. A cane.', '2. The cane of claim 1.', '3. The cane of claim 1 or 2.', '4. A bed.'];
    const source = response(
      fulltext(
        `<claims lang="EN"><claim>${claims.map((text) => `<claim-text>${text}</claim-text>`).join('\n')}</claim></claims>`,
      ),
    );
    const patent = readOne(source, 'x.xml');
    expect(patent.id).toBe('EP9900001B1');
    expect(patent.language).toBe('en');
    expect(patent.claims.map(({ number, text, dependsOn }) => [number, text, dependsOn])).toEqual([
      [1, 'A cane.', []],
      [2, 'The cane of claim 1.', [1]],
      [3, 'The cane of claim 1 or 2.', [1, 2]],
      [4, 'A bed.', []],
    ]);
    expect(patent.gaps.map(({ message }) => message)).toEqual([
      'The response holds no title, no abstract, no description of this publication.',
    ]);
    const [, second] = patent.claims;
    expect(source.slice(second?.span.start, second?.span.end)).toBe('The cane of claim 1.');
    expect(untraceableWords(patent, source)).toEqual([]);
  });

  it('reads a description without its paragraph numbers', () => {
    const source = response(
      fulltext(
        '<description lang="EN"><p>[0001]    Canes are old. </p><p>[0002]</p><p>New.</p></description>',
      ),
    );
    const patent = readOne(source, 'x.xml');
    expect(patent.description.map(({ text }) => text)).toEqual(['Canes are old.', 'New.']);
    expect(untraceableWords(patent, source)).toEqual([]);
  });

  it('yields every document of a response, and what is wrong with one of them', () => {
    const one = (number: number): string =>
      exchange(
        number,
        `<bibliographic-data>${TITLE}</bibliographic-data><abstract lang="en"><p>A cane.</p></abstract>`,
      );
    const source = response(
      `<ops:biblio-search><ops:search-result><exchange-documents>${one(9900001)}</exchange-documents>
<exchange-documents><exchange-document country="EP" doc-number="9900002" status="not found"/></exchange-documents>
<exchange-documents>${one(9900003)}${one(9900004)}</exchange-documents></ops:search-result></ops:biblio-search>`,
    );
    const outcomes = readText(`${source}\n${source}`, 'x.xml');
    const ids = ['EP9900001A1', 'EP9900003A1', 'EP9900004A1'];
    expect(
      outcomes.map((outcome) =>
        outcome.kind === 'patent' ? outcome.patent.id : [outcome.error.code, outcome.error.place?.line],
      ),
    ).toEqual([...ids, ['not-a-patent', 3], ...ids, ['not-a-patent', 7]]);
    expect(patents(outcomes).map(({ source: { index } }) => index)).toEqual([0, 1, 2, 4, 5, 6]);
    expect(failures(outcomes)[0]?.message).toContain('1 document of the response');
    const [first] = patents(outcomes);
    expect(source.slice(first?.source.span.start, first?.source.span.end)).toBe(one(9900001));
  });

  it.each([
    [
      'exch:',
      '<exch:exchange-documents xmlns:exch="http://www.epo.org/exchange">',
      'exch:exchange-documents',
    ],
    ['', '<exchange-documents>', 'exchange-documents'],
  ])('reads DOCDB files with the prefix "%s"', (prefix, open, close) => {
    const source = `${open}<${prefix}exchange-document country="EP" doc-number="9900001" kind="A1"><${prefix}bibliographic-data><${prefix}invention-title lang="en">Cane</${prefix}invention-title></${prefix}bibliographic-data></${prefix}exchange-document></${close}>`;
    expect(readOne(source, 'x.xml')).toMatchObject({ id: 'EP9900001A1', title: { text: 'Cane' } });
  });

  it('takes the number from one that is written as one piece', () => {
    const source = response(
      `<exchange-documents><exchange-document><bibliographic-data><publication-reference><document-id document-id-type="epodoc"><doc-number>EP9900001</doc-number></document-id></publication-reference>${TITLE}</bibliographic-data></exchange-document></exchange-documents>`,
    );
    expect(readOne(source, 'x.xml')).toMatchObject({ id: 'EP9900001', office: 'EP' });
  });

  it('stays quick with hostile numbers of documents and claims', () => {
    const empty = response('<exchange-document/>\n'.repeat(100_000));
    const claims = Array.from({ length: 60_000 }, (_, index) => `<claim-text>${index + 1}. A</claim-text>`);
    const many = response(fulltext(`<claims><claim>${claims.join('')}</claim></claims>`));
    const read = (): void => [empty, many].forEach((text) => readText(text, 'x.xml'));
    expect(cpuMilliseconds(read)).toBeLessThan(6000);
  });

  it.each([
    [
      'a list of numbers',
      '<ops:biblio-search><ops:search-result><ops:publication-reference/><ops:publication-reference/></ops:search-result></ops:biblio-search>',
      /lists 2 publications but holds nothing of their texts/,
    ],
    ['an empty response', '', /holds no documents/],
  ])('refuses %s', (_, inside, message) => {
    const error = readError(response(inside), 'x.xml');
    expect(error.code).toBe('not-a-patent');
    expect(error.message).toMatch(message);
  });
});
