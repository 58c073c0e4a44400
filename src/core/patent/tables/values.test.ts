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
    ['EP-3477328-B1', { id: 'EP3477328B1', office: 'EP', kind: 'B1' }],
    ['US62123456 2015-03-01', { id: 'US62123456', office: 'US', date: '2015-03-01' }],
    ['EP12345678 (01.03.2015)', { id: 'EP12345678', office: 'EP', date: '2015-03-01' }],
    ['PCT/US2019/012345', { id: 'PCTUS2019012345', office: 'WO' }],
    ['14/643,719', { id: '14643719', office: 'XX' }],
  ])('%s', (text, number) => {
    expect(parseDocumentNumber(text)).toEqual(number);
  });

  it('belongs to the office of its row where it names none', () => {
    expect(parseDocumentNumber('14/643,719', 'US')).toEqual({ id: 'US14643719', office: 'US' });
  });

  it.each(['', 'none', 'see the annex of 1999 for more, which is long', 'Smith 2001: Canes!'])(
    '%j is none',
    (text) => {
      expect(parseDocumentNumber(text)).toBeUndefined();
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
