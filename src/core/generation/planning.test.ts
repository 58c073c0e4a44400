/** From deficits to slots: what is asked for, of which labels, with which examples. */
import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { ATTRIBUTE_NAMES, ATTRIBUTE_VALUES, assignAttributes } from './attributes.ts';
import { labelDeficits, sampleLabelSets } from './deficits.ts';
import { ExemplarChooser, type ExemplarCandidate } from './exemplars.ts';
import { planSchema } from './plan.ts';
import { slotsOf } from './slots.ts';

describe('deficits', () => {
  it('count real and synthetic documents towards the target', () => {
    const documents = [
      { labels: [0, 1], synthetic: false },
      { labels: [0], synthetic: false },
      { labels: [1], synthetic: true },
    ];
    expect(labelDeficits(documents, 3, 3)).toEqual([
      { real: 2, synthetic: 0, deficit: 1 },
      { real: 1, synthetic: 1, deficit: 1 },
      { real: 0, synthetic: 0, deficit: 3 },
    ]);
    expect(labelDeficits(documents, 1, 1)[0]?.deficit).toBe(0);
  });
});

/** Fictitious label sets: 12 labels, some that like each other. */
function realSets(random: Random, count: number): number[][] {
  return Array.from({ length: count }, () => {
    const first = random.integer(12);
    const set = [first];
    if (random.uniform() < 0.5) set.push((first + 1) % 12);
    if (random.uniform() < 0.2) set.push((first + 5) % 12);
    return [...new Set(set)].sort((a, b) => a - b);
  });
}

describe('label sets', () => {
  it('fill every deficit with sets that real documents have, and no more than needed', () => {
    const random = new Random(3);
    for (let round = 0; round < 40; round++) {
      const real = realSets(random, 60);
      const keys = new Set(real.map((set) => set.join(' ')));
      const deficits = Array.from({ length: 13 }, () => random.integer(15));
      const sets = sampleLabelSets({ real, deficits, most: 1e6, seed: round });
      const added = new Array<number>(13).fill(0);
      for (const { labels, count } of sets) {
        for (const label of labels) added[label] = (added[label] ?? 0) + count;
        // Nobody has the thirteenth label: nothing is known of its company.
        expect(
          keys.has(labels.join(' ')) ||
            (labels.length === 1 && !real.some((set) => set.includes(labels[0] ?? -1))),
        ).toBe(true);
        expect(labels.some((label) => (deficits[label] ?? 0) > 0)).toBe(true);
      }
      deficits.forEach((deficit, label) => expect(added[label]).toBeGreaterThanOrEqual(deficit));
      const documents = sets.reduce((sum, { count }) => sum + count, 0);
      expect(documents).toBeLessThanOrEqual(deficits.reduce((sum, deficit) => sum + deficit, 0));
      expect(sampleLabelSets({ real, deficits, most: 1e6, seed: round })).toEqual(sets);
    }
  });

  it('keep the real chances of company', () => {
    // Label 0 goes with 1 in three of four documents, and both lack documents without end.
    const real = [[0, 1], [0, 1], [0, 1], [0]];
    const sets = sampleLabelSets({ real, deficits: [1e9, 1e8], most: 4000, seed: 5 });
    const together = sets.find(({ labels }) => labels.length === 2)?.count ?? 0;
    // Three standard deviations of a binomial share of 0.75 are 0.021.
    expect(together / 4000).toBeGreaterThan(0.729);
    expect(together / 4000).toBeLessThan(0.771);
  });

  it('end where they are told to', () => {
    const sets = sampleLabelSets({ real: [[0]], deficits: [100], most: 7, seed: 1 });
    expect(sets).toEqual([{ labels: [0], count: 7 }]);
    expect(sampleLabelSets({ real: [[0]], deficits: [0], most: 7, seed: 1 })).toEqual([]);
  });
});

