/** Setting up a workspace: starter files, the sample workspace, and noticing changes on disk. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { usage } from '../errors/usage.ts';
import type { FeatureStart } from '../feature.ts';
import type { Services } from '../services.ts';
import { WorkspaceProblems } from './problems.ts';
import { WORKSPACE_FILE } from './root.ts';
import { STARTER_CONFIG, STARTER_TAXONOMY } from './starter.ts';
import { requireTrust } from './trust.ts';
import { WorkspaceWatcher } from './watch.ts';

export const workspaceFeature: FeatureStart<'patentLab.createFiles' | 'patentLab.openSamples'> = (
  services,
) => ({
  commands: {
    'patentLab.createFiles': () => createFiles(services),
    'patentLab.openSamples': () => openSamples(services),
  },
  disposables: [new WorkspaceWatcher(services.summaries), new WorkspaceProblems(services.summaries)],
});

/** Writes what is missing and touches nothing that is there. */
async function createFiles({ summaries }: Services): Promise<void> {
  const folder = await pickFolder();
  if (!folder) return;
  requireTrust();
  const create = vscode.l10n.t('Create');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Create the starter files of Patent Lab in {0}?', folder.name),
    {
      modal: true,
      detail: vscode.l10n.t(
        'patent-lab.json says where things are; taxonomy.json holds two example labels to replace with yours. Files that exist are left alone.',
      ),
    },
    create,
  );
  if (chosen !== create) return;
  const taxonomy = vscode.Uri.joinPath(folder.uri, 'taxonomy.json');
  await writeIfMissing(vscode.Uri.joinPath(folder.uri, WORKSPACE_FILE), STARTER_CONFIG);
  await writeIfMissing(taxonomy, STARTER_TAXONOMY);
  await vscode.window.showTextDocument(taxonomy);
  await summaries.refresh(folder.uri.fsPath);
}

async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders?.filter(({ uri }) => uri.scheme === 'file') ?? [];
  const [first] = folders;
  if (!first) {
    throw usage(
      vscode.l10n.t('No folder is open.'),
      vscode.l10n.t('Open the folder with your patents, then create the files in it.'),
    );
  }
  return folders.length === 1 ? first : vscode.window.showWorkspaceFolderPick();
}

async function writeIfMissing({ fsPath }: vscode.Uri, content: string): Promise<void> {
  try {
    await writeFile(fsPath, content, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** The samples are copied to where they can be worked in; a copy that is there already keeps its changes. */
async function openSamples({ extension, storage }: Services): Promise<void> {
  const source = vscode.Uri.joinPath(extension, 'samples').fsPath;
  const target = vscode.Uri.joinPath(storage, 'samples');
  await mkdir(path.dirname(target.fsPath), { recursive: true });
  await cp(source, target.fsPath, { recursive: true, force: false });
  const hasFolder = (vscode.workspace.workspaceFolders?.length ?? 0) > 0;
  await vscode.commands.executeCommand('vscode.openFolder', target, { forceNewWindow: hasFolder });
}
