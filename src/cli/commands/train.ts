/** `train`: a classifier from labelled documents. */
import path from 'node:path';
import type { ErrorReport } from '../../core/errors.ts';
import { classifierInfo } from '../../engine/classifier/info.ts';
import { readDescription } from '../../engine/classifier/store.ts';
import { Engine } from '../../engine/engine.ts';
import { trainClassifier } from '../../engine/training/train-classifier.ts';
import type { ClassifierInfo, Interval } from '../../protocol/engine.ts';
import type { TrainCommand } from '../arguments/train.ts';
import { readTrainingFiles } from '../training-files.ts';
import { endProgress, note, noteProblems, print, printJson, terminalTask } from '../output.ts';

export async function trainCommand(command: TrainCommand): Promise<number> {
  const engine = new Engine({ warn: note });
  const info =
    command.source.kind === 'workspace'
      ? await trainWorkspace(engine, command, command.source)
      : await trainFiles(engine, command, command.source);
  endProgress();
  if (command.json) printJson(await trainingRecord(info));
  else print(trainingSummary(info));
  return 0;
}

async function trainWorkspace(
  engine: Engine,
  command: TrainCommand,
  { root, ifNeeded, restart }: Extract<TrainCommand['source'], { kind: 'workspace' }>,
): Promise<ClassifierInfo> {
  const { classifier, problems, decisionsSinceTraining } = await engine.summary({ root: path.resolve(root) });
  const isOfClassifier = ({ code }: ErrorReport): boolean =>
    code === 'classifier-stale' || code === 'classifier-invalid';
  noteProblems(problems.filter((problem) => !isOfClassifier(problem)));
  const isCurrent = classifier && decisionsSinceTraining === 0 && !problems.some(isOfClassifier);
  if (ifNeeded && isCurrent) return classifier;
  const { view, seed } = command;
  return engine.train({ root: path.resolve(root), view, seed, restart }, terminalTask());
}

async function trainFiles(
  engine: Engine,
  command: TrainCommand,
  source: Extract<TrainCommand['source'], { kind: 'files' }>,
): Promise<ClassifierInfo> {
  const { taxonomy, documents } = await readTrainingFiles(source);
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
export async function trainingRecord(info: ClassifierInfo): Promise<Record<string, unknown>> {
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

export function trainingSummary(info: ClassifierInfo): string {
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
