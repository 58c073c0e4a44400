/** Column mappings that a workspace remembers in its `patent-lab.json`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-config.ts';
import { parseJson } from '../../core/json.ts';
import { rememberedMappingSchema, type RememberedMapping } from '../../core/patent/tables/mapping.ts';

/** Only this part of the file concerns an import; the rest of it may be wrong. */
const tablesSchema = z.object({ tables: z.array(rememberedMappingSchema).optional() });

/** Throws `settings-invalid` with the place. A workspace without the file remembers nothing. */
export async function rememberedTables(root: string): Promise<readonly RememberedMapping[]> {
  const file = path.join(root, WORKSPACE_CONFIG_FILE);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const remedy = 'Correct "tables" in patent-lab.json, or delete it.';
  return parseJson(text, tablesSchema, { file, code: 'settings-invalid', remedy }).value.tables ?? [];
}
