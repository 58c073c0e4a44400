/** Choosing an encoder whose weights can be trained: one that the workspace knows, or a folder that a person points at. */
import path from 'node:path';
import * as vscode from 'vscode';
import { BaseEncodersRequest, type BaseEncoder } from '../../protocol/adaptation.ts';
import type { EngineClient } from '../engine/client.ts';
import { pickOne, type Answer, type StepFrame } from '../quick-input.ts';

interface BaseItem extends vscode.QuickPickItem {
  /** Undefined asks for a folder. */
  readonly base: string | undefined;
}

export interface BaseQuestion {
  readonly frame: StepFrame;
  readonly placeholder: string;
  /** The one that is in front at first. */
  readonly current?: string | undefined;
}

export const knownBases = (engine: EngineClient, root: string): Promise<readonly BaseEncoder[]> =>
  engine.request(BaseEncodersRequest, { root });

/** @returns it as `training.base` states it */
export async function chooseBase(
  root: string,
  bases: readonly BaseEncoder[],
  { frame, placeholder, current }: BaseQuestion,
): Promise<Answer<string>> {
  const items = [...bases.map(baseItem), elsewhere()];
  const active = items.find(({ base }) => base !== undefined && base === current);
  for (;;) {
    const answer = await pickOne({ frame, placeholder, items, ...(active ? { active } : {}) });
    if (answer.kind !== 'chosen') return answer;
    const base = answer.value.base ?? (await pointedAt(root));
    // Who closes the dialog is back where it was opened.
    if (base !== undefined) return { kind: 'chosen', value: base };
  }
}

function baseItem({ base, name, problem }: BaseEncoder): BaseItem {
  return {
    base,
    label: name ?? path.basename(base),
    description: base,
    ...(problem ? { detail: `$(warning) ${problem.message}` } : {}),
  };
}

const elsewhere = (): BaseItem => ({
  base: undefined,
  label: vscode.l10n.t('$(folder-opened) Another Folder…'),
  detail: vscode.l10n.t(
    'With encoder.json, the ONNX model in single precision (fp32) that it names, and tokenizer.json',
  ),
});

/** Relative to the workspace where it lies in it. */
export async function pointedAt(root: string): Promise<string | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Folder of the Encoder'),
      openLabel: vscode.l10n.t('Train This Encoder'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.Uri.file(root),
    })) ?? [];
  if (!folder) return undefined;
  const inside = path.relative(root, folder.fsPath);
  return inside.startsWith('..') || path.isAbsolute(inside)
    ? folder.fsPath
    : inside.split(path.sep).join('/');
}
