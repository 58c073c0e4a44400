/**
 * Exporters take layers apart; put together again they run and differentiate several times faster. What is not
 * recognised stays as it is.
 */
import { apply, divide, gelu, layerNormalization, matmul, multiply } from '../build.ts';
import { listAttribute } from '../operator.ts';
import { rewrite } from '../rewrite.ts';
import { elementCount, sameShape, scalar, type Tensor } from '../tensor.ts';

/** What every tensor below the roots has become. */
export const fuse = (roots: readonly Tensor[]): ReadonlyMap<Tensor, Tensor> =>
  rewrite(roots, (tensor) => {
    for (const rule of RULES) {
      const fused = rule(tensor);
      if (fused) return fused;
    }
    return tensor;
  });

type Rule = (tensor: Tensor) => Tensor | undefined;

/** Inputs of a node of this operator. */
function inputsOf(tensor: Tensor | undefined, operator: string): readonly Tensor[] {
  const source = tensor?.source;
  return source?.kind === 'node' && source.operator === operator ? source.inputs : [];
}

/** The one number of a constant, or undefined. */
function numberIn(tensor: Tensor | undefined): number | undefined {
  const source = tensor?.source;
  if (!tensor || source?.kind !== 'constant' || elementCount(tensor.shape) !== 1) return undefined;
  return Number(source.data[0]);
}

const isNumber = (tensor: Tensor | undefined, value: number): boolean => {
  const number = numberIn(tensor);
  return number !== undefined && Math.abs(number - value) <= 1e-6 * Math.abs(value);
};

/** The operand beside a constant of this value, in either order. */
function besideNumber(tensor: Tensor | undefined, operator: string, value: number): Tensor | undefined {
  const [a, b] = inputsOf(tensor, operator);
  if (isNumber(b, value)) return a;
  return isNumber(a, value) ? b : undefined;
}

const isVector = (tensor: Tensor | undefined, size: number | undefined): tensor is Tensor =>
  tensor?.source.kind === 'constant' && size !== undefined && sameShape(tensor.shape, [size]);

/** A mean over the last axis that keeps it. */
function meanOf(tensor: Tensor | undefined): Tensor | undefined {
  const [x] = inputsOf(tensor, 'ReduceMean');
  if (!x || tensor?.source.kind !== 'node') return undefined;
  const axes = listAttribute(tensor.source.attributes, 'axes');
  const last = axes.length === 1 && axes[0] === x.shape.length - 1;
  return last && tensor.source.attributes['keepdims'] === 1 ? x : undefined;
}

function squareOf(tensor: Tensor | undefined): Tensor | undefined {
  const [base, exponent] = inputsOf(tensor, 'Pow');
  if (isNumber(exponent, 2)) return base;
  const [a, b] = inputsOf(tensor, 'Mul');
  return a === b ? a : undefined;
}

/** (x − mean x) / √(mean (x − mean x)² + ε). */
function normalised(
  tensor: Tensor | undefined,
): { readonly x: Tensor; readonly epsilon: number } | undefined {
  const [centred, deviation] = inputsOf(tensor, 'Div');
  const [x, average] = inputsOf(centred, 'Sub');
  const [variance, shift] = inputsOf(inputsOf(deviation, 'Sqrt')[0], 'Add');
  const epsilon = numberIn(shift);
  const fits =
    x !== undefined &&
    meanOf(average) === x &&
    squareOf(meanOf(variance)) === centred &&
    epsilon !== undefined;
  return fits ? { x, epsilon } : undefined;
}

const layerNorm: Rule = (tensor) => {
  const [a, b] = inputsOf(tensor, 'Mul');
  for (const [body, scale] of [
    [a, b],
    [b, a],
  ]) {
    const found = normalised(body);
    if (found && isVector(scale, found.x.shape.at(-1)))
      return layerNormalization(found.x, scale, undefined, found.epsilon);
  }
  return undefined;
};

const layerNormShift: Rule = (tensor) => {
  const [a, b] = inputsOf(tensor, 'Add');
  for (const [body, shift] of [
    [a, b],
    [b, a],
  ]) {
    const source = body?.source;
    if (source?.kind !== 'node' || source.operator !== 'LayerNormalization' || source.inputs.length > 2)
      continue;
    if (body && isVector(shift, body.shape.at(-1)))
      return apply('LayerNormalization', [...source.inputs, shift], source.attributes);
  }
  return undefined;
};

/** The three factors of a product, in every way it may have been put together. */
function factors(tensor: Tensor): readonly (readonly [Tensor, Tensor, Tensor])[] {
  const [a, b] = inputsOf(tensor, 'Mul');
  if (!a || !b) return [];
  return [
    { inner: a, outer: b },
    { inner: b, outer: a },
  ].flatMap(({ inner, outer }) => {
    const [c, d] = inputsOf(inner, 'Mul');
    return c && d ? [[c, d, outer] as const] : [];
  });
}

const PERMUTATIONS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/** x · ½ · (1 + f(x)), in whatever order. */
const geluWith =
  (isInner: (inner: Tensor, x: Tensor) => boolean, approximate: 'none' | 'tanh'): Rule =>
  (tensor) => {
    for (const triple of factors(tensor)) {
      for (const [i, j, k] of PERMUTATIONS) {
        const [x, half, bracket] = [triple[i], triple[j], triple[k]];
        if (!isNumber(half, 0.5)) continue;
        const inner = besideNumber(bracket, 'Add', 1);
        if (inner && isInner(inner, x)) return gelu(x, approximate);
      }
    }
    return undefined;
  };

/** erf(x/√2). */
function isExactInner(inner: Tensor, x: Tensor): boolean {
  const [argument] = inputsOf(inner, 'Erf');
  const [numerator, root] = inputsOf(argument, 'Div');
  return (numerator === x && isNumber(root, Math.SQRT2)) || besideNumber(argument, 'Mul', Math.SQRT1_2) === x;
}

/** tanh(√(2/π)·(x + 0.044715·x³)). */
function isTanhInner(inner: Tensor, x: Tensor): boolean {
  const [argument] = inputsOf(inner, 'Tanh');
  const cubic = besideNumber(argument, 'Mul', Math.sqrt(2 / Math.PI));
  const [a, b] = inputsOf(cubic, 'Add');
  const cube = besideNumber(a === x ? b : a, 'Mul', 0.044715);
  const [base, exponent] = inputsOf(cube, 'Pow');
  return (a === x || b === x) && base === x && isNumber(exponent, 3);
}

/** (A·B)·c = (A·c)·B, where A is smaller than the product: the scale of attention scores. */
const scaledProduct: Rule = (tensor) => {
  for (const operator of ['Div', 'Mul'] as const) {
    const [product, scale] = inputsOf(tensor, operator);
    const [a, b] = inputsOf(product, 'MatMul');
    const by = numberIn(scale);
    if (!a || !b || by === undefined || elementCount(a.shape) >= elementCount(tensor.shape)) continue;
    return matmul(operator === 'Div' ? divide(a, scalar(by)) : multiply(a, scalar(by)), b);
  }
  return undefined;
};

const RULES: readonly Rule[] = [
  layerNorm,
  layerNormShift,
  geluWith(isExactInner, 'none'),
  geluWith(isTanhInner, 'tanh'),
  scaledProduct,
];
