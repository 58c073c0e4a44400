/** Classifying: its commands, classification on opening, and what follows a new classifier. */
import * as vscode from 'vscode';
import { setContext } from '../context-keys.ts';
import type { FeatureStart } from '../feature.ts';
import { activeItem } from '../session/active.ts';
import { setting } from '../settings.ts';
import type { Services } from '../services.ts';
import { classifyFolder, classifySelection, classifyUris } from './commands.ts';

type Commands = 'patentLab.classify' | 'patentLab.classifyFolder' | 'patentLab.classifySelection';

export const classifyFeature: FeatureStart<Commands> = (services) => ({
  commands: {
    'patentLab.classify': (clicked, selected) => classifyUris(services, uris(clicked, selected)),
    'patentLab.classifyFolder': (clicked, selected) => classifyFolder(services, uris(clicked, selected)),
    'patentLab.classifySelection': () => classifySelection(services),
  },
  disposables: [
    services.editors.onDidChangeActive(() => void classifyOnOpen(services)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('patentLab.classifyOnOpen')) void classifyOnOpen(services);
    }),
    services.training.onDidTrain((root) => void classifyAgain(services, root)),
    services.classification.onDidClassify((uri) => highlightTop(services, uri)),
    ...[services.editors.onDidChangeActive, services.editors.onDidMoveCursor].map((event) =>
      event(() => setClassified(services)),
    ),
    services.sessions.onDidChange(() => setClassified(services)),
  ],
});

/** Explorer menus pass what was clicked and everything selected; editor menus pass the file; the palette nothing. */
function uris(clicked: unknown, selected: unknown): readonly vscode.Uri[] {
  const all = Array.isArray(selected) ? selected.filter((entry) => entry instanceof vscode.Uri) : [];
  if (!(clicked instanceof vscode.Uri)) return [];
  return all.some((uri) => uri.toString() === clicked.toString()) ? all : [clicked];
}

function setClassified({ editors, sessions }: Services): void {
  setContext('classified', activeItem(editors, sessions)?.shown.kind === 'classified');
}

/** Only with a classifier, and without a word when something is in the way: nobody asked. */
async function classifyOnOpen({
  editors,
  sessions,
  roots,
  summaries,
  classification,
  log,
}: Services): Promise<void> {
  const active = activeItem(editors, sessions);
  const editor = editors.activeEditor;
  if (!active || !editor || active.shown.kind !== 'unclassified') return;
  const { uri } = editor.document;
  if (!setting('patentLab.classifyOnOpen', uri) || !vscode.workspace.isTrusted) return;
  try {
    const { classifier, taxonomy } = await summaries.load(await roots.of(uri));
    if (!classifier || !taxonomy) return;
    await classification.classifyDocument(editor.document, active.place.cursor.start);
  } catch (error) {
    log.warn(`Not classified on opening: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Predictions of the old classifier are made anew for what is open, and forgotten for the rest. */
async function classifyAgain(services: Services, root: string): Promise<void> {
  const { sessions, roots, classification } = services;
  const open = new Set(services.editors.open.map(({ uri }) => uri));
  for (const [uri, file] of [...sessions.all]) {
    if ((await roots.of(vscode.Uri.parse(uri))) !== root || file.running) continue;
    if (!open.has(uri)) {
      sessions.forget(uri);
      continue;
    }
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    for (const { span } of file.items) await classification.classifyDocument(document, span.start);
  }
}

/** Keeps the label that was highlighted; else the most probable assigned one, if that is wanted. */
function highlightTop({ editors, sessions, highlighter }: Services, uri: vscode.Uri): void {
  const key = uri.toString();
  const active = activeItem(editors, sessions);
  if (active?.place.uri !== key || active.shown.kind !== 'classified') return;
  const { labels } = active.shown.prediction;
  const before = labels.find(({ id }) => id === highlighter.highlighted(key));
  const top = setting('patentLab.highlightOnClassify', uri)
    ? labels.find(({ status }) => status === 'assigned')
    : undefined;
  const label = before ?? top;
  if (label) highlighter.highlight(key, active.shown, label.id);
}
