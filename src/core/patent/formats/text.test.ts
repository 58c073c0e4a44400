import { describe, expect, it } from 'vitest';
import { readError, readOne, untraceableWords } from '../testing/reading.ts';

const WRAPPED = `United States Patent                                   99,000,099 B2
Nobody et al.                                          Mar. 19, 2024

CANE WITH A LAMP AND
A BELL

Applicant:  Nobody Inc., Nowhere
(22) Filed:      Jan. 17, 2022
Int. Cl.    A61H 3/06; A45B 3/04

                              ABSTRACT

A cane carries a lamp
and a bell.

                     2 Claims, 4 Drawing Sheets

                            DESCRIPTION

BACKGROUND

[0001] Canes are old. Their scope is limited only by the appended
claims.

[0002] A lamp helps.

What is claimed is:

1. A cane comprising:
     a lamp;
     a bell; and
     a shaft of a length between 70 cm and
90 cm.

2. The cane of claim 1, wherein the lamp
is red.
`;

const read = (text: string, file = 'note.txt') => readOne(text, file);

describe('text', () => {
  it('reads a page that is broken by width', () => {
    const patent = read(WRAPPED);
    expect(patent).toMatchObject({ id: 'US99000099B2', office: 'US', kind: 'B2', format: 'text' });
    expect(patent.title?.text).toBe('CANE WITH A LAMP AND A BELL');
    expect(patent.abstract?.text).toBe('A cane carries a lamp and a bell.');
    expect(patent.description.map(({ text }) => text)).toEqual([
      'BACKGROUND',
      'Canes are old. Their scope is limited only by the appended claims.',
      'A lamp helps.',
    ]);
    expect(patent.claims.map(({ number, text, dependsOn }) => [number, text, dependsOn])).toEqual([
      [1, 'A cane comprising:\na lamp;\na bell; and\na shaft of a length between 70 cm and 90 cm.', []],
      [2, 'The cane of claim 1, wherein the lamp is red.', [1]],
    ]);
    expect(patent.classifications.map(({ code }) => code)).toEqual(['A61H 3/06', 'A45B 3/04']);
    expect(untraceableWords(patent, WRAPPED)).toEqual([]);
  });

  it('reads the same with other line ends', () => {
    const patent = read(WRAPPED.replaceAll('\n', '\r\n'));
    expect(patent.claims.map(({ text }) => text)).toEqual(read(WRAPPED).claims.map(({ text }) => text));
  });

  it('reads a dump with one paragraph a line', () => {
    const sentence =
      'A cane carries a lamp which is lit when the handle is held, so that the user is seen in the dark. ';
    const text = `Cane with a lamp\nAbstract\n${sentence.repeat(2)}\nDescription\n${sentence.repeat(3)}\n${sentence.repeat(2)}\nClaims\n1. A cane.\n2. The cane according to claim 1.`;
    const patent = read(text);
    expect(patent.title?.text).toBe('Cane with a lamp');
    expect(patent.abstract?.text).toBe(sentence.repeat(2).trim());
    expect(patent.description).toHaveLength(2);
    expect(patent.claims.map(({ dependsOn }) => dependsOn)).toEqual([[], [1]]);
  });

  /** The words that introduce the claims. */
  it.each([
    'What is claimed is:',
    'What is claimed is',
    'I claim:',
    'We claim:',
    'I/We claim:',
    'CLAIMS',
    'Claims:',
    'The invention claimed is:',
    'Patentansprüche',
    'Revendications',
    'We therefore claim:',
    'What we claim is:',
    'In witness whereof I claim:',
  ])('finds claims behind %j', (phrase) => {
    const patent = read(
      `Cane with lamp\n\nAbstract\n\nA cane with a lamp on it.\n\n${phrase}\n\n1. A cane.\n\n2. The cane of claim 1.\n`,
    );
    expect(patent.claims.map(({ number }) => number)).toEqual([1, 2]);
    expect(patent.abstract?.text.startsWith('A cane with a lamp on it.')).toBe(true);
  });

  it('reads headings with text on the same line', () => {
    const patent = read(
      'Title: Cane with lamp\nAbstract: A cane carries a lamp.\nClaims: 1. A cane. 2. The cane of claim 1.',
    );
    expect(patent.title?.text).toBe('Cane with lamp');
    expect(patent.abstract?.text).toBe('A cane carries a lamp.');
    expect(patent.claims.map(({ text }) => text)).toEqual(['A cane.', 'The cane of claim 1.']);
  });

  it('takes a short text without headings for an abstract, and says so', () => {
    const patent = read('Cane with lamp\n\nA cane carries a lamp and a bell for walking at night.');
    expect(patent.title?.text).toBe('Cane with lamp');
    expect(patent.abstract?.text).toBe('A cane carries a lamp and a bell for walking at night.');
    expect(patent.gaps.map(({ message }) => message)).toContain(
      'The text has no headings such as Abstract or Claims; it was taken for the abstract.',
    );
  });

  it('takes a long text without headings for a description', () => {
    const patent = read(`${'A cane carries a lamp and a bell. '.repeat(40)}\n\n`.repeat(4));
    expect(patent.abstract).toBeUndefined();
    expect(patent.description).toHaveLength(4);
  });

  it('takes long text before the first heading for the description', () => {
    const patent = read(
      `Cane with lamp\n\n${'A cane carries a lamp. '.repeat(30)}\n\nWhat is claimed is:\n\n1. A cane.`,
    );
    expect(patent.description).toHaveLength(1);
    expect(patent.gaps.map(({ message }) => message)).toContain(
      'Text before the first heading was taken for the description.',
    );
  });

  it('reads INID codes', () => {
    const patent = read(
      '(10) Pub. No.: US 2099/0900099 A1\n(54) CANE WITH\n     A LAMP\n(71) Applicant: Nobody\n\n(57) ABSTRACT\nA cane carries a lamp.\n',
    );
    expect(patent.id).toBe('US20990900099A1');
    expect(patent.title?.text).toBe('CANE WITH A LAMP');
    expect(patent.abstract?.text).toBe('A cane carries a lamp.');
  });

  it('names a text without number after its file', () => {
    expect(read('Cane with lamp\n\nA cane carries a lamp and a bell.', 'notes/my cane.txt')).toMatchObject({
      id: 'my cane',
      office: 'XX',
    });
    expect(read('Cane with lamp\n\nA cane carries a lamp and a bell.', 'XX1000001A1.txt')).toMatchObject({
      id: 'XX1000001A1',
      office: 'XX',
      kind: 'A1',
    });
  });

  it.each(['hello', '1 2 3 4 5 6 7', '??? ... !!!'])('refuses %j', (text) => {
    expect(readError(text, 'x.txt').code).toBe('not-a-patent');
  });

  it('refuses a text that is too long', () => {
    const limits = { documentLength: 1000, elements: 10, depth: 10 };
    expect(readError('a word '.repeat(1000), 'x.txt', { limits }).code).toBe('file-too-large');
  });
});

