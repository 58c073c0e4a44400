/** `study` as it is shipped, on a small fictitious corpus: what it answers, that it repeats, and what it refuses. */
import { spawn } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { temporaryFolder, writeFiles, type Files } from '../engine/testing/folder.ts';
import { buildProgram, runCommand, type CommandResult, type Program } from '../engine/testing/program.ts';
import { jsonLines } from '../engine/testing/samples.ts';
import type { StudyReport } from '../protocol/study.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
}, 120_000);

const MATTER = {
  hinge: 'a pin that joins two leaves which swing about it',
  filter: 'a membrane that holds back particles of a stream',
  lamp: 'an emitter whose light a reflector gathers',
} as const;
const LABELS = Object.keys(MATTER) as (keyof typeof MATTER)[];

/** Fictitious documents, written for this test; each has words of its own. */
const records = (prefix: string, count: number, more: (at: number) => object = () => ({})): string =>
  jsonLines(
    Array.from({ length: count }, (_, at) => {
      const label = LABELS[at % LABELS.length] ?? 'hinge';
      return {
        id: `${prefix}${at}`,
        title: `Fictitious apparatus ${prefix}${at}`,
        abstract: `Apparatus ${prefix}${at} has ${MATTER[label]}, with ${prefix}part${at} held by ${prefix}rail${at % 5}.`,
        labels: [label],
        ...more(at),
      };
    }),
  );

const made = (more: (at: number) => object = () => ({})): string =>
  records('made', 18, (at) => ({ provenance: { kind: 'synthetic' }, ...more(at) }));

const PLAN = {
  taxonomy: 'taxonomy.json',
  real: ['real.jsonl'],
  synthetic: ['made.jsonl'],
  test: ['test.jsonl'],
  view: 'TA',
  regimes: ['100%'],
  families: ['tfidf-linear'],
  arms: ['real-only', 'step-matched', 'duplicate-to-match', 'augmented'],
  seeds: 2,
  epochs: 2,
  resamples: 100,
  retrieval: 'linear',
};

const files: Files = {
  'taxonomy.json': JSON.stringify({ labels: LABELS.map((id) => ({ id, name: id })) }),
  'real.jsonl': records('real', 21),
  'made.jsonl': made(),
  'test.jsonl': records('test', 24),
  'a.study.json': JSON.stringify(PLAN),
};

const study = (folder: string, ...argv: readonly string[]): Promise<CommandResult> =>
  runCommand(program, 'study', '--plan', path.join(folder, 'a.study.json'), '--json', ...argv);

/** Without when it was and how long it took. */
function findings(stdout: string): string {
  const report = JSON.parse(stdout) as StudyReport;
  return JSON.stringify({ ...report, createdAt: '', seconds: 0, estimate: { seconds: 0 } });
}

