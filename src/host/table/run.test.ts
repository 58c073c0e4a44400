import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClassifyOutcome } from '../../protocol/engine.ts';
import type { TableMessage } from '../../protocol/table-view.ts';
import { prediction } from '../session/testing/builders.ts';
import { TableRun } from './run.ts';

const outcome = (index: number): ClassifyOutcome => {
  const made = prediction(`d${index}`, { start: 0, end: 9 });
  return { kind: 'classified', prediction: { ...made, document: { ...made.document, index } } };
};

const member = (path: string): ClassifyOutcome => {
  const made = prediction(path, { start: 0, end: 9 });
  return { kind: 'classified', prediction: { ...made, document: { ...made.document, path, index: 0 } } };
};

const refused = (path: string, name: string): ClassifyOutcome => ({
  kind: 'failed',
  path,
  index: 0,
  error: { code: 'file-unreadable', message: `${name}: Its name leads out of the archive.`, remedy: '' },
});

let sent: TableMessage[];
let run: TableRun;
const rows = (): string[] =>
  sent.flatMap((message) => (message.kind === 'rows' ? message.rows : [])).map(({ id }) => id);
const lastState = (): unknown => sent.findLast((message) => message.kind === 'state')?.state;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  run = new TableRun({
    title: 'patents',
    root: '/w',
    classifier: 'c',
    batch: 100,
    send: (m) => sent.push(m),
  });
});
afterEach(() => vi.useRealTimers());

describe('TableRun', () => {
  it('waits for the page, then tells everything', () => {
    run.progress({ kind: 'outcome', outcome: outcome(0) });
    vi.advanceTimersByTime(200);
    expect(sent).toEqual([]);
    run.ready();
    expect(rows()).toEqual(['d0']);
    expect(lastState()).toMatchObject({ running: true, done: 1 });
  });

  it('collects rows into batches and sends each once', () => {
    run.ready();
    sent.length = 0;
    for (let index = 0; index < 5; index++) run.progress({ kind: 'outcome', outcome: outcome(index) });
    vi.advanceTimersByTime(100);
    expect(sent.map(({ kind }) => kind)).toEqual(['rows', 'state']);
    run.progress({ kind: 'outcome', outcome: outcome(5) });
    vi.advanceTimersByTime(100);
    expect(rows()).toEqual(['d0', 'd1', 'd2', 'd3', 'd4', 'd5']);
  });

  it('takes each document once, streamed or returned', () => {
    run.ready();
    run.progress({ kind: 'outcome', outcome: outcome(0) });
    run.add([outcome(0), outcome(1)]);
    run.end('finished');
    expect(rows()).toEqual(['d0', 'd1']);
  });

  it('counts towards the total the engine tells', () => {
    run.ready();
    run.progress({ kind: 'step', message: 'reading', done: 0, total: 12 });
    vi.advanceTimersByTime(100);
    expect(lastState()).toMatchObject({ total: 12, done: 0 });
  });

  it('knows no total once a file held several documents, for the engine counts files', () => {
    run.ready();
    run.progress({ kind: 'step', message: 'reading', done: 0, total: 3 });
    run.progress({ kind: 'outcome', outcome: outcome(0) });
    vi.advanceTimersByTime(100);
    expect(lastState()).toMatchObject({ total: 3, done: 1 });
    run.progress({ kind: 'outcome', outcome: outcome(1) });
    run.progress({ kind: 'step', message: 'reading', done: 1, total: 3 });
    vi.advanceTimersByTime(100);
    expect(lastState()).not.toHaveProperty('total');
  });

  it('knows no total once an archive held several documents, each the first of its member', () => {
    run.ready();
    for (const [done, id] of ['a', 'b', 'c'].entries()) {
      run.progress({ kind: 'step', message: 'reading', done, total: 3 });
      run.progress({ kind: 'outcome', outcome: member(`${id}.xml.gz/${id}.xml`) });
    }
    vi.advanceTimersByTime(100);
    expect(lastState()).toMatchObject({ total: 3, done: 3 });
    run.progress({ kind: 'outcome', outcome: member('c.xml.gz/d.xml') });
    vi.advanceTimersByTime(100);
    expect(lastState()).not.toHaveProperty('total');
  });

  it('keeps every failure of an archive’s members that have no path of their own', () => {
    run.ready();
    run.add(['../a.xml', '/b.xml'].map((name) => refused('/w/a.zip', name)));
    run.end('finished');
    expect(lastState()).toMatchObject({ done: 2 });
  });

  it('ignores what comes after it was cancelled', () => {
    run.ready();
    run.end('cancelled');
    run.progress({ kind: 'outcome', outcome: outcome(0) });
    vi.advanceTimersByTime(100);
    expect(rows()).toEqual([]);
    expect(lastState()).toMatchObject({ running: false, cancelled: true });
  });

  it('tells a page that was loaded again everything once more', () => {
    run.add([outcome(0)]);
    run.ready();
    sent.length = 0;
    run.ready();
    expect(rows()).toEqual(['d0']);
  });
});
