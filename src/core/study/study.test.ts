/** A study from its plan to its findings, on planted scores: what is run, what is kept, what fails, what is concluded. */
import { describe, expect, it } from 'vitest';
import { PatentLabError } from '../errors.ts';
import { plainCompute } from '../graph/evaluate.ts';
import { Random } from '../random.ts';
import { armsOf } from './arms.ts';
import { drawAll, execute, unitsOf, workOf, type Unit } from './execute.ts';
import type { Family, FitRequest } from './family.ts';
import type { MeasuredCell } from './findings/cell.ts';
import { findingsOf } from './findings/findings.ts';
import { CellMeasurer } from './findings/measuring.ts';
import type { StudySetting } from './outcomes.ts';
import { drawRegimes, regimesOf } from './regimes.ts';
import type { StudyFindings } from './report.ts';
import { groupViolations, nearDuplicates, refuseViolations } from './splits.ts';
import {
  keyOf,
  MemoryStore,
  PlantedFamily,
  smallCorpus,
  smallSetting,
  usesSynthetic,
} from './testing/small-study.ts';
import { studyCorpus } from './corpus.ts';

const quiet = (): Promise<void> => Promise.resolve();

function layOut(setting: StudySetting, family: Family): { units: readonly Unit[]; notes: string[] } {
  const notes: string[] = [];
  const arms = armsOf(setting.plan, setting.corpus, notes);
  const regimes = regimesOf(setting.plan, setting.corpus.real.length);
  return { units: unitsOf(setting, arms, [family], regimes, drawAll(setting, regimes)), notes };
}

async function study(
  setting: StudySetting,
  skill: (request: FitRequest) => number,
): Promise<{ findings: StudyFindings; family: PlantedFamily; store: MemoryStore }> {
  const family = new PlantedFamily(setting, skill);
  const store = new MemoryStore();
  const { units, notes } = layOut(setting, family);
  const failed = await execute(units, setting, {
    store,
    checkpoint: quiet,
    onUnit: () => undefined,
    onDone: () => undefined,
  });
  const space = Float32Array.from({ length: setting.corpus.test.length * 3 }, (_, at) => Math.sin(at));
  const measurer = new CellMeasurer(setting, new Map([['encoder-linear', space]]), {
    compute: plainCompute,
    read: (unit) => store.read(unit),
    checkpoint: quiet,
  });
  const findings = await findingsOf(
    setting,
    { units, failed, notes },
    {
      compute: plainCompute,
      measure: async (cells) => {
        const measured: (MeasuredCell | undefined)[] = [];
        for (const cell of cells) measured.push(await measurer.measure(cell));
        return measured;
      },
      checkpoint: quiet,
    },
  );
  return { findings, family, store };
}

const core = ['real-only', 'step-matched', 'duplicate-to-match', 'augmented'] as const;
const small = { arms: [...core], regimes: ['100%'], schedules: ['fixed-epochs' as const] };

describe('arms', () => {
  it('are those of the table, with what the documents do not allow left out and said', () => {
    const notes: string[] = [];
    const ids = armsOf(smallSetting().plan, smallCorpus(), notes).map(({ id }) => id);
    expect(ids).toEqual([
      ...['real-only', 'step-matched', 'duplicate-to-match', 'inverse-frequency', 'focal', 'asymmetric'],
      ...['distribution-balanced', 'augmented', 'synthetic-only', 'mix-0', 'mix-0.1', 'mix-0.2', 'mix-0.3'],
      ...['mix-0.5', 'mix-0.7', 'mix-1', 'curriculum-synthetic-first', 'curriculum-real-first', 'ensemble'],
      ...[
        'filtered',
        'sample-weighted',
        'paraphrase-1',
        'cell:model/conditioned',
        'copies:model/conditioned',
      ],
      ...['cell:model/paraphrase', 'copies:model/paraphrase'],
    ]);
    expect(notes).toEqual([expect.stringContaining('at most 1 paraphrases')]);
  });

  it('have the documents and steps that the table gives them', async () => {
    const setting = smallSetting({ regimes: ['100%'], seeds: 1, schedules: ['fixed-epochs'] });
    const { findings } = await study(setting, () => 1);
    const rows = Object.fromEntries(
      findings.arms.flatMap((arm) =>
        arm.status === 'ok' && arm.thresholds === 'fixed'
          ? [[arm.id, [arm.real, arm.synthetic, arm.steps]]]
          : [],
      ),
    );
    expect(rows).toMatchObject({
      'real-only': [40, 0, 40],
      'step-matched': [40, 0, 70],
      'duplicate-to-match': [70, 0, 70],
      focal: [40, 0, 40],
      augmented: [40, 30, 70],
      'synthetic-only': [0, 30, 30],
      'mix-0': [0, 70, 70],
      'mix-0.2': [14, 56, 70],
      'mix-1': [70, 0, 70],
      'curriculum-real-first': [40, 30, 70],
      ensemble: [40, 30, 70],
      'paraphrase-1': [40, 1, 50],
    });
  });

  it('take what the plan of work says they take', async () => {
    const setting = smallSetting({ arms: [...core, 'mix', 'synthetic-only', 'curriculum-real-first'] });
    const { family } = await study(setting, () => 1);
    const { units } = layOut(setting, family);
    const arms = armsOf(setting.plan, setting.corpus, []);
    const planned = units.reduce((total, unit) => total + workOf(unit, setting, arms).fits, 0);
    expect(family.fits).toHaveLength(planned);
  });
});

