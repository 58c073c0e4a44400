import { describe, expect, it } from 'vitest';
import type { LabelPrediction } from '../../src/protocol/engine.ts';
import { groupLabels, toggled, undecided } from './groups.ts';

function label(id: string, probability: number, rest: Partial<LabelPrediction> = {}): LabelPrediction {
  const status = probability >= 0.5 ? 'assigned' : probability >= 0.35 ? 'borderline' : 'rest';
  return {
    id,
    name: id.toUpperCase(),
    probability,
    threshold: 0.5,
    status,
    basis: 'trained',
    logit: 0,
    ...rest,
  };
}

const many = Array.from({ length: 12 }, (_, index) => label(`r${index}`, 0.01 * index));
const labels = [label('b', 0.4), label('a', 0.9), label('c', 0.7), ...many];
const options = { filter: '', all: false };

const ids = (groups: ReturnType<typeof groupLabels>, id: string): readonly string[] | undefined =>
  groups.find((group) => group.id === id)?.rows.map((row) => row.id);

describe('groupLabels', () => {
  it('sorts each group by probability and shortens the last one', () => {
    const groups = groupLabels(labels, options);
    expect(groups.map((group) => [group.id, group.rows.length, group.total])).toEqual([
      ['assigned', 2, 2],
      ['borderline', 1, 1],
      ['added', 0, 0],
      ['rest', 5, 12],
    ]);
    expect(ids(groups, 'assigned')).toEqual(['a', 'c']);
    expect(ids(groups, 'rest')).toEqual(['r11', 'r10', 'r9', 'r8', 'r7']);
  });

  it('shows all on request and while filtering', () => {
    expect(ids(groupLabels(labels, { filter: '', all: true }), 'rest')).toHaveLength(12);
    expect(ids(groupLabels(labels, { filter: 'R1', all: false }), 'rest')).toEqual(['r11', 'r10', 'r1']);
    expect(ids(groupLabels(labels, { filter: 'R1', all: false }), 'assigned')).toEqual([]);
  });

  it('keeps decided labels in the group of their prediction', () => {
    const decided = [label('a', 0.9, { decision: 'rejected' }), label('b', 0.4, { decision: 'accepted' })];
    const groups = groupLabels(decided, options);
    expect(ids(groups, 'assigned')).toEqual(['a']);
    expect(ids(groups, 'borderline')).toEqual(['b']);
  });

  it('puts accepted labels that were not predicted, or are not known, among the added ones', () => {
    const groups = groupLabels(
      [label('a', 0.1, { decision: 'accepted' }), label('b', 0.2, { decision: 'rejected' })],
      {
        ...options,
        decided: [
          { id: 'new', name: 'New', decision: 'accepted' },
          { id: 'gone', name: 'Gone', decision: 'rejected' },
          { id: 'a', name: 'A', decision: 'rejected' },
        ],
      },
    );
    expect(ids(groups, 'added')).toEqual(['a', 'new']);
    expect(ids(groups, 'rest')).toEqual(['b', 'gone']);
  });

  it('loses no label', () => {
    const groups = groupLabels(labels, { filter: '', all: true });
    expect(
      groups
        .flatMap((group) => group.rows)
        .map((row) => row.id)
        .sort(),
    ).toEqual(labels.map(({ id }) => id).sort());
  });
});

describe('decisions', () => {
  it('are taken back by the button that made them', () => {
    expect(toggled(undefined, 'accepted')).toBe('accepted');
    expect(toggled('accepted', 'accepted')).toBeUndefined();
    expect(toggled('accepted', 'rejected')).toBe('rejected');
  });

  it('count what is assigned and open', () => {
    expect(undecided([label('a', 0.9), label('b', 0.8, { decision: 'rejected' }), label('c', 0.2)])).toBe(1);
  });
});
