/**
 * The head on an encoder as it is: its documents encoded, their words counted, and the labels' own texts beside them.
 * It is what *Train Classifier* stores, and where a fine-tuning begins.
 */
import { labelText, type Taxonomy } from '../../core/corpus/taxonomy.ts';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { trainHead, type TrainedHead } from '../../core/learning/head.ts';
import { fitVocabulary, tfidfOfText, type Vocabulary } from '../../core/learning/tfidf.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { onnxCompute } from '../onnx/compute.ts';
import type { Task } from '../task.ts';

export interface HeadRequest {
  readonly taxonomy: Taxonomy;
  readonly documents: readonly LabelledDocument[];
  /** What is read of each document. */
  readonly texts: readonly string[];
  readonly seed: number;
}

export interface FrozenHead {
  readonly head: TrainedHead;
  readonly vocabulary: Vocabulary;
}

export async function trainFrozenHead(
  { taxonomy: { labels }, documents, texts, seed }: HeadRequest,
  embedder: Embedder,
  task: Task,
): Promise<FrozenHead> {
  const labelTexts = labels.map(labelText);
  const labelEmbeddings = await embedder.embedAll(labelTexts, task, 'Reading the taxonomy');
  const embeddings = await embedder.embedAll(texts, task, 'Encoding labelled documents');
  const vocabulary = fitVocabulary(texts);
  const head = await trainHead(
    onnxCompute,
    {
      documents: documents.length,
      labels: labels.length,
      dimension: embedder.encoder.dimension,
      vocabulary: vocabulary.words.length,
      embeddings,
      words: texts.map((text) => tfidfOfText(text, vocabulary)),
      targets: documents.map((document) => document.labels),
      groups: documents.map((document) => document.group),
      labelEmbeddings,
      labelWords: labelTexts.map((text) => tfidfOfText(text, vocabulary)),
    },
    {
      seed,
      onProgress: async (message, share) => {
        await task.checkpoint();
        task.progress(message, Math.round(100 * share), 100);
      },
    },
  );
  return { head, vocabulary };
}
