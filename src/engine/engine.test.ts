/** The engine on a workspace: what the host and the command line both call. */
import { appendFile, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ClassifyOutcome, ClassifyParams, Prediction } from '../protocol/engine.ts';
import { Engine } from './engine.ts';
import { makeTask, quietTask } from './task.ts';
import { failureOf } from './testing/failure.ts';
import { temporaryFolder, writeFiles } from './testing/folder.ts';
import { ENCODERS, SAMPLE_PATENTS, SAMPLES } from './testing/repository.ts';
import { jsonLines, SMALL_LABELS, smallCorpus, smallTaxonomy, smallWorkspace } from './testing/samples.ts';
import { VERSION } from './version.ts';

const warnings: string[] = [];
const engine = new Engine({ encoders: ENCODERS, warn: (message) => warnings.push(message) });

/** A trained workspace that tests only read. */
let trained: string;

beforeAll(async () => {
  trained = await temporaryFolder(smallWorkspace());
  await engine.train({ root: trained, seed: 1 }, quietTask);
});

/** A copy that a test may change; its embeddings are known already. */
async function workspaceCopy(): Promise<string> {
  const root = await temporaryFolder();
  await cp(trained, root, { recursive: true });
  return root;
}

async function classify(
  params: Partial<ClassifyParams> & Pick<ClassifyParams, 'targets'>,
): Promise<ClassifyOutcome[]> {
  const outcomes: ClassifyOutcome[] = [];
  const all = { root: trained, evidence: false, neighbours: 0, ...params };
  const counts = await engine.classify(all, quietTask, (outcome) => outcomes.push(outcome));
  const kinds = outcomes.map(({ kind }) => kind);
  expect(counts).toEqual({
    classified: kinds.filter((kind) => kind === 'classified').length,
    failed: kinds.filter((kind) => kind === 'failed').length,
  });
  return outcomes;
}

async function predict(
  params: Partial<ClassifyParams> & Pick<ClassifyParams, 'targets'>,
): Promise<Prediction> {
  const [outcome, ...more] = await classify(params);
  if (outcome?.kind !== 'classified' || more.length > 0) throw new Error(JSON.stringify(outcome));
  return outcome.prediction;
}

const idOf = (outcome: ClassifyOutcome): string =>
  outcome.kind === 'classified' ? outcome.prediction.document.id : outcome.error.code;

const WHEELCHAIR = path.join(SAMPLE_PATENTS, 'US99000001B2.xml');

