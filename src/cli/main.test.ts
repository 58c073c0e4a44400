/** `patent-lab` as a script sees it: results on stdout, everything else on stderr, and an exit code that means something. */
import { spawn } from 'node:child_process';
import { appendFile, cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ErrorReport } from '../core/errors.ts';
import type { InspectedPatent } from '../core/patent/inspect.ts';
import { INTERVAL_METRICS } from '../core/metrics/evaluate.ts';
import { sharedData } from '../core/testing/shared-data.ts';
import { temporaryFolder, writeFiles } from '../engine/testing/folder.ts';
import { buildProgram, runCommand, type CommandResult, type Program } from '../engine/testing/program.ts';
import { SAMPLE_PATENTS, SAMPLES } from '../engine/testing/repository.ts';
import {
  jsonLines,
  smallCorpus,
  smallTaxonomy,
  smallWorkspace,
  SMALL_LABELS,
} from '../engine/testing/samples.ts';
import type { Interval } from '../protocol/engine.ts';
import { USAGE } from './arguments.ts';

let program: Program;
/** Holds `taxonomy.json`, `corpus.jsonl` with two splits, `model` and what training it printed. */
let folder: string;
let training: CommandResult;

const patentLab = (...argv: readonly string[]): Promise<CommandResult> => runCommand(program, ...argv);
const sample = (name: string): string => path.join(SAMPLE_PATENTS, name);
const inFolder = (name: string): string => path.join(folder, name);

/** Every third family is for testing. */
const families = [...new Set(smallCorpus().map(({ group }) => group))];
const records = smallCorpus().map((record) => ({
  ...record,
  split: families.indexOf(record.group) % 3 === 2 ? 'test' : 'train',
}));
const count = (split: string): number => records.filter((record) => record.split === split).length;

beforeAll(async () => {
  program = await buildProgram();
  folder = await temporaryFolder({ 'taxonomy.json': smallTaxonomy(), 'corpus.jsonl': jsonLines(records) });
  const sources = ['--taxonomy', inFolder('taxonomy.json'), '--corpus', inFolder('corpus.jsonl')];
  training = await patentLab('train', ...sources, '--split', 'train', '--out', inFolder('model'), '--json');
}, 120_000);

interface InspectLine extends Partial<InspectedPatent> {
  readonly file: string;
  readonly error?: ErrorReport;
}

describe('help', () => {
  it('goes to stdout', async () => {
    expect(await patentLab('--help')).toMatchObject({ code: 0, stdout: USAGE, stderr: '' });
  });
});

