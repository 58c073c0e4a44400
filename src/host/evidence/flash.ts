/** Marks a place for a moment, so that the eye finds what was scrolled to. */
import * as vscode from 'vscode';

const DURATION_MS = 900;

export class Flash implements vscode.Disposable {
  #decoration: vscode.TextEditorDecorationType | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** An empty range stands for its line. */
  show(editor: vscode.TextEditor, place: vscode.Range): void {
    const range = place.isEmpty ? editor.document.lineAt(place.start).range : place;
    this.#decoration ??= vscode.window.createTextEditorDecorationType({
      borderRadius: '2px',
      outline: '1px solid',
      outlineColor: new vscode.ThemeColor('focusBorder'),
    });
    const decoration = this.#decoration;
    clearTimeout(this.#timer);
    for (const other of vscode.window.visibleTextEditors) {
      other.setDecorations(decoration, other === editor ? [range] : []);
    }
    this.#timer = setTimeout(() => editor.setDecorations(decoration, []), DURATION_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#decoration?.dispose();
  }
}
