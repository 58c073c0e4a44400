/** The workspace's configuration as the generation's parts read and write it. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import {
  workspaceConfigSchema,
  type SyntheticUse,
  type WorkspaceConfig,
} from '../../core/corpus/workspace-config.ts';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { PatentLabError } from '../../core/errors.ts';

const fileOf = (root: string): string => path.join(root, WORKSPACE_CONFIG_FILE);

const textOf = (root: string): Promise<string> =>
  readFile(fileOf(root), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });

/** @throws PatentLabError `settings-invalid` for a file that cannot be understood. */
export async function readConfig(root: string): Promise<WorkspaceConfig> {
  return configOf(await textOf(root), fileOf(root));
}

export async function writeSyntheticUse(root: string, use: SyntheticUse): Promise<void> {
  await writeFile(fileOf(root), withSyntheticUse(await textOf(root), use, fileOf(root)), 'utf8');
}

export function configOf(text: string, file: string): WorkspaceConfig {
  const errors: ParseError[] = [];
  const value: unknown =
    text.trim() === '' ? {} : parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  const parsed = workspaceConfigSchema.safeParse(value);
  if (errors.length > 0 || !parsed.success) throw notUnderstood(file);
  return parsed.data;
}

/** The text with the choice in it; comments and layout stay. */
export function withSyntheticUse(text: string, use: SyntheticUse, file: string): string {
  configOf(text, file);
  const before = text.trim() === '' ? '{}\n' : text;
  const edits = modify(before, ['syntheticUse'], use, {
    formattingOptions: { insertSpaces: true, tabSize: 2, eol: before.includes('\r\n') ? '\r\n' : '\n' },
  });
  return applyEdits(before, edits);
}

const notUnderstood = (file: string): PatentLabError =>
  new PatentLabError({
    code: 'settings-invalid',
    message: `${WORKSPACE_CONFIG_FILE} cannot be understood.`,
    remedy: 'Correct it and try again.',
    place: { file },
  });
