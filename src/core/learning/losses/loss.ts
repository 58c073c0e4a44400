/**
 * A multi-label loss: what one cell (document, label) costs, as a graph of its logit and its target. Losses differ in
 * how they treat rare labels and easy negatives; the gradient is made from the graph.
 */
import { add, divide, multiply, sum } from '../../graph/build.ts';
import { input, scalar, type Tensor } from '../../graph/tensor.ts';

export const LOSS_IDS = [
  'binary-cross-entropy',
  'inverse-frequency',
  'focal',
  'asymmetric',
  'distribution-balanced',
] as const;
export type LossId = (typeof LOSS_IDS)[number];

/** What a loss may know of the training set. */
export interface LabelFrequencies {
  /** Documents that have the label, one number a label, copies counted. */
  readonly positives: Float32Array;
  readonly documents: number;
}

export interface LossInputs {
  /** `[documents, labels]`. */
  readonly logits: Tensor;
  /** 0/1, `[documents, labels]`. */
  readonly targets: Tensor;
  /** Rows of `[1, labels]`, in the order of {@link Loss.rows}. */
  readonly rows: readonly Tensor[];
}

export interface Loss {
  readonly id: LossId;
  /** One number a label each, computed from the training set once: the graph takes them as inputs. */
  rows(frequencies: LabelFrequencies): readonly Float32Array[];
  /** How many rows there are. */
  readonly rowCount: number;
  /** Whether what a cell costs depends on the document's other labels. */
  readonly acrossLabels?: boolean;
  /** Cost of each cell, `[documents, labels]`. */
  cells(inputs: LossInputs): Tensor;
}

/** Inputs of a graph for the loss's rows, by name. */
export const lossRowInputs = (loss: Loss, labels: number): readonly Tensor[] =>
  Array.from({ length: loss.rowCount }, (_, row) => input(lossRowName(row), [1, labels]));

export const lossRowName = (row: number): string => `loss_row_${row}`;

/**
 * Mean cost of the cells of a batch, each document weighted: Σ wₙ Σₗ cell / (documents × labels).
 * @param weights `[documents, 1]`
 */
export function meanLoss(cells: Tensor, weights: Tensor): Tensor {
  const [documents = 1, labels = 1] = cells.shape;
  return divide(sum(multiply(cells, weights)), scalar(documents * labels));
}

/** −z for a positive cell and z for a negative one: the cell costs more the larger this is. */
export const wrongness = (logits: Tensor, targets: Tensor): Tensor =>
  multiply(logits, add(multiply(targets, scalar(-2)), scalar(1)));
