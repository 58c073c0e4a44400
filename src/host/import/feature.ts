/** Importing: its command. */
import * as vscode from 'vscode';
import type { FeatureStart } from '../feature.ts';

export const importFeature: FeatureStart<'patentLab.importDocuments'> = (services) => ({
  commands: {
    'patentLab.importDocuments': async (clicked, selected) => {
      const { importDocuments } = await import('./commands.ts');
      return importDocuments(services, uris(clicked, selected));
    },
  },
});

/** The explorer passes what was clicked and everything selected; the palette passes nothing. */
function uris(clicked: unknown, selected: unknown): readonly vscode.Uri[] {
  if (!(clicked instanceof vscode.Uri)) return [];
  const all = Array.isArray(selected) ? selected.filter((entry) => entry instanceof vscode.Uri) : [];
  return all.some((uri) => uri.toString() === clicked.toString()) ? all : [clicked];
}
