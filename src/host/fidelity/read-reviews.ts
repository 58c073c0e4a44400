/** Reads the review file of a workspace as the engine does. Loaded with the first verdict that is asked for. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseReviews, REVIEW_FILE, type Verdict } from '../../core/corpus/synthetic-review.ts';
import { workspaceConfigSchema } from '../../core/corpus/workspace-config.ts';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { parseJson } from '../../core/json.ts';

/** @throws PatentLabError `settings-invalid`, with the place. */
export async function reviewFile(root: string): Promise<string> {
  const file = path.join(root, WORKSPACE_CONFIG_FILE);
  const text = await textOf(file);
  const remedy = 'Correct patent-lab.json, or delete it to use the defaults.';
  const { synthetic } =
    text === undefined
      ? workspaceConfigSchema.parse({})
      : parseJson(text, workspaceConfigSchema, { file, code: 'settings-invalid', remedy }).value;
  return path.resolve(root, synthetic, REVIEW_FILE);
}

/** A line that is no verdict is reported where the workspace is read as a whole. */
export async function readVerdicts(file: string): Promise<ReadonlyMap<string, Verdict>> {
  return parseReviews((await textOf(file)) ?? '', file).verdicts;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