describe('attributes', () => {
  it('use every value equally often, in many combinations', () => {
    const assigned = assignAttributes({ attributes: {}, seed: 4 }, 210);
    for (const name of ATTRIBUTE_NAMES) {
      const counts = new Map<string, number>();
      for (const one of assigned) counts.set(one[name], (counts.get(one[name]) ?? 0) + 1);
      expect(counts.size).toBe(ATTRIBUTE_VALUES[name].length);
      expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
    }
    const combinations = new Set(assigned.map((one) => JSON.stringify(one)));
    expect(combinations.size).toBeGreaterThan(200);
  });

  it('take the plan’s own values', () => {
    const assigned = assignAttributes({ attributes: { field: ['glass'], length: ['short'] }, seed: 4 }, 5);
    expect(new Set(assigned.map(({ field, length }) => `${field} ${length}`))).toEqual(
      new Set(['glass short']),
    );
  });
});

const candidates: readonly ExemplarCandidate[] = Array.from({ length: 40 }, (_, at) => ({
  id: `D${at}`,
  labels: at < 20 ? [0, at % 2] : [2],
  group: at === 1 ? 'g0' : `g${at}`,
  text: at % 4 === 0 ? 'a frame with a hinge and wheels' : `number${at} sensor${at} circuit${at}`,
}));

describe('examples', () => {
  const chooser = new ExemplarChooser(candidates);

  it('share labels, differ from one another, and are of different families', () => {
    for (let seed = 0; seed < 50; seed++) {
      const ids = chooser.choose({ labels: [0, 1], count: 3, seed });
      const chosen = ids.map((id) => candidates.find((one) => one.id === id));
      expect(ids).toHaveLength(3);
      expect(new Set(chosen.map((one) => one?.group)).size).toBe(3);
      // Documents with both labels are there; they are nearer than those with one of them.
      for (const one of chosen) expect(one?.labels).toEqual([0, 1]);
      expect(chosen.filter((one) => one?.text.startsWith('a frame')).length).toBeLessThanOrEqual(1);
    }
  });

  it('vary with the seed, and are the same for the same one', () => {
    const choices = Array.from({ length: 30 }, (_, seed) =>
      chooser.choose({ labels: [2], count: 2, seed }).join(' '),
    );
    expect(new Set(choices).size).toBeGreaterThan(10);
    expect(chooser.choose({ labels: [2], count: 2, seed: 7 }).join(' ')).toBe(choices[7]);
  });

  it('are fewer where there are no more, and none of the seed’s family', () => {
    expect(chooser.choose({ labels: [9], count: 2, seed: 1 })).toEqual([]);
    expect(chooser.choose({ labels: [0], count: 0, seed: 1 })).toEqual([]);
    for (let seed = 0; seed < 30; seed++)
      expect(chooser.choose({ labels: [0, 1], count: 5, withoutGroup: 'g0', seed })).not.toContain('D1');
  });
});

describe('slots', () => {
  const index = new Map([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ]);
  const plan = planSchema.parse({
    name: 'trial',
    model: { client: 'built-in', model: 'm' },
    strategy: 'conditioned',
    labelSets: [
      { labels: ['b', 'a'], count: 5 },
      { labels: ['c'], count: 4 },
    ],
    genres: ['standard', 'claim-led', 'product-sheet'],
  });

  it('are as many of each set as the plan says, each asked for in its own way', () => {
    const slots = slotsOf({ plan, documents: candidates, index });
    expect(slots.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const sets = slots.map(({ labels }) => labels.join(' ')).sort();
    expect(sets).toEqual(['0 1', '0 1', '0 1', '0 1', '0 1', '2', '2', '2', '2']);
    expect(new Set(slots.map(({ seed }) => seed)).size).toBe(9);
    expect(slots.map(({ genre }) => genre).filter((genre) => genre === 'claim-led')).toHaveLength(3);
    expect(slotsOf({ plan, documents: candidates, index })).toEqual(slots);
    expect(slotsOf({ plan: { ...plan, seed: 2 }, documents: candidates, index })).not.toEqual(slots);
  });

  it('of a paraphrase have the labels of their seeds, and never show the seed as an example', () => {
    const paraphrase = {
      ...plan,
      strategy: 'paraphrase' as const,
      labelSets: [],
      times: 5,
      seeds: ['D0', 'D21'],
    };
    const slots = slotsOf({ plan: paraphrase, documents: candidates, index });
    expect(slots).toHaveLength(10);
    for (const { source, labels, exemplars } of slots) {
      expect(labels).toEqual(candidates.find(({ id }) => id === source)?.labels);
      expect(exemplars).not.toContain(source);
      if (source === 'D0') expect(exemplars).not.toContain('D1');
    }
  });
});
