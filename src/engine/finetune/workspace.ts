/** *Train Classifier* of a workspace that asks for a fine-tuned encoder: its settings, its folder, and its report. */
import path from 'node:path';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import type { TunedFamily } from '../../core/corpus/workspace-config.ts';
import { PatentLabError, unreachable } from '../../core/errors.ts';
import { loraOf, type LoraSettings, type Method } from '../../core/learning/finetune/method.ts';
import { RECIPES, USUAL_LAYERS } from '../../core/learning/finetune/recipe.ts';
import type { FinetuneEstimate, FinetuneEvent, StepLoss } from '../../protocol/finetune.ts';
import type { ClassifierInfo } from '../../protocol/engine.ts';
import { classifierInfo } from '../classifier/info.ts';
import type { Embedder } from '../encoder/embedder.ts';
import type { ProviderGate } from '../numerics/gate.ts';
import { writeRun } from '../runs/write-run.ts';
import type { Task } from '../task.ts';
import { Turns } from '../turns.ts';
import type { TrainingRequest } from '../training/train-classifier.ts';
import { inWorkspaceWords } from '../workspace/wording.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { estimateFinetune } from './estimate.ts';
import { finetune } from './finetune.ts';
import { trainingFiles, trainingReport } from './report.ts';
import type { FinetuneRequest } from './request.ts';

export interface WorkspaceFinetuning {
  readonly workspace: Pick<Workspace, 'root' | 'config'>;
  /** As for the frozen family. */
  readonly request: TrainingRequest;
  /** Forget an interrupted training. */
  readonly restart: boolean;
  /** Lets an accelerator make the steps. */
  readonly gate: ProviderGate;
  /** Of the encoder in a folder. */
  readonly embedderOf: (base: string) => Promise<Embedder>;
}

interface MethodSettings extends LoraSettings {
  readonly layers?: number | undefined;
}

interface Settled {
  readonly family: TunedFamily;
  readonly request: FinetuneRequest;
  readonly embedder: Embedder;
}

/** By the classifier's folder. */
const turns = new Turns();

/** @param onKnown told what is known before any step is measured, which takes a while */
export const estimateWorkspace = (
  asked: WorkspaceFinetuning,
  task: Task,
  onKnown: (estimate: FinetuneEstimate) => void,
): Promise<FinetuneEstimate> =>
  inWorkspaceWords('training', asked.workspace.root, () =>
    turns.beside(asked.request.folder, async () => {
      const { family, request, embedder } = await settled(asked);
      const { estimate, measure } = await estimateFinetune(family, request, embedder, task);
      if (estimate.memory > estimate.free) return estimate;
      onKnown(estimate);
      return { ...estimate, seconds: await measure(task) };
    }),
  );

export const finetuneWorkspace = (
  asked: WorkspaceFinetuning,
  task: Task,
  onEvent: (event: FinetuneEvent) => void,
): Promise<ClassifierInfo> =>
  inWorkspaceWords('training', asked.workspace.root, () =>
    turns.take(asked.request.folder, () => finetuneIn(asked, task, onEvent)),
  );

async function finetuneIn(
  asked: WorkspaceFinetuning,
  task: Task,
  onEvent: (event: FinetuneEvent) => void,
): Promise<ClassifierInfo> {
  const started = performance.now();
  const { family, request, embedder } = await settled(asked);
  const { estimate: setup } = await estimateFinetune(family, request, embedder, task);
  const losses: StepLoss[] = [];
  const result = await finetune(
    {
      ...request,
      onEvent: (event) => {
        // Its panel was told by the estimate.
        if (event.kind === 'plan') return;
        if (event.kind === 'step' && event.stage === 'choosing')
          losses.push({ step: event.step, loss: event.loss });
        onEvent(event);
      },
    },
    embedder,
    task,
  );
  const info = classifierInfo(result.classifier.folder, result.classifier.description);
  const seconds = (performance.now() - started) / 1000;
  const report = trainingReport(info, setup, result, losses, seconds);
  await writeRun(asked.workspace.root, 'training', report.createdAt, trainingFiles(report));
  return info;
}

async function settled({
  workspace,
  request,
  restart,
  gate,
  embedderOf,
}: WorkspaceFinetuning): Promise<Settled> {
  const { family, base, epochs, batch, patience, certainty, rate, ...settings } = workspace.config.training;
  if (family === 'frozen') throw new Error('a frozen encoder is not fine-tuned');
  if (base === undefined) throw noBase(workspace.root);
  const folder = path.resolve(workspace.root, base);
  const method = methodOf(family, settings);
  const usual = RECIPES[method.kind];
  return {
    family,
    embedder: await embedderOf(folder),
    request: {
      ...request,
      method,
      rate: rate ?? usual.rate,
      headRate: usual.headRate,
      epochs: epochs ?? usual.epochs,
      batch: batch ?? usual.batch,
      ...(patience === undefined ? {} : { patience }),
      ...(certainty === undefined ? {} : { certainty }),
      base: folder,
      restart,
      gate,
    },
  };
}

/** How a family of classifiers trains its encoder. @param settings those of other families do not count */
export function methodOf(family: TunedFamily, settings: MethodSettings = {}): Method {
  switch (family) {
    case 'lora':
      return loraOf(settings);
    case 'last-k':
      return { kind: 'last-k', layers: settings.layers ?? USUAL_LAYERS };
    case 'full':
      return { kind: 'full' };
    default:
      return unreachable(family);
  }
}

const noBase = (root: string): PatentLabError =>
  new PatentLabError({
    code: 'settings-invalid',
    message: `${WORKSPACE_CONFIG_FILE} asks for a fine-tuned encoder and does not say which: training.base is missing.`,
    remedy:
      'Choose the folder of an encoder in single precision ("Patent Lab: Choose What Is Trained"), or set training.base.',
    place: { file: path.join(root, WORKSPACE_CONFIG_FILE) },
  });
