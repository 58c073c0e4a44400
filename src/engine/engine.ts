/**
 * The engine: what the extension's host and the command line both call. It owns the encoder, the caches and the
 * loaded classifiers; everything it knows of a workspace is read from disk, so that a restart loses nothing.
 */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findDecision } from '../core/corpus/decision-keys.ts';
import { decisionSchema, formatDecision } from '../core/corpus/decisions.ts';
import { DECISIONS_FILE } from '../core/corpus/workspace-files.ts';
import { toErrorReport } from '../core/errors.ts';
import type { View } from '../core/patent/view.ts';
import {
  PROTOCOL_VERSION,
  type ClassifierInfo,
  type ClassifyOutcome,
  type ClassifyParams,
  type ClassifyResult,
  type DecideParams,
  type DecideResult,
  type Decision,
  type HelloParams,
  type HelloResult,
  type Prediction,
  type TrainParams,
  type WorkspaceParams,
  type WorkspaceSummary,
} from '../protocol/engine.ts';
import type {
  ExportClassifierParams,
  ExportedClassifier,
  ExportLayout,
} from '../protocol/classifier-export.ts';
import type { FinetuneEstimate, FinetuneEvent } from '../protocol/finetune.ts';
import { EmbeddingCache } from './cache/embedding-cache.ts';
import { classifyPatent } from './classification/classify.ts';
import {
  buildNeighbourIndex,
  isIndexOf,
  nearestNeighbours,
  type NeighbourIndex,
} from './classification/neighbours.ts';
import { expandTargets, readTarget, type TargetOutcome } from './classification/targets.ts';
import { ownEncoder, requireEncoder, sourceAt, type EncoderSource } from './classifier/encoder-source.ts';
import { classifierInfo } from './classifier/info.ts';
import { CLASSIFIER_FILE, type ClassifierDescription } from './classifier/format.ts';
import { loadClassifier, readDescription, type StoredClassifier } from './classifier/store.ts';
import { Embedder } from './encoder/embedder.ts';
import { Encoder } from './encoder/encoder.ts';
import { encoderName, readEncoderSpec } from './encoder/spec.ts';
import { exportClassifier } from './export/export.ts';
import { appendLines } from './files/write.ts';
import { openAttribution, type Attribution } from './finetune/attribution.ts';
import { ProviderGate } from './numerics/gate.ts';
import { estimateWorkspace, finetuneWorkspace, type WorkspaceFinetuning } from './finetune/workspace.ts';
import { runtimeVersion, THREADS } from './onnx/runtime.ts';
import { isCancelled, quietTask, type Task } from './task.ts';
import { trainClassifier } from './training/train-classifier.ts';
import { VERSION } from './version.ts';
import { summarise } from './workspace/summary.ts';
import { inWorkspaceWords } from './workspace/wording.ts';
import {
  cacheFolder,
  classifierFolder,
  noTaxonomy,
  openWorkspace,
  sameDocument,
  trainingDocuments,
  type Workspace,
  workspacePath,
} from './workspace/workspace.ts';

export const DEFAULT_SEED = 1;
const DEFAULT_VIEW: View = 'TAC';
const DEFAULT_ENCODER = 'all-MiniLM-L6-v2-int8';

export interface EngineOptions {
  /** Folder that holds the encoders; by default the one beside the bundle. */
  readonly encoders?: string;
  readonly warn: (message: string) => void;
  /** What encoders may run on. Default: the CPU. */
  readonly gate?: ProviderGate;
}

