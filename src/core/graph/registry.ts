/** The operators the library knows, by ONNX name. A new family is one file and one line here. */
import type { Operator } from './operator.ts';
import { ELEMENTWISE } from './operators/elementwise.ts';
import { MATRIX } from './operators/matrix.ts';
import { REDUCTIONS } from './operators/reduce.ts';
import { SHAPES } from './operators/shape.ts';

let byName: ReadonlyMap<string, Operator> | undefined;

export function operatorNamed(name: string): Operator {
  // Built on first use: the rules themselves use the builder, which looks operators up here.
  byName ??= new Map([...ELEMENTWISE, ...MATRIX, ...REDUCTIONS, ...SHAPES].map((rule) => [rule.name, rule]));
  const operator = byName.get(name);
  if (!operator) throw new Error(`no rule for the operator ${name}`);
  return operator;
}

export function operatorNames(): readonly string[] {
  return [...ELEMENTWISE, ...MATRIX, ...REDUCTIONS, ...SHAPES].map((rule) => rule.name);
}
