/** `patent-lab leakage` as a script sees it, on small fictitious corpora. */
import path from 'node:path';
import { readFile, readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../core/leakage/finding.ts';
import { sharedData } from '../core/testing/shared-data.ts';
import { corpus, LEAKY, LONG_TEXT, record, TAXONOMY } from '../engine/leakage/testing/records.ts';
import { temporaryFolder, type Files } from '../engine/testing/folder.ts';
import { buildProgram, runCommand, type CommandResult, type Program } from '../engine/testing/program.ts';
import { jsonLines, smallCorpus, smallTaxonomy } from '../engine/testing/samples.ts';
import type { AuditReport } from '../protocol/audit.ts';

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});

interface FindingLine extends Finding {
  readonly document: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const patentLab = (...argv: readonly string[]): Promise<CommandResult> => runCommand(program, ...argv);

/** Runs in a folder with these files and the fictitious taxonomy; paths in the answer are relative to it. */
async function leakage(
  files: Files,
  ...argv: readonly string[]
): Promise<CommandResult & { folder: string }> {
  const folder = await temporaryFolder({ 'taxonomy.json': TAXONOMY, ...files });
  const inFolder = argv.map((word) =>
    /\.\w+$/.test(word) && !word.startsWith('-') ? path.join(folder, word) : word,
  );
  const result = await patentLab('leakage', ...inFolder);
  const relative = (text: string): string => text.replaceAll(`${folder}${path.sep}`, '');
  return { ...result, folder, stdout: relative(result.stdout), stderr: relative(result.stderr) };
}

const ALL = { 'a.jsonl': corpus(...LEAKY) };
const ON_ALL = ['--taxonomy', 'taxonomy.json', 'a.jsonl'];

describe('findings', () => {
  it('read like a compiler’s warnings, grouped by document', async () => {
    const { code, stdout, stderr } = await leakage(ALL, ...ON_ALL, '--severity', 'hint');
    expect(stdout.replaceAll(/Fictitious device \d+/g, 'Fictitious device')).toMatchInlineSnapshot(`
      "
      named  Fictitious device
      a.jsonl:1:63: warning: “wheel-chair”: This is the name of the document’s own label “Wheelchairs”: a classifier can read the answer here. [assigned-label]
      a.jsonl:1:97: information: “hearing instrument”: This is another name of the label “Hearing aids”. [other-label]
      a.jsonl:1:84: hint: “caster” is a keyword of the document’s label “Wheelchairs”. [keyword]

      hidden  Fictitious device
      a.jsonl:2:85: warning: “Ignore all previous instructions”: This asks to ignore earlier instructions; a model that reads the document may follow it. [instruction-like]
      a.jsonl:2:69: information: Characters stand here that are not seen: U+200B. [hidden-text]

      made  Fictitious device
      a.jsonl:7:23: warning: “Wheelchairs”: The prompt of this synthetic document names its label (“Wheelchairs”), so the label’s words can stand in the text as the answer. [instruction-leak]

      double
      a.jsonl:4:113: warning: “platform whose front edge is lowered by a damped link as soo…”: original, on the other side of the split, is a near-duplicate (similarity 0.85, 55 words in a row are the same): a test on double measures memory of original. [contamination]
        a.jsonl:3:116: original

      sister-b
      a.jsonl:6:27: warning: sister-a, on the other side of the split, is of the same family: a test on sister-b measures memory of sister-a. [contamination]
        a.jsonl:5:27: sister-a

      made
      a.jsonl:7:68: warning: “A fictitious frame carries two driven rollers and a folding …”: 40 words in a row are those of original, which it was made from. [copying]
        a.jsonl:3:56: original
      "
    `);
    expect(stderr).toMatchInlineSnapshot(`
      "6 warnings, 2 pieces of information and 1 hint in 7 documents.
      "
    `);
    expect(code).toBe(3);
  });

  it('are one object a line for programs', async () => {
    const { code, json } = await leakage(ALL, ...ON_ALL, '--json');
    expect(code).toBe(3);
    const lines = json<FindingLine>();
    expect(
      lines.map(({ document, line, kind, label }) => [document, line, kind, label ?? ''].join(' ').trim()),
    ).toMatchInlineSnapshot(`
      [
        "named 1 assigned-label wheelchair",
        "named 1 other-label hearing",
        "named 1 keyword wheelchair",
        "hidden 2 instruction-like",
        "hidden 2 hidden-text",
        "made 7 instruction-leak wheelchair",
        "double 4 contamination",
        "sister-b 6 contamination",
        "made 7 copying",
      ]
    `);
    const text = corpus(...LEAKY);
    for (const { kind, line, column, span, text: stands } of lines) {
      const start =
        text
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length +
        (line > 1 ? 1 : 0) +
        column -
        1;
      expect(start).toBe(span.start);
      if (kind === 'assigned-label') expect(text.slice(span.start, span.end)).toBe(stands);
    }
  });

  it('below the asked severity are counted and not told', async () => {
    const { stdout, stderr } = await leakage(ALL, ...ON_ALL, '--severity', 'warning');
    expect(stdout).not.toMatch(/: (information|hint): /);
    expect(stderr).toMatch(/; \d+ of them not shown\.\n$/);
  });

  it('tell a person no keywords unless they are asked for', async () => {
    const { stdout, stderr } = await leakage(ALL, ...ON_ALL);
    expect(stdout).toMatch(/: information: /);
    expect(stdout).not.toMatch(/: hint: /);
    expect(stderr).toContain('1 hint in 7 documents; 1 of them not shown.');
  });

  it('are none in a clean corpus', async () => {
    const { code, stdout, stderr } = await leakage({ 'a.jsonl': corpus(record('a')) }, ...ON_ALL);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No leakage found in 1 document.\n',
    });
  });

