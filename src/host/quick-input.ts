/** Quick picks and input boxes that are steps of a row: numbered, with a way back. */
import * as vscode from 'vscode';

/** What a person did with a step. */
export type Answer<T> =
  { readonly kind: 'chosen'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'cancelled' };

export interface StepFrame {
  readonly title: string;
  /** From 1; without it the step has no number. */
  readonly step?: number;
  readonly total?: number;
  readonly canGoBack: boolean;
}

interface PickOptions<I extends vscode.QuickPickItem> {
  readonly frame: StepFrame;
  readonly placeholder: string;
  readonly items: readonly I[];
  /** The item that is in front at first. */
  readonly active?: I;
  /** Called for a button of an item; the items are then shown as they are given back. */
  readonly onItemButton?: (item: I) => Promise<readonly I[]>;
}

export function pickOne<I extends vscode.QuickPickItem>(options: PickOptions<I>): Promise<Answer<I>> {
  return pick(options, false, (quickPick) => quickPick.selectedItems[0]);
}

interface PickManyOptions<I extends vscode.QuickPickItem> extends PickOptions<I> {
  readonly selected: readonly I[];
  /** A button in the title; what it changed is shown as given back. */
  readonly button?: {
    readonly icon: string;
    readonly tooltip: string;
    readonly press: () => Promise<readonly I[]>;
  };
}

export function pickMany<I extends vscode.QuickPickItem>(
  options: PickManyOptions<I>,
): Promise<Answer<readonly I[]>> {
  return pick(options, true, (quickPick) => [...quickPick.selectedItems]);
}

function pick<I extends vscode.QuickPickItem, T>(
  options: PickOptions<I> & Partial<PickManyOptions<I>>,
  many: boolean,
  read: (quickPick: vscode.QuickPick<I>) => T | undefined,
): Promise<Answer<T>> {
  const { frame, placeholder, items, active, selected, button, onItemButton } = options;
  const quickPick = vscode.window.createQuickPick<I>();
  applyFrame(quickPick, frame);
  quickPick.placeholder = placeholder;
  quickPick.canSelectMany = many;
  quickPick.ignoreFocusOut = true;
  quickPick.matchOnDescription = true;
  quickPick.matchOnDetail = true;
  quickPick.items = items;
  if (active) quickPick.activeItems = [active];
  if (selected) quickPick.selectedItems = selected;
  const extra = button && { iconPath: new vscode.ThemeIcon(button.icon), tooltip: button.tooltip };
  if (extra) quickPick.buttons = [...quickPick.buttons, extra];
  return new Promise<Answer<T>>((resolve) => {
    // Another input that opens on top hides this one; it comes back after it.
    let covered = false;
    const uncovered = async (work: () => Promise<readonly I[]>): Promise<void> => {
      const chosen = new Set(quickPick.selectedItems.map(({ label }) => label));
      covered = true;
      try {
        quickPick.items = await work();
      } finally {
        covered = false;
      }
      if (many) quickPick.selectedItems = quickPick.items.filter(({ label }) => chosen.has(label));
      quickPick.show();
    };
    quickPick.onDidAccept(() => {
      const value = read(quickPick);
      if (value === undefined) return;
      resolve({ kind: 'chosen', value });
      quickPick.dispose();
    });
    quickPick.onDidTriggerButton((pressed) => {
      if (pressed === vscode.QuickInputButtons.Back) {
        resolve({ kind: 'back' });
        quickPick.dispose();
      } else if (button) void uncovered(button.press);
    });
    quickPick.onDidTriggerItemButton(({ item }) => {
      if (onItemButton) void uncovered(() => onItemButton(item));
    });
    quickPick.onDidHide(() => {
      if (covered) return;
      resolve({ kind: 'cancelled' });
      quickPick.dispose();
    });
    quickPick.show();
  });
}

interface TextOptions {
  readonly frame: StepFrame;
  readonly prompt: string;
  readonly value: string;
  /** Words on what is wrong with a text. */
  readonly validate: (text: string) => string | undefined;
}

export function inputText({ frame, prompt, value, validate }: TextOptions): Promise<Answer<string>> {
  const box = vscode.window.createInputBox();
  applyFrame(box, frame);
  box.prompt = prompt;
  box.value = value;
  box.ignoreFocusOut = true;
  return new Promise<Answer<string>>((resolve) => {
    const end = (answer: Answer<string>): void => {
      resolve(answer);
      box.dispose();
    };
    box.onDidChangeValue((text) => (box.validationMessage = validate(text)));
    box.onDidAccept(() => {
      box.validationMessage = validate(box.value);
      if (box.validationMessage === undefined) end({ kind: 'chosen', value: box.value });
    });
    box.onDidTriggerButton(() => end({ kind: 'back' }));
    box.onDidHide(() => end({ kind: 'cancelled' }));
    box.show();
  });
}

/** A whole number of at least `least`. */
export async function inputNumber(
  options: Omit<TextOptions, 'validate' | 'value'> & { readonly value: number; readonly least: number },
): Promise<Answer<number>> {
  const { frame, prompt, value, least } = options;
  const answer = await inputText({
    frame,
    prompt,
    value: String(value),
    validate: (text) =>
      /^\d{1,7}$/.test(text.trim()) && Number(text) >= least
        ? undefined
        : vscode.l10n.t('A whole number of at least {0}.', least),
  });
  return answer.kind === 'chosen' ? { kind: 'chosen', value: Number(answer.value) } : answer;
}

function applyFrame(input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox, frame: StepFrame): void {
  input.title = frame.title;
  input.step = frame.step;
  input.totalSteps = frame.total;
  input.buttons = frame.canGoBack ? [vscode.QuickInputButtons.Back] : [];
}

/** Forwards and backwards through the steps of a row; the last one says what came of them. */
export async function walk<D, R>(
  steps: readonly ((draft: D) => Promise<Answer<D>>)[],
  first: D,
  last: (draft: D) => Promise<Answer<R>>,
): Promise<R | undefined> {
  let draft = first;
  let at = 0;
  for (;;) {
    const step = steps[at];
    if (!step) {
      const answer = await last(draft);
      if (answer.kind === 'chosen') return answer.value;
      if (answer.kind === 'cancelled') return undefined;
      at--;
      continue;
    }
    const answer = await step(draft);
    if (answer.kind === 'cancelled') return undefined;
    if (answer.kind === 'chosen') draft = answer.value;
    at = Math.max(0, at + (answer.kind === 'back' ? -1 : 1));
  }
}
