/** The plan of a study as a file that a person edits. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { StudyPlan } from '../../protocol/study.ts';
import type { StudySession } from './session.ts';

/** Proposed name of a plan. */
const PLAN_FILE = 'synthetic.study.json';

/** Opens the plan beside the panel; the default one is written out first. @returns its path. */
export async function editPlan({ root, plan: known }: StudySession, plan: StudyPlan): Promise<string> {
  const file = known ?? path.join(root, PLAN_FILE);
  if (known === undefined) await writeIfMissing(file, `${JSON.stringify(plan, undefined, 2)}\n`);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: vscode.ViewColumn.Beside });
  return file;
}

/** One that is there already is the person's. */
async function writeIfMissing(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
