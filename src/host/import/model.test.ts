import { describe, expect, it } from 'vitest';
import { columnsOf, corpusName, mappingOf, previewRecord, withField } from './model.ts';

const facts = {
  header: ['Nr', 'Titel', 'Titre', 'Note'],
  proposal: {
    columns: [
      { name: 'Nr', field: 'id', basis: 'name', samples: ['US1'] },
      { name: 'Titel', field: 'title', basis: 'name', samples: [] },
      { name: 'Titre', samples: [] },
      { name: 'Note', samples: ['x'] },
    ],
    mapping: { columns: { id: ['Nr'], title: ['Titel'] } },
  },
  mapping: { columns: { id: ['Nr'], title: ['Titel'] } },
  remembered: false,
  delimiter: ',',
  rows: 1,
  size: 9,
} as const;
const given = { ...facts, header: [...facts.header], mapping: { columns: { id: ['Nr'], title: ['Titel'] } } };
const proposed = {
  ...given,
  proposal: { ...facts.proposal, mapping: given.mapping },
};

describe('columns', () => {
  it('have the proposed meaning with its reason', () => {
    expect(columnsOf(proposed)).toEqual([
      { name: 'Nr', samples: ['US1'], field: 'id', basis: 'name' },
      { name: 'Titel', samples: [], field: 'title', basis: 'name' },
      { name: 'Titre', samples: [] },
      { name: 'Note', samples: ['x'] },
    ]);
  });

  it('have the remembered meaning instead', () => {
    const remembered = { ...proposed, remembered: true, mapping: { columns: { labels: ['Note'] } } };
    expect(
      columnsOf(remembered).flatMap(({ name, field, basis }) => (field ? [[name, field, basis]] : [])),
    ).toEqual([['Note', 'labels', 'remembered']]);
  });

  it('of one meaning are joined in their order, and a changed one is marked as chosen', () => {
    const changed = withField(withField(columnsOf(proposed), 'Titre', 'title'), 'Nr', undefined);
    expect(changed[2]).toMatchObject({ field: 'title', basis: 'chosen' });
    expect(mappingOf(changed, undefined)).toEqual({ columns: { title: ['Titel', 'Titre'] } });
    expect(mappingOf(changed, ';')).toMatchObject({ separator: ';' });
  });

  it('that are given the meaning they have keep their reason', () => {
    expect(withField(columnsOf(proposed), 'Nr', 'id')[0]).toMatchObject({ basis: 'name' });
  });
});

describe('corpusName', () => {
  it.each([
    ['Lens export (3).CSV', 'lens-export-3'],
    ['ipg130416.xml', 'ipg130416'],
    ['übersicht.xlsx', 'übersicht'],
    ['.csv', 'corpus'],
    ['patents', 'patents'],
  ])('of %s is %s', (file, name) => {
    expect(corpusName(file)).toBe(name);
  });
});

describe('previewRecord', () => {
  it('passes a problem on', () => {
    const error = { code: 'record-malformed', message: 'No.', remedy: 'Yes.' } as const;
    expect(previewRecord({ kind: 'failed', error })).toEqual({ kind: 'problem', error });
  });
});
