/** `export`: a fine-tuned classifier as plain files. */
import path from 'node:path';
import { exportClassifier } from '../../engine/finetune/export.ts';
import type { ExportCommand } from '../arguments/export.ts';
import { print, printJson } from '../output.ts';

export async function exportCommand(command: ExportCommand): Promise<number> {
  const exported = await exportClassifier(path.resolve(command.model), path.resolve(command.out));
  if (command.json) printJson(exported);
  else print(`Exported to ${exported.folder}: ${exported.files.join(', ')}`);
  return 0;
}
