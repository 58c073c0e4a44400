/** Studies over files on disk, with the real encoder or words alone: what is refused, resumed, repeated and compared. */
import { readdirSync, rmSync } from 'node:fs';
import { readFile, rm, writeFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StudyReport } from '../../protocol/study.ts';
import { measuredGains } from '../fidelity/measured-gains.ts';
import { smallBase } from '../finetune/testing/small-base.ts';
import { makeTask, quietTask } from '../task.ts';
import { realEmbedder } from '../testing/encoder.ts';
import { temporaryFolder, writeFiles } from '../testing/folder.ts';
import { estimateStudy } from './handlers.ts';
import { readPlan } from './plan-file.ts';
import { runStudy, type Resuming } from './run-study.ts';
import { compareStudies, listStudies, readReport } from './saved-reports.ts';

const LABELS = ['brake', 'sensor', 'pump'] as const;
const WORDS: Readonly<Record<string, string>> = {
  brake: 'a disc clamped by pads that slow the wheel',
  sensor: 'a probe whose signal is sampled and filtered',
  pump: 'an impeller that drives liquid through a hose',
};

interface RecordOptions {
  readonly prefix: string;
  readonly count: number;
  readonly more?: (at: number) => object;
}

/** Documents written for these tests: each speaks of its labels' matter, with words of its own. */
function records({ prefix, count, more = () => ({}) }: RecordOptions): string {
  return Array.from({ length: count }, (_, at) => {
    const labels = [LABELS[at % 3], ...(at % 4 === 0 ? [LABELS[(at + 1) % 3]] : [])];
    const abstract = `Arrangement ${prefix} ${at} has ${labels.map((label) => WORDS[label ?? '']).join(' and ')}, with ${prefix}part${at} fixed to ${prefix}frame${at % 5}.`;
    return JSON.stringify({
      id: `${prefix}${at}`,
      title: `Arrangement ${prefix}${at}`,
      abstract,
      labels,
      ...more(at),
    });
  })
    .join('\n')
    .concat('\n');
}

const PLAN = {
  taxonomy: 'taxonomy.json',
  real: ['real.jsonl'],
  synthetic: ['synthetic.jsonl'],
  test: ['test.jsonl'],
  view: 'TA',
  regimes: [12, '100%'],
  families: ['tfidf-linear'],
  arms: ['real-only', 'step-matched', 'duplicate-to-match', 'augmented', 'focal', 'filtered'],
  seeds: 2,
  epochs: 3,
  resamples: 200,
};

const synthetic = (count: number, more: RecordOptions['more'] = () => ({})): string =>
  records({
    prefix: 's',
    count,
    more: (at) => ({ provenance: { kind: 'synthetic', model: 'm', strategy: 'conditioned' }, ...more(at) }),
  });

async function folderWith(files: Readonly<Record<string, string>> = {}, plan: object = {}): Promise<string> {
  return temporaryFolder({
    'taxonomy.json': JSON.stringify({ labels: LABELS.map((id) => ({ id, name: id })) }),
    'real.jsonl': records({ prefix: 'r', count: 30 }),
    'synthetic.jsonl': synthetic(24),
    'test.jsonl': records({ prefix: 't', count: 40 }),
    'a.study.json': JSON.stringify({ ...PLAN, ...plan }),
    ...files,
  });
}

async function run(
  root: string,
  resuming: Resuming = 'never',
  task = quietTask,
): Promise<{ report: StudyReport; folder: string }> {
  const study = await readPlan(path.join(root, 'a.study.json'));
  return runStudy({ root, study, embedder: await realEmbedder() }, resuming, task, () => undefined);
}

/** What must be equal when a study is repeated. */
const findings = ({ createdAt: _, seconds: __, estimate: ___, ...rest }: StudyReport): string =>
  JSON.stringify(rest);

