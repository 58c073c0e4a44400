import { describe, expect, it } from 'vitest';
import { fileStem, parsePublicationNumber, publicationNumber } from './publication-number.ts';

describe('publication numbers', () => {
  it.each([
    ['US', '10000000', 'B2', 'US10000000B2'],
    ['US', '08926509', 'B2', 'US8926509B2'],
    ['US', 'D0701016', 'S1', 'USD701016S1'],
    ['US', '20180000016', 'A1', 'US20180000016A1'],
    ['US', 'RE040123', 'E1', 'USRE40123E1'],
    ['EP', '1325900', 'A1', 'EP1325900A1'],
    ['us', ' 10,000,000 ', undefined, 'US10000000'],
  ])('%s %s %s', (country, number, kind, id) => {
    expect(publicationNumber(country, number, kind).id).toBe(id);
  });

  it.each([
    ['US 10,000,000 B2', { id: 'US10000000B2', office: 'US', kind: 'B2' }],
    ['EP 9 900 014 A1', { id: 'EP9900014A1', office: 'EP', kind: 'A1' }],
    ['US 2099/0900013 A1', { id: 'US20990900013A1', office: 'US', kind: 'A1' }],
    ['USD701016S1', { id: 'USD701016S1', office: 'US', kind: 'S1' }],
    ['US10918535', { id: 'US10918535', office: 'US' }],
    ['wheelchair', undefined],
    ['doc-7', undefined],
    ['', undefined],
  ])('parses %j', (text, expected) => {
    expect(parsePublicationNumber(text)).toEqual(expected);
  });

  it.each([
    ['/a/b/US1.xml', 'US1'],
    ['C:\\x\\note.v2.txt', 'note.v2'],
    ['plain', 'plain'],
    ['.txt', '.txt'],
  ])('stem of %s', (file, stem) => {
    expect(fileStem(file)).toBe(stem);
  });
});
