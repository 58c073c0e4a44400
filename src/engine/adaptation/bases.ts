/** Encoders that a workspace can train further: the one it names, those in its folders, and those that were made in it. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ENCODERS_FOLDER } from '../../core/corpus/workspace-files.ts';
import { toErrorReport } from '../../core/errors.ts';
import type { BaseEncoder } from '../../protocol/adaptation.ts';
import type { WorkspaceParams } from '../../protocol/engine.ts';
import { ENCODER_SPEC_FILE, encoderName, readEncoderSpec } from '../encoder/spec.ts';
import { globFiles } from '../files/read-documents.ts';
import { notSingle } from '../finetune/base.ts';
import { inWorkspaceWords } from '../workspace/wording.ts';
import { readConfig, workspacePath } from '../workspace/workspace.ts';

/** The one that the workspace names stands first. */
export async function baseEncoders({ root }: WorkspaceParams): Promise<readonly BaseEncoder[]> {
  const { training } = await readConfig(root);
  const made = path.join(root, ENCODERS_FOLDER);
  // What is not finished yet has no description.
  const ownNames = await readdir(made).catch((): string[] => []);
  const own = (await Promise.all(ownNames.map((name) => isEncoder(path.join(made, name)))))
    .map((is, i) => (is ? path.join(made, ownNames[i] ?? '') : undefined))
    .filter((folder) => folder !== undefined);
  const inFolders = (await globFiles(root, [`**/${ENCODER_SPEC_FILE}`])).map((file) => path.dirname(file));
  const named = training.base === undefined ? [] : [path.resolve(root, training.base)];
  const folders = [...new Set([...named, ...inFolders, ...own.sort()])];
  return Promise.all(folders.map((folder) => describe(root, folder)));
}

/** As `training.base` states it. */
export function baseOf(root: string, folder: string): string {
  const inside = workspacePath(root, folder);
  return inside.startsWith('..') || path.isAbsolute(inside) ? folder : inside;
}

const isEncoder = (folder: string): Promise<boolean> =>
  readdir(folder).then(
    (files) => files.includes(ENCODER_SPEC_FILE),
    () => false,
  );

async function describe(root: string, folder: string): Promise<BaseEncoder> {
  const base = baseOf(root, folder);
  try {
    const spec = await inWorkspaceWords('training', root, () => readEncoderSpec(folder));
    const name = encoderName(spec);
    return spec.precision === 'fp32' ? { base, name } : { base, name, problem: notSingle(spec).report() };
  } catch (cause) {
    return { base, problem: toErrorReport(cause) };
  }
}