describe('a study of a fine-tuned encoder', () => {
  const tuned = {
    families: ['lora'],
    base: 'base',
    schedules: ['fixed-epochs'],
    thresholds: ['fixed'],
    arms: ['real-only', 'step-matched', 'augmented', 'focal'],
    regimes: ['100%'],
    seeds: 1,
    epochs: 1,
  };

  it('trains it for the steps that the plan asks for, and comes to the same again', async () => {
    const root = await folderWith({}, tuned);
    await smallBase(root);
    const { report } = await run(root);
    expect(report.failures).toEqual([]);
    const steps = new Map(
      report.arms.flatMap((arm) => (arm.status === 'ok' ? [[arm.id, arm.steps] as const] : [])),
    );
    // 30 real and 24 synthetic documents in batches of 8.
    expect(steps.get('real-only')).toBe(4);
    expect(steps.get('augmented')).toBe(7);
    expect(steps.get('step-matched')).toBe(7);
    expect(report.inputs.filter(({ role }) => role === 'encoder')).toHaveLength(2);
    expect(findings((await run(root)).report)).toBe(findings(report));
    const study = await readPlan(path.join(root, 'a.study.json'));
    const estimate = await estimateStudy(root, study, await realEmbedder(), quietTask);
    expect(estimate).toMatchObject({ fits: 4, steps: 4 + 7 + 7 + 4 });
    expect(estimate.seconds).toBeGreaterThan(0);
  }, 120_000);

  it.each([
    { plan: { ...tuned, base: undefined }, message: '"base" is missing' },
    { plan: { ...tuned, schedules: ['convergence'] }, message: 'cannot be trained to convergence' },
  ])('is refused before anything is trained: $message', async ({ plan, message }) => {
    const root = await folderWith({}, plan);
    await smallBase(root);
    await expect(run(root)).rejects.toMatchObject({
      code: 'study-invalid',
      message: expect.stringContaining(message) as unknown,
    });
  });
});

describe('a study', () => {
  it('reports arms, gains and verdicts, and writes them for people, spreadsheets and programs', async () => {
    const root = await folderWith();
    const { report, folder } = await run(root);
    expect(report.documents).toMatchObject({ real: 30, synthetic: 24, test: 40 });
    expect(report.arms).toHaveLength(6 * 2 * 2 * 2);
    expect(report.verdicts).toHaveLength(2 * 2 * 2);
    expect(report.gains[0]).toMatchObject({ regime: '12', schedule: 'fixed-epochs', thresholds: 'fixed' });
    expect(report.inputs.map(({ role }) => role)).toEqual([
      'taxonomy',
      'real',
      'synthetic',
      'test',
      'plan',
      'encoder',
    ]);
    expect((await readdir(folder)).sort()).toEqual(['report.csv', 'report.json', 'report.md', 'study.json']);
    expect(await readReport(folder)).toEqual(report);
    const markdown = await readFile(path.join(folder, 'report.md'), 'utf8');
    expect(markdown).toContain(report.conclusion);
    const csv = await readFile(path.join(folder, 'report.csv'), 'utf8');
    const widths = new Set(
      csv
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').length),
    );
    expect(widths).toEqual(new Set([csv.split('\n')[0]?.split(',').length]));
  });

  it('sets the distance of each generator’s documents beside what they gain', async () => {
    // The higher the model’s number, the less its documents speak of the matter.
    const about = (at: number): object => {
      const model = `m${at % 4}`;
      const provenance = { kind: 'synthetic', model, strategy: 'conditioned' };
      const cooking = 'Stir the soup, add salt, and let it simmer with onions. '.repeat(at % 4);
      const words = WORDS[LABELS[at % 3] ?? ''];
      return { provenance, abstract: `Arrangement ${at} has ${words}, kept in tray ${at}. ${cooking}` };
    };
    const root = await folderWith(
      { 'synthetic.jsonl': synthetic(48, about) },
      { regimes: [20, '100%'], arms: ['real-only', 'duplicate-to-match', 'augmented', 'cells'] },
    );
    const { report } = await run(root);
    expect(report.fidelity).toHaveLength(4 * 2 * 2 * 2);
    for (const regime of ['20', '100%']) {
      const cells = report.fidelity.filter((one) => one.regime === regime);
      const distances = ['m0', 'm1', 'm2', 'm3'].map((name) => {
        const own = cells.filter(({ model }) => model === name);
        expect(new Set(own.map(({ mmd2 }) => mmd2)).size).toBe(1);
        expect(own[0]).toMatchObject({ cell: `${name}/conditioned`, documents: 12 });
        return own[0]?.mmd2 ?? Number.NaN;
      });
      expect(distances[0]).toBeGreaterThan(0);
      expect(Math.min(...distances)).toBe(distances[0]);
    }
    expect(report.correlations.every(({ cells, r }) => cells === 4 && Math.abs(r.mean) <= 1)).toBe(true);
    expect(report.correlations.length).toBeGreaterThan(0);
    const leading = report.verdicts.filter((verdict) => verdict.leading);
    expect(leading).toMatchObject([
      { regime: '20', schedule: 'convergence', thresholds: 'tuned' },
      { regime: '100%', schedule: 'convergence', thresholds: 'tuned' },
    ]);
    expect(await measuredGains(root)).toHaveLength(8);
  });

  it('gives the same numbers twice', async () => {
    const root = await folderWith({}, { regimes: ['100%'] });
    expect(findings((await run(root)).report)).toBe(findings((await run(root)).report));
  });

  it('goes on after it was stopped, and ends with the same report', async () => {
    const root = await folderWith({}, { regimes: ['100%'] });
    const whole = await run(root);
    let left = 60;
    const stopping = makeTask(
      () => undefined,
      () => left-- < 0,
    );
    await expect(run(root, 'never', stopping)).rejects.toMatchObject({ code: 'cancelled' });
    const [stopped] = await listStudies(root);
    expect(stopped).toMatchObject({ finished: false });
    const study = await readPlan(path.join(root, 'a.study.json'));
    const estimate = await estimateStudy(root, study, await realEmbedder(), quietTask);
    expect(estimate.done).toBeGreaterThan(0);
    expect(estimate.done).toBeLessThan(estimate.fits);
    const resumed = await run(root, 'required');
    expect(resumed.folder).toBe(stopped?.folder);
    expect(findings(resumed.report)).toBe(findings(whole.report));
  });

  it('is not gone on with when it was edited, and what was is named', async () => {
    const root = await folderWith({}, { regimes: ['100%'] });
    let left = 60;
    const stopping = makeTask(
      () => undefined,
      () => left-- < 0,
    );
    await expect(run(root, 'never', stopping)).rejects.toMatchObject({ code: 'cancelled' });
    await writeFiles(root, {
      'a.study.json': JSON.stringify({ ...PLAN, regimes: ['100%'], epochs: 4 }),
      'synthetic.jsonl': synthetic(23),
    });
    const refused = run(root, 'required');
    await expect(refused).rejects.toMatchObject({ code: 'study-edited' });
    await expect(refused).rejects.toThrow(/the plan’s “epochs”, synthetic\.jsonl \(synthetic\)/);
    // Not asked to go on with it, a study begins anew.
    expect((await run(root, 'if-same')).report.plan.epochs).toBe(4);
  });

  it('makes an outcome again whose file was cut off', async () => {
    const root = await folderWith({}, { regimes: ['100%'], schedules: ['fixed-epochs'] });
    const whole = await run(root);
    let left = 60;
    const stopping = makeTask(
      () => undefined,
      () => left-- < 0,
    );
    await expect(run(root, 'never', stopping)).rejects.toMatchObject({ code: 'cancelled' });
    const [stopped] = await listStudies(root);
    const fits = path.join(stopped?.folder ?? '', 'fits');
    const [first = ''] = await readdir(fits);
    const bytes = await readFile(path.join(fits, first));
    await writeFile(path.join(fits, first), bytes.subarray(0, bytes.length - 5));
    expect(findings((await run(root, 'required')).report)).toBe(findings(whole.report));
  });
});

