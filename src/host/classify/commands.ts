/** The classify commands: from the explorer, an editor, the palette, the Patent view and the table. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ClassifyOutcome } from '../../protocol/engine.ts';
import { fileKind, PATENT_EXTENSIONS } from '../documents/kinds.ts';
import { isOnDisk, textUri } from '../documents/location.ts';
import { openPlace, openSpan, rangeOf, showDocument } from '../documents/open.ts';
import { isAboutDocument } from '../errors/about.ts';
import { usage } from '../errors/usage.ts';
import type { Services } from '../services.ts';
import { shownAt } from '../session/file-session.ts';
import { toErrorReport } from '../../core/errors.ts';
import { exportOutcomes } from '../table/export.ts';
import type { TableActions } from '../table/tables.ts';
import type { ClassifyResult } from './classification.ts';

/** One patent goes into the Patent view; several, a folder or a whole corpus become a table. */
export async function classifyUris(services: Services, uris: readonly vscode.Uri[]): Promise<void> {
  const [only] = uris;
  if (!only) return classifyActive(services);
  if (uris.length === 1 && fileKind(only.fsPath) === 'single' && !(await isFolder(only))) {
    return classifyFile(services, textUri(only.fsPath));
  }
  await classifyTable(services, uris);
}

/** A file that was not open yet is shown where its evidence is, not at its bibliographic data. */
async function classifyFile(services: Services, uri: vscode.Uri): Promise<void> {
  const isNew = !isVisible(uri);
  const editor = await showDocument(uri);
  await classifyEditor(services, editor);
  const isUntouched = editor.selection.isEmpty && editor.selection.active.isEqual(START) && isAtTop(editor);
  if (isNew && isUntouched) revealEvidence(services, editor);
}

const START = new vscode.Position(0, 0);

const isVisible = (uri: vscode.Uri): boolean =>
  vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === uri.toString());

const isAtTop = ({ visibleRanges }: vscode.TextEditor): boolean => visibleRanges[0]?.start.line === 0;

function revealEvidence({ highlighter }: Services, editor: vscode.TextEditor): void {
  const evidence = highlighter.strongest(editor.document.uri.toString());
  if (!evidence) return;
  const range = rangeOf(editor.document, evidence);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

export async function classifyActive(services: Services): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? services.editors.activeEditor;
  if (!editor) throw nothingOpen();
  await classifyEditor(services, editor);
}

export async function classifyEditor(services: Services, editor: vscode.TextEditor): Promise<void> {
  const { document, selection } = editor;
  requirePatentFile(document.uri);
  const result = services.classification.classifyDocument(document, document.offsetAt(selection.active));
  await showResult(services, result);
}

export async function classifySelection(services: Services): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.selection.isEmpty) {
    throw usage(
      vscode.l10n.t('Nothing is selected.'),
      vscode.l10n.t('Select a passage in an open patent and try again.'),
    );
  }
  requirePatentFile(editor.document.uri);
  await showResult(services, services.classification.classifySelection(editor));
}

export async function classifyFolder(services: Services, uris: readonly vscode.Uri[]): Promise<void> {
  if (uris.length > 0) return classifyTable(services, uris);
  const root = services.roots.current;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    canSelectMany: true,
    openLabel: vscode.l10n.t('Classify'),
    ...(root === undefined ? {} : { defaultUri: vscode.Uri.file(root) }),
  });
  if (chosen) await classifyTable(services, chosen);
}

async function classifyTable(services: Services, uris: readonly vscode.Uri[]): Promise<void> {
  await services.tables.classify(uris, await tableTitle(uris), tableActions(services));
}

async function tableTitle(uris: readonly vscode.Uri[]): Promise<string> {
  const [first] = uris;
  if (first && uris.length === 1) return path.basename(first.fsPath);
  const folders = (await Promise.all(uris.map(isFolder))).filter(Boolean).length;
  if (folders === 0) return vscode.l10n.t('{0} files', uris.length);
  if (folders === uris.length) return vscode.l10n.t('{0} folders', folders);
  return vscode.l10n.t('{0} files and folders', uris.length);
}

/** The Patent view is shown at once, so that progress and Cancel are in sight. */
async function showResult(services: Services, running: Promise<ClassifyResult>): Promise<void> {
  await services.patentView.show();
  const result = await running;
  if (result.kind !== 'failed') return;
  // The view shows what is wrong with a document; everything else needs a notification.
  if (services.patentView.visible && isAboutDocument(toErrorReport(result.error))) return;
  services.showError(result.error);
}

function tableActions(services: Services): TableActions {
  return {
    showError: services.showError,
    exportOutcomes: (outcomes, name, format) =>
      exportOutcomes(services.engine, outcomes, {
        folder: services.roots.current,
        name,
        ...(format === undefined ? {} : { format }),
      }),
    openOutcome: (outcome) => openOutcome(services, outcome),
  };
}

/** Opens a row's document with its record in sight, and classifies it with evidence unless that is known. */
async function openOutcome(services: Services, outcome: ClassifyOutcome): Promise<void> {
  if (outcome.kind === 'failed') {
    if (isAboutDocument(outcome.error)) await openPlace({ file: outcome.path, ...outcome.error.place });
    else services.showError(outcome.error);
    return;
  }
  const { path: file, span } = outcome.prediction.document;
  const editor = await openSpan(textUri(file), span);
  services.editors.include(editor.document.uri);
  const place = services.editors.place(editor);
  const shown = shownAt(services.sessions.get(place.uri), place.cursor, place.unit?.span);
  if (shown.kind === 'classified' && !shown.stale) await services.patentView.show();
  else await classifyEditor(services, editor);
  revealEvidence(services, editor);
}

const isFolder = ({ fsPath }: vscode.Uri): Promise<boolean> =>
  stat(fsPath).then(
    (information) => information.isDirectory(),
    () => false,
  );

function requirePatentFile(uri: vscode.Uri): void {
  if (isOnDisk(uri) && fileKind(uri.fsPath) !== undefined) return;
  throw usage(
    vscode.l10n.t('{0} is no file that patents stand in.', path.basename(uri.fsPath)),
    vscode.l10n.t('Open one of these: {0}.', PATENT_EXTENSIONS.join(', ')),
  );
}

const nothingOpen = (): Error =>
  usage(
    vscode.l10n.t('No patent is open.'),
    vscode.l10n.t('Open a patent, or right-click one in the Explorer.'),
  );