/** A page of the EPO: claims in three languages, names with the surname first. */
const EUROPEAN = `(11) EP 9 900 021 B1
(21) Application number: 96900021.7
(22) Date of filing: 12.03.2096
(30) Priority: 13.03.2095 DE 109500000021
(54) SEAT CUSHION FOR A WHEELCHAIR
(73) Proprietor: Weserbergland Reha GmbH, 31785 Hameln (DE)
(72) Inventors: Brandt, Aylin, 31785 Hameln (DE)
Özdemir, Jan, 28195 Bremen (DE)

Description

[0001] A seat cushion has cells. This is a fictitious document.

Patentansprüche

1. Sitzkissen mit Zellen.

2. Sitzkissen nach Anspruch 1 mit Ventilen.

Claims

1. Seat cushion with cells.

2. Seat cushion according to claim 1 with valves.

Revendications

1. Coussin avec des cellules.

2. Coussin selon la revendication 1 avec des soupapes.
`;

describe('the claims of the EPO in three languages', () => {
  const patent = readOne(EUROPEAN, 'a.txt');
  const claims = (of: Pick<typeof patent, 'claims'>) =>
    of.claims.map(({ text, dependsOn }) => [text, dependsOn]);

  it('are read in English, and the others are translations', () => {
    expect(patent.language).toBe('en');
    expect(claims(patent)).toEqual([
      ['Seat cushion with cells.', []],
      ['Seat cushion according to claim 1 with valves.', [1]],
    ]);
    expect(patent.translations.map((part) => [part.language, claims(part)])).toEqual([
      [
        'de',
        [
          ['Sitzkissen mit Zellen.', []],
          ['Sitzkissen nach Anspruch 1 mit Ventilen.', [1]],
        ],
      ],
      [
        'fr',
        [
          ['Coussin avec des cellules.', []],
          ['Coussin selon la revendication 1 avec des soupapes.', [1]],
        ],
      ],
    ]);
    expect(untraceableWords(patent, EUROPEAN)).toEqual([]);
  });

  it('stand behind names with the surname first', () => {
    expect(patent.bibliography.inventors).toEqual([
      { name: 'Aylin Brandt', country: 'DE' },
      { name: 'Jan Özdemir', country: 'DE' },
    ]);
    expect(patent.bibliography.priorityDate).toBe('2095-03-13');
  });
});
