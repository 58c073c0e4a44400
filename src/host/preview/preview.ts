/**
 * One Patent Preview: shows a patent of one document and keeps in step with it. The source leads: its cursor and its
 * scroll position are followed; what is selected in the preview is selected in the source.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import { unreachable } from '../../core/errors.ts';
import type { Patent } from '../../core/patent/model.ts';
import type { Span } from '../../core/text/span.ts';
import type {
  PreviewIntent,
  PreviewMessage,
  PreviewPlace,
  PreviewState,
} from '../../protocol/preview-view.ts';
import { rangeOf } from '../documents/open.ts';
import type { ParsedDocument } from '../documents/parsed.ts';
import { passageFrom, passagesOf, patentAt, textOffset, type Located } from '../documents/passages.ts';
import type { PatentEditors } from '../documents/patent-editors.ts';
import { openDocument } from '../documents/transcriptions.ts';
import { withShortPath } from '../errors/text.ts';
import { words } from '../language/providers.ts';
import { webviewFolder, webviewHtml } from '../webview-html.ts';
import { previewPatent } from './model.ts';

export interface PreviewParts {
  readonly extension: vscode.Uri;
  readonly editors: PatentEditors;
  readonly showError: (error: unknown) => void;
}

/** The source moves because of the preview for this long; following it would move the preview in turn. */
const ECHO_MS = 500;
/** The cursor is followed at once, so the scrolling that it causes is not. */
const CURSOR_MS = 250;
const CURSOR_DELAY_MS = 40;
const SCROLL_DELAY_MS = 30;

