/** Choosing an encoder that is trained, or that a head is trained on: one that the workspace knows, or a folder that a person points at. */
import path from 'node:path';
import * as vscode from 'vscode';
import { BaseEncodersRequest, type BaseEncoder } from '../../protocol/adaptation.ts';
import type { EngineClient } from '../engine/client.ts';
import { pickOne, type Answer, type StepFrame } from '../quick-input.ts';

/** The encoder that comes with the extension, which only a head can be trained on. */
export const BUILT_IN = Symbol('built-in');
export type HeadBase = string | typeof BUILT_IN;

interface BaseItem<B> extends vscode.QuickPickItem {
  /** Undefined asks for a folder. */
  readonly base: B | undefined;
}

export interface BaseQuestion {
  readonly frame: StepFrame;
  readonly placeholder: string;
  /** The one that is in front at first. */
  readonly current?: HeadBase | undefined;
}

export const knownBases = (engine: EngineClient, root: string): Promise<readonly BaseEncoder[]> =>
  engine.request(BaseEncodersRequest, { root });

/** One that is trained. @returns it as `training.base` states it */
export const chooseBase = (
  root: string,
  bases: readonly BaseEncoder[],
  question: BaseQuestion,
): Promise<Answer<string>> =>
  choose<string>(
    root,
    [
      ...bases.map(baseItem),
      elsewhere(
        vscode.l10n.t(
          'With encoder.json, the ONNX model in single precision (fp32) that it names, and tokenizer.json',
        ),
      ),
    ],
    question,
  );

/** One that a head is trained on, of whatever precision. */
export const chooseHeadBase = (
  root: string,
  bases: readonly BaseEncoder[],
  question: BaseQuestion,
): Promise<Answer<HeadBase>> =>
  choose<HeadBase>(
    root,
    [
      {
        base: BUILT_IN,
        label: vscode.l10n.t('Built-In Encoder'),
        detail: vscode.l10n.t('Comes with the extension; the fastest.'),
      },
      ...bases.map((base) => baseItem(canCarryHead(base) ? { ...base, problem: undefined } : base)),
      elsewhere(vscode.l10n.t('With encoder.json, the ONNX model that it names, and tokenizer.json')),
    ],
    question,
  );

/** Weights that cannot be trained can be read with. */
export const canCarryHead = ({ problem }: BaseEncoder): boolean =>
  problem === undefined || problem.code === 'model-quantised';

async function choose<B extends HeadBase>(
  root: string,
  items: readonly BaseItem<B | string>[],
  { frame, placeholder, current }: BaseQuestion,
): Promise<Answer<B | string>> {
  const active = items.find(({ base }) => base !== undefined && base === current);
  for (;;) {
    const answer = await pickOne({ frame, placeholder, items, ...(active ? { active } : {}) });
    if (answer.kind !== 'chosen') return answer;
    const base = answer.value.base ?? (await pointedAt(root));
    // Who closes the dialog is back where it was opened.
    if (base !== undefined) return { kind: 'chosen', value: base };
  }
}

type DescribedBase = Pick<BaseEncoder, 'base' | 'name'> & { readonly problem?: BaseEncoder['problem'] | undefined };

function baseItem({ base, name, problem }: DescribedBase): BaseItem<string> {
  return {
    base,
    label: name ?? path.basename(base),
    description: base,
    ...(problem ? { detail: `$(warning) ${problem.message}` } : {}),
  };
}

const elsewhere = (detail: string): BaseItem<never> => ({
  base: undefined,
  label: vscode.l10n.t('$(folder-opened) Another Folder…'),
  detail,
});

/** Relative to the workspace where it lies in it. */
export async function pointedAt(root: string): Promise<string | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Folder of the Encoder'),
      openLabel: vscode.l10n.t('Choose This Encoder'),
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
