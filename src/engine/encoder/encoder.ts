/**
 * A frozen text encoder: tokenizer + ONNX model + pooling.
 *
 * Every window runs alone and unpadded. That is the fastest way on a CPU for texts of mixed length (padding is wasted
 * work), and for int8 models the only right one: dynamic quantisation takes its scale from everything in the batch,
 * so in a batch a document's embedding would depend on its neighbours, and a cache keyed by content would lie.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { withWeights } from '../../core/graph/import/patch.ts';
import type { Provider } from '../../protocol/numerics.ts';
import { floats } from '../onnx/floats.ts';
import { sessionFrom } from '../onnx/large-models.ts';
import { createSession, ort } from '../onnx/runtime.ts';
import { requireDataInside } from './external-data.ts';
import { quietTask, type Task } from '../task.ts';
import { modelForSingleTexts, POOLED_OUTPUT } from './model.ts';
import { readModelFile } from './model-file.ts';
import { TextReader, type Layout } from './reader.ts';
import { readEncoderSpec, verifyEncoder, type EncoderSpec } from './spec.ts';
import type { TokenizedText } from './tokens.ts';

/** One encoded text. */
export interface Encoding extends Layout {
  /**
   * Mean over all tokens of all windows, special tokens included, or over the first tokens of the windows, as the
   * encoder pools [ours, for several windows]; L2-normalised; `[dimension]`.
   */
  readonly embedding: Float32Array;
}

/** An encoding that keeps what each token contributed; for evidence. */
export interface TokenEncoding extends Encoding {
  /**
   * Hidden state of each read token divided by (token count × norm of the mean): the rows sum, with `special`, to the
   * embedding. All 0 where only the first token's state is the vector.
   */
  readonly shares: Float32Array;
  /** The same for all special tokens together; `[dimension]`. */
  readonly special: Float32Array;
  /** Length of the sum of all hidden states. */
  readonly norm: number;
}

export interface EncoderOptions {
  readonly tokenLimit?: number;
  /** Numbers that stand in the place of the published ones. */
  readonly tuned?: TunedWeights;
  /** Another model file for the same tokenizer, such as one of another precision. */
  readonly variant?: ModelVariant;
  /** What the model runs on. Default: the CPU. */
  readonly provider?: Provider;
}

export interface ModelVariant {
  readonly file: string;
  readonly sha256: string;
  readonly precision: EncoderSpec['precision'];
}

export interface TunedWeights {
  /** By the name of the stored tensor. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** Identity of the encoder that they make of the published one. */
  readonly sha256: string;
}

export class Encoder {
  readonly spec: EncoderSpec;
  readonly provider: Provider;
  readonly #session: ort.InferenceSession;
  readonly #reader: TextReader;

  private constructor(session: ort.InferenceSession, reader: TextReader, provider: Provider) {
    this.spec = reader.spec;
    this.provider = provider;
    this.#session = session;
    this.#reader = reader;
  }

  /** Throws `encoder-missing`, `encoder-hash-mismatch` or `encoder-unsupported` before anything is loaded. */
  static async load(
    folder: string,
    { tokenLimit, tuned, variant, provider = 'cpu' }: EncoderOptions = {},
  ): Promise<Encoder> {
    const published = await readEncoderSpec(folder);
    if (!variant) await verifyEncoder(folder, published);
    const { sha256 = published.sha256 } = tuned ?? variant ?? {};
    const spec = { ...published, sha256, precision: variant?.precision ?? published.precision };
    const file = variant?.file ?? path.join(folder, spec.model);
    const reader = await TextReader.open(folder, spec, tokenLimit);
    const session = await openModel(file, spec, tuned, provider);
    const unknown = session.inputNames.find((name) => !KNOWN_INPUTS.includes(name));
    if (unknown !== undefined) {
      await session.release();
      throw unknownInput(unknown, file);
    }
    return new Encoder(session, reader, provider);
  }

  /** Frees the model; nothing can be encoded afterwards. */
  release(): Promise<void> {
    return this.#session.release();
  }

  /**
   * What embeddings are kept under: they are the same only where the weights are, and where they are calculated. In a
   * row of numbers from several devices, no difference between two documents would mean anything below their noise.
   */
  get identity(): string {
    return this.provider === 'cpu'
      ? this.spec.sha256
      : createHash('sha256').update(`${this.spec.sha256}\n${this.provider}`).digest('hex');
  }

  get dimension(): number {
    return this.spec.dimension;
  }

  tokenize(text: string): TokenizedText {
    return this.#reader.tokenize(text);
  }

  /** Tokens and windows of a text, without running the model. */
  layout(text: string): Layout {
    return this.#reader.layout(text);
  }

  /** Can be cancelled between two windows. */
  async encode(text: string, task = quietTask): Promise<Encoding> {
    return this.#encode(text, undefined, task);
  }

