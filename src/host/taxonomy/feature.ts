/** The Taxonomy view and its commands. */
import * as vscode from 'vscode';
import { setContext } from '../context-keys.ts';
import { TAXONOMY_VIEW } from '../contributions.ts';
import { openSpan } from '../documents/open.ts';
import type { FeatureStart } from '../feature.ts';
import type { Services } from '../services.ts';
import { LabelElement } from './label-element.ts';
import { TaxonomyView } from './view.ts';

type Commands = 'patentLab.showTaxonomy' | 'patentLab.refreshTaxonomy' | 'patentLab.openLabel';

export const taxonomyFeature: FeatureStart<Commands> = (services) => {
  const view = new TaxonomyView(services.roots, services.summaries);
  return {
    commands: {
      'patentLab.showTaxonomy': () => vscode.commands.executeCommand(`${TAXONOMY_VIEW}.focus`),
      'patentLab.refreshTaxonomy': async () => {
        const root = services.roots.current;
        if (root !== undefined) await services.summaries.refresh(root);
      },
      'patentLab.openLabel': (element) => openLabel(services, element),
    },
    disposables: [
      view,
      services.summaries.onDidChange(() => setContexts(services)),
      services.roots.onDidChangeCurrent(() => setContexts(services)),
    ],
  };
};

function setContexts({ roots, summaries }: Services): void {
  const state = summaries.state(roots.current);
  if (state?.kind !== 'loaded') {
    setContext('taxonomy', state ? 'failed' : undefined);
    setContext('classifier', false);
    return;
  }
  const { taxonomy, classifier, documents } = state.summary;
  setContext('taxonomy', taxonomy ? 'present' : 'missing');
  setContext('labels', documents > 0);
  setContext('classifier', classifier !== undefined);
}

async function openLabel({ roots, summaries }: Services, element: unknown): Promise<void> {
  const taxonomy = summaries.get(roots.current)?.taxonomy;
  if (!taxonomy || !(element instanceof LabelElement)) return;
  const uri = vscode.Uri.file(taxonomy.path);
  const document = await vscode.workspace.openTextDocument(uri);
  const { locateLabel } = await import('./locate.ts');
  const span = locateLabel(document.getText(), element.label.id);
  await openSpan(uri, span ?? { start: 0, end: 0 });
}