  it('between files count by the side they are given for', async () => {
    const files = {
      'train.jsonl': corpus(record('a', { title: 'T', abstract: LONG_TEXT, split: 'test' })),
      'test.jsonl': corpus(record('b', { title: 'T', abstract: LONG_TEXT })),
    };
    const argv = ['--taxonomy', 'taxonomy.json', '--train', 'train.jsonl', '--test', 'test.jsonl', '--json'];
    const { code, json } = await leakage(files, ...argv);
    expect(code).toBe(3);
    expect(json<FindingLine>()).toMatchObject([
      { document: 'b', kind: 'contamination', related: { id: 'a' } },
    ]);
  });

  it('include what was copied from seeds that are in no corpus', async () => {
    const provenance = { kind: 'synthetic', parents: ['seed'] };
    const files = {
      'made.jsonl': corpus(record('made', { abstract: `Made: ${LONG_TEXT}`, provenance })),
      'seeds.jsonl': corpus(record('seed', { abstract: `${LONG_TEXT} A wheelchair.` })),
    };
    const argv = ['--taxonomy', 'taxonomy.json', 'made.jsonl', '--seeds', 'seeds.jsonl', '--json'];
    const { code, json } = await leakage(files, ...argv);
    expect(code).toBe(3);
    expect(json<FindingLine>()).toMatchObject([
      { document: 'made', kind: 'copying', related: { id: 'seed' } },
    ]);
  });
});

