/** *Adapt Encoder* of a workspace: what is read, the estimate, the run and its report, going on, and refusals. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import type {
  AdaptationChoice,
  AdaptationEstimate,
  AdaptationEvent,
  AdaptationReport,
} from '../../protocol/adaptation.ts';
import { Encoder } from '../encoder/encoder.ts';
import { smallBase } from '../finetune/testing/small-base.ts';
import { quietTask, type Task } from '../task.ts';
import { failureOf } from '../testing/failure.ts';
import { cancelAt } from '../testing/cancelling.ts';
import { temporaryFolder, writeFiles } from '../testing/folder.ts';
import { ENCODER } from '../testing/repository.ts';
import { readConfig } from '../workspace/workspace.ts';
import { baseEncoders } from './bases.ts';
import { readUnlabelled } from './documents.ts';
import { interruptedPlans } from './plan-file.ts';
import { unlabelledWorkspace } from './workspace-documents.ts';
import { adaptWorkspace, estimateAdaptation } from './workspace.ts';

const CHOICE: AdaptationChoice = { base: 'base', goal: 'words', family: 'full', name: 'mine' };

const WORDS = ['wheel', 'axle', 'lamp', 'lens', 'beam', 'pump', 'valve', 'pipe'];
/** Others for every number: documents of the same text would be one family. */
const words = (i: number): string => {
  const random = new Random(i);
  return Array.from({ length: 9 }, () => WORDS[random.integer(WORDS.length)]).join(' ');
};

const record = (i: number, more: object = {}): string =>
  JSON.stringify({
    id: `doc-${i}`,
    title: 'device',
    abstract: words(i),
    claims: [`the ${words(i + 1000)}`],
    ...more,
  });

const text = (abstract: string): string => `TITLE\nLamp (fictitious)\n\nABSTRACT\n${abstract}.\n`;

/** 40 documents to read; of others, one is for testing, one is of its family, and one is its file. */
async function workspace(): Promise<string> {
  const root = await temporaryFolder({
    'patent-lab.json': JSON.stringify({ adaptation: { epochs: 4, batch: 8, rate: 0.01 } }),
    'lamp.txt': text('The lamp has a lens and a mirror'),
    'README.md': 'What this folder is for.',
    'notes.xml': '<not',
  });
  await smallBase(root);
  await writeFiles(path.join(root, 'base'), { 'vocab.txt': WORDS.join('\n') });
  const records = [
    ...Array.from({ length: 39 }, (_, i) => record(i)),
    record(100, { split: 'test', group: 'family' }),
    record(101, { group: 'family' }),
  ];
  await writeFiles(path.join(root, 'corpus'), { 'all.jsonl': `${records.join('\n')}\n` });
  await writeFiles(path.join(root, 'synthetic'), { 'made.txt': text('It was made up') });
  return root;
}

const none = (): undefined => undefined;
const run = (root: string, changed: Partial<AdaptationChoice> = {}, task: Task = quietTask) =>
  adaptWorkspace({ root, choice: { ...CHOICE, ...changed } }, task, none);
const reportOf = async (folder: string): Promise<AdaptationReport> =>
  JSON.parse(await readFile(path.join(folder, 'report.json'), 'utf8')) as AdaptationReport;
const runsOf = (root: string): Promise<readonly string[]> =>
  readdir(path.join(root, '.patent-lab', 'runs')).catch(() => []);

let root = '';
let whole: AdaptationReport;
const events: AdaptationEvent[] = [];

beforeAll(async () => {
  root = await workspace();
  const { run: folder } = await adaptWorkspace({ root, choice: CHOICE }, quietTask, (event) =>
    events.push(event),
  );
  whole = await reportOf(folder);
}, 60_000);

describe('what is read', () => {
  it('is every patent of the folder once, but nothing for testing, synthetic, or of an encoder', async () => {
    const { documents, notes } = await unlabelledWorkspace(
      { root, config: await readConfig(root) },
      quietTask,
    );
    expect(documents.map(({ patent }) => patent.id).filter((id) => !id.startsWith('doc-'))).toEqual(['lamp']);
    expect(documents).toHaveLength(40);
    expect(documents.some(({ split, group }) => split === 'test' || group === 'family')).toBe(false);
    expect(notes.join(' ')).toContain('2 documents are of the test split or of a family');
    expect(notes.join(' ')).toContain('1 files or records hold no patent');
  });
});

describe('what the command line reads', () => {
  it.each<[string | undefined, number, number]>([
    [undefined, 39, 2],
    ['train', 0, 0],
    ['test', 1, 0],
  ])('of the split %s is %d documents; %d are left out', async (split, count, left) => {
    const file = path.join(root, 'corpus', 'all.jsonl');
    const { documents, notes } = await readUnlabelled([file], split, [], quietTask);
    expect(documents).toHaveLength(count);
    expect(notes.map((note) => note.split(' ')[0])).toEqual(left === 0 ? [] : [String(left)]);
  });
});

