/** The Patent view: shows the state of the patents that are open, and turns what a person does in it into actions. */
import * as vscode from 'vscode';
import type { PatentViewIntent, PatentViewMessage, PatentViewTab } from '../../protocol/patent-view.ts';
import { PATENT_VIEW } from '../contributions.ts';
import { webviewFolder, webviewHtml } from '../webview-html.ts';

export interface PatentViewParts {
  readonly extension: vscode.Uri;
  state(): PatentViewMessage;
  /** Stands for what the state shows at the cursor: the same value as long as that is the same. */
  shown(): unknown;
  /** Finds out what the first state needs; never rejects. */
  prepare(): Promise<void>;
  act(intent: Exclude<PatentViewIntent, { kind: 'ready' }>): void;
}

/** State is sent at most this often; typing and streaming cause more changes than anyone can see. */
const INTERVAL_MS = 60;

export class PatentViewProvider implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #parts: PatentViewParts;
  #view: vscode.WebviewView | undefined;
  #ready = false;
  #timer: NodeJS.Timeout | undefined;
  #sent: unknown;
  /** Asked for before the page was there. */
  #wantedTab: PatentViewTab | undefined;

  constructor(parts: PatentViewParts) {
    this.#parts = parts;
  }

  get visible(): boolean {
    return this.#view?.visible ?? false;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { extension } = this.#parts;
    this.#view = view;
    this.#ready = false;
    view.webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extension)] };
    view.webview.onDidReceiveMessage((intent: PatentViewIntent) => {
      if (intent.kind === 'ready') void this.#begin(view);
      else this.#parts.act(intent);
    });
    view.onDidChangeVisibility(() => {
      // A hidden page is thrown away; the next one says `ready` itself.
      if (!view.visible) this.#ready = false;
    });
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
      this.#ready = false;
    });
    view.webview.html = webviewHtml(view.webview, extension, 'patent', vscode.l10n.t('Patent'));
  }

  /** Makes the view visible; the focus stays where it is. */
  async show(): Promise<void> {
    if (this.#view) this.#view.show(true);
    else await vscode.commands.executeCommand(`${PATENT_VIEW}.focus`, { preserveFocus: true });
  }

  /** Puts a tab in front, as soon as there is something to show in it. */
  showTab(tab: PatentViewTab): void {
    this.#wantedTab = tab;
    this.update();
  }

  /** Something the view shows changed. */
  update(): void {
    if (!this.#ready) return;
    this.#timer ??= setTimeout(() => this.#send(), INTERVAL_MS);
  }

  /** The cursor moved; mostly it still stands in what is shown. */
  follow(): void {
    if (this.#parts.shown() !== this.#sent) this.update();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** The page shows nothing until it is told; better that than a state that turns out wrong a second later. */
  async #begin(view: vscode.WebviewView): Promise<void> {
    await vscode.window.withProgress({ location: { viewId: PATENT_VIEW } }, () => this.#parts.prepare());
    if (this.#view !== view || !view.visible) return;
    this.#ready = true;
    this.#send();
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#ready) return;
    this.#sent = this.#parts.shown();
    void this.#view?.webview.postMessage(this.#parts.state());
    if (this.#wantedTab === undefined) return;
    const message: PatentViewMessage = { kind: 'show-tab', tab: this.#wantedTab };
    this.#wantedTab = undefined;
    void this.#view?.webview.postMessage(message);
  }
}
