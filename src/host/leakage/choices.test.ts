/** Which labels a document has, which findings are marked, and in which colour. */
import { describe, expect, it } from 'vitest';
import { parseDecisions } from '../../core/corpus/decisions.ts';
import { EMPTY_FILE, takeOutcomes, type FileSession } from '../session/file-session.ts';
import { label, prediction } from '../session/testing/builders.ts';
import { assignedLabels } from './assigned.ts';
import { chooseMarked, MOST_MARKED } from './choose.ts';
import { contrast, GROUNDS, labelHue, parseHex, shade, STRENGTHS, type Rgb } from './colours.ts';
import type { Leak } from './leak.ts';
import { auditLabelFigures } from './read-audit.ts';
import { patentsOf, SOURCES } from './testing/sources.ts';

describe('assignedLabels', async () => {
  const corpus = SOURCES.find(({ file }) => file.endsWith('.jsonl'));
  const [labelled, bare] = corpus ? await patentsOf(corpus) : [];
  if (!labelled || !bare) throw new Error('two records expected');
  const predicted = (id: string, decision?: 'accepted' | 'rejected'): FileSession => {
    const patent = id === 'XX1' ? labelled : bare;
    const labels = [label('p'), label('q', { status: 'borderline', ...(decision ? { decision } : {}) })];
    const outcome = { kind: 'classified', prediction: prediction(id, patent.source.span, labels) } as const;
    const { span: asked } = patent.source;
    return takeOutcomes(EMPTY_FILE, [outcome], { text: corpus?.text ?? '', asked, selection: false });
  };
  const decisions = (...lines: object[]) =>
    parseDecisions(lines.map((line) => JSON.stringify({ at: '2026', ...line })).join('\n'), 'labels.jsonl')
      .byId;
  const none = decisions();

  it.each([
    ['nothing is known', bare, none, EMPTY_FILE, undefined],
    ['the record says', labelled, none, EMPTY_FILE, ['labelled', 'mobility']],
    ['the record says, whatever is predicted', labelled, none, predicted('XX1'), ['labelled', 'mobility']],
    ['only a prediction is known', bare, none, predicted('XX2'), ['predicted', 'p']],
    [
      'a decision is on disk',
      labelled,
      decisions({ id: 'XX1', labels: ['d'] }),
      EMPTY_FILE,
      ['labelled', 'd'],
    ],
    [
      'a decision was made in this window',
      bare,
      decisions({ id: 'XX2', labels: ['d'] }),
      predicted('XX2', 'accepted'),
      ['labelled', 'q'],
    ],
    [
      'the record’s label was rejected',
      labelled,
      decisions({ id: 'XX1', labels: [], rejected: ['mobility'] }),
      EMPTY_FILE,
      ['labelled'],
    ],
    [
      'the predicted label was rejected',
      bare,
      decisions({ id: 'XX2', labels: [], rejected: ['p'] }),
      predicted('XX2'),
      ['predicted'],
    ],
    [
      'the decision is on a file of that name elsewhere',
      bare,
      decisions({ id: 'XX2', path: 'b/c.jsonl', labels: ['d'] }),
      EMPTY_FILE,
      undefined,
    ],
    [
      'the decision names its path',
      bare,
      decisions({ id: 'XX2', path: 'a/c.jsonl', labels: ['d'] }),
      EMPTY_FILE,
      ['labelled', 'd'],
    ],
  ] as const)('%s', (_, patent, known, session, expected) => {
    const found = assignedLabels(patent, { decisions: known, session, path: 'a/c.jsonl' });
    expect(found && [found.standing, ...found.labels]).toEqual(expected);
  });
});

describe('chooseMarked', () => {
  const leak = (kind: Leak['kind'], start: number, severity: Leak['severity'] = 'information'): Leak => ({
    kind,
    severity,
    span: { start, end: start + 1 },
    text: 'x',
    reason: '',
  });
  const leaks = [
    [
      leak('assigned-label', 5, 'warning'),
      leak('other-label', 1),
      leak('keyword', 2, 'hint'),
      leak('hidden-text', 9),
    ],
    [leak('assigned-label', 50, 'warning'), leak('contamination', 40, 'warning')],
  ];
  it.each([
    ['on', ['assigned-label', 'assigned-label', 'contamination', 'other-label', 'hidden-text', 'keyword']],
    ['assignedOnly', ['assigned-label', 'assigned-label', 'contamination', 'hidden-text']],
    ['off', []],
  ] as const)('%s', (mode, kinds) => {
    expect(chooseMarked(leaks, mode)).toMatchObject({ leftOut: 0 });
    expect(chooseMarked(leaks, mode).marked.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('leaves the least important out and says how many', () => {
    const keywords = Array.from({ length: MOST_MARKED }, (_, at) => leak('keyword', at + 100, 'hint'));
    const chosen = chooseMarked([...leaks, keywords], 'on');
    expect(chosen.marked).toHaveLength(MOST_MARKED);
    expect(chosen.marked[0]?.kind).toBe('assigned-label');
    expect(chosen).toMatchObject({ leftOut: 6, first: { span: { start: MOST_MARKED + 100 - 6 } } });
  });
});

describe('the colour of a label', () => {
  const HUES = Array.from({ length: 24 }, (_, at) => at * 15);

  it('follows from its id and spreads', () => {
    const hues = Array.from({ length: 200 }, (_, at) => labelHue(`label-${at}`));
    expect(hues).toEqual(Array.from({ length: 200 }, (_, at) => labelHue(`label-${at}`)));
    expect(hues.every((hue) => HUES.includes(hue))).toBe(true);
    expect(new Set(hues).size).toBeGreaterThan(20);
  });

  it.each(['dark', 'light'] as const)('can be read on %s grounds', (ground) => {
    for (const hue of HUES) {
      const colour = shade(hue, ground);
      for (const { background, text } of GROUNDS[ground]) {
        const under = parseHex(background);
        expect.soft(contrast(colour, under), `mark ${hue} on ${background}`).toBeGreaterThanOrEqual(3);
        for (const alpha of Object.values(STRENGTHS)) {
          const mixed = under.map((channel, at) => channel * (1 - alpha) + (colour[at] ?? 0) * alpha);
          const ratio = contrast(parseHex(text), mixed as unknown as Rgb);
          expect.soft(ratio, `text on ${hue} over ${background}`).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });
});

describe('auditLabelFigures', () => {
  const interval = { value: 0.7, low: 0.6, high: 0.8 };
  const report = (classifier: object | null): string =>
    JSON.stringify({
      format: 'patent-lab-leakage-audit',
      createdAt: '2026-11-01T00:00:00Z',
      audit: { labels: [{ id: 'a' }, { id: 'b' }], classifier },
    });

  it('gives the figures of the labels that were measured', () => {
    const masked = { value: 0.4, low: 0.3, high: 0.5 };
    const masking = { value: -0.3, low: -0.4, high: -0.2 };
    const perLabel = [
      { unmasked: interval, masked, masking, maskedAll: null, maskingAll: null },
      { unmasked: null, masked: null, masking: null, maskedAll: null, maskingAll: null },
    ];
    const figures = auditLabelFigures(report({ perLabel }));
    expect([...figures]).toEqual([
      [
        'a',
        { auditedAt: '2026-11-01T00:00:00Z', unmasked: 0.7, names: { masked: 0.4, low: -0.4, high: -0.2 } },
      ],
    ]);
  });

  it.each([report(null), '{', '[]', '{"format":"another"}'])('is empty for %s', (text) => {
    expect(auditLabelFigures(text).size).toBe(0);
  });
});