describe('an adaptation', () => {
  it('takes what was told before', async () => {
    const known: AdaptationEstimate[] = [];
    const estimate = await estimateAdaptation(
      { root, choice: { ...CHOICE, name: 'other' } },
      quietTask,
      (one) => known.push(one),
    );
    const made = events.flatMap((event) => (event.kind === 'step' ? [event] : []));
    expect(estimate).toMatchObject({ documents: 40, used: 40, encoder: 'small (fp32)' });
    expect(estimate.plan).toMatchObject({ epochs: 4, batch: 8, rate: 0.01 });
    expect(estimate.steps).toBe(made[0]?.steps);
    expect(estimate.held).toBeGreaterThan(0);
    expect(estimate.memory).toBeGreaterThan(4 * 4 * estimate.trained);
    // A few steps of a tiny encoder: within an order of magnitude of what the whole took, with compiling.
    expect(estimate.seconds).toBeGreaterThan(0);
    expect(estimate.seconds).toBeLessThan(10 * whole.seconds);
    expect(known.map(({ steps, seconds }) => ({ steps, seconds }))).toEqual([{ steps: estimate.steps }]);
  });

  it('tells of every step and epoch, and leaves a report of them', () => {
    expect(whole.history).toEqual(events.flatMap((event) => (event.kind === 'epoch' ? [event.scores] : [])));
    expect(whole.losses).toHaveLength(events.filter(({ kind }) => kind === 'step').length);
    expect(whole.history.at(-1)?.step).toBe(whole.steps);
    expect(whole.bestEpoch).toBeGreaterThan(0);
    expect(whole.conclusion).toContain('of the hidden words guessed right');
    expect(whole.notes.join(' ')).toContain('test split');
  });

  it('leaves an encoder that the workspace knows at once', async () => {
    const known = await baseEncoders({ root });
    expect(known.map(({ base }) => base)).toEqual(['base', '.patent-lab/encoders/mine']);
    expect(whole.encoder.base).toBe('.patent-lab/encoders/mine');
    const encoder = await Encoder.load(path.join(root, whole.encoder.base));
    expect(encoder.spec.sha256).toBe(whole.encoder.sha256);
    expect(await interruptedPlans({ root })).toEqual([]);
  });

  it('names the encoder that the workspace trains first, and says which cannot be trained', async () => {
    const other = await workspace();
    await writeFile(path.join(other, 'patent-lab.json'), JSON.stringify({ training: { base: ENCODER } }));
    const [first, second] = await baseEncoders({ root: other });
    expect(first).toMatchObject({ base: ENCODER, problem: { code: 'model-quantised' } });
    expect(second).toEqual({ base: 'base', name: 'small (fp32)' });
  });
});

describe('an interrupted adaptation', () => {
  it('goes on as it was begun, in the same run, to the same encoder', async () => {
    const folder = await workspace();
    expect((await failureOf(run(folder, {}, cancelAt(6)))).code).toBe('cancelled');
    const [plan] = await interruptedPlans({ root: folder });
    if (!plan) throw new Error('nothing can be gone on with');
    // What the workspace says now is for the next one.
    await writeFile(path.join(folder, 'patent-lab.json'), JSON.stringify({ adaptation: { rate: 0.5 } }));
    const { run: finished } = await adaptWorkspace({ root: folder, choice: plan }, quietTask, none);
    const report = await reportOf(finished);
    expect(report.resumed).toBe(6);
    expect(report.encoder.sha256).toBe(whole.encoder.sha256);
    expect(report.history).toEqual(whole.history);
    expect(report.losses.map(({ step }) => step)).toEqual(whole.losses.map(({ step }) => step));
    expect((await readdir(finished)).sort()).toEqual(['plan.json', 'report.csv', 'report.json', 'report.md']);
    expect(await runsOf(folder)).toEqual([path.basename(finished)]);
  });

  it('waits for one that still saves what it has done', async () => {
    const folder = await workspace();
    const first = failureOf(run(folder, {}, cancelAt(3)));
    await run(folder);
    expect((await first).code).toBe('cancelled');
    expect((await baseEncoders({ root: folder })).map(({ base }) => base)).toContain(
      '.patent-lab/encoders/mine',
    );
    expect(await interruptedPlans({ root: folder })).toEqual([]);
  });

  it('leaves nothing when its run is thrown away: the name is free again', async () => {
    const folder = await workspace();
    await failureOf(run(folder, {}, cancelAt(2)));
    const [name = ''] = await runsOf(folder);
    await rm(path.join(folder, '.patent-lab', 'runs', name), { recursive: true });
    const finished = await run(folder, { family: 'lora' });
    expect((await reportOf(finished.run)).resumed).toBe(0);
  });

  it('is gone on with when the same is chosen again', async () => {
    const folder = await workspace();
    await failureOf(run(folder, {}, cancelAt(5)));
    const report = await reportOf((await run(folder)).run);
    expect(report.resumed).toBe(5);
    expect(report.encoder.sha256).toBe(whole.encoder.sha256);
    expect(await runsOf(folder)).toHaveLength(1);
  });

  it('goes on where only saving what it made was cut short', async () => {
    const folder = await workspace();
    await failureOf(run(folder, {}, cancelAt(5)));
    await writeFiles(path.join(folder, '.patent-lab', 'encoders', 'mine'), { 'model.onnx': 'half' });
    expect((await reportOf((await run(folder)).run)).encoder.sha256).toBe(whole.encoder.sha256);
  });

  it('is not mixed with another one, and is forgotten when that begins anew', async () => {
    const folder = await workspace();
    await failureOf(run(folder, {}, cancelAt(2)));
    const failure = await failureOf(run(folder, { family: 'lora' }));
    expect(failure).toMatchObject({ code: 'training-interrupted' });
    expect(failure.remedy).not.toContain('--');
    expect(await interruptedPlans({ root: folder })).toHaveLength(1);
    const choice = { ...CHOICE, family: 'lora' as const };
    await adaptWorkspace({ root: folder, choice, restart: true }, quietTask, none);
    expect(await interruptedPlans({ root: folder })).toEqual([]);
    expect(await runsOf(folder)).toHaveLength(1);
  });
});

