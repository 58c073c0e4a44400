/** One patent through one classifier: probabilities, what was read, and where each label came from. */
import { classifierLogits } from '../../core/learning/linear-classifier.ts';
import { fromLogOdds, logOdds } from '../../core/learning/thresholds.ts';
import { tfidf, wordOccurrences } from '../../core/learning/tfidf.ts';
import type { Patent } from '../../core/patent/model.ts';
import { viewText, type ViewText } from '../../core/patent/view.ts';
import type {
  Coverage,
  DocumentInfo,
  LabelPrediction,
  LabelStatus,
  Prediction,
} from '../../protocol/engine.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Embedder } from '../encoder/embedder.ts';
import type { Encoding, TokenEncoding } from '../encoder/encoder.ts';
import type { Attribution } from '../finetune/attribution.ts';
import { quietTask } from '../task.ts';
import { explain } from './explain.ts';

/** Odds under the threshold's by up to this factor (as log-odds, ln 3) count as borderline. [ours] */
export const BORDERLINE_MARGIN = Math.log(3);

/** A prediction with what its maker still needs: the embedding, for neighbours. */
export interface Classified {
  readonly prediction: Prediction;
  readonly embedding: Float32Array;
}

export interface ClassifyOptions {
  readonly evidence: boolean;
  /** Path as the caller knows the file. */
  readonly path: string;
  readonly partial?: boolean;
  /** Of the classifier's encoder, where its tokens have no shares of the logit. */
  readonly attribution?: Attribution | undefined;
}

export async function classifyPatent(
  patent: Patent,
  classifier: StoredClassifier,
  embedder: Embedder,
  options: ClassifyOptions,
  task = quietTask,
): Promise<Classified> {
  const started = performance.now();
  // A selection is read whatever the view: it is all there is of the document.
  const view = viewText(patent, options.partial ? 'abstract' : classifier.description.view);
  const occurrences = wordOccurrences(view.text, classifier.vocabulary);
  const words = tfidf(occurrences, classifier.vocabulary);
  // Evidence needs every token's state; without it the embedding may come from the cache. Where the first token's state
  // alone is the vector, no passage has a share of it, and only a gradient tells what it did.
  const isTold = embedder.encoder.spec.pooling === 'mean' || options.attribution !== undefined;
  const encoding: Encoding | TokenEncoding =
    options.evidence && isTold
      ? await embedder.encoder.encodeTokens(view.text, task)
      : { ...embedder.encoder.layout(view.text), embedding: await embedder.embed(view.text, task) };
  const logits = classifierLogits(classifier.model, encoding.embedding, words);
  const explained = hasShares(encoding)
    ? await explain({ view, classifier, encoding, occurrences, words, logits }, options.attribution, task)
    : undefined;
  const labels = classifier.description.labels
    .map((label, position): LabelPrediction => {
      const logit = logits[position] ?? 0;
      return {
        id: label.id,
        name: label.name,
        probability: fromLogOdds(logit),
        threshold: label.threshold,
        status: statusOf(logit, label.threshold),
        basis: label.basis,
        logit,
        ...explained?.perLabel(position),
      };
    })
    .sort((a, b) => b.probability - a.probability || (a.id < b.id ? -1 : 1));
  return {
    embedding: encoding.embedding,
    prediction: {
      document: documentInfo(patent, options),
      labels,
      coverage: coverageOf(patent, view, encoding),
      uncertainty: uncertaintyOf(labels),
      ...(explained ? { evidence: explained.evidence } : {}),
      elapsed: performance.now() - started,
    },
  };
}

export function statusOf(logit: number, threshold: number): LabelStatus {
  const away = logit - logOdds(threshold);
  if (away >= 0) return 'assigned';
  return away >= -BORDERLINE_MARGIN ? 'borderline' : 'rest';
}

/** 1 where some label's probability sits on its threshold, falling with the distance in log-odds. */
function uncertaintyOf(labels: readonly LabelPrediction[]): number {
  const nearest = Math.min(
    Infinity,
    ...labels.map((label) => Math.abs(label.logit - logOdds(label.threshold))),
  );
  return Math.exp(-nearest);
}

function documentInfo(patent: Patent, { path, partial = false }: ClassifyOptions): DocumentInfo {
  return {
    id: patent.id,
    path,
    index: patent.source.index,
    format: patent.format,
    office: patent.office,
    title: patent.title?.text ?? '',
    ...(patent.language === undefined ? {} : { language: patent.language }),
    span: patent.source.span,
    partial,
  };
}

function coverageOf(patent: Patent, view: ViewText, encoding: Encoding): Coverage {
  const sections = new Map<ViewText['parts'][number]['section'], number>();
  for (const part of view.parts) {
    sections.set(part.section, (sections.get(part.section) ?? 0) + part.passage.text.length);
  }
  const gaps = patent.gaps.map((gap) => gap.message);
  if (patent.language !== undefined && patent.language !== 'en') {
    gaps.push(`The document's language is “${patent.language}”; the encoder was made for English.`);
  }
  return {
    view: view.view,
    sections: [...sections].map(([section, characters]) => ({ section, characters })),
    missing: view.missing,
    tokens: encoding.read,
    windows: encoding.windows.length,
    cut: cutSections(view, encoding),
    gaps,
  };
}

/** What lies behind the last token that was read; empty for all but absurdly long documents. */
function cutSections(view: ViewText, { tokens, read }: Encoding): Coverage['cut'] {
  if (read >= tokens.ids.length) return [];
  const from = tokens.spans[2 * read] ?? view.text.length;
  return view.parts.flatMap((part) => {
    const end = part.start + part.passage.text.length;
    if (end <= from) return [];
    const characters = end - Math.max(from, part.start);
    return [
      { section: part.section, characters, reason: `only the first ${read} tokens of a document are read` },
    ];
  });
}

const hasShares = (encoding: Encoding | TokenEncoding): encoding is TokenEncoding => 'shares' in encoding;
