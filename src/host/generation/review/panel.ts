/** The panel in which synthetic patents are read and judged. One for each root; it follows the run of this window. */
import path from 'node:path';
import * as vscode from 'vscode';
import { toErrorReport, unreachable } from '../../../core/errors.ts';
import {
  EditDocumentRequest,
  RefusedAnswersRequest,
  ReviewDocumentRequest,
  ReviewListRequest,
  type RefusedAnswer,
  type ReviewDocument,
  type UnjudgedItem,
  type Verdict,
} from '../../../protocol/generation.ts';
import { RecordVerdictsRequest } from '../../../protocol/synthetic.ts';
import type {
  EditedText,
  KeptText,
  ReviewRow,
  ReviewRun,
  ReviewViewIntent,
  ReviewViewMessage,
  ReviewViewState,
  SyntheticUse,
} from '../../../protocol/review-view.ts';
import type { CommandId } from '../../contributions.ts';
import { openPlace } from '../../documents/open.ts';
import type { Services } from '../../services.ts';
import { setting } from '../../settings.ts';
import { webviewFolder, webviewHtml } from '../../webview-html.ts';
import { requireTrust } from '../../workspace/trust.ts';
import { readConfig, writeSyntheticUse } from '../config.ts';
import type { RunState } from '../run/run-state.ts';
import { doneOf } from '../run/words.ts';
import { detailOf } from './detail.ts';
import { reverted, type Change } from './history.ts';
import { recordPlace } from './record-place.ts';
import { recounted, type Judged } from './recount.ts';
import { refusedDetail } from './refused.ts';
import { changedRows, refusedRow, rowOf } from './rows.ts';

/** Least time between two looks at the documents while a run writes them, in milliseconds. [ours] */
const LOOKING_MS = 700;
/** After the last verdict, until the engine counts the workspace anew, in milliseconds. [ours] */
const COUNTING_MS = 5000;

const open = new Map<string, ReviewPanel>();

/** Shows the review of a root. */
export async function showReview(services: Services, root: string): Promise<void> {
  requireTrust();
  const panel = open.get(root) ?? new ReviewPanel(services, root, () => open.delete(root));
  open.set(root, panel);
  panel.reveal();
  await panel.load();
}

