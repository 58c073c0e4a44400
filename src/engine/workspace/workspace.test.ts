/** A workspace as it stands on disk: whatever is wrong in it is named, and everything else is read. */
import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder, writeFiles, type Files } from '../testing/folder.ts';
import { SAMPLES } from '../testing/repository.ts';
import { jsonLines } from '../testing/samples.ts';
import { summarise } from './summary.ts';
import { classifierFolder, openWorkspace, type Workspace } from './workspace.ts';

const TAXONOMY = JSON.stringify({
  name: 'Aids',
  labels: [
    { id: 'wheelchair', name: 'Wheelchairs' },
    { id: 'walker', name: 'Walkers' },
    { id: 'hearing', name: 'Hearing aids' },
  ],
});

const record = (id: string, labels?: readonly string[], more: object = {}): object => ({
  id,
  title: `The title of ${id}`,
  abstract: `What ${id} does.`,
  ...(labels ? { labels } : {}),
  ...more,
});
const decision = (id: string, labels: readonly string[], more: object = {}): object => ({
  id,
  labels,
  at: '2026-01-01T00:00:00.000Z',
  ...more,
});

async function workspaceOf(files: Files): Promise<Workspace> {
  return openWorkspace(await temporaryFolder({ 'taxonomy.json': TAXONOMY, ...files }));
}

/** Ids with their labels, e.g. `A: wheelchair, walker`. */
const labelsOf = ({ documents, taxonomy }: Workspace): string[] =>
  documents.map(
    ({ patent, labels }) => `${patent.id}: ${labels.map((label) => taxonomy?.labels[label]?.id).join(', ')}`,
  );
const codesOf = ({ problems }: Workspace): string[] => problems.map(({ code }) => code);

