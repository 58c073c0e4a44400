/** `export`: a classifier as plain files. */
import path from 'node:path';
import { Engine } from '../../engine/engine.ts';
import type { ExportCommand } from '../arguments/export.ts';
import { endProgress, note, print, printJson, terminalTask } from '../output.ts';

export async function exportCommand({ model, out, layout, json }: ExportCommand): Promise<number> {
  const engine = new Engine({ warn: note });
  const exported = await engine.exportClassifier(
    path.resolve(model),
    path.resolve(out),
    layout,
    terminalTask(),
  );
  endProgress();
  if (json) printJson(exported);
  else print(`Exported to ${exported.folder}: ${exported.files.join(', ')}`);
  return 0;
}