describe('hello', () => {
  it('says who answers, without loading the model', async () => {
    expect(await new Engine({ encoders: ENCODERS, warn: () => undefined }).hello()).toMatchObject({
      protocol: 1,
      version: VERSION,
      pid: process.pid,
      encoder: 'all-MiniLM-L6-v2 (int8)',
      provider: 'cpu',
      onnxruntime: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  it('names a missing encoder, and works once it is there', async () => {
    const encoders = await temporaryFolder();
    const late = new Engine({ encoders, warn: () => undefined });
    expect((await failureOf(late.hello())).code).toBe('encoder-missing');
    expect((await failureOf(late.embedder(undefined))).code).toBe('encoder-missing');
    await symlink(path.join(ENCODERS, 'all-MiniLM-L6-v2-int8'), path.join(encoders, 'all-MiniLM-L6-v2-int8'));
    expect((await (await late.embedder(undefined)).encoder.encode('x')).embedding).toHaveLength(384);
  });
});

describe('training a workspace', () => {
  it('leaves a classifier that the summary shows', async () => {
    const { classifier, decisionsSinceTraining, problems } = await engine.summary({ root: trained });
    expect(problems).toEqual([]);
    expect(decisionsSinceTraining).toBe(0);
    expect(classifier).toMatchObject({
      path: path.join(trained, '.patent-lab', 'classifiers', 'default'),
      name: 'default',
      view: 'TAC',
      labels: SMALL_LABELS.length,
      few: [{ id: 'tactile-graphics' }],
      zeroShot: [{ id: 'mobility' }],
    });
  });

  it('leaves out what the analyst set aside for testing', async () => {
    const root = await workspaceCopy();
    const records = smallCorpus().map((record, n) => ({ ...record, split: n % 4 === 0 ? 'test' : 'train' }));
    await writeFiles(root, { 'corpus/small.jsonl': jsonLines(records) });
    const info = await engine.train({ root }, quietTask);
    expect(info.documents).toBe(records.filter(({ split }) => split === 'train').length);
  });

  it('needs a taxonomy, and says where it looked', async () => {
    const root = await temporaryFolder();
    const failure = await failureOf(engine.train({ root }, quietTask));
    expect(failure).toMatchObject({
      code: 'taxonomy-missing',
      place: { file: path.join(root, 'taxonomy.json') },
    });
  });

  it('works without a single labelled document', async () => {
    const root = await temporaryFolder({ 'taxonomy.json': smallTaxonomy() });
    const info = await engine.train({ root }, quietTask);
    expect(info).toMatchObject({ documents: 0, zeroShot: { length: SMALL_LABELS.length } });
    expect(info.metrics).toBeUndefined();
    const { labels } = await predict({ root, targets: [{ path: WHEELCHAIR }] });
    expect(labels).toHaveLength(SMALL_LABELS.length);
  });

  it('tells its progress', async () => {
    const messages: string[] = [];
    const task = makeTask(
      (message, done, total) => messages.push(`${message} ${done ?? ''}/${total ?? ''}`),
      () => false,
    );
    await engine.train({ root: await workspaceCopy() }, task);
    expect(messages[0]).toContain('Reading labelled documents');
    expect(messages.at(-1)).toContain('Measuring');
    expect(messages.some((message) => /^Choosing regularisation \d+\/100$/.test(message))).toBe(true);
  });
});

describe('the summary', () => {
  it('says that the taxonomy changed after training', async () => {
    const root = await workspaceCopy();
    const changed = smallTaxonomy().replace(/"description":"/, '"description":"Other. ');
    await writeFiles(root, { 'taxonomy.json': changed });
    const { problems } = await engine.summary({ root });
    expect(problems).toMatchObject([
      { code: 'classifier-stale', message: expect.stringContaining('taxonomy changed') },
    ]);
  });

  it('says that labelled documents came or went after training', async () => {
    const root = await workspaceCopy();
    await writeFiles(root, { 'corpus/small.jsonl': jsonLines(smallCorpus().slice(1)) });
    const { problems } = await engine.summary({ root });
    const count = smallCorpus().length;
    expect(problems).toMatchObject([{ code: 'classifier-stale' }]);
    expect(problems[0]?.message).toContain(
      `has ${count - 1} labelled documents; the classifier was trained on ${count}`,
    );
  });

  it('shows a classifier that cannot be read as a problem, and everything else', async () => {
    const root = await workspaceCopy();
    await writeFiles(root, { '.patent-lab/classifiers/default/classifier.json': '{' });
    const summary = await engine.summary({ root });
    expect(summary.classifier).toBeUndefined();
    expect(summary.problems).toMatchObject([{ code: 'classifier-invalid', place: { line: 1 } }]);
    expect(summary.documents).toBe(smallCorpus().length);
  });
});

describe('classifying', () => {
  it('needs a classifier, and says how to get one', async () => {
    const root = await temporaryFolder(smallWorkspace());
    const failure = await failureOf(classify({ root, targets: [{ path: WHEELCHAIR }] }));
    expect(failure.code).toBe('classifier-missing');
    expect(failure.remedy).toContain('Train Classifier');
  });

  it('gives one prediction for a file, under the path it was asked for', async () => {
    const { document, labels, neighbours } = await predict({ targets: [{ path: WHEELCHAIR }] });
    expect(document).toMatchObject({ id: 'US99000001B2', path: WHEELCHAIR, partial: false });
    expect(labels[0]?.id).toBe('powered-wheelchair');
    expect(neighbours).toBeUndefined();
  });

  it('reads all of a folder in order; a broken file costs only itself', async () => {
    const root = await workspaceCopy();
    const folder = path.join(root, 'patents');
    await mkdir(folder);
    for (const name of ['EP9900001B1.xml', 'US99000001B2.xml', 'US99000011.txt']) {
      await cp(path.join(SAMPLE_PATENTS, name), path.join(folder, name));
    }
    const broken = (await readFile(WHEELCHAIR, 'utf8')).slice(0, 3000);
    const damaged = Buffer.concat([Buffer.from('A naïve façade — '), Buffer.from([0xff, 0xfe])]);
    await writeFiles(folder, { 'US1.xml': broken, 'US2.txt': damaged, 'Z.xml': '' });
    const outcomes = await classify({
      root,
      targets: [{ path: folder }, { path: path.join(root, 'gone.xml') }],
    });
    expect(outcomes.map(idOf)).toEqual([
      'EP9900001B1',
      'xml-truncated',
      'encoding-invalid',
      'US99000001B2',
      'US99000011B2',
      'file-empty',
      'file-not-found',
    ]);
    expect(outcomes[1]).toMatchObject({
      path: path.join(folder, 'US1.xml'),
      error: { place: { line: expect.any(Number), column: expect.any(Number) } },
    });
  });

  it('reads unsaved text, a selection and a record of a corpus', async () => {
    const text =
      'Cochlear electrode\n\nAbstract\n\nAn electrode array in the cochlea stimulates the auditory nerve.\n';
    const unsaved = await predict({ targets: [{ path: path.join(trained, 'new.txt'), text }] });
    expect(unsaved.document).toMatchObject({ id: 'new', partial: false });
    expect(unsaved.labels[0]?.id).toBe('cochlear-implant');

    const selection = { start: text.indexOf('An electrode'), end: text.length };
    const part = await predict({
      targets: [{ path: path.join(trained, 'new.txt'), text, selection }],
      evidence: true,
    });
    expect(part.document).toMatchObject({ partial: true, span: selection });
    expect(
      part.evidence?.passages.map((passage) => text.slice(passage.source?.start, passage.source?.end)),
    ).toEqual(['An electrode array in the cochlea stimulates the auditory nerve.']);

    const record = smallCorpus()[5];
    const corpus = path.join(trained, 'corpus', 'small.jsonl');
    const one = await predict({ targets: [{ path: corpus, id: record?.id ?? '' }] });
    expect(one.document).toMatchObject({ id: record?.id, index: 5, title: record?.title });
  });

  it('finds the nearest labelled patents, never the document itself, and follows edits', async () => {
    const root = await workspaceCopy();
    const corpus = path.join(root, 'corpus', 'small.jsonl');
    const [first] = smallCorpus();
    const target = { path: corpus, id: first?.id ?? '' };
    const { neighbours = [] } = await predict({ root, targets: [target], neighbours: 3 });
    expect(neighbours).toHaveLength(3);
    expect(neighbours.map(({ id }) => id)).not.toContain(first?.id);
    const text = await readFile(corpus, 'utf8');
    for (const { id, span, path: file, similarity } of neighbours) {
      expect(JSON.parse((await readFile(file, 'utf8')).slice(span.start, span.end))).toMatchObject({ id });
      expect(similarity).toBeGreaterThan(0.2);
    }

    // The same records in a file of another name, one with another title of the same length.
    const nearest = neighbours[0]?.title ?? '';
    await rename(corpus, path.join(root, 'corpus', 'moved.jsonl'));
    await writeFiles(root, { 'corpus/moved.jsonl': text.replace(nearest, nearest.toUpperCase()) });
    const moved = await predict({
      root,
      targets: [{ ...target, path: path.join(root, 'corpus', 'moved.jsonl') }],
      neighbours: 1,
    });
    expect(moved.neighbours).toMatchObject([
      { title: nearest.toUpperCase(), path: path.join(root, 'corpus', 'moved.jsonl') },
    ]);

    // A label with another name.
    const taxonomy = await readFile(path.join(root, 'taxonomy.json'), 'utf8');
    const name = moved.neighbours?.[0]?.labels[0] ?? '';
    await writeFile(path.join(root, 'taxonomy.json'), taxonomy.replace(`"${name}"`, '"Renamed"'));
    const renamed = await predict({
      root,
      targets: [{ ...target, path: path.join(root, 'corpus', 'moved.jsonl') }],
      neighbours: 1,
    });
    expect(renamed.neighbours?.[0]?.labels[0]).toBe('Renamed');
  });

  it('reads a table by what the workspace remembers of its columns', async () => {
    const root = await workspaceCopy();
    const header = ['Ref', 'Bezeichnung'];
    const tables = [{ header, columns: { id: ['Ref'], title: ['Bezeichnung'] } }];
    const text = 'Ref;Bezeichnung\nA;A wheelchair\nB;A cochlear implant\n';
    await writeFiles(root, { 'in/odd.csv': text });
    const target = { path: path.join(root, 'in', 'odd.csv') };
    expect((await classify({ root, targets: [target] })).map(idOf)).toEqual(['table-no-columns']);
    await writeFiles(root, { 'patent-lab.json': JSON.stringify({ tables }) });
    expect((await classify({ root, targets: [target] })).map(idOf)).toEqual(['A', 'B']);
    expect((await classify({ root, targets: [{ ...target, text, id: 'B' }] })).map(idOf)).toEqual(['B']);
  });

  it('takes the new classifier after training again', async () => {
    const root = await workspaceCopy();
    const before = await predict({ root, targets: [{ path: WHEELCHAIR }] });
    await engine.train({ root, view: 'title' }, quietTask);
    const after = await predict({ root, targets: [{ path: WHEELCHAIR }] });
    expect([before.coverage.view, after.coverage.view]).toEqual(['TAC', 'title']);
  });

  it('stops between two documents when it is cancelled', async () => {
    const outcomes: ClassifyOutcome[] = [];
    const task = makeTask(
      () => undefined,
      () => outcomes.length >= 3,
    );
    const params = { root: trained, targets: [{ path: SAMPLE_PATENTS }], evidence: true, neighbours: 0 };
    const failure = await failureOf(engine.classify(params, task, (outcome) => outcomes.push(outcome)));
    expect(failure.code).toBe('cancelled');
    expect(outcomes).toHaveLength(3);
  });

  it('stops inside a long document when it is cancelled, and calls that no failure of the document', async () => {
    const root = trained;
    const sentence = 'The wheelchair climbs stairs with legs and wheels. ';
    const target = { path: 'long.txt', text: `Wheelchair\n\nAbstract\n\n${sentence.repeat(200)}\n` };
    let checkpoints = 0;
    const task = makeTask(
      () => undefined,
      () => ++checkpoints === 4,
    );
    const outcomes: ClassifyOutcome[] = [];
    const params = { root, targets: [target], evidence: true, neighbours: 0 };
    const failure = await failureOf(engine.classify(params, task, (outcome) => outcomes.push(outcome)));
    expect(failure.code).toBe('cancelled');
    expect(outcomes).toEqual([]);
  });
});

describe('deciding', () => {
  const document = { id: 'US99000001B2', path: WHEELCHAIR };

  it('is seen in the next prediction and in the summary', async () => {
    const root = await workspaceCopy();
    const accepted = ['powered-wheelchair', 'exoskeleton'];
    expect(await engine.decide({ root, document, accepted, rejected: ['hearing-aid'] })).toEqual({
      decisionsSinceTraining: 1,
    });
    const { labels } = await predict({ root, targets: [{ path: WHEELCHAIR }] });
    const decisions = Object.fromEntries(labels.map(({ id, decision }) => [id, decision]));
    expect(decisions).toMatchObject({
      'powered-wheelchair': 'accepted',
      exoskeleton: 'accepted',
      'hearing-aid': 'rejected',
      mobility: undefined,
    });
    const { decisions: count, documents, problems } = await engine.summary({ root });
    expect({ count, documents, problems }).toEqual({
      count: 1,
      documents: smallCorpus().length + 1,
      problems: [],
    });
  });

  it('is recorded with the document’s place relative to the workspace, and forgotten by training', async () => {
    const root = await workspaceCopy();
    await mkdir(path.join(root, 'patents'));
    await cp(WHEELCHAIR, path.join(root, 'patents', 'a.xml'));
    await engine.decide({
      root,
      document: { ...document, path: path.join(root, 'patents', 'a.xml') },
      accepted: ['mobility'],
      rejected: [],
    });
    const line = await readFile(path.join(root, 'labels.jsonl'), 'utf8');
    expect(JSON.parse(line)).toMatchObject({
      id: document.id,
      labels: ['mobility'],
      rejected: [],
      path: 'patents/a.xml',
    });
    const info = await engine.train({ root }, quietTask);
    expect(info.documents).toBe(smallCorpus().length + 1);
    expect(info.zeroShot).toEqual([]);
    expect(await engine.summary({ root })).toMatchObject({ decisionsSinceTraining: 0 });
  });

  it('on a member of an archive is recorded with the member’s place, and trained on from there', async () => {
    const root = await workspaceCopy();
    await cp(path.join(SAMPLES, 'exports', 'weekly.zip'), path.join(root, 'in', 'weekly.zip'));
    const outcomes = await classify({ root, targets: [{ path: path.join(root, 'in') }] });
    expect(outcomes.map(idOf)).toEqual(['US99000031B2', 'US99000032B2']);
    const [, second] = outcomes;
    if (second?.kind !== 'classified') throw new Error('expected a prediction');
    const { id, path: member } = second.prediction.document;
    expect(member).toBe(path.join(root, 'in', 'weekly.zip', '20990106', 'US99000032B2.xml'));
    // Ids that are no publication numbers count together with their place.
    for (const decided of [id, 'a note']) {
      await engine.decide({
        root,
        document: { id: decided, path: member },
        accepted: ['mobility'],
        rejected: [],
      });
    }
    const line = (await readFile(path.join(root, 'labels.jsonl'), 'utf8')).split('\n')[0] ?? '';
    expect(JSON.parse(line)).toMatchObject({ id, path: 'in/weekly.zip/20990106/US99000032B2.xml' });
    const again = await predict({ root, targets: [{ path: member }] });
    expect(again.labels.find(({ decision }) => decision === 'accepted')?.id).toBe('mobility');
    const { documents, problems } = await engine.summary({ root });
    expect(documents).toBe(smallCorpus().length + 1);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('a note')]);
  });

  it('counts what a corpus says as accepted until something else is decided', async () => {
    const root = await workspaceCopy();
    const [first] = smallCorpus();
    const target = { path: path.join(root, 'corpus', 'small.jsonl'), id: first?.id ?? '' };
    const accepted = async (): Promise<string[]> => {
      const { labels } = await predict({ root, targets: [target] });
      return labels.filter(({ decision }) => decision === 'accepted').map(({ id }) => id);
    };
    expect(await accepted()).toEqual(first?.labels);
    await engine.decide({ root, document: target, accepted: ['mobility'], rejected: [] });
    expect(await accepted()).toEqual(['mobility']);
    await engine.decide({ root, document: target, accepted: [], rejected: [] });
    expect(await accepted()).toEqual(first?.labels);
  });

  it('on a file says nothing of another file of the same name', async () => {
    const root = await workspaceCopy();
    const text = 'A wheelchair\n\nAbstract\n\nA wheelchair with legs climbs the stairs of a house.\n';
    await writeFiles(root, { 'a/spec.txt': text, 'b/spec.txt': text });
    const [a, b] = ['a', 'b'].map((name) => path.join(root, name, 'spec.txt'));
    await engine.decide({
      root,
      document: { id: 'spec', path: a ?? '' },
      accepted: ['mobility'],
      rejected: [],
    });
    const [one, other] = await Promise.all(
      [a, b].map((file) => predict({ root, targets: [{ path: file ?? '' }], neighbours: 1 })),
    );
    const decided = (prediction: Prediction | undefined): string[] =>
      prediction?.labels.filter(({ decision }) => decision).map(({ id }) => id) ?? [];
    expect([decided(one), decided(other)]).toEqual([['mobility'], []]);
    // Of itself the first is no neighbour, of its namesake it is.
    expect(one?.neighbours?.[0]?.path).not.toBe(a);
    expect(other?.neighbours?.[0]?.path).toBe(a);
  });

  it('for a label that the classifier does not know yet is not lost', async () => {
    const root = await workspaceCopy();
    await engine.decide({ root, document, accepted: ['new-label'], rejected: [] });
    const { decided } = await predict({ root, targets: [{ path: WHEELCHAIR }] });
    expect(decided).toEqual([{ id: 'new-label', name: 'new-label', decision: 'accepted' }]);
  });

  it('while a training runs is newer than the classifier', async () => {
    const root = await workspaceCopy();
    let decided: Promise<unknown> | undefined;
    const task = makeTask(
      () => (decided ??= engine.decide({ root, document, accepted: ['mobility'], rejected: [] })),
      () => false,
    );
    await engine.train({ root }, task);
    await decided;
    expect(await engine.summary({ root })).toMatchObject({ decisionsSinceTraining: 1 });
  });

  it('many times at once keeps every decision whole, the last one in force', async () => {
    const root = await temporaryFolder({ 'taxonomy.json': smallTaxonomy() });
    const sets = Array.from({ length: 20 }, (_, n) =>
      ['mobility', 'exoskeleton', 'hearing-aid'].slice(0, n % 4),
    );
    await Promise.all(sets.map((accepted) => engine.decide({ root, document, accepted, rejected: [] })));
    const lines = (await readFile(path.join(root, 'labels.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { labels: string[] }).labels)).toEqual(sets);
    expect(await engine.summary({ root })).toMatchObject({ decisions: 1 });
  });

  it('works on behind a line that a crash tore', async () => {
    const root = await temporaryFolder({ 'taxonomy.json': smallTaxonomy() });
    await engine.decide({ root, document, accepted: ['mobility'], rejected: [] });
    await appendFile(path.join(root, 'labels.jsonl'), '{"id":"US2","lab');
    await engine.decide({ root, document: { ...document, id: 'US3' }, accepted: [], rejected: ['mobility'] });
    const { decisions, problems } = await engine.summary({ root });
    expect(decisions).toBe(2);
    expect(problems.filter(({ code }) => code === 'record-malformed')).toMatchObject([
      { place: { line: 2 } },
    ]);
  });

  it('that cannot be written says so, and the next one is tried again', async () => {
    const root = await temporaryFolder({ 'taxonomy.json': smallTaxonomy() });
    await mkdir(path.join(root, 'labels.jsonl'));
    const params = { root, document, accepted: ['mobility'], rejected: [] };
    expect((await failureOf(engine.decide(params))).code).toBe('write-failed');
    await rm(path.join(root, 'labels.jsonl'), { recursive: true });
    expect(await engine.decide(params)).toEqual({ decisionsSinceTraining: 1 });
  });
});

describe('the cache', () => {
  it('stands in the workspace, and a workspace that cannot have one gets one warning', async () => {
    const root = await temporaryFolder({
      'taxonomy.json': smallTaxonomy(),
      'corpus/few.jsonl': jsonLines(smallCorpus().slice(0, 3)),
      '.patent-lab/cache': 'in the way',
    });
    warnings.length = 0;
    await engine.train({ root }, quietTask);
    await engine.train({ root, seed: 2 }, quietTask);
    expect(warnings).toHaveLength(1);
    expect(await engine.summary({ root })).toMatchObject({
      problems: [],
      classifier: { labels: SMALL_LABELS.length },
    });
  });
});