class ReviewPanel {
  readonly #services: Services;
  readonly #root: string;
  readonly #panel: vscode.WebviewPanel;
  readonly #subscriptions: vscode.Disposable;
  #items = new Map<string, UnjudgedItem>();
  /** Of the items; null where there is none. */
  #verdicts = new Map<string, Verdict | null>();
  #refused: ReadonlyMap<string, RefusedAnswer> = new Map();
  /** As they were sent. */
  #rows = new Map<string, ReviewRow>();
  #history: readonly Change[] = [];
  #use: SyntheticUse = 'accepted';
  #problems = 0;
  #loaded = false;
  #error: ReviewViewState['error'];
  #shown: ReviewDocument | undefined;
  /** The output that was asked for last; answers about others come too late. */
  #asked: string | undefined;
  #looking: NodeJS.Timeout | undefined;
  #counting: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(services: Services, root: string, onClose: () => void) {
    this.#services = services;
    this.#root = root;
    const title = vscode.l10n.t('Review Synthetic Patents');
    this.#panel = vscode.window.createWebviewPanel('patentLab.review', title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [webviewFolder(services.extension)],
    });
    this.#panel.webview.onDidReceiveMessage((intent: ReviewViewIntent) => {
      this.#handle(intent).catch((error: unknown) => services.showError(error));
    });
    this.#subscriptions = vscode.Disposable.from(
      services.generation.onDidChange(() => this.#sendState()),
      services.generation.onDidWrite((where) => {
        if (where === root) this.#lookSoon();
      }),
      services.summaries.onDidChange((where) => {
        if (where === root) this.#sendState();
      }),
    );
    this.#panel.onDidDispose(() => {
      this.#disposed = true;
      clearTimeout(this.#looking);
      if (this.#counting) this.#countAnew();
      this.#subscriptions.dispose();
      onClose();
    });
    this.#panel.webview.html = webviewHtml(this.#panel.webview, services.extension, 'review', title);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Reads what there is; the panel says what went wrong. */
  async load(): Promise<void> {
    try {
      const { engine, summaries } = this.#services;
      const root = this.#root;
      const [list, refused, config] = await Promise.all([
        engine.request(ReviewListRequest, { root }),
        engine.request(RefusedAnswersRequest, { root }),
        readConfig(root),
        summaries.load(root),
      ]);
      this.#items = new Map(list.items.map((item) => [item.id, item]));
      this.#verdicts = new Map(list.items.map(({ id, verdict = null }) => [id, verdict]));
      this.#refused = new Map(refused.answers.map((answer) => [answer.id, answer]));
      this.#problems = list.problems.length + refused.problems.length;
      this.#use = config.syntheticUse;
      this.#error = undefined;
    } catch (error) {
      this.#error = toErrorReport(error);
    }
    this.#loaded = true;
    this.#sendRows();
    this.#sendState();
  }

  async #handle(intent: ReviewViewIntent): Promise<void> {
    switch (intent.kind) {
      case 'ready':
        this.#rows = new Map();
        this.#sendRows(true);
        return this.#sendState();
      case 'show':
        return this.#show(intent.key);
      case 'decide':
        return this.#decide(intent.keys, intent.verdict);
      case 'undo':
        return this.#undo();
      case 'save':
        return this.#save(intent.key, intent.text);
      case 'show-text':
        return this.#showText(intent.key, intent.which);
      case 'set-use':
        return this.#setUse(intent.use);
      case 'open':
        return this.#open(intent.key, intent.source);
      case 'go-on':
        return this.#services.generation.goOn();
      case 'stop':
        return this.#services.generation.stop();
      case 'resume':
        return this.#command('patentLab.resumeGeneration');
      case 'generate':
        return this.#command('patentLab.generate');
      case 'show-problems':
        await this.#services.summaries.refresh(this.#root).catch(() => undefined);
        await vscode.commands.executeCommand('workbench.actions.view.problems');
        return;
      default:
        return unreachable(intent);
    }
  }

  async #command(id: CommandId): Promise<void> {
    await vscode.commands.executeCommand(id);
  }

  // ── one output ───────────────────────────────────────────────────────────────────────────────────────────────

  async #show(key: string): Promise<void> {
    this.#asked = key;
    const refused = this.#refused.get(key);
    if (refused) return this.#post({ kind: 'detail', detail: refusedDetail(refused, vscode.l10n) });
    try {
      const document = await this.#services.engine.request(ReviewDocumentRequest, {
        root: this.#root,
        id: key,
      });
      if (this.#asked !== key) return;
      this.#shown = document;
      this.#post({ kind: 'detail', detail: detailOf(document, vscode.l10n) });
    } catch (error) {
      if (this.#asked === key) this.#post({ kind: 'detail-failed', key, error: toErrorReport(error) });
    }
  }

  #showText(key: string, which: KeptText): void {
    const refused = this.#refused.get(key);
    const shown = this.#shown?.item.id === key ? this.#shown : undefined;
    const text = which === 'prompt' ? shown?.prompt : (refused?.text ?? shown?.answer);
    this.#post({ kind: 'text', key, which, text: text ?? '' });
  }

  async #save(key: string, text: EditedText): Promise<void> {
    const description = this.#shown?.item.id === key ? this.#shown.text.description : '';
    const document = await this.#services.engine.request(EditDocumentRequest, {
      root: this.#root,
      id: key,
      text: { ...text, description },
    });
    this.#shown = document;
    this.#items.set(key, document.item);
    this.#sendRowsOf([key]);
    this.#post({ kind: 'detail', detail: detailOf(document, vscode.l10n) });
    this.#post({ kind: 'saved', key });
  }

  async #open(key: string, source: string | undefined): Promise<void> {
    const related = source === undefined ? undefined : this.#shown?.related.find(({ id }) => id === source);
    const file = source === undefined ? this.#items.get(key)?.file : related?.file;
    if (file === undefined) return;
    await openPlace(await recordPlace(file, source ?? key));
  }

  // ── verdicts ─────────────────────────────────────────────────────────────────────────────────────────────────

  async #decide(keys: readonly string[], verdict: Verdict | null): Promise<void> {
    const before = keys.flatMap((id) => {
      const standing = this.#verdicts.get(id);
      return standing === undefined ? [] : [{ id, verdict: standing }];
    });
    if (before.length === 0) return;
    const change: Change = { before };
    this.#history = [...this.#history, change];
    this.#sendState();
    try {
      await this.#record(
        before.map(({ id }) => id),
        verdict,
      );
    } catch (error) {
      this.#history = this.#history.filter((one) => one !== change);
      this.#sendState();
      throw error;
    }
  }

  async #undo(): Promise<void> {
    const change = this.#history.at(-1);
    if (!change) return;
    this.#history = this.#history.slice(0, -1);
    this.#sendState();
    const [first] = change.before;
    if (first) this.#post({ kind: 'select', key: first.id });
    for (const { ids, verdict } of reverted(change)) await this.#record(ids, verdict);
  }

  /** Shown at once: a person goes on to the next output. What could not be written is shown as it was. */
  async #record(ids: readonly string[], verdict: Verdict | null): Promise<void> {
    const before = ids.map((id) => [id, this.#verdicts.get(id) ?? null] as const);
    this.#setVerdicts(ids.map((id) => [id, verdict]));
    try {
      const verdicts = ids.map((id) => ({ id, verdict }));
      await this.#services.engine.request(RecordVerdictsRequest, { root: this.#root, verdicts });
    } catch (error) {
      this.#setVerdicts(before);
      throw error;
    }
    this.#recount(
      before.map(([id, was]) => ({
        labels: this.#items.get(id)?.labels.map((label) => label.id) ?? [],
        before: was,
        after: verdict,
      })),
    );
  }

  #setVerdicts(verdicts: readonly (readonly [string, Verdict | null])[]): void {
    for (const [id, verdict] of verdicts) this.#verdicts.set(id, verdict);
    this.#sendRowsOf(verdicts.map(([id]) => id));
  }

  /** The taxonomy's counts follow, and are counted anew when no more verdicts come. */
  #recount(judged: readonly Judged[]): void {
    const { summaries } = this.#services;
    const summary = summaries.get(this.#root);
    if (summary) summaries.patch(this.#root, recounted(summary, judged, this.#use, this.#targetCount));
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => this.#countAnew(), COUNTING_MS);
  }

  #countAnew(): void {
    clearTimeout(this.#counting);
    this.#counting = undefined;
    this.#services.summaries.refresh(this.#root).catch(() => undefined);
  }

  get #targetCount(): number {
    return setting('patentLab.targetCount', vscode.Uri.file(this.#root));
  }

  async #setUse(use: SyntheticUse): Promise<void> {
    await writeSyntheticUse(this.#root, use);
    this.#use = use;
    this.#sendState();
    this.#countAnew();
  }

  // ── while a run writes ───────────────────────────────────────────────────────────────────────────────────────

  #lookSoon(): void {
    this.#looking ??= setTimeout(() => {
      this.#looking = undefined;
      if (!this.#disposed) void this.load();
    }, LOOKING_MS);
  }

  // ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────

  #post(message: ReviewViewMessage): void {
    if (!this.#disposed) void this.#panel.webview.postMessage(message);
  }

  #rowOf(item: UnjudgedItem): ReviewRow {
    return rowOf(item, this.#verdicts.get(item.id) ?? null, this.#services.generation.samples, vscode.l10n);
  }

  /** Of these outputs alone: what the others are is known to have stayed. */
  #sendRowsOf(ids: readonly string[]): void {
    const rows = ids.flatMap((id) => {
      const item = this.#items.get(id);
      return item ? [this.#rowOf(item)] : [];
    });
    for (const row of rows) this.#rows.set(row.key, row);
    this.#post({ kind: 'rows', rows, all: false });
  }

  #sendRows(all = false): void {
    const rows = [
      ...[...this.#items.values()].map((item) => this.#rowOf(item)),
      ...[...this.#refused.values()].map((answer) => refusedRow(answer, vscode.l10n)),
    ];
    const changed = all ? undefined : changedRows(this.#rows, rows);
    this.#rows = new Map(rows.map((row) => [row.key, row]));
    if (changed === undefined) this.#post({ kind: 'rows', rows, all: true });
    else if (changed.length > 0) this.#post({ kind: 'rows', rows: changed, all: false });
  }

  #sendState(): void {
    const { summaries, generation } = this.#services;
    const labels = summaries.get(this.#root)?.taxonomy?.labels ?? [];
    const state: ReviewViewState = {
      folder: path.basename(this.#root),
      use: this.#use,
      labels: labels.map(({ id, name, count, synthetic }) => ({
        id,
        name,
        real: count - synthetic,
        target: this.#targetCount,
      })),
      run: runOf(generation.state, this.#root),
      loaded: this.#loaded,
      problems: this.#problems,
      undoable: this.#history.length,
      ...(this.#error ? { error: this.#error } : {}),
    };
    this.#post({ kind: 'state', state });
  }
}

/** The run as the panel shows it; one of another root is none. */
function runOf(state: RunState, root: string): ReviewRun {
  if (state.kind === 'idle' || state.root !== root) return { kind: 'idle' };
  switch (state.kind) {
    case 'sampling':
    case 'running': {
      const { counts, total, note } = state.figures;
      return {
        kind: state.kind,
        figures: {
          done: doneOf(counts),
          total,
          accepted: counts.accepted,
          refused: counts.rejected,
          note,
        },
      };
    }
    case 'asking':
      return { kind: 'asking', rest: state.rest, model: state.model, note: state.note };
    case 'stopped':
      return {
        kind: 'stopped',
        missing: state.missing,
        ...(state.error ? { error: state.error } : {}),
      };
    default:
      return unreachable(state);
  }
}
