/** The audit end to end, with the real encoder on sample documents. */
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import { viewText } from '../../core/patent/view.ts';
import { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import type { AuditReport } from '../../protocol/audit.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { MASK_MARK } from '../encoder/tokens.ts';
import { makeTask, quietTask, type Task } from '../task.ts';
import { realEmbedder } from '../testing/encoder.ts';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { jsonLines, smallCorpus, smallTaxonomy } from '../testing/samples.ts';
import { trainClassifier } from '../training/train-classifier.ts';
import { openWorkspace, trainingDocuments } from '../workspace/workspace.ts';
import { reportText, writeAuditRun } from './audit-report.ts';
import { runAudit } from './audit.ts';
import { maskedForEncoder, maskedPrediction } from './masked.ts';

interface Prepared {
  readonly root: string;
  readonly taxonomy: Taxonomy;
  readonly documents: readonly LabelledDocument[];
  readonly classifier: StoredClassifier;
}

let embedder: Embedder;
let split: Prepared;
let whole: Prepared;

const families = [...new Set(smallCorpus().map(({ group }) => group))];
const isTest = (group: string): boolean => families.indexOf(group) % 3 === 2;

/** A synthetic copy of a document, whose prompt named its label. */
const synthetic = smallCorpus()
  .slice(0, 3)
  .map(({ id, abstract, labels }, at) => ({
    id: `made-${at}`,
    title: `Fictitious made ${at}`,
    abstract: at === 0 ? `As is known, ${abstract}` : `A fictitious text number ${at} of its own.`,
    labels,
    provenance: {
      kind: 'synthetic',
      parents: [id],
      ...(at === 1 ? { prompt: 'Write about powered wheelchairs.' } : {}),
      ...(at === 2 ? { prompt: 'Write about something.' } : {}),
    },
  }));

async function prepare(records: readonly unknown[]): Promise<Prepared> {
  const root = await temporaryFolder({
    'taxonomy.json': smallTaxonomy(),
    'corpus/small.jsonl': jsonLines(records),
  });
  const workspace = await openWorkspace(root);
  const { taxonomy, documents } = workspace;
  if (!taxonomy) throw new Error('there is a taxonomy');
  const classifier = await trainClassifier(
    {
      taxonomy,
      documents: trainingDocuments(workspace),
      view: 'TAC',
      seed: 1,
      name: 'small',
      folder: path.join(root, 'model'),
    },
    embedder,
    quietTask,
  );
  return { root, taxonomy, documents, classifier };
}

beforeAll(async () => {
  embedder = await realEmbedder();
  const records = smallCorpus();
  split = await prepare([
    ...records.map((record) => ({ ...record, split: isTest(record.group) ? 'test' : 'train' })),
    ...synthetic,
  ]);
  whole = await prepare(records);
});

function audit(
  { taxonomy, documents, classifier }: Prepared,
  changes: {
    documents?: readonly LabelledDocument[];
    classifier?: StoredClassifier | null;
    task?: Task;
  } = {},
): Promise<AuditReport> {
  const audited =
    changes.classifier === null ? undefined : { classifier: changes.classifier ?? classifier, embedder };
  const corpus = {
    taxonomy,
    taxonomyFile: 'taxonomy.json',
    inputs: [],
    documents: changes.documents ?? documents,
  };
  return runAudit(corpus, audited, { seed: 1, resamples: 50 }, changes.task ?? quietTask);
}

describe('an audit with a test split', () => {
  let report: AuditReport;
  beforeAll(async () => {
    report = await audit(split);
  });

  it('lets only the test documents judge', () => {
    const tests = smallCorpus().filter(({ group }) => isTest(group)).length;
    expect(report.judgement).toEqual({ kind: 'test-split', documents: tests, leftOut: 0 });
    expect(report.audit.classifier?.documents).toBe(tests);
    expect(report.documents).toEqual({ real: smallCorpus().length, synthetic: 3, duplicates: 0 });
  });

  it('measures on the masked texts', () => {
    const { unmasked, masked, maskedAll, survivalAll } = report.audit.classifier?.overall ?? {};
    expect(unmasked?.value).toBeGreaterThan(0.4);
    expect(masked?.value).toBeLessThan(unmasked?.value ?? 0);
    expect(maskedAll?.value).toBeLessThan(masked?.value ?? 0);
    expect(survivalAll?.value).toBeLessThan(1);
    expect(report.conclusion).toMatch(/^In real documents the text names \d/);
  });

  it('tells what was copied and asked for', () => {
    const [first] = smallCorpus();
    expect(report.copying).toMatchObject({ syntheticDocuments: 3, copying: 1, passages: { total: 1 } });
    expect(report.copying.passages.shown[0]).toMatchObject({
      document: { id: 'made-0' },
      source: { id: first?.id },
      sourceIs: isTest(first?.group ?? '') ? 'test' : 'seed',
    });
    expect(report.instructions).toMatchObject({
      withPrompt: 2,
      leaking: 1,
      named: { pairs: 1 },
      unnamed: { pairs: 1 },
    });
  });

  it('is the same again, but for when it was made', async () => {
    const { createdAt, seconds } = report;
    expect({ ...(await audit(split)), createdAt, seconds }).toEqual(report);
  });

  it('is written for people, spreadsheets and programs', async () => {
    const folder = await writeAuditRun(split.root, report);
    expect(path.relative(split.root, folder)).toMatch(/^\.patent-lab.runs.leakage-[\dTZ-]+$/);
    const markdown = reportText(report, 'md');
    for (const title of ['# Leakage audit', '## Copied passages', '## How this was made']) {
      expect(markdown).toContain(`${title}\n`);
    }
    expect(markdown).toContain('1 of 3 synthetic documents hold a run of 30 words or more');
    expect(reportText(report, 'csv').split('\n')[0]).toMatch(/^label,name,real_having,/);
    expect(JSON.parse(reportText(report, 'json'))).toEqual(report);
  });
});

describe('who judges', () => {
  it('the recipe, cross-fitted, where the classifier has seen everything', async () => {
    const report = await audit(whole);
    expect(report.judgement).toEqual({ kind: 'cross-fitted', documents: whole.documents.length, folds: 5 });
    const honest = report.audit.classifier?.overall.unmasked?.value ?? 0;
    const stated = whole.classifier.description.metrics?.microF1.value ?? 0;
    // As good as out-of-fold, not as good as on what it was trained on.
    expect(Math.abs(honest - stated)).toBeLessThan(0.2);
    expect(report.notes.join(' ')).toContain('trained 5 times');
    expect(report.contamination).toMatchObject({ testDocuments: 0, pairs: { total: 0 } });
  });

  it('all documents, where the classifier has seen none of them', async () => {
    const documents = split.documents.flatMap(({ split: _split, ...document }) =>
      _split === 'test' ? [document] : [],
    );
    const report = await audit(split, { documents });
    expect(report.judgement).toEqual({ kind: 'unseen', documents: documents.length, leftOut: 0 });
  });

  it('nobody of the test split that the classifier was trained on', async () => {
    const documents = whole.documents.map((document, at) =>
      at < 20 ? { ...document, split: 'test' } : document,
    );
    const report = await audit(whole, { documents });
    expect(report.judgement.kind).toBe('cross-fitted');
  });

  it('nobody, without a classifier', async () => {
    const report = await audit(split, { classifier: null });
    expect(report.judgement).toMatchObject({ kind: 'none', reason: /no classifier yet/ });
    expect(report.audit.classifier).toBeNull();
    expect(report.conclusion).toContain('No classifier was tested');
    expect(reportText(report, 'md')).toContain('There is no classifier yet');
  });

  it('nobody, where the documents are too few to leave some out', async () => {
    const documents = whole.documents.slice(0, 3);
    const report = await audit(whole, { documents });
    expect(report.judgement.kind).toBe('none');
  });
});

describe('what is hard to audit', () => {
  it('a corpus without a real document is refused', async () => {
    const documents = split.documents.filter(({ provenance }) => provenance === 'synthetic');
    expect((await failureOf(audit(split, { documents }))).code).toBe('corpus-unlabelled');
  });

  it('a taxonomy of one label is', async () => {
    const labels = split.taxonomy.labels.slice(0, 1);
    const taxonomy = { ...split.taxonomy, labels, index: new Map(labels.map(({ id }, at) => [id, at])) };
    const documents = split.documents.map((document) => ({
      ...document,
      labels: document.labels.filter((label) => label === 0),
    }));
    const { audit: one } = await audit({ ...split, taxonomy, documents });
    expect(one.classifier?.perLabel).toHaveLength(1);
    expect(one.classifier?.overall.unmasked?.value).toBe(one.classifier?.perLabel[0]?.unmasked?.value);
  });

  it('a label that the classifier does not have counts for nothing', async () => {
    const labels = [...split.taxonomy.labels, { id: 'new', name: 'Fictitious news' }];
    const taxonomy = { ...split.taxonomy, labels, index: new Map(labels.map(({ id }, at) => [id, at])) };
    const report = await audit({ ...split, taxonomy });
    expect(report.audit.classifier?.perLabel.at(-1)?.unmasked).toBeNull();
    expect(report.notes.join(' ')).toContain('The classifier does not have “Fictitious news”');
  });

  it.each(['Looking for labels’ words', 'Encoding masked documents', 'Training 1 of 5'])(
    'a cancelled audit ends while it is busy with: %s',
    async (phase) => {
      let isThere = false;
      const task = makeTask(
        (message) => (isThere ||= message.startsWith(phase)),
        () => isThere,
      );
      // Nothing of these texts is in the memory of the embedder, so they are encoded anew.
      const documents = whole.documents.map(({ patent, ...document }) => {
        const { title } = patent;
        const changed = title && { ...title, text: `${title.text} ${phase}` };
        return { ...document, patent: changed ? { ...patent, title: changed } : patent };
      });
      expect((await failureOf(audit(whole, { documents, task }))).code).toBe('cancelled');
    },
  );
});

describe('a masked prediction', () => {
  const TEXT =
    'Fictitious cochlear implant\n\nABSTRACT\n\nA cochlear implant stimulates the fictitious nerve; the cochlear implants have contacts.\n';
  const predict = (text: string) =>
    maskedPrediction({ path: 'open.txt', text }, split.taxonomy, split.classifier, embedder, quietTask);

  it('has both probabilities of every label that matters', async () => {
    const { id, masks, labels } = await predict(TEXT);
    expect(id).not.toBe('');
    expect(masks).toBe(3);
    const implant = labels.find((label) => label.id === 'cochlear-implant');
    expect(implant?.probability).toBeGreaterThan(implant?.masked ?? 1);
    for (const { probability, masked, threshold } of labels) {
      for (const value of [probability, masked, threshold]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });

  it('changes nothing where no label’s word stands', async () => {
    const text = TEXT.replaceAll(/cochlear implants?/gi, 'device');
    const { masks, labels } = await predict(text);
    expect(masks).toBe(0);
    for (const { probability, masked } of labels) expect(masked).toBe(probability);
  });

  it('leaves no word of any label, and the encoder’s own token in its place', () => {
    const matcher = new TermMatcher(split.taxonomy);
    for (const { patent } of split.documents) {
      const { text } = viewText(maskedForEncoder(patent, matcher), 'TAC');
      expect(matcher.scan(text)).toEqual([]);
      expect(text.includes(MASK_MARK)).toBe(matcher.scan(viewText(patent, 'TAC').text).length > 0);
    }
  });

  it('says what is wrong with a text that cannot be read', async () => {
    expect((await failureOf(predict(''))).code).toBe('file-empty');
  });
});
