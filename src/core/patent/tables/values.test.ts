/** Cells with numbers, codes, people, languages and lists of them. */
import { describe, expect, it } from 'vitest';
import { saysNothing, splitCell, splitLabels } from './cells.ts';
import { parseTableCode } from './codes.ts';
import { parseLanguage } from './languages.ts';
import { parseDocumentNumber } from './numbers.ts';
import { parsePerson } from './people.ts';

describe('a cell', () => {
  it.each([
    ['a; b;c', ['a', 'b', 'c']],
    ['a | b|c', ['a', 'b', 'c']],
    ['Doe; Jane | Roe; Max', ['Doe; Jane', 'Roe; Max']],
    ['a ;; b;;c', ['a', 'b', 'c']],
    ['a\r\nb\n\nc', ['a', 'b', 'c']],
    [' a ', ['a']],
    [' ; ', []],
  ])('%j is divided', (cell, values) => {
    expect(splitCell(cell)).toEqual(values);
  });

  it('is divided by what the mapping says', () => {
    expect(splitCell('a / b; c', ' / ')).toEqual(['a', 'b; c']);
    expect(splitLabels('a/b;c', '/')).toEqual(['a', 'b;c']);
    expect(splitLabels('a; b|c\nd')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('may say that there is nothing', () => {
    expect(['-', 'N/A', 'null', 'NaN'].every(saysNothing)).toBe(true);
    expect(['a', 'x-', '0'].some(saysNothing)).toBe(false);
  });
});

describe('a number', () => {
  it.each([
    ['US 2019/0012345 A1', { id: 'US20190012345A1', office: 'US', kind: 'A1' }],
    ['KR20140141940 (A)', { id: 'KR1020140141940A', office: 'KR', kind: 'A' }],
    ['EP-3477328-B1', { id: 'EP3477328B1', office: 'EP', kind: 'B1' }],
    ['WO 02/12345 A1', { id: 'WO2002012345A1', office: 'WO', kind: 'A1' }],
    ['PCT/US2019/012345', { id: 'WO2019US012345', office: 'WO', application: true }],
  ])('of a publication: %s', (text, number) => {
    expect(parseDocumentNumber(text, 'publication')).toEqual(number);
  });

  it.each([
    ['US62123456 2015-03-01', { id: 'US62123456', office: 'US', date: '2015-03-01' }],
    ['US201562123456P 20150301', { id: 'US62123456', office: 'US', date: '2015-03-01' }],
    // As the Lens writes them, in the EPO's docdb form.
    ['US 201562123456 P 20150301', { id: 'US62123456', office: 'US', date: '2015-03-01' }],
    ['US 95479992 A 19920930', { id: 'US19920954799', office: 'US', date: '1992-09-30' }],
    ['EP12345678 (01.03.2015)', { id: 'EP12345678', office: 'EP', date: '2015-03-01' }],
    ['PCT/US2019/012345', { id: 'WO2019US012345', office: 'WO' }],
    ['JP 2016-128835 A', { id: 'JP2016128835', office: 'JP' }],
    ['CN202111286633.X', { id: 'CN202111286633', office: 'CN' }],
    ['14/643,719', { id: '14643719', office: 'XX' }],
  ])('of an application: %s', (text, number) => {
    expect(parseDocumentNumber(text, 'application')).toEqual({ ...number, application: true });
  });

  it('belongs to the office and has the date of its row where it states none', () => {
    expect(parseDocumentNumber('14/643,719', 'application', 'US', '2015-03-10')).toEqual({
      id: 'US14643719',
      office: 'US',
      application: true,
      date: '2015-03-10',
    });
  });

  it.each(['', 'none', 'see the annex of 1999 for more, which is long', 'Smith 2001: Canes!'])(
    '%j is none',
    (text) => {
      expect(parseDocumentNumber(text, 'publication')).toBeUndefined();
      expect(parseDocumentNumber(text, 'application')).toBeUndefined();
    },
  );
});

describe('a code', () => {
  it.each([
    ['IPC', 'A61G 5/04', 'A61G 5/04'],
    ['IPC', 'A61G5/04 (2006.01)', 'A61G 5/04'],
    ['IPC', 'G06F-017/30', 'G06F 17/30'],
    ['IPC', 'A61G000504', 'A61G 5/04'],
    ['IPC', 'A61G0005040000', 'A61G 5/04'],
    ['CPC', 'Y10T 403/70', 'Y10T 403/70'],
    ['CPC', 'a61g', 'A61G'],
    ['USPC', '424/9.1', '424/9.1'],
    ['USPC', 'D24/128', 'D24/128'],
    ['USPC', '135/065', '135/65'],
    ['LOCARNO', '01-01', '01-01'],
    ['LOCARNO', 'LOC(13) 2402', '24-02'],
  ] as const)('%s %s', (scheme, text, code) => {
    expect(parseTableCode(scheme, text)).toBe(code);
  });

  it.each([
    ['IPC', 'wheelchairs'],
    ['CPC', '1234'],
    ['USPC', 'A61G 5/04'],
    ['LOCARNO', 'x'],
  ] as const)('%s has no %s', (scheme, text) => {
    expect(parseTableCode(scheme, text)).toBeUndefined();
  });
});

it.each([
  ['SMITH JOHN [US]', { name: 'SMITH JOHN', country: 'US' }],
  ['Acme GmbH (DE)', { name: 'Acme GmbH', country: 'DE' }],
  ['Doe, Jane', { name: 'Doe, Jane' }],
])('a person is %s', (text, person) => {
  expect(parsePerson(text)).toEqual(person);
});

it.each([
  ['EN', 'en'],
  ['English', 'en'],
  ['中文', 'zh'],
  ['jpn', 'ja'],
  ['Klingon', undefined],
])('a language is %s', (text, code) => {
  expect(parseLanguage(text)).toBe(code);
});
