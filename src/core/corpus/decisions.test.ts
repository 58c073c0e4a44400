import { describe, expect, it } from 'vitest';
import { findDecision } from './decision-keys.ts';
import { formatDecision, parseDecisions, type DocumentDecision } from './decisions.ts';

const FILE = 'labels.jsonl';
const AT = '2026-01-02T03:04:05.000Z';

const decision = (
  id: string,
  labels: string[] = [],
  more: Partial<DocumentDecision> = {},
): DocumentDecision => ({
  id,
  labels,
  at: AT,
  ...more,
});

const written = (...decisions: DocumentDecision[]): string => decisions.map(formatDecision).join('');

describe('decisions', () => {
  it('are one line each and come back as they were written', () => {
    const all = [
      decision('US1', ['wheelchair', 'brake']),
      decision('US2', [], { rejected: ['motor'], path: 'patents/ä b.xml' }),
      decision('line\nbreak', ['"quoted"', 'emoji 😀']),
    ];
    const text = written(...all);
    expect(text.match(/\n/g)).toHaveLength(3);
    const { byId, problems } = parseDecisions(text, FILE);
    expect([...byId.values()]).toEqual(all);
    expect(problems).toEqual([]);
  });

  it('of one document: the last wins, whole', () => {
    const first = decision('US9900001B2', ['a', 'b'], { rejected: ['c'], path: 'old.xml' });
    const last = decision('US9900001B2', ['c'], { path: 'moved.xml' });
    const { byId } = parseDecisions(written(first, decision('US2', ['a']), last), FILE);
    expect(byId.get('US9900001B2')).toEqual(last);
    expect(byId.get('US2')).toEqual(decision('US2', ['a']));
    expect(byId.size).toBe(2);
  });

  it('taken back leave the document as if nobody had decided', () => {
    const text = written(decision('US1', ['a'], { rejected: [] }), decision('US1', [], { rejected: [] }));
    expect(parseDecisions(text, FILE).byId.size).toBe(0);
  });

  it('on files of the same name are two decisions, on one publication number one, wherever it stands', () => {
    const text = written(
      decision('spec', ['a'], { path: 'A/spec.txt' }),
      decision('spec', ['b'], { path: 'B/spec.txt' }),
      decision('US9900001B2', ['c'], { path: 'A/x.xml' }),
    );
    const { byId } = parseDecisions(text, FILE);
    expect(findDecision(byId, 'spec', 'A/spec.txt')?.labels).toEqual(['a']);
    expect(findDecision(byId, 'spec', 'B/spec.txt')?.labels).toEqual(['b']);
    expect(findDecision(byId, 'spec', 'C/spec.txt')).toBeUndefined();
    expect(findDecision(byId, 'US9900001B2', 'elsewhere/y.xml')?.labels).toEqual(['c']);
  });

  it.each([
    { what: 'nothing', text: '' },
    { what: 'blank lines', text: '\n\n  \n\t\r\n' },
    { what: 'a byte order mark alone', text: '\uFEFF' },
  ])('may be $what', ({ text }) => {
    const { byId, problems } = parseDecisions(text, FILE);
    expect([byId.size, problems.length]).toEqual([0, 0]);
  });

  it('are read from files with CR LF, blank lines between, a byte order mark, or no last line break', () => {
    const lines = written(decision('US1', ['a']), decision('US2', ['b'])).trimEnd();
    for (const text of [
      lines.replaceAll('\n', '\r\n'),
      lines.replaceAll('\n', '\n\n \n'),
      `\uFEFF${lines}`,
      lines,
    ]) {
      const { byId, problems } = parseDecisions(text, FILE);
      expect(problems).toEqual([]);
      expect([...byId.keys()]).toEqual(['US1', 'US2']);
    }
  });

  it('keep what they do not know out of the way', () => {
    const { byId } = parseDecisions(`{"id":"US1","labels":[],"at":"${AT}","future":{"x":1}}`, FILE);
    expect(byId.get('US1')).toEqual(decision('US1'));
  });
});

describe('a line that is no decision', () => {
  it.each([
    { what: 'no JSON', line: '{"id": "US1"' },
    { what: 'two records glued together', line: written(decision('a'), decision('b')).replaceAll('\n', '') },
    { what: 'another value', line: '[1, 2]' },
    { what: 'null', line: 'null' },
    { what: 'without an id', line: `{"labels":[],"at":"${AT}"}` },
    { what: 'with an empty id', line: `{"id":"","labels":[],"at":"${AT}"}` },
    { what: 'with labels that are no list', line: `{"id":"x","labels":"a","at":"${AT}"}` },
    { what: 'with a label that is no text', line: `{"id":"x","labels":[3],"at":"${AT}"}` },
    { what: 'without labels', line: `{"id":"x","at":"${AT}"}` },
    { what: 'without a time', line: `{"id":"x","labels":[]}` },
  ])('costs only itself and is reported with its number: $what', ({ line }) => {
    const text = `${formatDecision(decision('US1'))}\n${line}\n${formatDecision(decision('US2'))}`;
    const { byId, problems } = parseDecisions(text, FILE);
    expect([...byId.keys()]).toEqual(['US1', 'US2']);
    expect(problems.map((problem) => problem.report())).toEqual([
      {
        code: 'record-malformed',
        message: 'Line 3 of labels.jsonl is no decision and was left out.',
        remedy: 'Correct or delete the line; the other decisions were read.',
        place: { file: FILE, line: 3, column: 1 },
      },
    ]);
  });

  it('does not undo an earlier decision on the same document', () => {
    const text = `${formatDecision(decision('US1', ['a']))}{"id":"US1","labels":["b"\n`;
    expect(parseDecisions(text, FILE).byId.get('US1')?.labels).toEqual(['a']);
  });

  it('is reported once each, in order', () => {
    const { problems } = parseDecisions('x\n\ny\nz', FILE);
    expect(problems.map(({ place }) => place?.line)).toEqual([1, 3, 4]);
  });
});

describe('a write that was torn', () => {
  const kept = [decision('US1', ['a']), decision('US2', ['b'])];
  const last = decision('US3', ['Rollstühle', '車椅子', '😀'], { path: 'ordner/ä.xml' });
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const before = encode(written(...kept));
  const record = encode(formatDecision(last));
  // Everything but the line break is there: the record is whole.
  const whole = record.length - 1;

  it('costs only the record that was being written, at whichever byte', () => {
    for (let bytes = 0; bytes < whole; bytes++) {
      const { byId, problems } = parseDecisions(
        decode(Uint8Array.of(...before, ...record.subarray(0, bytes))),
        FILE,
      );
      expect([...byId.values()]).toEqual(kept);
      expect(problems.map(({ place }) => place?.line)).toEqual(bytes === 0 ? [] : [3]);
    }
    for (const bytes of [whole, whole + 1]) {
      const text = decode(Uint8Array.of(...before, ...record.subarray(0, bytes)));
      expect([...parseDecisions(text, FILE).byId.values()]).toEqual([...kept, last]);
    }
  });

  it('costs nothing that is written after it on a line of its own', () => {
    const next = decision('US4', ['c']);
    for (let bytes = 1; bytes < whole; bytes++) {
      const torn = decode(Uint8Array.of(...before, ...record.subarray(0, bytes)));
      const { byId, problems } = parseDecisions(`${torn}\n${formatDecision(next)}`, FILE);
      expect([...byId.values()]).toEqual([...kept, next]);
      expect(problems).toHaveLength(1);
    }
  });
});
