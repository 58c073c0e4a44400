/** The classifier of a workspace as files for others: which files, what they are called, and where they go. */
import path from 'node:path';
import * as vscode from 'vscode';
import { unreachable } from '../../core/errors.ts';
import { ExportClassifierRequest, type ExportLayout } from '../../protocol/classifier-export.ts';
import type { ClassifierInfo } from '../../protocol/engine.ts';
import { reveal } from '../documents/reveal.ts';
import type { EngineClient } from '../engine/client.ts';
import { inputText, pickOne, walk, type Answer, type StepFrame } from '../quick-input.ts';
import { visibly } from '../visible-work.ts';
import { openCard } from './training.ts';

type Kind = ExportLayout['kind'];

interface Draft {
  readonly kind: Kind;
  /** Of the folder that the files are in. */
  readonly name: string;
}

interface Wanted extends Draft {
  /** In which that folder is. */
  readonly parent: string;
}

/** What a server and every file system take as a name. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

export async function exportClassifier(
  engine: EngineClient,
  root: string,
  classifier: ClassifierInfo,
): Promise<void> {
  const name =
    classifier.name.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'classifier';
  const wanted = await walk<Draft, Wanted>([chooseKind, nameIt], { kind: 'plain', name }, (draft) =>
    choosePlace(root, draft),
  );
  if (!wanted || !(await mayReplace(wanted))) return;
  const place = placeOf(wanted);
  await visibly(vscode.l10n.t('Exporting the classifier'), {}, (options) =>
    engine.request(ExportClassifierRequest, { root, ...requestOf(wanted) }, options),
  );
  void announce(place, classifier);
}

const placeOf = ({ parent, name }: Wanted): string => path.join(parent, name);

function requestOf(wanted: Wanted): { readonly folder: string; readonly layout: ExportLayout } {
  const { kind, parent, name } = wanted;
  switch (kind) {
    case 'plain':
      return { folder: placeOf(wanted), layout: { kind } };
    case 'triton':
      return { folder: parent, layout: { kind, name } };
    default:
      return unreachable(kind);
  }
}

const frame = (step: number): StepFrame => ({
  title: vscode.l10n.t('Export Classifier'),
  step,
  total: 2,
  canGoBack: step > 1,
});

async function chooseKind(draft: Draft): Promise<Answer<Draft>> {
  const items: readonly (vscode.QuickPickItem & { readonly kindOfFiles: Kind })[] = [
    {
      kindOfFiles: 'plain',
      label: vscode.l10n.t('$(folder) Plain Folder'),
      detail: vscode.l10n.t(
        'One ONNX file with tokenizer, vocabulary, labels and a card that says how it is asked',
      ),
    },
    {
      kindOfFiles: 'triton',
      label: vscode.l10n.t('$(server) Model of a Triton Repository'),
      detail: vscode.l10n.t('The same for NVIDIA Triton Inference Server, with its config.pbtxt'),
    },
  ];
  const active = items.find(({ kindOfFiles }) => kindOfFiles === draft.kind);
  const answer = await pickOne({
    frame: frame(1),
    placeholder: vscode.l10n.t('For what is it exported?'),
    items,
    ...(active ? { active } : {}),
  });
  return answer.kind === 'chosen'
    ? { kind: 'chosen', value: { ...draft, kind: answer.value.kindOfFiles } }
    : answer;
}

async function nameIt(draft: Draft): Promise<Answer<Draft>> {
  const answer = await inputText({
    frame: frame(2),
    prompt: vscode.l10n.t('What is its folder called?'),
    value: draft.name,
    validate: (text) =>
      NAME.test(text.trim())
        ? undefined
        : vscode.l10n.t('Letters, digits, points, hyphens and underscores, with a letter or digit first.'),
  });
  return answer.kind === 'chosen'
    ? { kind: 'chosen', value: { ...draft, name: answer.value.trim() } }
    : answer;
}

/** Who closes the dialog is back at the name. */
async function choosePlace(root: string, draft: Draft): Promise<Answer<Wanted>> {
  const [parent] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Folder in Which “{0}” Is Made', draft.name),
      openLabel: vscode.l10n.t('Export Here'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.Uri.file(root),
    })) ?? [];
  return parent ? { kind: 'chosen', value: { ...draft, parent: parent.fsPath } } : { kind: 'back' };
}

/** Files that are there already are replaced only where the person says so. */
async function mayReplace(wanted: Wanted): Promise<boolean> {
  const uri = vscode.Uri.file(placeOf(wanted));
  const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(uri)).catch(() => []);
  if (entries.length === 0) return true;
  const replace = vscode.l10n.t('Replace');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('There are files in {0}.', uri.fsPath),
    { modal: true, detail: vscode.l10n.t('Those of an earlier export are replaced.') },
    replace,
  );
  return chosen === replace;
}

async function announce(place: string, classifier: ClassifierInfo): Promise<void> {
  const show = vscode.l10n.t('Reveal');
  const card = vscode.l10n.t('Open Card');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Exported to {0}; read back, it says what the classifier says.', place),
    show,
    card,
  );
  if (chosen === show) await reveal(place);
  if (chosen === card) await openCard({ ...classifier, path: place });
}
