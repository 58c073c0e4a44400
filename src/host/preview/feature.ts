/** Patent Previews: one for each document, opened beside it and restored with the window. */
import path from 'node:path';
import * as vscode from 'vscode';
import { fileKind, PATENT_EXTENSIONS } from '../documents/kinds.ts';
import { isOnDisk, isTranscription, textUri } from '../documents/location.ts';
import { openDocument } from '../documents/transcriptions.ts';
import { usage } from '../errors/usage.ts';
import type { FeatureStart } from '../feature.ts';
import type { Services } from '../services.ts';
import { Preview } from './preview.ts';

const PREVIEW = 'patentLab.preview';

export const previewFeature: FeatureStart<'patentLab.openPreview'> = (services) => {
  const previews = new Previews(services);
  return {
    commands: { 'patentLab.openPreview': (clicked) => openPreview(services, previews, clicked) },
    disposables: [previews, vscode.window.registerWebviewPanelSerializer(PREVIEW, previews)],
  };
};

async function openPreview(services: Services, previews: Previews, clicked: unknown): Promise<void> {
  const active = vscode.window.activeTextEditor ?? services.editors.activeEditor;
  const asked = clicked instanceof vscode.Uri ? clicked : active?.document.uri;
  if (!asked) {
    throw usage(
      vscode.l10n.t('No patent is open.'),
      vscode.l10n.t('Open a patent, or right-click one in the Explorer.'),
    );
  }
  const uri = isTranscription(asked) ? asked : textUri(asked.fsPath);
  const kind = fileKind(uri.fsPath);
  if (!isOnDisk(asked) || kind === undefined || kind === 'archive') {
    throw usage(
      vscode.l10n.t('{0} is no file that patents stand in.', path.basename(uri.fsPath)),
      vscode.l10n.t('Open one of these: {0}.', PATENT_EXTENSIONS.join(', ')),
    );
  }
  await previews.open(uri);
}

class Previews implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #services: Services;
  readonly #open = new Map<string, Preview>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Shows the preview of a document, and the document where it is not in sight. */
  async open(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    const document = await openDocument(uri);
    const isVisible = vscode.window.visibleTextEditors.some((editor) => editor.document === document);
    if (!isVisible) await vscode.window.showTextDocument(document);
    this.#services.editors.include(uri);
    const known = this.#open.get(key);
    if (known) return known.panel.reveal(undefined, true);
    const title = vscode.l10n.t('Preview {0}', path.basename(uri.fsPath));
    const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const options = { enableFindWidget: true };
    this.#connect(vscode.window.createWebviewPanel(PREVIEW, title, where, options), uri);
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const uri = savedUri(state);
    if (uri && !this.#open.has(uri.toString())) this.#connect(panel, uri);
    else panel.dispose();
    return Promise.resolve();
  }

  dispose(): void {
    for (const preview of this.#open.values()) preview.dispose();
  }

  #connect(panel: vscode.WebviewPanel, uri: vscode.Uri): void {
    const preview = new Preview(panel, uri, this.#services);
    this.#open.set(uri.toString(), preview);
    panel.onDidDispose(() => {
      preview.dispose();
      this.#open.delete(uri.toString());
    });
  }
}

/** What the page remembered of itself; undefined for anything else. */
function savedUri(state: unknown): vscode.Uri | undefined {
  if (typeof state !== 'object' || state === null || !('uri' in state)) return undefined;
  return typeof state.uri === 'string' ? vscode.Uri.parse(state.uri) : undefined;
}