describe('the files of a workspace', () => {
  it('are all optional', async () => {
    const workspace = await openWorkspace(await temporaryFolder());
    expect(workspace).toMatchObject({ taxonomy: undefined, corpusFiles: [], documents: [], problems: [] });
    expect(workspace.config).toMatchObject({ taxonomy: 'taxonomy.json', classifier: 'default' });
    expect(summarise(workspace, undefined)).toMatchObject({ documents: 0, decisions: 0, problems: [] });
    expect(summarise(workspace, undefined).taxonomy).toBeUndefined();
  });

  it('stand where patent-lab.json says', async () => {
    const root = await temporaryFolder({
      'patent-lab.json': JSON.stringify({
        taxonomy: 'my/labels.json',
        corpora: ['data/*.csv'],
        classifier: 'mine',
      }),
      'my/labels.json': TAXONOMY,
      'data/a.csv': 'id,title,labels\nA,A wheelchair,wheelchair\n',
      'corpus/ignored.jsonl': jsonLines([record('B', ['walker'])]),
    });
    const workspace = await openWorkspace(root);
    expect(labelsOf(workspace)).toEqual(['A: wheelchair']);
    expect(workspace.corpusFiles).toEqual([path.join(root, 'data', 'a.csv')]);
    expect(classifierFolder(workspace)).toBe(path.join(root, '.patent-lab', 'classifiers', 'mine'));
  });

  it('are read with the columns that patent-lab.json remembers, and anew when it remembers others', async () => {
    const root = await temporaryFolder({
      'taxonomy.json': TAXONOMY,
      'corpus/odd.csv': 'Ref;What it is;Where it goes\nA;A chair;wheelchair\nB;A frame;walker\n',
    });
    const unknown = await openWorkspace(root);
    expect([labelsOf(unknown), codesOf(unknown)]).toEqual([[], ['table-no-columns']]);
    const remember = (labels: string): Promise<void> =>
      writeFiles(root, {
        'patent-lab.json': JSON.stringify({
          tables: [
            {
              header: ['Ref', 'What it is', 'Where it goes'],
              columns: { id: ['Ref'], title: ['What it is'], labels: [labels] },
            },
          ],
        }),
      });
    await remember('Where it goes');
    const known = await openWorkspace(root);
    expect([labelsOf(known), codesOf(known)]).toEqual([['A: wheelchair', 'B: walker'], []]);
    await remember('Ref');
    expect(codesOf(await openWorkspace(root))).toEqual(['labels-unknown', 'labels-unknown']);
  });

  it('of the samples are read without a problem', async () => {
    const workspace = await openWorkspace(SAMPLES);
    expect(workspace.problems).toEqual([]);
    expect(workspace.documents).toHaveLength(279);
    expect(workspace.taxonomy?.labels).toHaveLength(64);
  });

  it.each([
    ['broken', '{\n  "taxonomy": "a.json",\n  "corpora": [}\n}', { line: 3, column: 15 }],
    ['of the wrong type', '{\n  "corpora": "corpus/*.jsonl"\n}', { line: 2, column: 14 }],
    ['empty', '', { line: 1, column: 1 }],
  ])('are not guessed at when patent-lab.json is %s', async (_how, content, place) => {
    const root = await temporaryFolder({ 'patent-lab.json': content });
    const failure = await failureOf(openWorkspace(root));
    expect(failure.code).toBe('settings-invalid');
    expect(failure.place).toMatchObject({ file: path.join(root, 'patent-lab.json'), ...place });
    expect(failure.remedy).toContain('patent-lab.json');
  });

  it.each(['../../elsewhere', '/etc', '..', '.', '', 'a/b', 'a\\b', 'C:x'])(
    'do not lead training out of the workspace: a classifier named "%s"',
    async (classifier) => {
      const root = await temporaryFolder({ 'patent-lab.json': JSON.stringify({ classifier }) });
      expect(await failureOf(openWorkspace(root))).toMatchObject({
        code: 'settings-invalid',
        place: { file: path.join(root, 'patent-lab.json'), line: 1, column: 15 },
      });
    },
  );

  it.each([
    [
      'two labels of one id',
      [
        { id: 'a', name: 'A' },
        { id: 'a', name: 'B' },
      ],
      '"a" occurs twice',
    ],
    ['no label', [], 'at least one label'],
    ['a parent that is not there', [{ id: 'a', name: 'A', parent: 'b' }], 'unknown parent "b"'],
    [
      'a circle of parents',
      [
        { id: 'a', name: 'A', parent: 'b' },
        { id: 'b', name: 'B', parent: 'a' },
      ],
      'its own ancestor',
    ],
  ])('are refused with a taxonomy of %s', async (_what, labels, message) => {
    const root = await temporaryFolder({ 'taxonomy.json': JSON.stringify({ labels }, null, 1) });
    const failure = await failureOf(openWorkspace(root));
    expect(failure).toMatchObject({
      code: 'taxonomy-invalid',
      place: { file: path.join(root, 'taxonomy.json') },
    });
    expect(failure.message).toContain(message);
    expect(failure.place?.line).toBeGreaterThan(1);
  });

  it('may begin with a byte-order mark', async () => {
    const workspace = await workspaceOf({
      'patent-lab.json': '\ufeff{}',
      'taxonomy.json': `\ufeff${TAXONOMY}`,
      'labels.jsonl': `\ufeff${jsonLines([decision('A', ['walker'])])}`,
      'corpus/a.jsonl': `\ufeff${jsonLines([record('A', ['wheelchair'])])}`,
    });
    expect(labelsOf(workspace)).toEqual(['A: walker']);
    expect(workspace.problems).toEqual([]);
  });

  it('are read again when they change', async () => {
    const root = await temporaryFolder({
      'taxonomy.json': TAXONOMY,
      'corpus/a.jsonl': jsonLines([record('A', ['walker'])]),
    });
    expect(labelsOf(await openWorkspace(root))).toEqual(['A: walker']);
    await appendFile(path.join(root, 'corpus', 'a.jsonl'), jsonLines([record('B', ['hearing'])]));
    expect(labelsOf(await openWorkspace(root))).toEqual(['A: walker', 'B: hearing']);
    await rm(path.join(root, 'corpus', 'a.jsonl'));
    expect(labelsOf(await openWorkspace(root))).toEqual([]);
  });
});

