/** Keys and groups of very many records, against plain maps and against the rule that a corpus goes through when read. */
import { describe, expect, it } from 'vitest';
import { linkGroups, type LabelledDocument } from '../../core/corpus/labelled.ts';
import { readText } from '../../core/patent/formats.ts';
import type { Patent } from '../../core/patent/model.ts';
import { digestOf, KeyIndex } from './key-index.ts';
import { Linking, recordKeys, storedKeys } from './linking.ts';

/** A small generator of numbers, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('KeyIndex', () => {
  it('answers as a map does, through many growths', () => {
    const pick = numbers(7);
    const index = new KeyIndex();
    const oracle = new Map<string, number>();
    for (let record = 0; record < 30_000; record++) {
      const key = `k${pick(20_000)}`;
      expect(index.claim(digestOf(key), record)).toBe(oracle.get(key));
      if (!oracle.has(key)) oracle.set(key, record);
    }
    expect(index.size).toBe(oracle.size);
  });
});

const patents = (records: readonly object[]): Patent[] =>
  readText(records.map((record) => JSON.stringify(record)).join('\n'), 'a.jsonl').flatMap((outcome) =>
    outcome.kind === 'patent' ? outcome.patent : [],
  );

function linked(all: readonly Patent[]): Linking {
  const linking = new Linking();
  for (const patent of all) linking.admit(recordKeys(patent));
  return linking;
}

/** Records by group, as sets of positions. */
const partition = (roots: readonly unknown[]): readonly (readonly number[])[] => {
  const groups = new Map<unknown, number[]>();
  roots.forEach((root, at) => groups.set(root, [...(groups.get(root) ?? []), at]));
  return [...groups.values()];
};

describe('Linking', () => {
  it.each([1, 2, 3, 4, 5])('groups as linkGroups does: %i', (seed) => {
    const pick = numbers(seed);
    const all = patents(
      Array.from({ length: 300 }, (_, at) => ({
        id: `N${at}`,
        title: `Device ${pick(200)}`,
        ...(pick(3) === 0 ? {} : { abstract: `Part ${pick(120)} of an aid.` }),
        ...(pick(4) === 0 ? { group: `g${pick(40)}` } : {}),
      })),
    );
    const linking = linked(all);
    const documents: LabelledDocument[] = all.map((patent) => ({
      patent,
      labels: [],
      group: '',
      provenance: 'real',
    }));
    const expected = partition(linkGroups(documents).map(({ group }) => group));
    expect(partition(all.map((_, at) => linking.root(at)))).toEqual(expected);
    const sizes = expected.map((group) => group.length).filter((size) => size > 1);
    expect([...linking.groups().values()].sort()).toEqual(sizes.sort());
  });

  it('links families by number, members, applications and priorities', () => {
    const [base] = patents([{ id: 'US1', title: 'A' }]);
    if (!base) throw new Error('expected a patent');
    const member = (id: string, change: Partial<Patent['bibliography']>): Patent => ({
      ...base,
      id,
      title: base.title && { ...base.title, text: `Title of ${id}` },
      bibliography: { ...base.bibliography, ...change },
    });
    const number = (id: string): { id: string; office: string } => ({ id, office: 'US' });
    const all = [
      member('US1', { family: { id: 'docdb:7', members: [] } }),
      member('US2', { family: { id: 'docdb:7', members: [number('US99000003B2')] } }),
      member('US99000003B2', {}),
      member('US4', { application: number('US11') }),
      member('US5', { related: [{ relation: 'continuation', document: number('US11') }] }),
      member('US6', { priorities: [number('DE5')] }),
      member('US7', { priorities: [number('DE5'), number('DE6')] }),
      member('US8', {}),
    ];
    const linking = linked(all);
    expect(all.map((_, at) => linking.root(at))).toEqual([0, 0, 0, 3, 3, 5, 5, 7]);
    expect(linking.sameText).toBe(0);
  });

  it('refuses a taken id, unless it must not', () => {
    const [patent] = patents([{ id: 'US1', title: 'A' }]);
    if (!patent) throw new Error('expected a patent');
    const linking = new Linking();
    const keys = recordKeys(patent);
    expect(linking.admit(keys)).toEqual({ kind: 'new', sameText: false });
    expect(linking.admit(keys)).toEqual({ kind: 'duplicate', first: 0 });
    expect(linking.admit(keys, true)).toEqual({ kind: 'new', sameText: true });
    expect([linking.records, linking.sameText]).toEqual([2, 1]);
  });

  it('keeps keys so that they can be read again', () => {
    const all = patents([
      { id: 'US1', title: 'A', group: 'g' },
      { id: 'US2', title: 'B' },
    ]);
    const keys = all.map(recordKeys);
    expect([...storedKeys(Buffer.concat(keys))].map((one) => one.toString('hex'))).toEqual(
      keys.map((one) => one.toString('hex')),
    );
  });
});
