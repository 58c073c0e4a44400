/** `finetune`: a classifier whose encoder is trained too. */
import path from 'node:path';
import { classifierInfo } from '../../engine/classifier/info.ts';
import type { Embedder } from '../../engine/encoder/embedder.ts';
import { copyEncoder } from '../../engine/encoder/copy.ts';
import { Engine } from '../../engine/engine.ts';
import { finetune, type FinetuneResult } from '../../engine/finetune/finetune.ts';
import { ProviderGate } from '../../engine/numerics/gate.ts';
import { trainClassifier, type TrainingRequest } from '../../engine/training/train-classifier.ts';
import type { ClassifierInfo } from '../../protocol/engine.ts';
import type { FinetuneCommand } from '../arguments/finetune.ts';
import { endProgress, note, print, printJson, terminalTask } from '../output.ts';
import { trainingRecord, trainingSummary } from './train.ts';
import { readTrainingFiles } from '../training-files.ts';
import { notePlan } from '../training-plan.ts';

export async function finetuneCommand(command: FinetuneCommand): Promise<number> {
  const gate = new ProviderGate({ choice: command.provider });
  const engine = new Engine({ warn: note });
  const folder = path.resolve(command.out);
  const name = path.basename(folder);
  const base = path.resolve(command.base);
  const { taxonomy, documents } = await readTrainingFiles(command);
  const embedder = await engine.baseEmbedder(base, folder);
  const { method } = command;
  if (method.kind === 'head') {
    const info = await headOn(base, { ...command, name, taxonomy, documents, folder }, embedder);
    endProgress();
    if (command.json) printJson(await trainingRecord(info));
    else print(trainingSummary(info));
    return 0;
  }
  const result = await finetune(
    { ...command, name, method, taxonomy, documents, base, folder, gate, onEvent: notePlan },
    embedder,
    terminalTask(),
  );
  endProgress();
  if (command.json) printJson(finetuneRecord(result));
  else print(summary(result));
  return 0;
}

/** Only a head on the frozen encoder, which is put beside it, so that the folder is complete. */
async function headOn(base: string, request: TrainingRequest, embedder: Embedder): Promise<ClassifierInfo> {
  const { folder } = request;
  await copyEncoder(base, folder);
  const trained = await trainClassifier({ ...request, encoder: folder }, embedder, terminalTask());
  return classifierInfo(folder, trained.description);
}

function finetuneRecord({ classifier, ...trained }: FinetuneResult): Record<string, unknown> {
  const { description, folder } = classifier;
  const { method } = description.finetuned ?? {};
  return {
    out: folder,
    method,
    documents: description.training.documents,
    metrics: description.metrics ?? null,
    threshold: description.thresholds.global,
    history: trained.history,
    bestEpoch: trained.bestEpoch,
    certainty: trained.certainty ?? null,
    steps: trained.steps,
    resumed: trained.resumed,
    diverged: trained.diverged ?? null,
    provider: trained.decision ?? null,
    seconds: description.training.seconds,
    notes: description.notes,
  };
}

function summary({ classifier, history, bestEpoch, steps, resumed, decision }: FinetuneResult): string {
  const { description, folder } = classifier;
  return [
    `Classifier: ${folder}`,
    `  ${description.labels.length} labels, ${description.training.documents} documents, ${steps} steps${resumed > 0 ? ` (${resumed} of them before it was interrupted)` : ''}`,
    ...(decision ? [`  provider: ${decision.reason}`] : []),
    ...history.map(
      ({ epoch, loss, averagePrecision, microF1 }) =>
        `  epoch ${epoch}: ${loss === undefined ? '' : `loss ${loss.toFixed(4)}, `}validation micro-AP ${averagePrecision.toFixed(3)}, micro-F1 ${microF1.toFixed(3)}${epoch === bestEpoch ? '  ← kept' : ''}`,
    ),
    ...description.notes.map((line) => `  note: ${line}`),
  ].join('\n');
}
