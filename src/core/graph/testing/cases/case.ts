/** How an operator is specified in the tests: values worked out by hand, what it refuses, and where its derivative is tried. */
import {
  constant,
  filled,
  input,
  type Attributes,
  type DataType,
  type Shape,
  type Tensor,
} from '../../tensor.ts';

export interface Value {
  /** `float32` when left out. */
  readonly type?: DataType;
  readonly shape: Shape;
  readonly data: readonly number[];
}

export interface ValueCase {
  readonly inputs: readonly Value[];
  readonly attributes?: Attributes;
  readonly output: Value;
}

export interface Refusal {
  readonly shapes: readonly Shape[];
  readonly types?: readonly DataType[];
  readonly attributes?: Attributes;
  readonly error: string;
}

export interface GradientCase {
  readonly shapes: readonly Shape[];
  readonly attributes?: Attributes;
  /** Inputs that are not differentiated by, by position. */
  readonly constants?: Readonly<Record<number, Value>>;
  /** Numbers of the differentiated inputs where random ones may stand near a kink, by position. */
  readonly at?: Readonly<Record<number, readonly number[]>>;
}

export interface OperatorCases {
  readonly values: readonly ValueCase[];
  readonly refusals: readonly Refusal[];
  /** Empty for an operator on whole numbers or truth values. */
  readonly gradients: readonly GradientCase[];
}

export const vector = (...data: number[]): Value => ({ shape: [data.length], data });
export const matrix = (...rows: number[][]): Value => ({
  shape: [rows.length, rows[0]?.length ?? 0],
  data: rows.flat(),
});
export const single = (value: number): Value => ({ shape: [], data: [value] });
export const whole = (...data: number[]): Value => ({ type: 'int64', shape: [data.length], data });
export const truths = (...data: number[]): Value => ({ type: 'bool', shape: [data.length], data });

export const asConstant = ({ type = 'float32', shape, data }: Value): Tensor =>
  constant(
    filled(type, data.length, (i) => data[i] ?? 0),
    shape,
  );

export const inputs = (shapes: readonly Shape[], types: readonly DataType[] = []): readonly Tensor[] =>
  shapes.map((shape, i) => input(`in${i}`, shape, types[i]));
