/** Front pages with INID codes as three offices print them; all fictitious. */
import { expect, it } from 'vitest';
import { readOne } from '../testing/reading.ts';

const US = `(12) United States Patent
     Doe et al.
(10) Patent No.: US 9,900,099 B2
(45) Date of Patent: Mar. 19, 2019
(54) FICTITIOUS CANE WITH LAMP
(71) Applicant: Nobody Inc., Springfield, IL (US)
(72) Inventors: Jane A. Doe, Springfield, IL (US); Hans Roe, Berlin (DE)
(73) Assignee: Nobody Inc., Springfield, IL (US)
(21) Appl. No.: 15/123,456
(22) Filed: Jan. 17, 2017
(65) Prior Publication Data US 2018/0123456 A1 May 3, 2018
Related U.S. Application Data
(63) Continuation of application No. 14/999,111, filed on Jan. 5, 2015, now Pat. No. 9,111,222.
(60) Provisional application No. 61/900,001, filed on Jan. 6, 2014.
(30) Foreign Application Priority Data
Feb. 2, 2014 (JP) ........ 2014-012345
(51) Int. Cl.
A61H 3/06 (2006.01)
A45B 3/04 (2006.01)
(52) U.S. Cl.
CPC ........ A61H 3/061 (2013.01); A45B 3/04 (2013.01)
(56) References Cited
U.S. PATENT DOCUMENTS
5,123,456 A * 6/1992 Smith ....... 135/65
2003/0012345 A1 1/2003 Jones
FOREIGN PATENT DOCUMENTS
EP 1234567 A1 1/2001
OTHER PUBLICATIONS
Smith et al., "Canes", J. Fict. Res., vol. 3, 1999, pp. 1-9.
(57) ABSTRACT
A cane carries a lamp and a bell.

DESCRIPTION

The cane.

What is claimed is:
1. A cane.
2. The cane of claim 1.
`;

const EP = `(19) Europäisches Patentamt
(11) EP 1 234 567 B1
(12) EUROPEAN PATENT SPECIFICATION
(45) Date of publication and mention of the grant of the patent: 12.03.2014 Bulletin 2014/11
(51) Int Cl.: A61G 5/04 (2006.01)  A61G 5/10 (2006.01)
(21) Application number: 10123456.7
(22) Date of filing: 05.01.2010
(54) Fictitious wheel chair
Fiktiver Rollstuhl
(30) Priority: 06.01.2009 US 142567 P
07.02.2009 DE 102009012345
(73) Proprietor: Nobody Mobility GmbH
12345 Berlin (DE)
(72) Inventors:
• MÜLLER, Anna
12345 Berlin (DE)
• Doe, John
Springfield (US)
(56) References cited:
EP-A1- 1 111 111   WO-A-99/12345
US-A- 5 123 456
(84) Designated Contracting States: DE FR GB
(26) Publication language: English

Description

[0001] The chair is a chair for the use of the people in the street.

Claims

1. A chair with a wheel.

2. The chair of claim 1.
`;

const WO = `(19) World Intellectual Property Organization
(10) International Publication Number WO 2015/123456 A1
(43) International Publication Date 20 August 2015 (20.08.2015)
(51) International Patent Classification: A61H 3/06 (2006.01)
(21) International Application Number: PCT/US2015/012345
(22) International Filing Date: 20 January 2015 (20.01.2015)
(25) Filing Language: English
(26) Publication Language: English
(30) Priority Data: 61/940,001 14 February 2014 (14.02.2014) US
(71) Applicant: NOBODY INC. [US/US]; 1 Main Street, Springfield, IL 62701 (US).
(72) Inventors: DOE, Jane; 2 Main Street, Springfield, IL 62701 (US). ROE, Hans; Weg 3, 12345 Berlin (DE).
(54) Title: FICTITIOUS CANE
(57) Abstract: A cane carries a lamp and a bell.
`;

