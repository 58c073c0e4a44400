import { describe, expect, it } from 'vitest';
import { failureOf } from '../../engine/testing/failure.ts';
import { withRemembered } from './remember.ts';

const LENS = { header: ['Lens ID', 'Title'], columns: { id: ['Lens ID'], title: ['Title'] } };
const OTHER = { header: ['No', 'Name'], columns: { id: ['No'] }, separator: ';' };

/** What JSON with comments holds. */
const value = (text: string): unknown => JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''));

describe('a remembered mapping', () => {
  it.each([
    ['no file', ''],
    ['an empty object', '{}'],
    ['other settings', '{\n  "taxonomy": "t.json"\n}\n'],
    ['an empty list', '{ "tables": [] }'],
    ['Windows line ends', '{\r\n  "taxonomy": "t.json"\r\n}\r\n'],
  ])('is added to %s', (_name, before) => {
    expect(value(withRemembered(before, LENS))).toMatchObject({ tables: [LENS] });
  });

  it('keeps comments and layout', () => {
    const top = '{\n    // where the labels are\n    "taxonomy":   "t.json",\n';
    const after = withRemembered(`${top}  "synthetic": "made" // by us\n}\n`, LENS);
    expect(after.startsWith(top)).toBe(true);
    expect(after).toContain('// by us');
    expect(after).toContain('"tables": [');
  });

  it('stands beside those of other tables and replaces one for the same columns', () => {
    const two = withRemembered(withRemembered('{}', LENS), OTHER);
    expect(value(two)).toEqual({ tables: [LENS, OTHER] });
    const changed = { ...LENS, columns: { id: ['Lens ID'], abstract: ['Title'] } };
    expect(value(withRemembered(two, changed))).toEqual({ tables: [changed, OTHER] });
  });

  it.each(['{', '[]', '{ "tables": 3 }', '{ "tables": [{}] }'])('leaves %j alone', async (before) => {
    const failure = await failureOf(Promise.resolve().then(() => withRemembered(before, LENS)));
    expect(failure.code).toBe('settings-invalid');
  });
});