describe('a corpus', () => {
  it('names labels that the taxonomy lacks and keeps the record’s others', async () => {
    const workspace = await workspaceOf({
      'corpus/a.jsonl': jsonLines([
        record('A', ['walker', 'jetpack', 'wheelchair', 'walker']),
        record('B', ['hearing']),
      ]),
    });
    expect(labelsOf(workspace)).toEqual(['A: wheelchair, walker', 'B: hearing']);
    expect(workspace.problems).toMatchObject([
      { code: 'labels-unknown', place: { file: workspace.corpusFiles[0], offset: 0 } },
    ]);
    expect(workspace.problems[0]?.message).toContain('jetpack');
  });

  it('takes no record whose every label is unknown for one without labels', async () => {
    const workspace = await workspaceOf({
      'corpus/a.jsonl': jsonLines([record('A', ['jetpack']), record('B', []), record('C')]),
    });
    // B states that it has no label; C states nothing.
    expect(labelsOf(workspace)).toEqual(['B: ']);
    expect(codesOf(workspace)).toEqual(['labels-unknown']);
  });

  it('keeps the first of two records with one id, also across files, and says where it was', async () => {
    const workspace = await workspaceOf({
      'corpus/a.jsonl': jsonLines([record('A', ['walker']), record('A', ['hearing'])]),
      'corpus/b.csv': 'id,title,labels\nA,Again,wheelchair\nB,Other,hearing\n',
    });
    expect(labelsOf(workspace)).toEqual(['A: walker', 'B: hearing']);
    expect(codesOf(workspace)).toEqual(['record-duplicate', 'record-duplicate']);
    expect(workspace.problems[1]).toMatchObject({ place: { file: workspace.corpusFiles[1] } });
    expect(workspace.problems[1]?.message).toContain(workspace.corpusFiles[0]);
  });

  it('costs only the record that is malformed', async () => {
    const lines = [record('A', ['walker']), { id: 'B', title: 7 }, record('C', ['hearing'])];
    const workspace = await workspaceOf({ 'corpus/a.jsonl': `${jsonLines(lines)}not json\n` });
    expect(labelsOf(workspace)).toEqual(['A: walker', 'C: hearing']);
    expect(workspace.problems).toMatchObject([{ place: { line: 2 } }, { place: { line: 4, column: 1 } }]);
  });

  it('cut at any byte keeps all records before the cut and names the torn one', async () => {
    const lines = [record('A', ['walker']), record('É♿', ['hearing']), record('C', ['wheelchair'])];
    const whole = Buffer.from(jsonLines(lines));
    const root = await temporaryFolder({ 'taxonomy.json': TAXONOMY, 'corpus/a.jsonl': whole });
    const ends = lines.map((_, i) => Buffer.byteLength(jsonLines(lines.slice(0, i + 1))));
    for (let length = whole.length - 1; length > 0; length--) {
      await truncate(path.join(root, 'corpus', 'a.jsonl'), length);
      const workspace = await openWorkspace(root);
      const complete = ends.filter((end) => length >= end - 1).length;
      expect(workspace.documents).toHaveLength(complete);
      const torn = length > (ends[complete - 1] ?? 0);
      expect(workspace.problems, String(length)).toMatchObject(
        torn ? [{ code: 'record-malformed', place: { line: complete + 1 } }] : [],
      );
    }
  });

  it('keeps what a record says of its split, its group and its origin', async () => {
    const { documents } = await workspaceOf({
      'corpus/a.jsonl': jsonLines([
        record('A', ['walker'], { split: 'test', group: 'F1', provenance: 'synthetic' }),
        record('B', ['walker'], { group: 'F1' }),
        record('C', ['walker'], { abstract: 'The same.' }),
        record('D', ['walker'], { abstract: 'the SAME' }),
      ]),
    });
    expect(documents).toMatchObject([
      { split: 'test', provenance: 'synthetic' },
      { provenance: 'real' },
      {},
      {},
    ]);
    const [a, b, c, d] = documents.map(({ group }) => group);
    expect(a).toBe(b);
    expect(c).toBe(d);
    expect(c).not.toBe(a);
  });
});