it('reads a US front page', () => {
  const { id, bibliography, classifications } = readOne(US, 'x.txt');
  expect(id).toBe('US9900099B2');
  expect(classifications.map(({ code }) => code)).toEqual([
    'A61H 3/06',
    'A45B 3/04',
    'A61H 3/061',
    'A45B 3/04',
  ]);
  expect(bibliography).toMatchObject({
    publicationDate: '2019-03-19',
    filingDate: '2017-01-17',
    application: { id: 'US15123456' },
    priorities: [{ id: 'JP2014012345', date: '2014-02-02' }],
    related: [
      { relation: 'continuation', document: { id: 'US9111222' } },
      { relation: 'provisional', document: { id: 'US61900001', date: '2014-01-06' } },
    ],
    applicants: [{ name: 'Nobody Inc.', country: 'US' }],
    inventors: [
      { name: 'Jane A. Doe', country: 'US' },
      { name: 'Hans Roe', country: 'DE' },
    ],
    citations: [
      { document: { id: 'US5123456A', date: '1992-06' }, category: 'cited by examiner' },
      { document: { id: 'US20030012345A1' } },
      { document: { id: 'EP1234567A1' } },
      { kind: 'other' },
    ],
  });
});

it('reads a European front page', () => {
  const { id, bibliography, language } = readOne(EP, 'x.txt');
  expect([id, language]).toEqual(['EP1234567B1', 'en']);
  expect(bibliography).toMatchObject({
    publicationDate: '2014-03-12',
    filingDate: '2010-01-05',
    priorities: [{ date: '2009-01-06' }, { id: 'DE102009012345' }],
    applicants: [{ name: 'Nobody Mobility GmbH', country: 'DE' }],
    inventors: [
      { name: 'Anna Müller', country: 'DE' },
      { name: 'John Doe', country: 'US' },
    ],
    citations: [
      { document: { id: 'EP1111111A1' } },
      { document: { id: 'WO1999012345A' } },
      { document: { id: 'US5123456A' } },
    ],
  });
});

it('reads an international front page', () => {
  const { id, title, bibliography } = readOne(WO, 'x.txt');
  expect([id, title?.text]).toEqual(['WO2015123456A1', 'FICTITIOUS CANE']);
  expect(bibliography).toMatchObject({
    publicationDate: '2015-08-20',
    filingDate: '2015-01-20',
    priorities: [{ id: 'US61940001', date: '2014-02-14' }],
    applicants: [{ name: 'NOBODY INC.', country: 'US' }],
    inventors: [
      { name: 'Jane Doe', country: 'US' },
      { name: 'Hans Roe', country: 'DE' },
    ],
  });
});

it('takes the number that the office codes, not that of the international publication', () => {
  const front = EP.replace(
    '(54)',
    '(87) International publication number: WO 2098/900044 (19.05.2098 Gazette)\n(54)',
  );
  expect(readOne(front.replace('(45) Date', '(45)  Date'), 'x.txt').id).toBe('EP1234567B1');
});

it('divides people whose bullets stand within a line', () => {
  const text = US.replace(
    '(72) Inventors: Jane A. Doe, Springfield, IL (US); Hans Roe, Berlin (DE)',
    '(72) Inventors: • Doe, Jane A.\nSpringfield, IL (US) • Roe, Hans\nBerlin (DE)',
  );
  expect(readOne(text, 'x.txt').bibliography.inventors.map(({ name }) => name)).toEqual([
    'Jane A. Doe',
    'Hans Roe',
  ]);
});

it('finds the abstract by its code, which the European Patent Office prints alone', () => {
  const front = `(19) Europäisches Patentamt
(11) EP 9 900 041 A1
(12) EUROPEAN PATENT APPLICATION
(21) Application number: 99900041.7
(54) Fictitious cane
(57) A cane is lit by a lamp (18) that hangs from its handle (12).

Description

[0001] Canes are old.

Claims

1. A cane.
`;
  const patent = readOne(front, 'x.txt');
  expect(patent.abstract?.text).toBe('A cane is lit by a lamp (18) that hangs from its handle (12).');
  expect(patent.title?.text).toBe('Fictitious cane');
});
