/** How a fine-tuning of a workspace went, as the files of a run. */
import type { EpochScores, FinetuneEstimate, StepLoss, TrainingReport } from '../../protocol/finetune.ts';
import { TRAINING_FORMAT, TRAINING_VERSION } from '../../protocol/finetune.ts';
import type { ClassifierInfo } from '../../protocol/engine.ts';
import { runtimeVersion } from '../onnx/runtime.ts';
import { VERSION } from '../version.ts';
import type { FinetuneResult } from './finetune.ts';

export function trainingReport(
  classifier: ClassifierInfo,
  setup: FinetuneEstimate,
  { history, bestEpoch, steps, resumed }: FinetuneResult,
  losses: readonly StepLoss[],
  seconds: number,
): TrainingReport {
  return {
    format: TRAINING_FORMAT,
    version: TRAINING_VERSION,
    createdAt: new Date().toISOString(),
    patentLab: VERSION,
    onnxruntime: runtimeVersion(),
    classifier,
    setup,
    losses,
    history,
    bestEpoch,
    steps,
    resumed,
    seconds,
    conclusion: conclusionOf(history, bestEpoch),
    notes: classifier.notes,
  };
}

function conclusionOf(history: readonly EpochScores[], bestEpoch: number): string {
  const scores = (epoch: number): string => {
    const found = history.find((one) => one.epoch === epoch);
    return found
      ? `micro average precision ${found.averagePrecision.toFixed(3)}, micro-F1 ${found.microF1.toFixed(3)}`
      : 'nothing known';
  };
  const highest = history.reduce((best, one) => (one.averagePrecision > best.averagePrecision ? one : best));
  if (bestEpoch === 0 && highest.epoch > 0)
    return `Epoch ${highest.epoch} was best on the documents held out (${scores(highest.epoch)}; before training ${scores(0)}), but not beyond chance: the frozen encoder is kept.`;
  return bestEpoch === 0
    ? `No epoch was better on the documents held out than the frozen encoder (${scores(0)}), which is kept.`
    : `Epoch ${bestEpoch} was best on the documents held out: ${scores(bestEpoch)}; before training ${scores(0)}.`;
}

/** The JSON comes last: where it stands, the others do. */
export const trainingFiles = (report: TrainingReport): Readonly<Record<string, string>> => ({
  'report.md': markdown(report),
  'report.csv': csv(report),
  'report.json': `${JSON.stringify(report, undefined, 1)}\n`,
});

function markdown({
  classifier,
  setup,
  history,
  bestEpoch,
  conclusion,
  notes,
  ...run
}: TrainingReport): string {
  return [
    `# Training of “${classifier.name}”`,
    '',
    conclusion,
    '',
    `- ${run.createdAt}, Patent Lab ${run.patentLab}, ONNX Runtime ${run.onnxruntime}, ${run.seconds.toFixed(0)} s, ${run.steps} steps`,
    `- ${setup.family} of ${setup.encoder}: ${setup.trained} trained numbers, batches of ${setup.batch}`,
    `- ${setup.documents} documents, ${setup.held} of them held out to choose the epoch; ${setup.labels} labels`,
    '',
    '| epoch | loss | micro average precision | micro-F1 | |',
    '|---:|---:|---:|---:|---|',
    ...history.map(
      ({ epoch, loss, averagePrecision, microF1 }) =>
        `| ${epoch} | ${loss?.toFixed(4) ?? ''} | ${averagePrecision.toFixed(4)} | ${microF1.toFixed(4)} | ${epoch === bestEpoch ? 'kept' : ''} |`,
    ),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}

const csv = ({ history, bestEpoch }: TrainingReport): string =>
  [
    'epoch,loss,micro average precision,micro-F1,kept',
    ...history.map(({ epoch, loss, averagePrecision, microF1 }) =>
      [epoch, loss ?? '', averagePrecision, microF1, epoch === bestEpoch].join(','),
    ),
    '',
  ].join('\n');