describe('regimes', () => {
  const { documents, real } = smallCorpus({ real: 60 });
  const pool = {
    rows: real,
    groups: documents.map(({ group }) => group),
    labels: documents.map(({ labels }) => labels),
  };
  const regimes = [
    { name: '10', size: 10 },
    { name: '60', size: 60 },
    { name: '31', size: 31 },
  ];

  it('are nested, keep groups whole, hold every label, and depend on the seed alone', () => {
    for (const seed of [0, 1, 2, 3]) {
      const [ten = real, all = real, half = real] = drawRegimes(pool, regimes, new Random(seed));
      expect([ten.length, all.length, half.length]).toEqual([10, 60, 30]);
      expect([...ten].every((row) => half.includes(row))).toBe(true);
      for (const rows of [ten, half]) {
        const groups = new Set(Array.from(rows, (row) => pool.groups[row]));
        expect(groups.size * 2).toBe(rows.length);
        expect(new Set(Array.from(rows).flatMap((row) => pool.labels[row] ?? [])).size).toBe(4);
      }
      expect(drawRegimes(pool, regimes, new Random(seed))).toEqual([ten, all, half]);
    }
    expect(drawRegimes(pool, regimes, new Random(1))).not.toEqual(drawRegimes(pool, regimes, new Random(2)));
  });

  it('use only synthetic documents whose parents they have', () => {
    const setting = smallSetting({ regimes: [10], seeds: 12 });
    const draws = drawAll(setting, regimesOf(setting.plan, 40)).flat();
    for (const { real: rows, synthetic } of draws) expect(synthetic.length).toBe(rows.includes(0) ? 30 : 29);
    expect(new Set(draws.map(({ synthetic }) => synthetic.length))).toEqual(new Set([29, 30]));
  });
});

describe('splits', () => {
  const { documents, labels } = smallCorpus();
  const changed = (at: number, change: object) =>
    studyCorpus(
      labels,
      documents.map((document, row) => (row === at ? { ...document, ...change } : document)),
    );

  it.each([
    [
      'a group on both sides',
      changed(3, { group: 'test group 1' }),
      /real-3 is of the same family.*test-[23]/,
    ],
    [
      'a seed in the test set',
      changed(45, { parents: [70] }),
      /synthetic-5 was made from the test document test-0/,
    ],
    [
      'a synthetic document of a test family',
      changed(45, { group: 'test group 0' }),
      /synthetic-5 .*test-[01]/,
    ],
  ])('refuses %s and names the documents', (_, corpus, message) => {
    expect(() => refuseViolations(groupViolations(corpus))).toThrow(message);
  });

  it('accepts documents that are apart', () => {
    expect(groupViolations(smallCorpus())).toEqual([]);
  });

  it('finds near-duplicates across the split, and what was made from them', () => {
    const corpus = smallCorpus();
    const pairs = [
      { first: 0, second: 70, jaccard: 0.9 },
      { first: 0, second: 1, jaccard: 0.9 },
    ];
    expect([...nearDuplicates(corpus, { pairs, compared: 2, leftOut: 0 }).keys()]).toEqual([0, 40]);
  });

  it('never trains a model on what finds its threshold', async () => {
    const setting = smallSetting();
    const { family } = await study(setting, () => 1);
    const groupOf = (row: number): string => setting.corpus.documents[row]?.group ?? '';
    const tested = new Set(Array.from(setting.corpus.test, groupOf));
    for (const { training, score } of family.fits) {
      const trained = training.phases.flatMap((phase) => [...phase]);
      expect(trained.some((row) => tested.has(groupOf(row)))).toBe(false);
      const scored = new Set(Array.from(score, groupOf));
      const isFold = !score.includes(setting.corpus.test[0] ?? -1);
      if (isFold) expect(trained.some((row) => scored.has(groupOf(row)))).toBe(false);
    }
  });
});

