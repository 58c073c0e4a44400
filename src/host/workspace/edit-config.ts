/** Changes one value of `patent-lab.json` and nothing else in it, comments and layout included. */
import { applyEdits, modify, parse, type JSONPath, type ParseError } from 'jsonc-parser';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { PatentLabError } from '../../core/errors.ts';

/**
 * @param text what the file holds; empty where there is none.
 * @param insert puts the value before the one that stands at the path's index, instead of in its place.
 */
export function configWith(text: string, path: JSONPath, value: unknown, insert = false): string {
  const before = text.trim() === '' ? '{}\n' : text;
  const edits = modify(before, path, value, {
    formattingOptions: { insertSpaces: true, tabSize: 2, eol: before.includes('\r\n') ? '\r\n' : '\n' },
    ...(insert ? { isArrayInsertion: true } : {}),
  });
  return applyEdits(before, edits);
}

/** What the file says at its top. @throws PatentLabError `settings-invalid` for a file that is no JSON object. */
export function parsedConfig(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === '') return {};
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  if (errors.length > 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PatentLabError({
      code: 'settings-invalid',
      message: `${WORKSPACE_CONFIG_FILE} cannot be understood, so nothing was changed in it.`,
      remedy: `Correct ${WORKSPACE_CONFIG_FILE} and try again.`,
    });
  }
  return value as Readonly<Record<string, unknown>>;
}