describe('study', { timeout: 120_000 }, () => {
  it('answers with one object, the same for the same seed', async () => {
    const folder = await temporaryFolder(files);
    const { code, stdout } = await study(folder);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as StudyReport;
    const estimate = {
      mean: expect.any(Number) as number,
      low: expect.any(Number) as number,
      high: expect.any(Number) as number,
    };
    const cell = { regime: '100%', schedule: 'fixed-epochs', thresholds: 'fixed' };
    expect(report.arms).toHaveLength(PLAN.arms.length * 2 * 2);
    expect(
      report.arms
        .slice(0, PLAN.arms.length)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...PLAN.arms].sort());
    for (const arm of report.arms) {
      expect(arm).toMatchObject({ status: 'ok', microF1: estimate, microAP: estimate });
    }
    expect(report.gains[0]).toMatchObject({
      ...cell,
      raw: estimate,
      volume: estimate,
      steps: estimate,
      controlled: estimate,
    });
    expect(report.retrieval[0]).toMatchObject({ regime: '100%', ndcg: estimate, change: estimate });
    expect(report.verdicts).toHaveLength(4);
    expect(report.verdicts[0]).toMatchObject({ ...cell, verdict: expect.any(String) as string });
    expect(findings((await study(folder)).stdout)).toBe(findings(stdout));
    await writeFiles(folder, { 'a.study.json': JSON.stringify({ ...PLAN, seed: 7 }) });
    expect(findings((await study(folder)).stdout)).not.toBe(findings(stdout));
  });

  it('comes to the same digits on one thread and on two, and goes on with either', async () => {
    const plan = { ...PLAN, seeds: 3, arms: [...PLAN.arms, 'filtered', 'ensemble', 'synthetic-only'] };
    const folder = await temporaryFolder({ ...files, 'a.study.json': JSON.stringify(plan) });
    const alone = await study(folder, '--threads', '1');
    const both = await study(folder, '--threads', '2');
    expect([alone.code, both.code]).toEqual([0, 0]);
    expect(findings(both.stdout)).toBe(findings(alone.stdout));
    const failing = { ...plan, arms: ['real-only', 'augmented', 'ensemble'] };
    await writeFiles(folder, { 'a.study.json': JSON.stringify(failing) });
    const [one, two] = [await study(folder, '--threads', '1'), await study(folder, '--threads', '2')];
    expect([one.code, two.code]).toEqual([1, 1]);
    expect(findings(two.stdout)).toBe(findings(one.stdout));
    expect(two.stderr).toContain('The arm ensemble is made from synthetic-only');
  });

  it('says after Ctrl+C how to go on', async () => {
    const folder = await temporaryFolder({
      ...files,
      'a.study.json': JSON.stringify({ ...PLAN, seeds: 100 }),
    });
    const child = spawn(process.execPath, [
      program.cli,
      'study',
      '--plan',
      path.join(folder, 'a.study.json'),
    ]);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = new Promise((resolve) => child.once('close', resolve));
    await vi.waitFor(() => readdir(path.join(folder, '.patent-lab', 'runs')), { timeout: 20_000 });
    child.kill('SIGINT');
    expect({ code: await ended, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('The same command with --resume goes on from there');
  });

  it('does not go on with a study that was edited, and names what was', async () => {
    const folder = await temporaryFolder(files);
    await study(folder);
    const runs = path.join(folder, '.patent-lab', 'runs');
    const [run = ''] = await readdir(runs);
    // As if it had been stopped.
    await rm(path.join(runs, run, 'report.json'));
    await writeFiles(folder, {
      'a.study.json': JSON.stringify({ ...PLAN, epochs: 3 }),
      'made.jsonl': made((at) => (at === 0 ? { title: 'Changed' } : {})),
    });
    const { code, stderr } = await study(folder, '--resume');
    expect(code).toBe(2);
    expect(stderr).toMatch(/changed since it stopped.*the plan’s “epochs”, made\.jsonl \(synthetic\)/);
    await writeFiles(folder, files);
    expect((await study(folder, '--resume')).code).toBe(0);
    expect(await readdir(runs)).toEqual([run]);
  });

  it.each([
    [
      'was made from a test document',
      {
        'made.jsonl': made((at) =>
          at === 4 ? { provenance: { kind: 'synthetic', parents: ['test3'] } } : {},
        ),
      },
      /made4.*test3/,
    ],
    [
      'is of a test document’s group',
      {
        'made.jsonl': made((at) => (at === 4 ? { group: 'kin' } : {})),
        'test.jsonl': records('test', 24, (at) => (at === 3 ? { group: 'kin' } : {})),
      },
      /made4.*test3/,
    ],
    [
      'shares its group across the split',
      {
        'real.jsonl': records('real', 21, (at) => (at === 2 ? { group: 'kin' } : {})),
        'test.jsonl': records('test', 24, (at) => (at === 3 ? { group: 'kin' } : {})),
      },
      /real2.*test3|test3.*real2/,
    ],
  ])('is refused where a document %s', async (_, planted, named) => {
    const { code, stdout, stderr } = await study(await temporaryFolder({ ...files, ...planted }));
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(named);
  });
});
