/** `train`: a classifier from labelled documents. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseTaxonomy } from '../../core/corpus/taxonomy.ts';
import { PatentLabError, type ErrorReport } from '../../core/errors.ts';
import { classifierInfo } from '../../engine/classifier/info.ts';
import { readDescription } from '../../engine/classifier/store.ts';
import { Engine } from '../../engine/engine.ts';
import { readError } from '../../engine/files/errors.ts';
import { expandPath } from '../../engine/files/read-documents.ts';
import { trainClassifier } from '../../engine/training/train-classifier.ts';
import { readLabelledDocuments } from '../../engine/workspace/records.ts';
import type { ClassifierInfo, Interval } from '../../protocol/engine.ts';
import type { TrainCommand } from '../arguments/train.ts';
import { endProgress, note, noteProblems, print, printJson, terminalTask } from '../output.ts';

export async function trainCommand(command: TrainCommand): Promise<number> {
  const engine = new Engine({ warn: note });
  const info =
    command.source.kind === 'workspace'
      ? await trainWorkspace(engine, command, command.source)
      : await trainFiles(engine, command, command.source);
  endProgress();
  if (command.json) printJson(await trainingRecord(info));
  else print(summary(info));
  return 0;
}

async function trainWorkspace(
  engine: Engine,
  command: TrainCommand,
  { root, ifNeeded }: { readonly root: string; readonly ifNeeded: boolean },
): Promise<ClassifierInfo> {
  const { classifier, problems, decisionsSinceTraining } = await engine.summary({ root: path.resolve(root) });
  const isOfClassifier = ({ code }: ErrorReport): boolean =>
    code === 'classifier-stale' || code === 'classifier-invalid';
  noteProblems(problems.filter((problem) => !isOfClassifier(problem)));
  const isCurrent = classifier && decisionsSinceTraining === 0 && !problems.some(isOfClassifier);
  if (ifNeeded && isCurrent) return classifier;
  return engine.train({ root: path.resolve(root), view: command.view, seed: command.seed }, terminalTask());
}

async function trainFiles(
  engine: Engine,
  command: TrainCommand,
  source: Extract<TrainCommand['source'], { kind: 'files' }>,
): Promise<ClassifierInfo> {
  const text = await readFile(source.taxonomy, 'utf8').catch((cause: unknown) => {
    throw readError(source.taxonomy, cause);
  });
  const taxonomy = parseTaxonomy(text, source.taxonomy);
  const problems: PatentLabError[] = [];
  const files = (await Promise.all(source.corpora.map(expandPath))).flat();
  const all = await readLabelledDocuments(files, taxonomy, problems);
  noteProblems(problems);
  const documents = source.split === undefined ? all : all.filter(({ split }) => split === source.split);
  const chosen = new Set(documents);
  const others = new Set(all.filter((document) => !chosen.has(document)).map(({ group }) => group));
  const shared = documents.filter(({ group }) => others.has(group));
  if (shared.length > 0) {
    note(
      `${shared.length} training documents share a family or text with documents of another split (${shared
        .slice(0, 5)
        .map(({ patent }) => patent.id)
        .join(', ')}${shared.length > 5 ? ', …' : ''}): a test on that split will flatter the classifier.`,
    );
  }
  if (documents.length === 0) {
    throw new PatentLabError({
      code: 'corpus-unlabelled',
      message: `There is no labelled document${source.split === undefined ? '' : ` of split "${source.split}"`} in ${source.corpora.join(', ')}.`,
      remedy: 'Give each record a "labels" list with ids of the taxonomy, or choose another --split.',
    });
  }
  const folder = path.resolve(source.out);
  const { description } = await trainClassifier(
    {
      taxonomy,
      documents,
      view: command.view,
      seed: command.seed,
      folder,
      name: path.basename(folder),
    },
    await engine.embedder(folder),
    terminalTask(),
  );
  return classifierInfo(folder, description);
}

/** What `--json` prints on its last line. */
async function trainingRecord(info: ClassifierInfo): Promise<Record<string, unknown>> {
  const { training: all, thresholds, labels } = await readDescription(info.path);
  // Thousands of hashes help nobody who reads this line.
  const training = Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'groupKeys'));
  return {
    out: info.path,
    encoder: info.encoder,
    view: info.view,
    documents: info.documents,
    labels: labels.length,
    metrics: info.metrics ?? null,
    threshold: thresholds.global,
    training,
    few: info.few,
    zeroShot: info.zeroShot.map(({ id }) => id),
    notes: info.notes,
  };
}

function summary(info: ClassifierInfo): string {
  const interval = ({ value, low, high }: Interval): string =>
    `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
  return [
    `Classifier: ${info.path}`,
    `  ${info.labels} labels, ${info.documents} documents, ${info.encoder}, view ${info.view}`,
    info.metrics
      ? `  out-of-fold: micro-F1 ${interval(info.metrics.microF1)}, macro-F1 ${interval(info.metrics.macroF1)}, micro-AP ${interval(info.metrics.microAP)}`
      : '  not validated (see the notes)',
    ...(info.few.length > 0
      ? [`  too few examples: ${info.few.map(({ name, positives }) => `${name} (${positives})`).join(', ')}`]
      : []),
    ...(info.zeroShot.length > 0
      ? [`  no example, judged by their text alone: ${info.zeroShot.map(({ name }) => name).join(', ')}`]
      : []),
    ...info.notes.map((line) => `  note: ${line}`),
  ].join('\n');
}