describe('a command that cannot be carried out', () => {
  it.each([
    ['is misspelled', ['clasify'], /^There is no command "clasify"\.\nSee patent-lab --help\.\n$/],
    [
      'names a classifier that is not there',
      ['classify', 'a.xml', '--model', '/nowhere'],
      /classifier\.json: There is no classifier in .*\nTrain one first/,
    ],
    [
      'names a taxonomy that is not there',
      ['train', '--taxonomy', '/nowhere.json', '--corpus', 'c', '--out', 'o'],
      /There is no file \/nowhere\.json\.\nCheck the path\.\n$/,
    ],
  ])('says so with a remedy when it %s', async (_what, argv, message) => {
    const { code, stdout, stderr } = await patentLab(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('inspect', () => {
  it('prints one object a document, with everything that was read', async () => {
    const result = await patentLab('inspect', '--json', sample('US99000001B2.xml'), sample('US99000011.txt'));
    expect(result).toMatchObject({ code: 0, stderr: '' });
    const [xml, text, ...more] = result.json<InspectLine>();
    expect(more).toEqual([]);
    expect(xml).toMatchObject({
      file: sample('US99000001B2.xml'),
      id: 'US99000001B2',
      office: 'US',
      kind: 'B2',
      format: 'us-xml',
    });
    expect(xml?.claims?.length).toBeGreaterThan(5);
    expect(text).toMatchObject({ format: 'text' });
  });

  it.each([['inspect'], ['classify', '--model']])(
    '%s of nothing that is there was not carried out',
    async (command, ...more) => {
      const model = more.length > 0 ? [...more, inFolder('model')] : [];
      const result = await patentLab(command, '/nowhere.xml', ...model, '--json');
      expect(result.code).toBe(2);
      expect(result.json<{ error: { code: string } }>().map(({ error }) => error.code)).toEqual([
        'file-not-found',
      ]);
    },
  );

  it('names what fails with line and column, and goes on', async () => {
    const broken = (await readFile(sample('EP9900001B1.xml'), 'utf8')).replace('</claim-text>', '');
    const files = await temporaryFolder({ 'broken.xml': broken });
    const argv = [
      sample('US99000001B2.xml'),
      path.join(files, 'broken.xml'),
      '/nowhere.xml',
      sample('EP9900001B1.xml'),
    ];
    const result = await patentLab('inspect', '--json', ...argv);
    expect(result.code).toBe(1);
    expect(result.stderr).toBe('');
    const lines = result.json<InspectLine>();
    expect(lines.map(({ id, error }) => id ?? error?.code)).toEqual([
      'US99000001B2',
      expect.stringMatching(/^xml-/),
      'file-not-found',
      'EP9900001B1',
    ]);
    expect(lines[1]?.error).toMatchObject({
      place: { file: path.join(files, 'broken.xml'), line: expect.any(Number), column: expect.any(Number) },
      remedy: expect.stringMatching(/./),
    });
  });

  const real = sharedData('documents', 'epo-xml');
  it.skipIf(real === undefined)(
    'reads all real EPO documents but the one that is not well-formed',
    async () => {
      const result = await patentLab('inspect', '--json', real ?? '');
      expect(result.code).toBe(1);
      const lines = result.json<InspectLine>();
      const failed = lines.filter(({ error }) => error);
      expect(lines).toHaveLength(10);
      expect(failed).toHaveLength(1);
      expect(path.basename(failed[0]?.file ?? '')).toBe('application_v1-5-1-A1-2.xml');
      expect(failed[0]?.error).toMatchObject({
        code: 'xml-malformed',
        place: { line: expect.any(Number), column: expect.any(Number) },
      });
    },
  );

  it('prints a summary for a person, failures on stderr with their place', async () => {
    const files = await temporaryFolder({ 'corpus.jsonl': `${jsonLines(records.slice(0, 1))}{"id":\n` });
    const { code, stdout, stderr } = await patentLab('inspect', path.join(files, 'corpus.jsonl'));
    expect(code).toBe(1);
    expect(stdout).toContain(`${records[0]?.id ?? ''}  ${records[0]?.title ?? ''}\n`);
    expect(stderr).toContain(`${path.join(files, 'corpus.jsonl')}:2:`);
  });

  it('ends quietly when nobody listens any more', async () => {
    const child = spawn(process.execPath, [
      program.cli,
      'inspect',
      '--json',
      ...Array<string>(30).fill(SAMPLE_PATENTS),
    ]);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('train', () => {
  interface Training {
    readonly out: string;
    readonly metrics: Readonly<Record<string, Interval>> | null;
  }

  it('prints what came of it as one object, the last line of stdout', async () => {
    expect(training).toMatchObject({ code: 0, stderr: '' });
    const [record, ...more] = training.json<Training>();
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      out: inFolder('model'),
      encoder: 'all-MiniLM-L6-v2 (int8)',
      view: 'TAC',
      documents: count('train'),
      labels: SMALL_LABELS.length,
      metrics: {
        microF1: { value: expect.any(Number), low: expect.any(Number), high: expect.any(Number) },
        macroF1: { value: expect.any(Number) },
        microAP: { value: expect.any(Number) },
      },
      threshold: expect.any(Number),
      training: { seed: 1, folds: 5, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      few: expect.arrayContaining([expect.objectContaining({ id: 'tactile-graphics' })]),
      zeroShot: ['mobility'],
      notes: expect.arrayContaining([expect.stringContaining('English')]),
    });
    expect(await readdir(inFolder('model'))).toEqual(expect.arrayContaining(['CARD.md', 'classifier.json']));
  });

  it('refuses a corpus without labelled documents of the split', async () => {
    const sources = ['--taxonomy', inFolder('taxonomy.json'), '--corpus', inFolder('corpus.jsonl')];
    const { code, stdout, stderr } = await patentLab(
      'train',
      ...sources,
      '--split',
      'dev',
      '--out',
      inFolder('none'),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('no labelled document of split "dev"');
    expect(await readdir(folder)).not.toContain('none');
  });

  it('names the records it leaves out, and trains on the others', async () => {
    const broken = await temporaryFolder({ 'c.jsonl': `${jsonLines(records.slice(0, 3))}{"id":\n` });
    const sources = ['--taxonomy', inFolder('taxonomy.json'), '--corpus', path.join(broken, 'c.jsonl')];
    const { code, stdout, stderr } = await patentLab('train', ...sources, '--out', path.join(broken, 'm'));
    expect(code).toBe(0);
    expect(stderr).toContain(`${path.join(broken, 'c.jsonl')}:4:`);
    expect(stdout).toContain('3 documents');
    expect(stdout).toContain('from 20 on a head is trained');
  });

  it('trains a workspace, once if that is enough, and names its problems', async () => {
    const root = await temporaryFolder({
      'taxonomy.json': smallTaxonomy(),
      'corpus/few.jsonl': jsonLines(records.slice(0, 6).map(({ split: _split, ...record }) => record)),
    });
    const first = await patentLab('train', '--workspace', root);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const card = path.join(root, '.patent-lab', 'classifiers', 'default', 'classifier.json');
    const before = await readFile(card, 'utf8');
    expect(await patentLab('train', '--workspace', root, '--if-needed')).toEqual({
      ...first,
      json: expect.any(Function),
    });
    expect(await readFile(card, 'utf8')).toBe(before);

    await appendFile(
      path.join(root, 'corpus', 'few.jsonl'),
      '{"id":"X","title":"t","labels":["jetpack","mobility"]}\n',
    );
    const again = await patentLab('train', '--workspace', root, '--if-needed', '--json');
    expect(again.stderr).toContain('jetpack');
    expect(again.json<Training>()[0]).toMatchObject({ documents: 7 });
    expect(await readFile(card, 'utf8')).not.toBe(before);
  });
});

describe('Ctrl+C', () => {
  it('cancels a training, of which nothing is left', async () => {
    const root = await temporaryFolder(smallWorkspace());
    const child = spawn(process.execPath, [program.cli, 'train', '--workspace', root]);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = new Promise((resolve) => child.once('close', resolve));
    await vi.waitFor(() => readdir(path.join(root, '.patent-lab', 'cache')), { timeout: 20_000 });
    child.kill('SIGINT');
    expect({ code: await ended, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('Cancelled.\nStart it again when you like.\n');
    expect(await readdir(path.join(root, '.patent-lab'))).toEqual(['cache']);
  });
});

describe('classify', () => {
  interface ClassifyLine {
    readonly id?: string;
    readonly labels?: readonly {
      readonly id: string;
      readonly probability: number;
      readonly assigned: boolean;
    }[];
    readonly cut?: readonly unknown[];
    readonly error?: ErrorReport;
  }

  it('prints one object a document with every label’s probability, and goes on behind a failure', async () => {
    const mixed = await temporaryFolder({ 'b.xml': '<us-patent-grant><x></us-patent-grant>' });
    await mkdir(path.join(mixed, 'more'));
    await cp(sample('US99000002B2.xml'), path.join(mixed, 'more', 'c.xml'));
    const few = records.slice(0, 4);
    await writeFiles(folder, { 'few.jsonl': jsonLines(few) });
    const argv = [sample('US99000001B2.xml'), mixed, inFolder('few.jsonl'), '/nowhere.xml'];
    const result = await patentLab('classify', ...argv, '--model', inFolder('model'), '--json');
    expect(result).toMatchObject({ code: 1, stderr: '' });
    const lines = result.json<ClassifyLine>();
    expect(lines).toHaveLength(1 + 2 + few.length + 1);
    expect(lines.slice(0, 3).map(({ id, error }) => id ?? error?.code)).toEqual([
      'US99000001B2',
      expect.stringMatching(/^xml-/),
      'US99000002B2',
    ]);
    expect(lines.at(-1)?.error?.code).toBe('file-not-found');
    expect(lines.slice(3, -1).map(({ id }) => id)).toEqual(few.map(({ id }) => id));
    for (const { labels, cut } of lines.filter(({ error }) => !error)) {
      expect(labels?.map(({ id }) => id).sort()).toEqual([...SMALL_LABELS].sort());
      for (const { probability, assigned } of labels ?? []) {
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThan(1);
        expect(typeof assigned).toBe('boolean');
      }
      expect(cut).toEqual([]);
    }
    expect(lines[0]?.labels?.[0]).toMatchObject({ id: 'powered-wheelchair', assigned: true });
  });

  it('reads PDFs, archives and tables of a workspace, each document with the file it stands in', async () => {
    const tables = [{ header: ['Nr', 'Was'], columns: { id: ['Nr'], title: ['Was'] } }];
    const root = await temporaryFolder({
      'patent-lab.json': JSON.stringify({ classifier: 'mine', tables }),
      'odd.csv': 'Nr,Was\nA,A wheelchair\n',
    });
    const classifiers = path.join(root, '.patent-lab', 'classifiers');
    await cp(inFolder('model'), path.join(classifiers, 'mine'), { recursive: true });
    const files = [sample('US99000021B2.pdf'), path.join(SAMPLES, 'exports'), path.join(root, 'odd.csv')];
    const { code, stderr, json } = await patentLab('classify', ...files, '--workspace', root, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = json<{ readonly id: string; readonly path: string }>();
    expect(lines.map(({ id }) => id)).toEqual([
      'US99000021B2',
      ...Array.from({ length: 12 }, () => expect.stringMatching(/^(?:US|EP|WO|GB)[\d]+[AB]\d?$/) as unknown),
      'US99000031B2',
      'US99000032B2',
      'A',
    ]);
    expect(lines.at(-2)?.path).toBe(
      path.join(SAMPLES, 'exports', 'weekly.zip', '20990106', 'US99000032B2.xml'),
    );
  });

  it('shows a person what was read, the labels and the sentence that carried each, by a workspace’s classifier', async () => {
    const root = await temporaryFolder({ 'patent-lab.json': '{"classifier":"mine"}' });
    const classifiers = path.join(root, '.patent-lab', 'classifiers');
    await cp(inFolder('model'), path.join(classifiers, 'mine'), { recursive: true });
    const argv = [sample('US99000001B2.xml'), '--workspace', root, '--top', '2'];
    const { code, stdout, stderr } = await patentLab('classify', ...argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\nUS99000001B2 {2}/);
    expect(stdout).toMatch(
      / {2}read: title \d+, abstract \d+, claims \d+ characters \(\d+ tokens in \d+ windows\)\n/,
    );
    expect(stdout).toMatch(/ {2}✓ Powered wheelchairs?.* █+·* +\d+\.\d %\n {6}“.+”\n/);
    const shown = stdout.split('\n').filter((line) => / %/.test(line));
    expect(shown.filter((line) => !line.startsWith('  ✓'))).toHaveLength(2);
  });
});

describe('evaluate', () => {
  interface EvaluateLine {
    readonly documents: number;
    readonly metrics: Readonly<Record<string, Interval>>;
    readonly perLabel: readonly { readonly id: string }[];
  }
  const argv = (): string[] => [
    'evaluate',
    '--model',
    inFolder('model'),
    '--corpus',
    inFolder('corpus.jsonl'),
    '--split',
    'test',
  ];

  it('prints all metrics with their intervals', async () => {
    const result = await patentLab(...argv(), '--resamples', '200', '--json');
    expect(result).toMatchObject({ code: 0, stderr: '' });
    const [record, ...more] = result.json<EvaluateLine>();
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      model: inFolder('model'),
      split: 'test',
      documents: count('test'),
      labels: SMALL_LABELS.length,
      bootstrap: { resamples: 200, seed: 1, level: 0.95, unit: 'group' },
    });
    expect(Object.keys(record?.metrics ?? {}).sort()).toEqual([...INTERVAL_METRICS].sort());
    for (const [name, { value, low, high }] of Object.entries(record?.metrics ?? {})) {
      expect(low, name).toBeLessThanOrEqual(value);
      expect(high, name).toBeGreaterThanOrEqual(value);
    }
    // Ten times better than guessing.
    expect(record?.metrics['microAveragePrecision']?.value).toBeGreaterThan(0.6);
    expect(record?.perLabel.map(({ id }) => id).sort()).toEqual([...SMALL_LABELS].sort());
  });

  it('says so when the classifier has seen what it is tested on', async () => {
    const seen = ['--model', inFolder('model'), '--corpus', inFolder('corpus.jsonl'), '--split', 'train'];
    const result = await patentLab('evaluate', ...seen, '--resamples', '10', '--json');
    expect(result.stderr).toContain(
      `${count('train')} of ${count('train')} documents are of a family or text`,
    );
    const [record] = result.json<{ readonly seenInTraining: readonly string[] }>();
    expect(record?.seenInTraining).toHaveLength(count('train'));
  });

  it('prints a table for a person', async () => {
    const { code, stdout, stderr } = await patentLab(...argv(), '--resamples', '50', '--seed', '3');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      new RegExp(
        `^${count('test')} documents, ${SMALL_LABELS.length} labels; 95 % intervals over \\d+ groups, 50 resamples\n`,
      ),
    );
    for (const name of INTERVAL_METRICS)
      expect(stdout).toMatch(new RegExp(`\n  ${name} +\\d\\.\\d{4}  \\d\\.\\d{4} – `));
  });

  it('names labels the classifier does not know, and needs at least one labelled document', async () => {
    await writeFiles(folder, {
      'other.jsonl': jsonLines([{ id: 'A', title: 'A jetpack', labels: ['jetpack'] }]),
    });
    const { code, stdout, stderr } = await patentLab(
      'evaluate',
      '--model',
      inFolder('model'),
      '--corpus',
      inFolder('other.jsonl'),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('jetpack');
    expect(stderr).toContain('There is no labelled document');
  });
});
