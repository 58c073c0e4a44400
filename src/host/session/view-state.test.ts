import { describe, expect, it } from 'vitest';
import { begin, EMPTY_FILE, takeOutcomes } from './file-session.ts';
import { label, prediction } from './testing/builders.ts';
import { moved, patentViewState, shortNames } from './view-state.ts';

const SPAN = { start: 0, end: 10 };
const classified = takeOutcomes(
  EMPTY_FILE,
  [
    {
      kind: 'classified',
      prediction: prediction('one', SPAN, [
        label('a'),
        label('b', { status: 'borderline', probability: 0.4 }),
      ]),
    },
  ],
  { text: '0123456789', asked: SPAN, selection: false },
);
const relative = (file: string): string => file.replace('/w/', '');
const a = { uri: 'file:///w/a.xml', file: '/w/a.xml' };
const b = { uri: 'file:///w/b.xml', file: '/w/b.xml' };
const corpus = { uri: 'file:///w/c.jsonl', file: '/w/c.jsonl' };

describe('patentViewState', () => {
  it('shows nothing without a patent in front', () => {
    const state = patentViewState({ open: [a], sessions: new Map(), relative });
    expect(state.active).toEqual({ kind: 'none' });
    expect(state.open).toEqual([
      { uri: a.uri, name: 'a.xml', active: false, status: 'unclassified', assigned: [] },
    ]);
  });

  it('lists every open patent with its own status', () => {
    const sessions = new Map([
      [a.uri, classified],
      [b.uri, begin(EMPTY_FILE, SPAN, 'encoding')],
    ]);
    const state = patentViewState({ open: [a, b], active: { ...a, cursor: SPAN }, sessions, relative });
    expect(state.open).toEqual([
      {
        uri: a.uri,
        name: 'a.xml',
        title: 'Title of one',
        active: true,
        status: 'classified',
        assigned: ['A'],
      },
      { uri: b.uri, name: 'b.xml', active: false, status: 'classifying', assigned: [] },
    ]);
    expect(state.active).toMatchObject({ kind: 'classified', name: 'a.xml', stale: false });
  });

  it('names the record of a corpus', () => {
    const state = patentViewState({
      open: [corpus],
      active: { ...corpus, cursor: { start: 3, end: 3 }, unit: { span: SPAN, id: 'XX1' } },
      sessions: new Map([[corpus.uri, classified]]),
      relative,
    });
    expect(state.active).toMatchObject({
      kind: 'classified',
      uri: 'file:///w/c.jsonl#XX1',
      name: 'c.jsonl › XX1',
    });
  });
});

describe('moved', () => {
  it('shifts the evidence with the text', () => {
    const passages = [
      { section: 'title' as const, text: 'x', source: { start: 2, end: 4 } },
      { section: 'title' as const, text: 'y' },
    ];
    const shifted = moved({ ...prediction('one', SPAN), evidence: { basis: 'shares', passages } }, 5);
    expect(shifted.evidence?.passages.map(({ source }) => source)).toEqual([{ start: 7, end: 9 }, undefined]);
  });
});

describe('shortNames', () => {
  it('adds folders only where names clash', () => {
    expect([...shortNames(['/w/x/a.xml', '/w/y/a.xml', '/w/b.xml']).values()]).toEqual([
      'x/a.xml',
      'y/a.xml',
      'b.xml',
    ]);
  });

  it('tells deeper clashes apart', () => {
    expect([...shortNames(['/p/x/a.xml', '/q/x/a.xml']).values()]).toEqual(['p/x/a.xml', 'q/x/a.xml']);
  });
});