/** Where the only run of a folder keeps what it trained. */
const fitsOf = (root: string): string => {
  const runs = path.join(root, '.patent-lab', 'runs');
  return path.join(runs, readdirSync(runs)[0] ?? '', 'fits');
};

describe('what a study refuses or says', () => {
  it('no synthetic documents', async () => {
    await expect(run(await folderWith({ 'synthetic.jsonl': '' }))).rejects.toMatchObject({
      code: 'study-no-synthetic',
    });
  });

  it('synthetic documents that cannot be read, with the first reason', async () => {
    const broken = synthetic(24, () => ({ provenance: { type: 'synthetic' } }));
    const refused = run(await folderWith({ 'synthetic.jsonl': broken }));
    await expect(refused).rejects.toMatchObject({
      code: 'study-no-synthetic',
      place: { file: expect.stringContaining('synthetic.jsonl') as string, line: 1 },
    });
    await expect(refused).rejects.toThrow(/first of 24 problems: .*line 1.*The field "provenance" must be/);
  });

  it('no synthetic documents, where no arm needs them: it runs', async () => {
    const root = await folderWith(
      { 'synthetic.jsonl': '' },
      { arms: ['real-only', 'focal'], regimes: ['100%'] },
    );
    expect((await run(root)).report.arms.every(({ status }) => status === 'ok')).toBe(true);
  });

  it.each([
    [
      'a synthetic document made from a test document',
      { provenance: { kind: 'synthetic', parents: ['t3'] } },
      /s0.*t3/,
    ],
    ['a synthetic document of a test family', { group: 'shared' }, /s0 is of the same family.*t0/],
  ])('%s', async (_, change, message) => {
    const root = await folderWith({
      'synthetic.jsonl': synthetic(24, (at) => (at === 0 ? change : {})),
      'test.jsonl': records({ prefix: 't', count: 40, more: (at) => (at === 0 ? { group: 'shared' } : {}) }),
    });
    const refused = run(root);
    await expect(refused).rejects.toMatchObject({ code: 'study-leaks' });
    await expect(refused).rejects.toThrow(message);
  });

  it('labels that the taxonomy lacks, by record', async () => {
    const root = await folderWith(
      {
        'synthetic.jsonl': synthetic(24, (at) =>
          at === 2 ? { labels: ['brake', 'valve'] } : at === 3 ? { labels: ['gear'] } : {},
        ),
      },
      { regimes: ['100%'], schedules: ['fixed-epochs'] },
    );
    const { report } = await run(root);
    expect(report.documents.synthetic).toBe(23);
    expect(report.failures.map(({ code }) => code)).toEqual(['labels-unknown', 'labels-unknown']);
    expect(report.failures[0]?.message).toContain('valve');
  });

  it('one file as real and as test documents, where nothing in it says which is which', async () => {
    const same = { test: ['real.jsonl'], regimes: ['100%'], schedules: ['fixed-epochs'] };
    const refused = run(await folderWith({}, same));
    await expect(refused).rejects.toMatchObject({ code: 'study-too-small' });
    await expect(refused).rejects.toThrow(/named both as real and as test documents, and none of its/);
    const told = records({
      prefix: 'r',
      count: 60,
      more: (at) => ({ split: at % 2 === 0 ? 'test' : 'train' }),
    });
    const { report } = await run(await folderWith({ 'real.jsonl': told }, same));
    expect(report.documents).toMatchObject({ real: 30, test: 30 });
  });

  it('an outcome that is gone when its figures are computed', async () => {
    const root = await folderWith({}, { regimes: ['100%'], schedules: ['fixed-epochs'] });
    const removing = makeTask(
      (message) => {
        if (message === 'Computing intervals') rmSync(fitsOf(root), { recursive: true, force: true });
      },
      () => false,
    );
    await expect(run(root, 'never', removing)).rejects.toMatchObject({ code: 'study-outcome-missing' });
    const [stopped] = await listStudies(root);
    expect(stopped).toMatchObject({ finished: false });
    expect((await run(root, 'required')).folder).toBe(stopped?.folder);
  });

  it('a plan with a mistake, at its place', async () => {
    const root = await folderWith({}, { schedules: ['forever'] });
    await expect(run(root)).rejects.toMatchObject({ code: 'study-invalid', place: { line: 1 } });
    const other = await folderWith({}, { epoch: 3 });
    await expect(run(other)).rejects.toMatchObject({ code: 'study-invalid' });
  });
});