describe('decisions', () => {
  it('override corpora, the last one wins', async () => {
    const workspace = await workspaceOf({
      'corpus/a.jsonl': jsonLines([record('A', ['walker']), record('B', ['hearing'])]),
      'labels.jsonl': jsonLines([decision('A', ['hearing']), decision('A', ['wheelchair', 'walker'])]),
    });
    expect(labelsOf(workspace)).toEqual(['A: wheelchair, walker', 'B: hearing']);
    expect(workspace.decisions.size).toBe(1);
  });

  it('can say that a document has no label at all', async () => {
    const workspace = await workspaceOf({
      'corpus/a.jsonl': jsonLines([record('A', ['walker'])]),
      'labels.jsonl': jsonLines([decision('A', [])]),
    });
    expect(labelsOf(workspace)).toEqual(['A: ']);
  });

  it('that only reject leave the document out of training, which knows no half label sets', async () => {
    const workspace = await workspaceOf({
      'corpus/a.jsonl': jsonLines([record('A', ['walker']), record('B', ['hearing'])]),
      'labels.jsonl': jsonLines([decision('A', [], { rejected: ['walker'] })]),
    });
    expect(labelsOf(workspace)).toEqual(['B: hearing']);
    expect(workspace.problems).toEqual([]);
  });

  it('that are taken back leave the record’s own labels', async () => {
    const workspace = await workspaceOf({
      'corpus/a.jsonl': jsonLines([record('A', ['walker'])]),
      'labels.jsonl': jsonLines([
        decision('A', ['hearing'], { rejected: [] }),
        decision('A', [], { rejected: [] }),
      ]),
    });
    expect(labelsOf(workspace)).toEqual(['A: walker']);
    expect(workspace.decisions.size).toBe(0);
  });

  it('on one of two files of the same name are on that one', async () => {
    const text = (aid: string): string =>
      `A ${aid}\n\nAbstract\n\nThe ${aid} helps a person to move about.\n`;
    const workspace = await workspaceOf({
      'a/spec.txt': text('wheelchair'),
      'b/spec.txt': text('walker'),
      'labels.jsonl': jsonLines([
        decision('spec', ['wheelchair'], { path: 'a/spec.txt' }),
        decision('spec', ['walker'], { path: 'b/spec.txt' }),
      ]),
    });
    expect(labelsOf(workspace)).toEqual(['spec: wheelchair', 'spec: walker']);
    expect(workspace.documents.map(({ patent }) => patent.title?.text)).toEqual(['A wheelchair', 'A walker']);
  });

  it('label a document that stands in its own file, and a record without labels', async () => {
    const workspace = await workspaceOf({
      'patents/wheelchair.txt': 'Climbing wheelchair\n\nAbstract\n\nA wheelchair climbs stairs.\n',
      'corpus/a.jsonl': jsonLines([record('A'), record('B')]),
      'labels.jsonl': jsonLines([
        decision('wheelchair', ['wheelchair'], { path: 'patents/wheelchair.txt' }),
        decision('B', ['hearing'], { path: 'corpus/a.jsonl' }),
      ]),
    });
    expect(labelsOf(workspace)).toEqual(['wheelchair: wheelchair', 'B: hearing']);
    expect(workspace.problems).toEqual([]);
  });

  it.each([
    ['is gone', { path: 'patents/gone.xml' }, 'no longer at patents/gone.xml'],
    ['is another now', { path: 'corpus/a.jsonl' }, 'no longer at corpus/a.jsonl'],
    ['was never anywhere', {}, 'in no corpus'],
  ])('whose document %s are named and kept', async (_how, more, message) => {
    const workspace = await workspaceOf({
      'corpus/a.jsonl': jsonLines([record('A', ['walker'])]),
      'labels.jsonl': jsonLines([decision('X', ['hearing'], more)]),
    });
    expect(labelsOf(workspace)).toEqual(['A: walker']);
    expect(workspace.problems).toMatchObject([
      { code: 'file-not-found', place: { file: path.join(workspace.root, 'labels.jsonl') } },
    ]);
    expect(workspace.problems[0]?.message).toContain(message);
    expect([...workspace.decisions.values()]).toMatchObject([{ id: 'X', labels: ['hearing'] }]);
    expect(await readFile(path.join(workspace.root, 'labels.jsonl'), 'utf8')).toContain('"X"');
  });

  it('with labels that the taxonomy lacks are named at their own file, and make no negative', async () => {
    const workspace = await workspaceOf({
      'corpus/a.jsonl': jsonLines([record('A', ['walker']), record('B', ['walker'])]),
      'patents/C.txt': 'Climbing wheelchair\n\nAbstract\n\nA wheelchair climbs stairs.\n',
      'labels.jsonl': jsonLines([
        decision('A', ['jetpack', 'hearing']),
        decision('B', ['jetpack']),
        decision('C', ['jetpack'], { path: 'patents/C.txt' }),
      ]),
    });
    expect(labelsOf(workspace)).toEqual(['A: hearing']);
    expect(codesOf(workspace)).toEqual(['labels-unknown', 'labels-unknown', 'labels-unknown']);
    for (const { place } of workspace.problems) {
      expect(place?.file).toBe(path.join(workspace.root, 'labels.jsonl'));
    }
  });

  it('cut at any byte keep those before the cut, and name the torn one', async () => {
    const lines = [decision('A', ['hearing']), decision('É♿', ['wheelchair'])];
    const whole = Buffer.from(jsonLines(lines));
    const root = await temporaryFolder({ 'taxonomy.json': TAXONOMY });
    const first = Buffer.byteLength(jsonLines(lines.slice(0, 1)));
    for (let length = first - 1; length <= whole.length; length++) {
      await writeFile(path.join(root, 'labels.jsonl'), whole.subarray(0, length));
      const { decisions, problems } = await openWorkspace(root);
      expect([...decisions.keys()]).toEqual(length >= whole.length - 1 ? ['A', 'É♿'] : ['A']);
      const torn = problems.filter(({ code }) => code === 'record-malformed');
      expect(torn).toMatchObject(length > first && length < whole.length - 1 ? [{ place: { line: 2 } }] : []);
    }
  });
});