  async encodeTokens(text: string, task = quietTask): Promise<TokenEncoding> {
    const { dimension } = this;
    const hidden: Float32Array[] = [];
    const encoding = await this.#encode(text, hidden, task);
    const shares = new Float32Array(encoding.read * dimension);
    const special = new Float64Array(dimension);
    const mean = new Float64Array(dimension);
    for (const rows of hidden) addRows(mean, this.#added(rows));
    const scale = 1 / (norm(mean) || 1);
    let token = 0;
    for (const rows of hidden) {
      if (this.spec.pooling === 'cls') {
        this.#added(rows).forEach((value, d) => add(special, d, value * scale));
        continue;
      }
      const count = rows.length / dimension;
      for (let row = 0; row < count; row++) {
        const isSpecial = row === 0 || row === count - 1;
        for (let d = 0; d < dimension; d++) {
          const share = (rows[row * dimension + d] ?? 0) * scale;
          if (isSpecial) add(special, d, share);
          else shares[token * dimension + d] = share;
        }
        if (!isSpecial) token++;
      }
    }
    return { ...encoding, shares, special: Float32Array.from(special), norm: 1 / scale };
  }

  async #encode(text: string, hidden: Float32Array[] | undefined, task: Task): Promise<Encoding> {
    const { dimension } = this;
    const { tokens, read, windows } = this.layout(text);
    const mean = new Float64Array(dimension);
    for (const [position, window] of windows.entries()) {
      if (position > 0) await task.checkpoint();
      const { sum, rows } = await this.#run(
        tokens.ids.subarray(window.start, window.end),
        hidden !== undefined,
      );
      addRows(mean, sum);
      if (rows) hidden?.push(rows);
    }
    const scale = 1 / (norm(mean) || 1);
    return { embedding: Float32Array.from(mean, (value) => value * scale), tokens, windows, read };
  }

  /** What a window with these tokens adds to its text's vector: rows that are summed. */
  #added(rows: Float32Array): Float32Array {
    return this.spec.pooling === 'cls' ? rows.subarray(0, this.dimension) : rows;
  }

  /** What one window adds to its text's vector and, where wanted, all of them `[tokens + 2, dimension]`, special ones first and last. */
  async #run(
    ids: Int32Array,
    everyToken: boolean,
  ): Promise<{ readonly sum: Float32Array; readonly rows: Float32Array | undefined }> {
    const length = ids.length + 2;
    const input = new BigInt64Array(length);
    input[0] = BigInt(this.spec.startToken);
    ids.forEach((id, i) => (input[i + 1] = BigInt(id)));
    input[length - 1] = BigInt(this.spec.endToken);
    const shape = [1, length];
    const feeds: Record<string, ort.Tensor> = {};
    for (const name of this.#session.inputNames) {
      if (name === 'input_ids') feeds[name] = new ort.Tensor('int64', input, shape);
      else if (name === 'attention_mask')
        feeds[name] = new ort.Tensor('int64', new BigInt64Array(length).fill(1n), shape);
      else feeds[name] = new ort.Tensor('int64', new BigInt64Array(length), shape);
    }
    const summed = this.#session.outputNames.includes(POOLED_OUTPUT);
    const results = await this.#session.run(feeds, [
      ...(summed ? [POOLED_OUTPUT] : []),
      ...(everyToken || !summed ? [this.spec.output] : []),
    ]);
    const [sum, rows] = [floats(results[POOLED_OUTPUT]), floats(results[this.spec.output])];
    const either = sum ?? (rows && this.#added(rows));
    if (!either) throw new Error(`the encoder has no output ${this.spec.output}`);
    return { sum: either, rows };
  }
}

const KNOWN_INPUTS: readonly string[] = ['input_ids', 'attention_mask', 'token_type_ids'];

const unknownInput = (name: string, file: string): PatentLabError =>
  new PatentLabError({
    code: 'encoder-unsupported',
    message: `The encoder's model wants the input ${name}, which is not known here.`,
    remedy: `Export it with the inputs ${KNOWN_INPUTS.join(', ')} alone.`,
    place: { file },
  });

/** What is made ready for single texts is made so for the CPU, whose operators it uses; elsewhere the model runs as published. */
async function openModel(
  file: string,
  { output, pooling }: EncoderSpec,
  tuned: TunedWeights | undefined,
  provider: Provider,
): Promise<ort.InferenceSession> {
  const { bytes: published, isWhole, readExternal } = await readModelFile(file, output);
  const forCpu = (bytes: Uint8Array): Uint8Array | undefined =>
    provider === 'cpu' ? modelForSingleTexts(bytes, output, pooling) : undefined;
  if (!tuned) {
    const ready = forCpu(published);
    if (ready) return createSession(ready, { provider });
  }
  if (!tuned && isWhole) {
    requireDataInside(published, path.dirname(file));
    return createSession(file, { provider });
  }
  return sessionFrom(
    (store) => {
      const bytes = withWeights(published, tuned?.weights ?? new Map(), { readExternal, store });
      return forCpu(bytes) ?? bytes;
    },
    { provider },
  );
}

const add = (target: Float64Array, index: number, value: number): void => {
  target[index] = (target[index] ?? 0) + value;
};

/** Adds every row of `rows` `[n, total.length]` to `total`. */
function addRows(total: Float64Array, rows: Float32Array): void {
  const width = total.length;
  for (let row = 0; row < rows.length; row += width) {
    for (let d = 0; d < width; d++) total[d] = (total[d] as number) + (rows[row + d] as number);
  }
}

function norm(vector: Float64Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.sqrt(squares);
}
