/** `export`: a fine-tuned classifier as plain files. */
import path from 'node:path';
import { exportClassifier } from '../../engine/finetune/export.ts';
import { exportTriton } from '../../engine/finetune/served/triton.ts';
import type { ExportCommand } from '../arguments/export.ts';
import { print, printJson } from '../output.ts';

export async function exportCommand({ model, out, layout, json }: ExportCommand): Promise<number> {
  const [from, to] = [path.resolve(model), path.resolve(out)];
  const exported =
    layout.kind === 'triton' ? await exportTriton(from, to, layout.name) : await exportClassifier(from, to);
  if (json) printJson(exported);
  else print(`Exported to ${exported.folder}: ${exported.files.join(', ')}`);
  return 0;
}