describe('the summary', () => {
  it('counts labelled, synthetic and missing documents by label', async () => {
    const workspace = await workspaceOf({
      'corpus/a.jsonl': jsonLines([
        record('A', ['walker', 'hearing']),
        record('B', ['walker'], { provenance: 'synthetic' }),
        record('C', ['jetpack']),
      ]),
      'labels.jsonl': jsonLines([decision('A', ['walker'])]),
    });
    const { taxonomy, documents, decisions, decisionsSinceTraining, problems } = summarise(
      workspace,
      undefined,
      3,
    );
    expect(taxonomy?.labels).toMatchObject([
      { id: 'wheelchair', count: 0, synthetic: 0, deficit: 3 },
      { id: 'walker', count: 2, synthetic: 1, deficit: 1 },
      { id: 'hearing', count: 0, synthetic: 0, deficit: 3 },
    ]);
    expect({ documents, decisions, decisionsSinceTraining }).toEqual({
      documents: 2,
      decisions: 1,
      decisionsSinceTraining: 1,
    });
    expect(problems.map(({ code }) => code)).toEqual(['labels-unknown']);
  });

  it('of a workspace without a taxonomy has no documents but keeps the decisions', async () => {
    const root = await temporaryFolder();
    await writeFiles(root, {
      'corpus/a.jsonl': jsonLines([record('A', ['walker'])]),
      'labels.jsonl': jsonLines([decision('A', ['walker'])]),
    });
    expect(summarise(await openWorkspace(root), undefined)).toMatchObject({ documents: 0, decisions: 1 });
  });
});
