/** The one place where a person is told that something went wrong: what, where, and what to do. */
import * as vscode from 'vscode';
import { formatPlace, toErrorReport, unreachable, type ErrorReport, type Place } from '../../core/errors.ts';
import type { CommandId } from '../contributions.ts';
import { openPlace } from '../documents/open.ts';
import { errorActions, type ErrorAction } from './actions.ts';
import { errorText } from './text.ts';

/** Says it with the buttons that help; returns when the person chose or dismissed it. */
export async function showError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const report = toErrorReport(error);
  if (report.code === 'cancelled') return;
  logError(error, report, log);
  const actions = errorActions(report);
  const titles = actions.map(title);
  const text = errorText(report, (file) => vscode.workspace.asRelativePath(file));
  const show = isForeseen(report) ? vscode.window.showWarningMessage : vscode.window.showErrorMessage;
  const chosen = await show(text, ...titles);
  const action = chosen === undefined ? undefined : actions[titles.indexOf(chosen)];
  if (action) await perform(action, report.place);
}

function logError(error: unknown, report: ErrorReport, log: vscode.LogOutputChannel): void {
  const place = formatPlace(report.place);
  log.error(`[${report.code}] ${report.message}${place === '' ? '' : ` (${place})`}`);
  const cause =
    error instanceof Error ? (error.cause ?? (report.code === 'internal' ? error : undefined)) : undefined;
  if (cause instanceof Error) log.error(cause);
}

/** Nothing is broken; the person has something to do first. */
const isForeseen = ({ code }: ErrorReport): boolean =>
  code === 'untrusted-workspace' ||
  code === 'taxonomy-missing' ||
  code === 'classifier-missing' ||
  code === 'usage';

function title(action: ErrorAction): string {
  switch (action.kind) {
    case 'open-place':
      return vscode.l10n.t('Open File');
    case 'manage-trust':
      return vscode.l10n.t('Manage Workspace Trust');
    case 'command':
      return commandTitle(action.command);
    default:
      return unreachable(action);
  }
}

function commandTitle(command: CommandId): string {
  switch (command) {
    case 'patentLab.showLog':
      return vscode.l10n.t('Show Log');
    case 'patentLab.restartEngine':
      return vscode.l10n.t('Restart Engine');
    case 'patentLab.train':
      return vscode.l10n.t('Train Classifier');
    case 'patentLab.createFiles':
      return vscode.l10n.t('Create Workspace Files');
    case 'patentLab.openSamples':
      return vscode.l10n.t('Open Sample Workspace');
    case 'patentLab.setModelKey':
      return vscode.l10n.t('Set Key…');
    default:
      return command;
  }
}

async function perform(action: ErrorAction, place: Place | undefined): Promise<void> {
  switch (action.kind) {
    case 'open-place':
      if (place) await openPlace(place);
      return;
    case 'manage-trust':
      await vscode.commands.executeCommand('workbench.trust.manage');
      return;
    case 'command':
      await vscode.commands.executeCommand(action.command);
      return;
    default:
      return unreachable(action);
  }
}