describe('two studies', () => {
  it('stand side by side where they judged on the same, and are refused by name where not', async () => {
    const plan = { regimes: ['100%'], schedules: ['fixed-epochs'] };
    const root = await folderWith({}, plan);
    const first = await run(root);
    await writeFiles(root, { 'synthetic.jsonl': synthetic(20) });
    const second = await run(root);
    const compared = await compareStudies(first.folder, second.folder);
    expect(compared.arms).toHaveLength(12);
    expect(compared.differences).toEqual(['synthetic.jsonl (synthetic)']);
    await writeFiles(root, { 'test.jsonl': records({ prefix: 't', count: 39 }) });
    const third = await run(root);
    const refused = compareStudies(first.folder, third.folder);
    await expect(refused).rejects.toMatchObject({ code: 'study-incomparable' });
    await expect(refused).rejects.toThrow(/the test documents \(40 and 39\)/);
    await rm(path.join(third.folder, 'report.json'));
    await expect(readReport(third.folder)).rejects.toMatchObject({ code: 'file-not-found' });
    await writeFile(path.join(third.folder, 'report.json'), '{"format":"other"}');
    await expect(readReport(third.folder)).rejects.toMatchObject({ code: 'study-invalid' });
    await writeFile(path.join(third.folder, 'report.json'), '{"format":"patent-lab-study","version":1}');
    await expect(readReport(third.folder)).rejects.toThrow(/another version.*reads version 2/);
  });
});
