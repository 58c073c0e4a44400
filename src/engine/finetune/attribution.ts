/** What each word of a text does to a label, where that takes a gradient: a backward pass for each window. */
import { result, type Executable } from '../../core/graph/compute.ts';
import { importEncoder } from '../../core/graph/import/encoder.ts';
import { readModel, type ModelSource } from '../../core/graph/import/model.ts';
import { bucketLengths } from '../../core/learning/finetune/batches.ts';
import { attributionGraph } from '../../core/learning/finetune/attribution.ts';
import type { FinetunedDescription } from '../classifier/format.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Layout } from '../encoder/reader.ts';
import { readEncoderSpec, type EncoderSpec } from '../encoder/spec.ts';
import { Kept } from '../kept.ts';
import { onnxCompute } from '../onnx/compute.ts';
import type { Task } from '../task.ts';
import { openBase } from './base.ts';
import { mergedModel } from './merged.ts';
import { encoderFeeds } from './texts.ts';
import { readTuned } from './tuned.ts';

/**
 * Where the encoder was trained too, what was published of it no longer adds up to the logit; where the first token's
 * state is the text's vector, no other token has a share of it. Undefined where shares can be told, or where the encoder
 * is quantised, so that it has no gradient.
 * @param encoder folder of the encoder
 */
export async function openAttribution(
  { folder, description: { finetuned } }: StoredClassifier,
  encoder: string,
): Promise<Attribution | undefined> {
  if (finetuned && finetuned.bestEpoch > 0) return Attribution.open(folder, finetuned);
  const { pooling, precision } = await readEncoderSpec(encoder);
  return pooling === 'cls' && precision === 'fp32' ? Attribution.ofEncoder(encoder) : undefined;
}

export class Attribution {
  readonly #spec: EncoderSpec;
  /** By length. */
  readonly #graphs: Kept<number, Executable>;

  private constructor(spec: EncoderSpec, source: ModelSource) {
    this.#spec = spec;
    this.#graphs = new Kept((length) => {
      const encoder = importEncoder(source, { batch: 1, length }, spec.output);
      return onnxCompute.compile(attributionGraph(encoder, spec.pooling));
    });
  }

  /** Of a fine-tuned classifier's folder. */
  static async open(folder: string, finetuned: FinetunedDescription): Promise<Attribution> {
    const { base, tuned } = await readTuned(folder, finetuned);
    return new Attribution(base.spec, readModel(await mergedModel(base, tuned.weights)));
  }

  /** Of an encoder as it was published. @throws as {@link openBase} does: nothing can be learned of a quantised model */
  static async ofEncoder(folder: string): Promise<Attribution> {
    const { spec, source } = await openBase(folder);
    return new Attribution(spec, source);
  }

  /**
   * One number for each token that was read.
   * @param direction what the hidden states, added up, are weighed with
   */
  async effects(
    { tokens, windows, read }: Layout,
    direction: Float32Array,
    task: Task,
  ): Promise<Float32Array> {
    const { startToken, endToken } = this.#spec;
    const effects = new Float32Array(read);
    for (const { start, end } of windows) {
      await task.checkpoint();
      const window = Int32Array.of(startToken, ...tokens.ids.subarray(start, end), endToken);
      const length = this.#lengthFor(window.length);
      const executable = await this.#graphs.at(length);
      const results = await executable.run({ ...encoderFeeds([window], length), direction });
      // The special token before the window's words has an effect too, which belongs to no passage.
      effects.set(result(results, 'effects').subarray(1, end - start + 1), start);
    }
    return effects;
  }

  release(): Promise<void> {
    return this.#graphs.release();
  }

  #lengthFor(tokens: number): number {
    const { maxTokens } = this.#spec;
    return bucketLengths(maxTokens).find((length) => tokens <= length) ?? maxTokens;
  }
}
