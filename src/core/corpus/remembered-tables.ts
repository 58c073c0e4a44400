/** The column mappings in the text of a `patent-lab.json`. */
import { z } from 'zod';
import { parseJson } from '../json.ts';
import { rememberedMappingSchema, type RememberedMapping } from '../patent/tables/mapping.ts';

/** Only this part of the file concerns how tables are read; the rest of it may be wrong. */
const tablesSchema = z.object({ tables: z.array(rememberedMappingSchema).optional() });

/** @throws PatentLabError `settings-invalid` with the place. */
export function parseRememberedTables(text: string, file: string): readonly RememberedMapping[] {
  const remedy = 'Correct "tables" in patent-lab.json, or delete it.';
  return parseJson(text, tablesSchema, { file, code: 'settings-invalid', remedy }).value.tables ?? [];
}
