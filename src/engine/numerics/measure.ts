/** The same texts through two encoders, in turns, so that a machine that slows down slows both. */
import { classifierLogits } from '../../core/learning/linear-classifier.ts';
import { fromLogOdds } from '../../core/learning/thresholds.ts';
import { tfidfOfText } from '../../core/learning/tfidf.ts';
import type { ModelOutputs } from '../../core/numerics/outputs.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Encoder } from '../encoder/encoder.ts';
import { isCancelled, type Task } from '../task.ts';
import { providerFailed } from './failure.ts';

export interface Measured {
  readonly outputs: ModelOutputs;
  readonly documentsPerSecond: number;
}

export interface MeasuredPair {
  readonly reference: Measured;
  readonly candidate: Measured;
}

/**
 * Nothing comes from a cache: what is measured is calculated.
 * @param name of the candidate, for its failures.
 * @throws PatentLabError `provider-failed` when the candidate fails on a text, and `cancelled`.
 */
export async function measurePair(
  texts: readonly string[],
  {
    reference,
    candidate,
    name,
  }: { readonly reference: Encoder; readonly candidate: Encoder; readonly name: string },
  classifier: StoredClassifier | undefined,
  task: Task,
): Promise<MeasuredPair> {
  const sides = [
    new Side(reference, classifier, texts.length),
    new Side(candidate, classifier, texts.length),
  ] as const;
  const [ours, theirs] = sides;
  const guarded = <T>(work: Promise<T>): Promise<T> =>
    work.catch((cause: unknown) => {
      throw isCancelled(cause) ? cause : providerFailed(name, cause);
    });
  // The first text of all compiles kernels and allocates memory, which is no throughput.
  const [first] = texts;
  if (first !== undefined) {
    await reference.encode(first, task);
    await guarded(candidate.encode(first, task));
  }
  for (const [row, text] of texts.entries()) {
    if (row % 8 === 0) task.progress('Encoding with both', row, texts.length);
    await task.checkpoint();
    await ours.add(row, text, task);
    await task.checkpoint();
    await guarded(theirs.add(row, text, task));
  }
  return { reference: ours.measured(), candidate: theirs.measured() };
}

class Side {
  readonly #encoder: Encoder;
  readonly #classifier: StoredClassifier | undefined;
  readonly #outputs: ModelOutputs;
  #milliseconds = 0;
  #texts = 0;

  constructor(encoder: Encoder, classifier: StoredClassifier | undefined, texts: number) {
    const labels = classifier?.description.labels.length ?? 0;
    this.#encoder = encoder;
    this.#classifier = classifier;
    this.#outputs = {
      embeddings: new Float32Array(texts * encoder.dimension),
      logits: new Float64Array(texts * labels),
      assigned: new Uint8Array(texts * labels),
    };
  }

  async add(row: number, text: string, task: Task): Promise<void> {
    const started = performance.now();
    const { embedding } = await this.#encoder.encode(text, task);
    this.#milliseconds += performance.now() - started;
    this.#texts++;
    this.#outputs.embeddings.set(embedding, row * embedding.length);
    if (!this.#classifier) return;
    const { model, vocabulary, description } = this.#classifier;
    const logits = classifierLogits(model, embedding, tfidfOfText(text, vocabulary));
    this.#outputs.logits.set(logits, row * logits.length);
    logits.forEach((logit, label) => {
      const threshold = description.labels[label]?.threshold ?? 1;
      this.#outputs.assigned[row * logits.length + label] = fromLogOdds(logit) >= threshold ? 1 : 0;
    });
  }

  measured(): Measured {
    return {
      outputs: this.#outputs,
      documentsPerSecond: this.#milliseconds === 0 ? 0 : (1000 * this.#texts) / this.#milliseconds,
    };
  }
}
