/**
 * Labels' words in the colour of their label, in every editor that shows the document. The colour lies behind the words
 * as inline style, so that it can stand inside a highlighted passage of evidence.
 */
import * as vscode from 'vscode';
import { rangeOf } from '../documents/open.ts';
import { css, labelHue, shade, STRENGTHS, type Ground, type Strength } from './colours.ts';
import { markedLeaks } from './diagnostics.ts';
import { isTerm, type Leak } from './leak.ts';
import type { Leakage } from './leakage.ts';

const INTERVAL_MS = 60;

export class LeakageHighlights implements vscode.Disposable {
  readonly #leakage: Leakage;
  readonly #types = new Map<string, vscode.TextEditorDecorationType>();
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(leakage: Leakage) {
    this.#leakage = leakage;
    const later = (): void => {
      this.#timer ??= setTimeout(() => this.#paintAll(), INTERVAL_MS);
    };
    this.#subscriptions = vscode.Disposable.from(
      leakage.onDidChange(later),
      vscode.window.onDidChangeVisibleTextEditors(later),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('patentLab.leakage')) later();
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
    for (const type of this.#types.values()) type.dispose();
  }

  #paintAll(): void {
    this.#timer = undefined;
    for (const editor of vscode.window.visibleTextEditors) this.#paint(editor);
  }

  #paint(editor: vscode.TextEditor): void {
    const state = this.#leakage.state(editor.document.uri);
    // While it is checked anew, VS Code moves what is there with the edits.
    if (state?.kind === 'checking') return;
    const places = new Map<string, vscode.Range[]>([...this.#types.keys()].map((key) => [key, []]));
    if (state?.kind === 'checked') {
      for (const leak of markedLeaks(this.#leakage, editor.document, state).marked) {
        if (leak.label === undefined || !isTerm(leak)) continue;
        const strength = strengthOf(leak);
        const key = this.#type(labelHue(leak.label), strength);
        places.set(key, [...(places.get(key) ?? []), rangeOf(editor.document, leak.span)]);
      }
    }
    for (const [key, ranges] of places) {
      const type = this.#types.get(key);
      if (type) editor.setDecorations(type, ranges);
    }
  }

  /** Types are made when their colour is first needed; there are few hues. */
  #type(hue: number, strength: Strength): string {
    const key = `${hue}:${strength}`;
    if (!this.#types.has(key)) this.#types.set(key, createType(hue, strength));
    return key;
  }
}

function strengthOf({ kind }: Leak): Strength {
  if (kind === 'keyword') return 'keyword';
  return kind === 'assigned-label' ? 'own' : 'other';
}

function createType(hue: number, strength: Strength): vscode.TextEditorDecorationType {
  const look = (ground: Ground): vscode.ThemableDecorationRenderOptions => ({
    textDecoration: `none; border-radius: 2px; background-color: ${css(shade(hue, ground), STRENGTHS[strength])}`,
    // Marks of every keyword would hide those of the names.
    ...(strength === 'keyword' ? {} : { overviewRulerColor: css(shade(hue, ground)) }),
  });
  return vscode.window.createTextEditorDecorationType({
    light: look('light'),
    dark: look('dark'),
    ...(strength === 'keyword' ? {} : { overviewRulerLane: vscode.OverviewRulerLane.Right }),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
