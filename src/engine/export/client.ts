/** An exported model asked as a stranger asks it: plain ONNX Runtime, and nothing but the exported files. */
import { ort } from '../onnx/runtime.ts';
import { encoderFeeds } from '../finetune/texts.ts';
import { LOGITS, PREVIOUS_SUMS, PROBABILITIES, SUMS, WORDS } from './whole-model.ts';

export interface AskedText {
  /** Token ids of each window, special tokens included. */
  readonly windows: readonly Int32Array[];
  /** TF-IDF, as long as the vocabulary. */
  readonly words: Float32Array;
}

/** One number a label. */
export interface Answered {
  readonly logits: Float32Array;
  readonly probabilities: Float32Array;
}

/** All texts in one batch with padding, window by window: those that have no further one drop out. */
export async function askModel(
  session: ort.InferenceSession,
  texts: readonly AskedText[],
  dimension: number,
): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  const sums: Float32Array[] = texts.map(() => new Float32Array(dimension));
  const most = Math.max(...texts.map(({ windows }) => windows.length));
  for (let at = 0; at < most; at++) {
    const rows = texts.flatMap(({ windows, words }, text) => {
      const window = windows[at];
      return window ? [{ text, window, words, previous: sums[text] ?? new Float32Array(dimension) }] : [];
    });
    const results = await session.run(feedsOf(session, rows, dimension));
    rows.forEach(({ text }, row) => {
      sums[text] = rowOf(results[SUMS], row);
      answers[text] = {
        logits: rowOf(results[LOGITS], row),
        probabilities: rowOf(results[PROBABILITIES], row),
      };
    });
  }
  return answers;
}

interface Row {
  readonly window: Int32Array;
  readonly words: Float32Array;
  readonly previous: Float32Array;
}

function feedsOf(
  { inputNames }: ort.InferenceSession,
  rows: readonly Row[],
  dimension: number,
): Record<string, ort.Tensor> {
  const length = Math.max(...rows.map(({ window }) => window.length));
  const feeds: Record<string, ort.Tensor> = {};
  for (const [name, data] of Object.entries(
    encoderFeeds(
      rows.map(({ window }) => window),
      length,
    ),
  )) {
    if (inputNames.includes(name)) feeds[name] = new ort.Tensor('int64', data, [rows.length, length]);
  }
  feeds[PREVIOUS_SUMS] = matrix(
    rows.map(({ previous }) => previous),
    dimension,
  );
  if (inputNames.includes(WORDS)) {
    feeds[WORDS] = matrix(
      rows.map(({ words }) => words),
      rows[0]?.words.length ?? 0,
    );
  }
  return feeds;
}

function matrix(rows: readonly Float32Array[], width: number): ort.Tensor {
  const data = new Float32Array(rows.length * width);
  rows.forEach((row, i) => data.set(row, i * width));
  return new ort.Tensor('float32', data, [rows.length, width]);
}

function rowOf(tensor: ort.Tensor | undefined, row: number): Float32Array {
  const width = tensor?.dims[1] ?? 0;
  return (
    (tensor?.data as Float32Array | undefined)?.slice(row * width, (row + 1) * width) ?? new Float32Array()
  );
}