describe('execution', () => {
  const setting = smallSetting({ arms: ['real-only', 'focal', 'augmented', 'filtered'], seeds: 2 });

  it('goes on where it was stopped and trains nothing twice', async () => {
    const whole = await study(setting, () => 1);
    const family = new PlantedFamily(setting, () => 1);
    const store = new MemoryStore();
    const { units } = layOut(setting, family);
    const stop = (after: number) => {
      let left = after;
      return {
        store,
        checkpoint: () => {
          if (left-- > 0) return Promise.resolve();
          throw new PatentLabError({ code: 'cancelled', message: 'Cancelled.', remedy: '' });
        },
        onUnit: () => undefined,
        onDone: () => undefined,
      };
    };
    await expect(execute(units, setting, stop(31))).rejects.toMatchObject({ code: 'cancelled' });
    const before = store.kept.size;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(units.length);
    family.fits.length = 0;
    await execute(units, setting, stop(Infinity));
    expect([...store.kept]).toEqual(expect.arrayContaining([...whole.store.kept]));
    expect(family.fits).toHaveLength(4 * (units.length - before));
  });

  it('makes a failed row of an arm that fails, and the others go on', async () => {
    const { findings } = await study(
      { ...setting, plan: { ...setting.plan, regimes: ['100%'] } },
      ({ loss }) => {
        if (loss === 'focal') throw new Error('the loss exploded');
        return 1;
      },
    );
    const failed = findings.arms.filter(({ status }) => status === 'failed');
    expect(new Set(failed.map(({ id }) => id))).toEqual(new Set(['focal']));
    expect(failed[0]).toMatchObject({ error: { message: 'the loss exploded' } });
    expect(findings.arms.filter(({ id, status }) => id === 'filtered' && status === 'ok')).not.toEqual([]);
  });

  it('fails the arms that are made from one that failed, naming it', async () => {
    const { findings } = await study(
      { ...setting, plan: { ...setting.plan, arms: ['augmented', 'filtered'] } },
      () => 1,
    );
    expect(findings.arms.find(({ id }) => id === 'filtered')).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('real-only') as string },
    });
    expect(findings.verdicts[0]).toMatchObject({
      verdict: null,
      sentence: expect.stringContaining('real-only') as string,
    });
  });

  it('keys outcomes by all that tells them apart', () => {
    const { units } = layOut(setting, new PlantedFamily(setting, () => 1));
    expect(new Set(units.map(keyOf)).size).toBe(units.length);
  });
});

describe('findings', () => {
  const copies = (request: FitRequest): number =>
    request.training.phases.reduce((sum, { length }) => sum + length, 0);

  it.each([
    ['helps', (setting: StudySetting, request: FitRequest) => (usesSynthetic(setting, request) ? 2.5 : 0.8)],
    ['only volume', (_: StudySetting, request: FitRequest) => (copies(request) > 60 ? 2.5 : 0.8)],
    ['hurts', (setting: StudySetting, request: FitRequest) => (usesSynthetic(setting, request) ? 0.3 : 2)],
    ['no measurable effect', () => 1],
  ])('%s, where that is planted', async (verdict, skill) => {
    const setting = smallSetting({ ...small, thresholds: ['fixed'] }, smallCorpus({ test: 200 }));
    const { findings } = await study(setting, (request) => skill(setting, request));
    expect(findings.verdicts.map((one) => one.verdict)).toEqual([verdict]);
    expect(findings.recipe?.syntheticUse).toBe(verdict === 'helps' ? 'all' : 'none');
  });

  it('adds up: the changes of the decomposition lead from its start to its end, for every label too', async () => {
    const { findings } = await study(smallSetting(small), (request) => copies(request) / 60);
    const [decomposition] = findings.decompositions;
    if (!decomposition) throw new Error('there is no decomposition');
    expect(decomposition.steps.map(({ step }) => step)).toEqual([
      'threshold',
      'steps',
      'volume',
      'synthetic',
    ]);
    const sum = (steps: typeof decomposition.steps): number =>
      steps.reduce((total, { change }) => total + change.mean, 0);
    expect(decomposition.start.mean + sum(decomposition.steps)).toBeCloseTo(decomposition.end.mean, 10);
    for (const label of decomposition.perLabel)
      expect(label.start + sum(label.steps)).toBeCloseTo(label.end, 10);
    expect(decomposition.perLabel).toHaveLength(4);
  });

  it('gives the same numbers to the last digit, and others for another seed', async () => {
    const run = async (seed: number): Promise<string> =>
      JSON.stringify((await study(smallSetting({ ...small, seed }), () => 1)).findings);
    expect(await run(0)).toBe(await run(0));
    expect(await run(0)).not.toBe(await run(1));
  });

  it('says what one seed, a tiny test set and labels that a regime lacks mean', async () => {
    const corpus = smallCorpus({ test: 10, labels: 12, real: 30 });
    const { findings } = await study(smallSetting({ ...small, seeds: 1, regimes: [4] }, corpus), () => 1);
    const notes = findings.notes.join('\n');
    expect(notes).toContain('There is one seed');
    expect(notes).toContain('only 10 test documents');
    expect(notes).toMatch(/Regime 4: some draws have no real document of Label/);
    expect(findings.power[0]?.sentence).toContain('10 test documents and one seed');
  });

  it('measures retrieval beside every arm', async () => {
    const { findings } = await study(smallSetting({ ...small, thresholds: ['fixed'] }), () => 6);
    expect(findings.retrieval.map(({ arm }) => arm).sort()).toEqual([...core].sort());
    for (const { verdict, base, ndcg } of findings.retrieval) {
      expect(verdict).toBe('helps');
      expect(ndcg.mean).toBeGreaterThan(base);
    }
  });
});