describe('what fails', () => {
  it('costs only itself', async () => {
    const files = { 'a.jsonl': `${corpus(record('a'))}{"id":\n${corpus(record('b', { labels: ['none'] }))}` };
    const { code, stdout, stderr } = await leakage(files, ...ON_ALL, 'none.jsonl', '--json');
    expect(code).toBe(1);
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stdout).toMatch(/"code":"record-malformed"/);
    expect(stdout).toMatch(/"code":"file-not-found"/);
    expect(stderr).toBe(
      'The taxonomy lacks the label “none” of 1 document.\nNo leakage found in 2 documents.\n2 could not be read.\n',
    );
  });

  it.each([
    [['--taxonomy', 'none.json', 'a.jsonl'], /There is no file .*none\.json/],
    [
      ['--taxonomy', 'taxonomy.json', 'none.jsonl'],
      /none\.jsonl: error: There is no file[^]*No document could be checked/,
    ],
    [[...ON_ALL, '--audit', '--model', '/nowhere'], /There is no classifier in /],
    [['--workspace', '/nowhere'], /There is no taxonomy at /],
  ])('%j says so', async (argv, message) => {
    const { code, stderr } = await leakage({ 'a.jsonl': corpus(record('a')) }, ...argv);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('an audit', () => {
  it('of files is an object at the end and a file that was asked for', async () => {
    const files = { 'taxonomy.json': smallTaxonomy(), 'a.jsonl': jsonLines(smallCorpus()) };
    const training = await leakage(files, ...ON_ALL, '--audit', '--report', 'r.md', '--json');
    const report = training.json<{ audit?: AuditReport }>().at(-1)?.audit;
    expect(report).toMatchObject({ judgement: { kind: 'none' }, classifier: null });
    expect(report?.inputs.map(({ sha256 }) => sha256)).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ]);
    expect(await readFile(path.join(training.folder, 'r.md'), 'utf8')).toContain(report?.conclusion);
  });

  it('of a workspace is kept as a run', async () => {
    const root = await temporaryFolder({
      'taxonomy.json': smallTaxonomy(),
      'corpus/a.jsonl': jsonLines(smallCorpus()),
    });
    await patentLab('train', '--workspace', root);
    const { code, stdout, stderr } = await patentLab(
      ...['leakage', '--workspace', root, '--audit', '--severity', 'warning'],
    );
    expect(code).toBe(3);
    expect(stdout).toMatch(/\nIn real documents the text names \d[^\n]*\.\n$/);
    const [run = ''] = await readdir(path.join(root, '.patent-lab', 'runs'));
    expect(stderr).toContain(run);
    const names = await readdir(path.join(root, '.patent-lab', 'runs', run));
    expect(names.sort()).toEqual(['report.csv', 'report.json', 'report.md']);
  });
});

describe('a workspace', () => {
  it('tells what a file has to do with its documents', async () => {
    const root = await temporaryFolder({
      'taxonomy.json': TAXONOMY,
      'corpus/a.jsonl': corpus(...LEAKY),
      'open.txt': `Fictitious ramp\n\nABSTRACT\n\n${LONG_TEXT}\n`,
    });
    const argv = ['leakage', '--workspace', root, path.join(root, 'open.txt'), '--json'];
    const { code, json } = await patentLab(...argv);
    expect(code).toBe(0);
    expect(json<FindingLine>()).toMatchObject([
      { kind: 'contamination', severity: 'information', related: { id: 'original' } },
      { kind: 'contamination', severity: 'information', related: { id: 'double' } },
    ]);
  });

  it('checks all its corpora, decided labels first', async () => {
    const decision = {
      id: 'named',
      labels: ['hearing'],
      path: 'corpus/a.jsonl',
      at: '2026-01-01T00:00:00.000Z',
    };
    const root = await temporaryFolder({
      'taxonomy.json': TAXONOMY,
      'corpus/a.jsonl': corpus(...LEAKY),
      'labels.jsonl': `${JSON.stringify(decision)}\n`,
    });
    const { json } = await patentLab('leakage', '--workspace', root, '--json');
    const assigned = json<FindingLine>().filter(({ kind }) => kind === 'assigned-label');
    expect(assigned.map(({ document, label }) => [document, label])).toEqual([['named', 'hearing']]);
  });
});

const health64 = sharedData('health64');

describe('real documents', () => {
  it.skipIf(health64 === undefined)('that share abstracts are found across the split', async () => {
    const text = await readFile(path.join(health64 ?? '', 'corpus.jsonl'), 'utf8');
    const records = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; group: string; split?: string });
    // Every other document by id, whatever its group, and no group to go by.
    const split = records.map(({ group: _group, ...one }, at) => ({
      ...one,
      split: at % 2 ? 'test' : 'train',
    }));
    const folder = await temporaryFolder({ 'a.jsonl': jsonLines(split) });
    const taxonomy = path.join(health64 ?? '', 'taxonomy.json');
    const argv = ['--taxonomy', taxonomy, path.join(folder, 'a.jsonl'), '--severity', 'warning', '--json'];
    const { json } = await patentLab('leakage', ...argv);
    const groups = new Map(records.map(({ id, group }) => [id, group]));
    const found = new Set(
      json<FindingLine>()
        .filter(({ kind }) => kind === 'contamination')
        .flatMap(({ document, related }) => {
          const group = groups.get(document);
          return group !== undefined && group === groups.get(related?.id ?? '') ? [group] : [];
        }),
    );
    const sides = new Map<string, Set<number>>();
    records.forEach(({ group }, at) => sides.set(group, (sides.get(group) ?? new Set()).add(at % 2)));
    const crossing = [...sides].filter(([, both]) => both.size === 2).map(([group]) => group);
    expect(crossing.length).toBeGreaterThan(100);
    // Three groups of 129 were joined by less than the similarity that counts as a double (0.51 to 0.71).
    expect(crossing.filter((group) => !found.has(group)).length).toBeLessThanOrEqual(3);
  });
});
