/** Writes a column mapping into `patent-lab.json` without touching anything else in it, comments and layout included. */
import { parse, type ParseError } from 'jsonc-parser';
import { z } from 'zod';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { PatentLabError } from '../../core/errors.ts';
import { rememberedMappingSchema, type RememberedMapping } from '../../core/patent/tables/mapping.ts';
import { configWith } from '../workspace/edit-config.ts';

const withTables = z.object({ tables: z.array(rememberedMappingSchema).optional() });

/**
 * The text of the configuration with the mapping in it; one for the same columns is replaced.
 * @param text what the file holds; empty where there is none.
 * @throws PatentLabError `settings-invalid` for a file that cannot be understood, which is then left alone.
 */
export function withRemembered(text: string, mapping: RememberedMapping): string {
  const before = text.trim() === '' ? '{}\n' : text;
  const errors: ParseError[] = [];
  const parsed = withTables.safeParse(
    parse(before.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true }),
  );
  if (errors.length > 0 || !parsed.success) throw notUnderstood();
  const tables = parsed.data.tables ?? [];
  const same = tables.findIndex(({ header }) => isSame(header, mapping.header));
  const at = same < 0 ? tables.length : same;
  return configWith(before, ['tables', at], mapping, same < 0 && tables.length > 0);
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, at) => name.trim() === other[at]?.trim());

const notUnderstood = (): PatentLabError =>
  new PatentLabError({
    code: 'settings-invalid',
    message: `The mapping was not remembered, because ${WORKSPACE_CONFIG_FILE} cannot be understood.`,
    remedy: `Correct ${WORKSPACE_CONFIG_FILE} and import again.`,
  });
