/** Column mappings that a workspace remembers in its `patent-lab.json`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseRememberedTables } from '../../core/corpus/remembered-tables.ts';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import type { RememberedMapping } from '../../core/patent/tables/mapping.ts';

/** Throws `settings-invalid` with the place. A workspace without the file remembers nothing. */
export async function rememberedTables(root: string): Promise<readonly RememberedMapping[]> {
  const file = path.join(root, WORKSPACE_CONFIG_FILE);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? [] : parseRememberedTables(text, file);
}
