/** The operators the library knows, by ONNX name. A new family is one file and one line here. */
import type { Operator } from './operator.ts';
import { CASTS } from './operators/cast.ts';
import { ELEMENTWISE } from './operators/elementwise.ts';
import { MATRIX } from './operators/matrix.ts';
import { REDUCTIONS } from './operators/reduce.ts';
import { SELECTIONS } from './operators/select.ts';
import { SHAPES } from './operators/shape.ts';

const all = (): readonly Operator[] => [
  ...ELEMENTWISE,
  ...MATRIX,
  ...REDUCTIONS,
  ...SHAPES,
  ...CASTS,
  ...SELECTIONS,
];

let byName: ReadonlyMap<string, Operator> | undefined;

export function operatorNamed(name: string): Operator {
  // Built on first use: the rules themselves use the builder, which looks operators up here.
  byName ??= new Map(all().map((rule) => [rule.name, rule]));
  const operator = byName.get(name);
  if (!operator) throw new Error(`no rule for the operator ${name}`);
  return operator;
}

export function operatorNames(): readonly string[] {
  return all().map((rule) => rule.name);
}