export class Engine {
  /** What decides where encoders run. */
  readonly gate: ProviderGate;
  readonly #encoderFolder: string;
  readonly #warn: (message: string) => void;
  readonly #embedders = new Map<string, Promise<Embedder>>();
  readonly #classifiers = new Map<
    string,
    { readonly stamp: string; readonly classifier: StoredClassifier }
  >();
  /** Encoders in folders, by folder and specification. */
  readonly #encoders = new Map<string, Promise<Encoder>>();
  /** Encoders that were fine-tuned to classifiers, by the classifier's folder. */
  readonly #own = new Map<string, { readonly sha256: string; readonly encoder: Promise<Encoder> }>();
  readonly #attributions = new Map<
    string,
    { readonly sha256: string; readonly attribution: Promise<Attribution | undefined> }
  >();
  readonly #neighbours = new Map<string, NeighbourIndex>();
  #encoder: Promise<Encoder> | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: EngineOptions) {
    this.#encoderFolder = path.join(options.encoders ?? defaultEncoders(), DEFAULT_ENCODER);
    this.#warn = options.warn;
    this.gate = options.gate ?? new ProviderGate();
  }

  async hello({ provider }: HelloParams = {}): Promise<HelloResult> {
    if (provider !== undefined) this.gate.choice = provider;
    return {
      protocol: PROTOCOL_VERSION,
      version: VERSION,
      pid: process.pid,
      onnxruntime: runtimeVersion(),
      encoder: encoderName(await readEncoderSpec(this.#encoderFolder)),
      provider: 'cpu',
      threads: THREADS,
    };
  }

  async summary({ root, targetCount }: WorkspaceParams): Promise<WorkspaceSummary> {
    const workspace = await openWorkspace(root);
    const description = existsSync(path.join(classifierFolder(workspace), CLASSIFIER_FILE))
      ? await readDescription(classifierFolder(workspace)).catch((cause: unknown) => toErrorReport(cause))
      : undefined;
    return summarise(workspace, description, targetCount);
  }

  async train(
    params: TrainParams,
    task: Task,
    onEvent: (event: FinetuneEvent) => void = () => undefined,
  ): Promise<ClassifierInfo> {
    const training = await this.#training(params, task);
    if (training.workspace.config.training.family !== 'frozen')
      return finetuneWorkspace(training, task, onEvent);
    const { folder, description } = await this.#trainHead(training, task);
    return classifierInfo(folder, description);
  }

  /** On the encoder that the workspace names, or on the built-in one. */
  async #trainHead(
    { workspace: { root, config }, request }: WorkspaceFinetuning,
    task: Task,
  ): Promise<StoredClassifier> {
    const { base } = config.training;
    if (base === undefined) return trainClassifier(request, await this.embedder(root), task);
    const encoder = path.resolve(root, base);
    return inWorkspaceWords('training', root, async () =>
      trainClassifier({ ...request, encoder }, await this.baseEmbedder(encoder, root), task),
    );
  }

  /** What fine-tuning would take, where the workspace asks for it. */
  async estimateFinetune(
    params: TrainParams,
    task: Task,
    onKnown: (estimate: FinetuneEstimate) => void = () => undefined,
  ): Promise<FinetuneEstimate> {
    return estimateWorkspace(await this.#training(params, task), task, onKnown);
  }

  async #training({ root, view, seed, restart }: TrainParams, task: Task): Promise<WorkspaceFinetuning> {
    const asOf = new Date().toISOString();
    task.progress('Reading labelled documents');
    const workspace = await openWorkspace(root);
    const { taxonomy } = workspace;
    if (!taxonomy) throw noTaxonomy(workspace);
    return {
      workspace,
      request: {
        taxonomy,
        documents: trainingDocuments(workspace),
        view: view === undefined || view === 'auto' ? DEFAULT_VIEW : view,
        seed: seed ?? DEFAULT_SEED,
        folder: classifierFolder(workspace),
        name: workspace.config.classifier,
        asOf,
      },
      restart: restart === true,
      gate: this.gate,
      embedderOf: (base) => this.baseEmbedder(base, root),
    };
  }

  async classify(
    params: ClassifyParams,
    task: Task,
    onOutcome: (outcome: ClassifyOutcome) => void,
  ): Promise<Omit<ClassifyResult, 'outcomes'>> {
    const workspace = await openWorkspace(params.root);
    const classifier = await this.classifier(classifierFolder(workspace));
    const embedder = await this.embedderOf(classifier, params.root);
    const attribution = params.evidence ? await this.attributionOf(classifier) : undefined;
    const neighbours =
      params.neighbours > 0 ? await this.#neighbourIndex(workspace, classifier, embedder, task) : undefined;
    const counts = { classified: 0, failed: 0 };
    const report = (outcome: ClassifyOutcome): void => {
      counts[outcome.kind]++;
      onOutcome(outcome);
    };
    const { tables } = workspace.config;
    const targets = await expandTargets(params.targets);
    for (const [position, target] of targets.entries()) {
      task.progress('Classifying', position, targets.length);
      const outcomes: AsyncIterable<TargetOutcome> | readonly TargetOutcome[] =
        'kind' in target ? [target] : readTarget(target, { tables });
      for await (const outcome of outcomes) {
        await task.checkpoint();
        if (outcome.kind === 'failure') {
          report({ kind: 'failed', path: outcome.path, index: outcome.index, error: outcome.error.report() });
          continue;
        }
        try {
          const { prediction, embedding } = await classifyPatent(
            outcome.patent,
            classifier,
            embedder,
            { evidence: params.evidence, path: outcome.path, partial: outcome.partial, attribution },
            task,
          );
          const nearest =
            neighbours &&
            nearestNeighbours(
              neighbours,
              embedding,
              sameDocument(workspace.root, outcome.patent.id, outcome.path),
              params.neighbours,
            );
          report({
            kind: 'classified',
            prediction: withDecisions(
              { ...prediction, ...(nearest ? { neighbours: nearest } : {}) },
              workspace,
            ),
          });
        } catch (cause) {
          if (isCancelled(cause)) throw cause;
          const index = outcome.patent.source.index;
          report({ kind: 'failed', path: outcome.path, index, error: toErrorReport(cause) });
        }
      }
    }
    await embedder.flush();
    return counts;
  }

  /** Appends to `labels.jsonl`; writes are queued, so that two decisions never interleave. */
  decide({ root, document, accepted, rejected }: DecideParams): Promise<DecideResult> {
    const write = async (): Promise<DecideResult> => {
      const decision = decisionSchema.parse({
        id: document.id,
        labels: [...accepted],
        rejected: [...rejected],
        path: workspacePath(root, document.path),
        at: new Date().toISOString(),
      });
      await appendLines(path.join(root, DECISIONS_FILE), formatDecision(decision));
      const { decisionsSinceTraining } = await this.summary({ root });
      return { decisionsSinceTraining };
    };
    const result = this.#writing.then(write, write);
    this.#writing = result;
    return result;
  }

  encoder(): Promise<Encoder> {
    this.#encoder ??= this.gate
      .open((provider) => Encoder.load(this.#encoderFolder, { provider }))
      .catch((cause: unknown) => {
        this.#encoder = undefined;
        throw cause;
      });
    return this.#encoder;
  }

  /** Where a classifier's encoder lies, and how it is loaded onto a provider, past the gate. */
  encoderSource({ folder, description }: Pick<StoredClassifier, 'folder' | 'description'>): EncoderSource {
    return ownEncoder(folder, description) ?? this.defaultEncoder();
  }

  /** The same of the one that comes with the extension. */
  defaultEncoder(): EncoderSource {
    return sourceAt(this.#encoderFolder);
  }

  /** With a workspace the embeddings are cached in it; without one, in memory. */
  embedder(root: string | undefined): Promise<Embedder> {
    const key = root ?? '';
    return this.#remembered(key, () => this.encoder(), root);
  }

  /** Of the encoder that a classifier was trained with or fine-tuned to. */
  embedderOf({ folder, description }: StoredClassifier, root: string | undefined): Promise<Embedder> {
    const own = ownEncoder(folder, description);
    if (!own) return this.embedder(root);
    if (!description.finetuned) return this.#embedderAt(own, root);
    const key = JSON.stringify([root ?? '', description.encoder.sha256]);
    return this.#remembered(key, () => this.#encoderOf(folder, description), root);
  }

  /** For evidence that needs a gradient; undefined where it does not, or where none can be had. */
  async attributionOf(classifier: StoredClassifier): Promise<Attribution | undefined> {
    const { folder, description } = classifier;
    const { sha256 } = description.encoder;
    const known = this.#attributions.get(folder);
    if (known?.sha256 === sha256) return known.attribution;
    const opened = openAttribution(classifier, this.encoderSource(classifier).folder);
    this.#attributions.set(folder, { sha256, attribution: opened });
    opened.catch(() => this.#attributions.delete(folder));
    await (await known?.attribution?.catch(() => undefined))?.release();
    return opened;
  }

  /** Of an encoder folder of the caller's choice. */
  baseEmbedder(base: string, root: string): Promise<Embedder> {
    return this.#embedderAt(sourceAt(base), root);
  }

  async #embedderAt(source: EncoderSource, root: string | undefined): Promise<Embedder> {
    const key = JSON.stringify([root ?? '', await encoderKey(source)]);
    return this.#remembered(key, () => this.#encoderAt(source), root);
  }

  async #encoderAt(source: EncoderSource): Promise<Encoder> {
    const key = await encoderKey(source);
    const known = this.#encoders.get(key);
    if (known) return known;
    const loaded = this.gate.open(source.load);
    this.#encoders.set(key, loaded);
    loaded.catch(() => this.#encoders.delete(key));
    return loaded;
  }

  #remembered(key: string, load: () => Promise<Encoder>, root: string | undefined): Promise<Embedder> {
    const known = this.#embedders.get(key);
    if (known) return known;
    const made = load().then(async (encoder) => {
      const folder = root === undefined ? undefined : cacheFolder(root);
      const cached = { sha256: encoder.identity, dimension: encoder.dimension };
      return new Embedder(encoder, await EmbeddingCache.open(folder, cached, this.#warn));
    });
    this.#embedders.set(key, made);
    made.catch(() => this.#embedders.delete(key));
    return made;
  }

  async #encoderOf(folder: string, description: ClassifierDescription): Promise<Encoder> {
    const own = ownEncoder(folder, description);
    if (!own) return this.encoder();
    if (!description.finetuned) {
      requireEncoder(own, folder);
      return this.#encoderAt(own);
    }
    const { sha256 } = description.encoder;
    const known = this.#own.get(folder);
    if (known?.sha256 === sha256) return known.encoder;
    const loaded = this.gate.open(own.load);
    this.#own.set(folder, { sha256, encoder: loaded });
    loaded.catch(() => this.#own.delete(folder));
    return loaded;
  }

  /** Loaded once; again when the folder was trained anew. */
  async classifier(folder: string): Promise<StoredClassifier> {
    const stamp = await stat(path.join(folder, CLASSIFIER_FILE)).then(
      (information) => `${information.mtimeMs}:${information.size}`,
      () => '',
    );
    const known = this.#classifiers.get(folder);
    if (known && stamp !== '' && known.stamp === stamp) return known.classifier;
    const { spec } = await this.#encoderOf(folder, await readDescription(folder));
    const classifier = await loadClassifier(folder, spec);
    this.#classifiers.set(folder, { stamp, classifier });
    return classifier;
  }

  /** @param model folder of the classifier @throws as the export does */
  async exportClassifier(
    model: string,
    folder: string,
    layout: ExportLayout,
    task: Task = quietTask,
  ): Promise<ExportedClassifier> {
    const description = await readDescription(model);
    const encoder = this.encoderSource({ folder: model, description }).folder;
    return exportClassifier({ model, encoder, folder, layout }, task);
  }

  /** The same of a workspace's own. */
  async exportWorkspaceClassifier(
    { root, folder, layout }: ExportClassifierParams,
    task: Task,
  ): Promise<ExportedClassifier> {
    return this.exportClassifier(classifierFolder(await openWorkspace(root)), folder, layout, task);
  }

  async #neighbourIndex(
    workspace: Workspace,
    classifier: StoredClassifier,
    embedder: Embedder,
    task: Task,
  ): Promise<NeighbourIndex> {
    const { view } = classifier.description;
    const { documents, root } = workspace;
    const names = workspace.taxonomy?.labels.map((label) => label.name) ?? [];
    const known = this.#neighbours.get(root);
    if (known && isIndexOf(known, documents, names, view, embedder.encoder.identity)) return known;
    const index = await buildNeighbourIndex(documents, names, view, embedder, task);
    this.#neighbours.set(root, index);
    return index;
  }
}

/**
 * Adds what the analyst decided. A corpus record's own labels count as accepted until she decides otherwise, so that
 * a decision on one label never loses the others.
 */
function withDecisions(prediction: Prediction, workspace: Workspace): Prediction {
  const { id, path: file } = prediction.document;
  const decision = findDecision(workspace.decisions, id, workspacePath(workspace.root, file));
  const labels = workspace.taxonomy?.labels ?? [];
  const isThis = sameDocument(workspace.root, id, file);
  const known = decision ? undefined : workspace.documents.find(({ patent }) => isThis(patent));
  const accepted = new Set(decision?.labels ?? known?.labels.map((label) => labels[label]?.id ?? ''));
  const rejected = new Set(decision?.rejected ?? []);
  const decisionOn = (label: string): Decision | undefined => {
    if (accepted.has(label)) return 'accepted';
    return rejected.has(label) ? 'rejected' : undefined;
  };
  const predicted = new Set(prediction.labels.map((label) => label.id));
  const decided = [...accepted, ...rejected].flatMap((label) => {
    const on = decisionOn(label);
    if (predicted.has(label) || on === undefined) return [];
    return [{ id: label, name: labels.find((one) => one.id === label)?.name ?? label, decision: on }];
  });
  return {
    ...prediction,
    labels: prediction.labels.map((label) => {
      const on = decisionOn(label.id);
      return on === undefined ? label : { ...label, decision: on };
    }),
    ...(decided.length > 0 ? { decided } : {}),
  };
}

/** Another encoder may take the place of one in a folder. */
const encoderKey = async ({ folder }: EncoderSource): Promise<string> =>
  JSON.stringify([folder, await readEncoderSpec(folder)]);

/** `encoders` stands beside `dist` both in a checkout and in the installed extension. */
function defaultEncoders(): string {
  return path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'encoders');
}
