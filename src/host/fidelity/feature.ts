/** Fidelity: scoring synthetic documents, the lines above their records, and the verdicts on them. */
import * as vscode from 'vscode';
import type { FidelityScope } from '../../protocol/fidelity.ts';
import { setContext } from '../context-keys.ts';
import { fileKind } from '../documents/kinds.ts';
import { openDocument } from '../documents/transcriptions.ts';
import { openSpan } from '../documents/open.ts';
import type { FeatureStart } from '../feature.ts';
import type { Services } from '../services.ts';
import { requireRoot } from '../workspace/require-root.ts';
import { requireTrust } from '../workspace/trust.ts';
import { FidelityLenses } from './lenses.ts';
import { isSynthetic } from './record.ts';
import { showFidelity } from './report.ts';

type Commands =
  | 'patentLab.scoreFidelity'
  | 'patentLab.scoreDocuments'
  | 'patentLab.showFidelity'
  | 'patentLab.judgeSynthetic';

const SELECTOR: vscode.DocumentSelector = { scheme: 'file', pattern: '**/*.[jJ][sS][oO][nN][lL]' };

export const fidelityFeature: FeatureStart<Commands> = (services) => {
  const lenses = new FidelityLenses(services);
  const { editors, fidelity } = services;
  return {
    commands: {
      'patentLab.scoreFidelity': (uri) => scoreFidelity(services, uri),
      'patentLab.scoreDocuments': (uri) => scoreDocuments(services, uri),
      'patentLab.showFidelity': (uri, start) => showDocumentFidelity(services, uri, start),
      'patentLab.judgeSynthetic': (uri, id, verdict) => judge(services, uri, id, verdict),
    },
    disposables: [
      lenses,
      vscode.languages.registerCodeLensProvider(SELECTOR, lenses),
      ...[editors.onDidChangeActive, fidelity.tab.onDidChange].map((event) =>
        event(() => void setSynthetic(services)),
      ),
    ],
  };
};

/** A file from the explorer or an editor; without one, everything synthetic in the workspace. */
async function scoreFidelity(services: Services, uri: unknown): Promise<void> {
  requireTrust();
  if (uri instanceof vscode.Uri && fileKind(uri.fsPath) === 'jsonl') {
    return showFidelity(services, await services.roots.of(uri), { kind: 'file', path: uri.fsPath });
  }
  const scope: FidelityScope = { kind: 'workspace' };
  await showFidelity(services, requireRoot(services.roots), scope);
}

async function scoreDocuments({ fidelity }: Services, uri: unknown): Promise<void> {
  if (uri instanceof vscode.Uri) await fidelity.scores.scoreFile(await openDocument(uri));
}

async function showDocumentFidelity(services: Services, uri: unknown, start: unknown): Promise<void> {
  if (!(uri instanceof vscode.Uri) || typeof start !== 'number') return;
  await openSpan(uri, { start, end: start });
  await services.patentView.show();
  services.patentView.showTab('fidelity');
  await services.fidelity.tab.score();
}

async function judge(
  { fidelity, roots }: Services,
  uri: unknown,
  id: unknown,
  verdict: unknown,
): Promise<void> {
  if (!(uri instanceof vscode.Uri) || typeof id !== 'string') return;
  if (verdict !== 'accepted' && verdict !== 'rejected' && verdict !== null) return;
  await fidelity.verdicts.record(await roots.of(uri), [{ id, verdict }]);
}

/** Whether the file in front holds synthetic documents; menus ask. */
async function setSynthetic({ editors }: Services): Promise<void> {
  const editor = editors.activeEditor;
  const isCorpus = editor !== undefined && fileKind(editor.document.uri.fsPath) === 'jsonl';
  const parsed = isCorpus ? await editors.parsed.get(editor.document) : undefined;
  if (editors.activeEditor === editor) setContext('synthetic', parsed?.patents.some(isSynthetic) ?? false);
}
