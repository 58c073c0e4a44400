import { describe, expect, it } from 'vitest';
import { label, prediction } from '../session/testing/builders.ts';
import { tableRow } from './rows.ts';

describe('tableRow', () => {
  it('keeps the labels that matter, in order', () => {
    const labels = [
      label('a', { probability: 0.9 }),
      label('b', { probability: 0.45, status: 'borderline' }),
      label('c', { probability: 0.01 }),
    ];
    const row = tableRow(
      { kind: 'classified', prediction: prediction('one', { start: 0, end: 9 }, labels) },
      '/w',
    );
    expect(row).toMatchObject({ key: '0:/w/a.xml', id: 'one', name: 'a.xml', cut: false });
    expect(row.labels.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(row.labels[0]).not.toHaveProperty('logit');
  });

  it('names a failure by its file', () => {
    const error = { code: 'xml-malformed', message: 'Broken.', remedy: 'Mend it.' } as const;
    expect(tableRow({ kind: 'failed', path: '/w/x/b.xml', index: 2, error }, '/w')).toMatchObject({
      key: '2:/w/x/b.xml\nBroken.',
      name: 'x/b.xml',
      error,
    });
  });

  it('shows files outside the root in full', () => {
    const error = { code: 'file-empty', message: '', remedy: '' } as const;
    expect(tableRow({ kind: 'failed', path: '/v/b.xml', index: 0, error }, '/w').name).toBe('/v/b.xml');
  });
});
