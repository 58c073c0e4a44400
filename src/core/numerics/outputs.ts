/** What a model said of the same documents: once the reference, once the candidate that is held against it. */

export interface ModelOutputs {
  /** Row-major `[documents, dimension]`, as the model gave them: they may hold NaN and infinities. */
  readonly embeddings: Float32Array;
  /** Calibrated logits, row-major `[documents, labels]`; empty where there is no classifier. */
  readonly logits: Float64Array;
  /** 1 where the logit reaches the label's threshold, laid out as the logits. */
  readonly assigned: Uint8Array;
}

export interface NonFinite {
  /** Numbers of embeddings and logits that are not a number. */
  readonly nan: number;
  /** Numbers that are infinite. */
  readonly infinite: number;
  /** Documents with either. */
  readonly documents: number;
}

/** @param documents rows of the outputs. */
export function nonFinite({ embeddings, logits }: ModelOutputs, documents: number): NonFinite {
  let [nan, infinite] = [0, 0];
  const touched = new Set<number>();
  for (const data of [embeddings, logits]) {
    const columns = data.length / documents;
    data.forEach((value, at) => {
      if (Number.isFinite(value)) return;
      if (Number.isNaN(value)) nan++;
      else infinite++;
      touched.add(Math.floor(at / columns));
    });
  }
  return { nan, infinite, documents: touched.size };
}
