/** The operators the library knows, by ONNX name. A new family is one file, one import and one line here. */
import type { Operator } from './operator.ts';
import { ACTIVATIONS } from './operators/activation.ts';
import { ELEMENTWISE } from './operators/elementwise.ts';
import { LAYER_NORMALIZATION } from './operators/layer-normalization.ts';
import { LOGIC } from './operators/logic.ts';
import { LOOKUPS } from './operators/lookup.ts';
import { MATRIX } from './operators/matrix.ts';
import { PIECES } from './operators/pieces.ts';
import { POWERS } from './operators/power.ts';
import { PRODUCTS } from './operators/product.ts';
import { REDUCTIONS } from './operators/reduce.ts';
import { RUNNING } from './operators/running.ts';
import { SELECTIONS } from './operators/select.ts';
import { SHAPES } from './operators/shape.ts';
import { SOFTMAX } from './operators/softmax.ts';
import { TRANSPOSE } from './operators/transpose.ts';

let byName: ReadonlyMap<string, Operator> | undefined;

// Built on first use: the rules themselves use the builder, which looks operators up here.
function operators(): ReadonlyMap<string, Operator> {
  byName ??= new Map(
    [
      ACTIVATIONS,
      ELEMENTWISE,
      LAYER_NORMALIZATION,
      LOGIC,
      LOOKUPS,
      MATRIX,
      PIECES,
      POWERS,
      PRODUCTS,
      REDUCTIONS,
      RUNNING,
      SELECTIONS,
      SHAPES,
      SOFTMAX,
      TRANSPOSE,
    ]
      .flat()
      .map((rule) => [rule.name, rule]),
  );
  return byName;
}

export function operatorNamed(name: string): Operator {
  const operator = operators().get(name);
  if (!operator) throw new Error(`no rule for the operator ${name}`);
  return operator;
}

export const operatorNames = (): readonly string[] => [...operators().keys()];