export class Preview implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly uri: vscode.Uri;
  readonly #parts: PreviewParts;
  readonly #subscriptions: vscode.Disposable;
  #ready = false;
  #isReading = false;
  #parsed: ParsedDocument | undefined;
  #patent: Patent | undefined;
  #passages: ReadonlyMap<string, Located> = new Map();
  #revision = 0;
  /** Milliseconds; until then the source is not followed. */
  #echoUntil = 0;
  #cursorUntil = 0;
  #cursorTimer: NodeJS.Timeout | undefined;
  #scrollTimer: NodeJS.Timeout | undefined;
  /** The group the source was last seen in. */
  #column: vscode.ViewColumn | undefined;

  constructor(panel: vscode.WebviewPanel, uri: vscode.Uri, parts: PreviewParts) {
    this.panel = panel;
    this.uri = uri;
    this.#parts = parts;
    const { webview } = panel;
    const isOurs = (document: vscode.TextDocument): boolean => document.uri.toString() === uri.toString();
    webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(parts.extension)] };
    this.#subscriptions = vscode.Disposable.from(
      webview.onDidReceiveMessage((intent: PreviewIntent) => {
        this.#act(intent).catch((error: unknown) => parts.showError(error));
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (isOurs(document) && contentChanges.length > 0) void this.#read();
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isOurs(document)) void this.#read();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (isOurs(textEditor.document)) this.#followCursor(textEditor);
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (isOurs(textEditor.document)) this.#followScroll(textEditor);
      }),
    );
    webview.html = webviewHtml(webview, parts.extension, 'preview', panel.title);
    this.#column = this.#editor()?.viewColumn;
  }

  dispose(): void {
    clearTimeout(this.#cursorTimer);
    clearTimeout(this.#scrollTimer);
    this.#subscriptions.dispose();
  }

  async #act(intent: PreviewIntent): Promise<void> {
    switch (intent.kind) {
      case 'ready':
        this.#ready = true;
        if (this.#parsed) this.#show();
        return this.#read();
      case 'select':
        if (intent.revision === this.#revision) await this.#select(this.#sourceSpan(intent.from, intent.to));
        return;
      case 'show-gap':
        if (intent.revision === this.#revision) await this.#select(this.#patent?.gaps[intent.gap]?.span);
        return;
      case 'go': {
        const patent = this.#parsed?.patents[intent.index];
        if (!patent) return;
        this.#patent = patent;
        this.#show();
        return this.#select({ start: patent.source.span.start, end: patent.source.span.start });
      }
      default:
        return unreachable(intent);
    }
  }

  /** Reads the document until what is shown is what stands in it. */
  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      const document = await openDocument(this.uri);
      const parsed = await this.#parts.editors.parsed.get(document);
      if (!parsed || parsed === this.#parsed) return;
      const before = this.#patent?.source.index;
      this.#parsed = parsed;
      const editor = this.#editor();
      this.#patent = editor
        ? patentAt(parsed.patents, document.offsetAt(editor.selection.active))
        : (parsed.patents.find(({ source }) => source.index === before) ?? parsed.patents[0]);
      this.#show();
      if (editor) this.#sendCursor(editor, before === undefined);
    } catch (error) {
      this.#parts.showError(error);
    } finally {
      this.#isReading = false;
    }
  }

  #show(): void {
    const parsed = this.#parsed;
    if (!this.#ready || !parsed) return;
    this.#revision++;
    this.#passages = new Map(
      (this.#patent ? passagesOf(this.#patent) : []).map((located) => [located.key, located]),
    );
    this.#send({ kind: 'state', state: this.#state(parsed) });
  }

  #state(parsed: ParsedDocument): PreviewState {
    const base = { uri: this.uri.toString(), name: path.basename(this.uri.fsPath) };
    const relative = (file: string): string => vscode.workspace.asRelativePath(file);
    const failures = parsed.failures.map((failure) => withShortPath(failure, relative));
    const patent = this.#patent;
    if (!patent) return { kind: 'nothing', ...base, tooLong: parsed.tooLong, errors: failures };
    return {
      kind: 'patent',
      ...base,
      revision: this.#revision,
      index: parsed.patents.indexOf(patent),
      count: parsed.patents.length,
      failures,
      patent: previewPatent(patent, (code) => words().languageName(code)),
    };
  }

  #sourceSpan(from: PreviewPlace, to: PreviewPlace): Span | undefined {
    const first = this.#passages.get(from.key)?.passage;
    const last = this.#passages.get(to.key)?.passage;
    if (!first || !last) return undefined;
    if (from.key === to.key) {
      if (from.offset === to.offset) return first.span;
      return first.map.toSource({ start: from.offset, end: to.offset });
    }
    const start = first.map.toSource({ start: from.offset, end: first.text.length });
    const end = last.map.toSource({ start: 0, end: to.offset });
    // Sections may stand in another order in the source; then what lies between is not what was selected.
    return start && end && start.start < end.end ? { start: start.start, end: end.end } : start;
  }

  /** The focus stays in the preview: a person goes on reading there. */
  async #select(span: Span | undefined): Promise<void> {
    if (!span) return;
    const document = await openDocument(this.uri);
    if (document.version !== this.#parsed?.version) return;
    this.#echoUntil = Date.now() + ECHO_MS;
    const editor =
      this.#editor() ??
      (await vscode.window.showTextDocument(document, {
        viewColumn: this.#column ?? vscode.ViewColumn.One,
        preserveFocus: true,
      }));
    const range = rangeOf(document, span);
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    this.#echoUntil = Date.now() + ECHO_MS;
  }

  #editor(): vscode.TextEditor | undefined {
    const key = this.uri.toString();
    return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === key);
  }

  #followCursor(editor: vscode.TextEditor): void {
    this.#column = editor.viewColumn ?? this.#column;
    this.#cursorUntil = Date.now() + CURSOR_MS;
    clearTimeout(this.#cursorTimer);
    const reveal = Date.now() >= this.#echoUntil;
    this.#cursorTimer = setTimeout(() => this.#sendCursor(editor, reveal), CURSOR_DELAY_MS);
  }

  #sendCursor({ document, selection }: vscode.TextEditor, reveal: boolean): void {
    if (!this.#isCurrent(document)) return;
    const span = { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
    this.#follow(document.offsetAt(selection.active));
    const located = this.#patent && this.#passageAtCursor(this.#patent, document, selection.start);
    const revision = this.#revision;
    if (!located) return this.#send({ kind: 'cursor', revision, start: 0, end: 0, reveal });
    const { key, passage } = located;
    // The whole passage is marked by itself.
    const isWhole = span.start <= passage.span.start && passage.span.end <= span.end;
    const start = isWhole ? 0 : textOffset(passage, span.start);
    const end = isWhole ? 0 : Math.max(start, textOffset(passage, span.end));
    this.#send({ kind: 'cursor', revision, key, start, end, reveal });
  }

  /** Before the text of a line stand its tags or its number; they belong to it. */
  #passageAtCursor(
    patent: Patent,
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Located | undefined {
    const offset = document.offsetAt(position);
    const located = passageFrom(patent, offset);
    const lineEnd = document.offsetAt(document.lineAt(position.line).range.end);
    return located && located.passage.span.start <= lineEnd ? located : undefined;
  }

  #followScroll(editor: vscode.TextEditor): void {
    clearTimeout(this.#scrollTimer);
    this.#scrollTimer = setTimeout(() => {
      const now = Date.now();
      if (now < this.#echoUntil || now < this.#cursorUntil || !this.#isCurrent(editor.document)) return;
      const [visible] = editor.visibleRanges;
      if (!visible) return;
      const top = editor.document.offsetAt(visible.start);
      this.#follow(top);
      const located = this.#patent && passageFrom(this.#patent, top);
      if (!located) return;
      const { start, end } = located.passage.span;
      const fraction = Math.min(1, Math.max(0, (top - start) / Math.max(1, end - start)));
      this.#send({ kind: 'scroll', revision: this.#revision, key: located.key, fraction });
    }, SCROLL_DELAY_MS);
  }

  /** Shows the patent that stands at an offset of the source. */
  #follow(offset: number): void {
    const patent = patentAt(this.#parsed?.patents ?? [], offset);
    if (!patent || patent === this.#patent) return;
    this.#patent = patent;
    this.#show();
  }

  /** Offsets of a text that was edited since it was read mean nothing. */
  #isCurrent = ({ version }: vscode.TextDocument): boolean => version === this.#parsed?.version;

  #send(message: PreviewMessage): void {
    if (this.#ready) void this.panel.webview.postMessage(message);
  }
}
