/** Every differentiable operator against PyTorch: its values, and the gradient of each of its inputs. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { onnxCompute } from '../../engine/onnx/compute.ts';
import { apply, multiply, sum } from './build.ts';
import { gradients } from './differentiate.ts';
import { evaluateGraph } from './evaluate.ts';
import { operatorNamed, operatorNames } from './registry.ts';
import { filled, input, type Attributes, type DataType, type Shape, type TensorData } from './tensor.ts';
import { asConstant } from './testing/cases/case.ts';
import { expectAllClose } from './testing/close.ts';

interface Stored {
  readonly type: DataType;
  readonly shape: Shape;
  readonly data: readonly number[];
}

interface TorchCase {
  readonly operator: string;
  readonly attributes: Attributes;
  readonly inputs: readonly Stored[];
  readonly output: Stored;
  /** The gradients are of the output's sum weighed with these. */
  readonly weights: Stored;
  readonly gradients: readonly (Stored | null)[];
}

const { cases } = JSON.parse(readFileSync(new URL('./testing/operators.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly TorchCase[];
};

const numbers = ({ type, data }: Stored): TensorData => filled(type, data.length, (i) => data[i] ?? 0);

describe("PyTorch's values and gradients", () => {
  it.each(cases.map((one, position) => ({ ...one, name: `${position}: ${one.operator}` })))(
    'of case $name',
    async ({ operator, attributes, inputs, output, weights, gradients: expected }) => {
      const tensors = inputs.map((one, i) => (expected[i] ? input(`in${i}`, one.shape) : asConstant(one)));
      const made = apply(operator, tensors, attributes);
      const loss = sum(multiply(made, asConstant(weights)));
      const slopes = gradients(loss, tensors);
      const wanted = expected.flatMap((gradient, i) => (gradient ? [{ gradient, i }] : []));
      const graph = {
        name: operator,
        outputs: {
          made,
          ...Object.fromEntries(wanted.map(({ i }) => [`slope${i}`, slopes[i] ?? made])),
        },
      };
      const feeds = Object.fromEntries(inputs.map((one, i) => [`in${i}`, numbers(one)]));
      const executable = await onnxCompute.compile(graph);
      const inRuntime = await executable.run(feeds);
      await executable.release();
      for (const results of [inRuntime, evaluateGraph(graph, feeds)]) {
        expectAllClose(results['made'], output.data, 2e-6, 'output');
        for (const { gradient, i } of wanted) {
          expectAllClose(results[`slope${i}`], gradient.data, 1e-5, `gradient of input ${i}`);
        }
      }
    },
  );

  it('are stored for every operator that has a derivative', () => {
    const tried = new Set(cases.map(({ operator }) => operator));
    const differentiable = operatorNames().filter((name) => operatorNamed(name).gradient !== undefined);
    expect(differentiable.filter((name) => !tried.has(name))).toEqual([]);
  });
});
