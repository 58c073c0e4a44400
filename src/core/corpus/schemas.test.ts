/** The JSON schemas that VS Code completes with say the same as the schemas the engine validates with. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z, type ZodType } from 'zod';
import { planSchema } from '../generation/plan.ts';
import { studyPlanSchema } from '../study/plan.ts';
import { taxonomySchema } from './taxonomy.ts';
import { workspaceConfigSchema } from './workspace-config.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const contributed = (file: string): Schema =>
  JSON.parse(readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8')) as Schema;

/** Every property's path with its type, `!` where it is required. */
function outline(schema: Schema, root: Schema, path = ''): readonly string[] {
  const resolved = schema.$ref ? (root.definitions?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
  const here = path === '' ? [] : [`${path}: ${resolved.type ?? '?'}`];
  const inside = Object.entries(resolved.properties ?? {}).flatMap(([name, property]) =>
    outline(property, root, `${path}/${name}${resolved.required?.includes(name) ? '!' : ''}`),
  );
  const items = resolved.items ? outline(resolved.items, root, `${path}[]`) : [];
  return [...here, ...inside, ...items].sort();
}

const cases: readonly [string, ZodType][] = [
  ['taxonomy.schema.json', taxonomySchema],
  ['patent-lab.schema.json', workspaceConfigSchema],
  ['generation.schema.json', planSchema],
  ['study.schema.json', studyPlanSchema],
];

describe.each(cases)('%s', (file, schema) => {
  it('has the properties, types and requirements of the validating schema', () => {
    const validated = z.toJSONSchema(schema, { io: 'input' }) as Schema;
    expect(outline(contributed(file), contributed(file))).toEqual(outline(validated, validated));
  });
});