describe('what can go wrong', () => {
  it.each<[string, Partial<AdaptationChoice>, string]>([
    ['no encoder is there', { base: 'nowhere' }, 'encoder-missing'],
    ['the encoder is quantised', { base: ENCODER }, 'model-quantised'],
    ['the name is taken', { name: 'mine' }, 'usage'],
    ['the name leads elsewhere', { name: '../../out' }, 'usage'],
  ])('%s', async (_, changed, code) => {
    const before = await runsOf(root);
    const choice = { ...CHOICE, name: 'new', ...changed };
    for (const failure of [
      await failureOf(estimateAdaptation({ root, choice }, quietTask)),
      await failureOf(run(root, choice)),
    ]) {
      expect(failure.code).toBe(code);
      expect(failure.remedy).not.toMatch(/--|npm/);
    }
    expect(await runsOf(root)).toEqual(before);
  });

  it('there are too few patents', async () => {
    const folder = await workspace();
    await rm(path.join(folder, 'corpus'), { recursive: true });
    const failure = await failureOf(estimateAdaptation({ root: folder, choice: CHOICE }, quietTask));
    expect(failure).toMatchObject({ code: 'adaptation-too-small' });
    expect(failure.remedy).toContain('Add patents to the workspace');
  });

  it('a loss that is no number leaves nothing that would diverge again', async () => {
    const folder = await workspace();
    await writeFile(path.join(folder, 'patent-lab.json'), JSON.stringify({ adaptation: { rate: 1 } }));
    const plan = (await estimateAdaptation({ root: folder, choice: CHOICE }, quietTask)).plan;
    const failure = await failureOf(
      adaptWorkspace({ root: folder, choice: { ...plan, rate: 1e30 } }, quietTask, none),
    );
    expect(failure).toMatchObject({ code: 'training-diverged' });
    expect(failure.remedy).toContain('adaptation.rate');
    expect(await interruptedPlans({ root: folder })).toEqual([]);
    expect(await readdir(path.join(folder, '.patent-lab', 'encoders'))).toEqual([]);
  });

  it('a place that cannot be written to is named, and no run is left that could not go on', async () => {
    const folder = await workspace();
    await writeFiles(path.join(folder, '.patent-lab'), { encoders: 'a file, not a folder' });
    const failure = await failureOf(run(folder));
    expect(failure).toMatchObject({ code: 'write-failed' });
    expect(failure.message).toContain(path.join('.patent-lab', 'encoders'));
    expect(await runsOf(folder)).toEqual([]);
  });

  it('a damaged plan, or one in a folder of another name, is not gone on with', async () => {
    const folder = await workspace();
    await failureOf(run(folder, {}, cancelAt(2)));
    const [name = ''] = await runsOf(folder);
    const runs = path.join(folder, '.patent-lab', 'runs');
    await writeFiles(path.join(runs, `${name}-copy`), {
      'plan.json': await readFile(path.join(runs, name, 'plan.json')),
    });
    await writeFiles(path.join(runs, 'adaptation-broken'), { 'plan.json': '{"base":' });
    expect(await interruptedPlans({ root: folder })).toHaveLength(1);
  });
});
