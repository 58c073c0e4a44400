import { describe, expect, it } from 'vitest';
import { readError, readOne, untraceableWords } from '../testing/reading.ts';

const TITLES =
  '<B540><B541>de</B541><B542>Gehhilfe</B542><B541>en</B541><B542>Walking aid</B542><B541>fr</B541><B542>Aide à la marche</B542></B540>';

const claimSet = (language: string, ...texts: readonly string[]): string =>
  `<claims id="c" lang="${language}">${texts
    .map(
      (text, index) =>
        `<claim id="c-${language}-${index + 1}" num="000${index + 1}"><claim-text>${text}</claim-text></claim>`,
    )
    .join('')}</claims>`;

function document(body: string, language = 'en', b500 = TITLES): string {
  return `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE ep-patent-document PUBLIC "-//EPO//EP PATENT DOCUMENT 1.5//EN" "ep-patent-document-v1-5.dtd">
<ep-patent-document id="EP99900001B1" file="x" lang="${language}" country="EP" doc-number="9900001" kind="B1" status="n">
<SDOBI lang="${language}"><B100><B110>9900001</B110></B100><B500>${b500}</B500></SDOBI><!-- EPO <DP n="1"> -->
${body}</ep-patent-document>`;
}

describe('epo-xml', () => {
  it('reads number, kind, title and paragraphs, past page marks', () => {
    const source = document(
      '<abstract id="abst" lang="en"><p>A cane.</p></abstract><description lang="en"><heading>BACKGROUND</heading><p num="0001">Canes<!-- EPO <DP n="2"> --> are old.</p></description>' +
        claimSet('en', 'A cane.'),
    );
    const patent = readOne(source, 'x.xml');
    expect(patent).toMatchObject({ id: 'EP9900001B1', office: 'EP', kind: 'B1', language: 'en', gaps: [] });
    expect(patent.title?.text).toBe('Walking aid');
    expect(patent.abstract?.text).toBe('A cane.');
    expect(patent.description.map(({ text }) => text)).toEqual(['BACKGROUND', 'Canes are old.']);
    expect(untraceableWords(patent, source)).toEqual([]);
  });

  it('reads English claims, and the others as translations', () => {
    const body =
      '<description lang="de"><p>Stöcke sind alt.</p></description>' +
      claimSet('de', 'Stock.', 'Stock nach Anspruch 1.') +
      claimSet('en', 'A cane.', 'The cane of claim 1.') +
      claimSet('fr', 'Canne.');
    const source = document(body, 'de');
    const patent = readOne(source, 'x.xml');
    expect(patent.language).toBe('en');
    expect(patent.claims.map(({ text, dependsOn }) => [text, dependsOn])).toEqual([
      ['A cane.', []],
      ['The cane of claim 1.', [1]],
    ]);
    expect(patent.gaps.map(({ message }) => message)).toEqual([
      'The parts of the document are in different languages: title English, claims English, description German.',
    ]);
    expect(
      patent.translations.map(({ language, title, claims }) => [
        language,
        title?.text,
        claims.map(({ text, dependsOn, span }) => [text, dependsOn, source.slice(span.start, span.end)]),
      ]),
    ).toEqual([
      [
        'de',
        'Gehhilfe',
        [
          ['Stock.', [], 'Stock.'],
          ['Stock nach Anspruch 1.', [1], 'Stock nach Anspruch 1.'],
        ],
      ],
      ['fr', 'Aide à la marche', [['Canne.', [], 'Canne.']]],
    ]);
  });

  it('reads the language of the document where there is no English', () => {
    const body =
      claimSet('fr', 'Canne.') +
      claimSet(
        'de',
        'Stock.',
        'Stock nach einem der vorhergehenden Ansprüche.',
        'Stock nach Anspruch 1 oder 2.',
      );
    const patent = readOne(
      document(body, 'de', '<B540><B541>de</B541><B542>Gehhilfe</B542></B540>'),
      'x.xml',
    );
    expect(patent.title?.text).toBe('Gehhilfe');
    expect(patent.language).toBe('de');
    expect(patent.claims.map(({ dependsOn }) => dependsOn)).toEqual([[], [1], [1, 2]]);
    expect(patent.gaps).toEqual([]);
    expect(patent.translations.map(({ language, claims }) => [language, claims[0]?.text])).toEqual([
      ['fr', 'Canne.'],
    ]);
  });

  it('states a second set of claims in one language, and what a translation lacks', () => {
    const body =
      claimSet('en', 'A cane.') +
      claimSet('en', 'A cane for Spain.') +
      claimSet('de', 'Stock mit <maths><img file="m.tif"/></maths>.');
    expect(readOne(document(body), 'x.xml').gaps.map(({ message }) => message)).toEqual([
      'The claims stand in the document in more than one version; not read: English.',
      'In the German text: 1 formula stands in the document only as an image and could not be read.',
    ]);
  });

  it('reads French references', () => {
    const body = claimSet(
      'fr',
      'Canne.',
      'Canne selon la revendication 1.',
      "Canne selon l'une des revendications 1 à 2.",
    );
    expect(readOne(document(body, 'fr'), 'x.xml').claims.map(({ dependsOn }) => dependsOn)).toEqual([
      [],
      [1],
      [1, 2],
    ]);
  });

  it('reads old and new classification fields', () => {
    const b500 = `<B510><B516>7</B516><B511> 7A 61H   3/06   A</B511><B512> 7A 45B   9/00   B</B512></B510>
<B510EP><classification-ipcr sequence="1"><text>A61H   3/06        20060101AFI20210723BHEP        </text></classification-ipcr></B510EP>
<B520EP><classifications-cpc><classification-cpc sequence="1"><text>A61H2201/5064      20130101 LA20210830BHEP        </text></classification-cpc></classifications-cpc></B520EP>${TITLES}`;
    expect(readOne(document(claimSet('en', 'A cane.'), 'en', b500), 'x.xml').classifications).toEqual([
      { scheme: 'IPC', code: 'A61H 3/06' },
      { scheme: 'IPC', code: 'A45B 9/00' },
      { scheme: 'CPC', code: 'A61H 2201/5064' },
    ]);
  });

  it('says that a document holds only bibliographic data', () => {
    const patent = readOne(document(''), 'x.xml');
    expect(patent.claims).toEqual([]);
    expect(patent.gaps.map(({ message }) => message)).toEqual([
      'The document holds only bibliographic data: no abstract, claims or description.',
    ]);
  });

  it('names amended claims that it does not read', () => {
    const body = `${claimSet('en', 'A cane.')}<amended-claims><claim num="1"><claim-text>A better cane.</claim-text></claim></amended-claims>`;
    expect(readOne(document(body), 'x.xml').gaps[0]?.message).toContain('Amended claims');
  });

  it('refuses a step title that looks like markup, at its place', () => {
    const body = '<description lang="en">\n<heading><First Step</heading></description>';
    const error = readError(document(body), 'x.xml');
    expect(error.code).toBe('xml-malformed');
    expect(error.place).toMatchObject({ line: 5, column: 21 });
  });
});
