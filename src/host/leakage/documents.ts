/**
 * Keeps the leaks of every open patent: checked when it is opened, when typing pauses, and when taxonomy, decisions or
 * predictions change. Between two checks the findings move with the edits, and one whose text is edited goes.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import { toErrorReport, type ErrorReport } from '../../core/errors.ts';
import type { Patent } from '../../core/patent/model.ts';
import type { Edit } from '../documents/edits.ts';
import type { PatentEditors } from '../documents/patent-editors.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Roots } from '../workspace/roots.ts';
import { assignedLabels, type Assigned } from './assigned.ts';
import type { PassageFindings } from './check.ts';
import type { LabelFiles } from './label-files.ts';
import { moved, type CheckedPatent, type Leak } from './leak.ts';
import type { Labels } from './read-labels.ts';

/** Time a check takes before it lets others run, in milliseconds. [ours] */
const SLICE_MS = 8;

export type CheckState =
  | { readonly kind: 'checking' }
  | { readonly kind: 'no-taxonomy' }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  | Checked;

/** The leaks of a document, and what was edited since they were found. */
export interface Checked {
  readonly kind: 'checked';
  readonly root: string;
  readonly labels: Labels;
  /** Version of the document that was checked. */
  readonly version: number;
  readonly patents: readonly CheckedPatent[];
  readonly edits: readonly Edit[];
}

interface Entry {
  readonly document: vscode.TextDocument;
  state: CheckState;
  /** The check of what is there now, while there is one. */
  running: Promise<void> | undefined;
  isWanted: boolean;
  isDropped: boolean;
  /** Findings of passages of the last check. */
  findings: PassageFindings | undefined;
  /** Labels of the patents of the last check, to notice when they are others. */
  assigned: string;
}

export class LeakageDocuments implements vscode.Disposable {
  readonly #editors: PatentEditors;
  readonly #roots: Roots;
  readonly #sessions: Sessions;
  readonly #labels: LabelFiles;
  readonly #entries = new Map<string, Entry>();
  readonly #subscriptions: vscode.Disposable;
  readonly #changes = new vscode.EventEmitter<vscode.TextDocument>();
  /** Fires with the document whose leaks are others now, or are known no more. */
  readonly onDidChange = this.#changes.event;

  constructor(editors: PatentEditors, roots: Roots, sessions: Sessions, labels: LabelFiles) {
    this.#editors = editors;
    this.#roots = roots;
    this.#sessions = sessions;
    this.#labels = labels;
    const sync = (): void => this.#sync();
    this.#subscriptions = vscode.Disposable.from(
      editors.onDidChangeOpen(sync),
      vscode.workspace.onDidOpenTextDocument(sync),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#drop(uri.toString())),
      vscode.window.tabGroups.onDidChangeTabs(sync),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      sessions.onDidChange((uri) => this.#labelled(uri)),
      labels.onDidChange(() => {
        for (const entry of this.#entries.values()) this.#check(entry);
      }),
    );
  }

  /** Looks at what is open already. */
  start(): void {
    this.#sync();
  }

  get open(): readonly vscode.TextDocument[] {
    return [...this.#entries.values()].map(({ document }) => document);
  }

  get(uri: vscode.Uri | string): CheckState | undefined {
    return this.#entries.get(uri.toString())?.state;
  }

  /** The leaks of the document as it is when the check ends. */
  async settled(uri: vscode.Uri | string): Promise<Checked | undefined> {
    for (;;) {
      const entry = this.#entries.get(uri.toString());
      if (!entry) return undefined;
      if (entry.running) await entry.running;
      else return entry.state.kind === 'checked' ? entry.state : undefined;
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const entry of this.#entries.values()) entry.isDropped = true;
    this.#entries.clear();
    this.#changes.dispose();
  }

  /** Takes in what has a tab and holds patents, and lets go of the rest. */
  #sync(): void {
    const shown = tabs();
    for (const key of [...this.#entries.keys()]) if (!shown.has(key)) this.#drop(key);
    for (const document of vscode.workspace.textDocuments) {
      const key = document.uri.toString();
      if (!shown.has(key) || this.#entries.has(key)) continue;
      void this.#editors.isPatent(document).then((isPatent) => {
        if (isPatent && !this.#entries.has(key) && !document.isClosed && tabs().has(key))
          this.#take(document);
      });
    }
  }

  #take(document: vscode.TextDocument): void {
    const entry: Entry = {
      document,
      state: { kind: 'checking' },
      running: undefined,
      isWanted: false,
      isDropped: false,
      findings: undefined,
      assigned: '',
    };
    this.#entries.set(document.uri.toString(), entry);
    this.#check(entry);
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    entry.isDropped = true;
    this.#entries.delete(key);
    this.#changes.fire(entry.document);
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const entry = this.#entries.get(document.uri.toString());
    if (!entry || contentChanges.length === 0) return;
    if (entry.state.kind === 'checked') {
      const { state } = entry;
      const edits = contentChanges.map(({ rangeOffset, rangeLength, text }): Edit => ({
        start: rangeOffset,
        removed: rangeLength,
        added: text.length,
      }));
      entry.state = { ...state, edits: [...state.edits, ...edits] };
      this.#changes.fire(document);
    }
    this.#check(entry);
  }

  /** A decision or a prediction may say what the document's labels are. */
  #labelled(uri: string): void {
    const entry = this.#entries.get(uri);
    if (entry?.state.kind !== 'checked' || entry.state.edits.length > 0) return;
    const { patents, root, labels } = entry.state;
    const assigned = this.#assigned(entry, root, labels);
    if (signature(patents.map(({ patent }) => assigned(patent))) !== entry.assigned) this.#check(entry);
  }

  #assigned(entry: Entry, root: string, labels: Labels): (patent: Patent) => Assigned | undefined {
    const session = this.#sessions.get(entry.document.uri);
    const file = path.relative(root, entry.document.uri.fsPath).split(path.sep).join('/');
    return (patent) => assignedLabels(patent, { decisions: labels.decisions, session, path: file });
  }

  #check(entry: Entry): void {
    entry.isWanted = true;
    entry.running ??= this.#run(entry).finally(() => {
      entry.running = undefined;
      if (entry.isWanted && !entry.isDropped) this.#check(entry);
    });
  }

  /** Checks until nothing was changed meanwhile. */
  async #run(entry: Entry): Promise<void> {
    while (entry.isWanted && !entry.isDropped) {
      entry.isWanted = false;
      let state: CheckState | undefined;
      try {
        state = await this.#checked(entry);
      } catch (error) {
        state = { kind: 'failed', error: toErrorReport(error) };
      }
      if (entry.isDropped || state === undefined) continue;
      entry.state = state;
      this.#changes.fire(entry.document);
    }
  }

  /** Undefined when it became pointless. */
  async #checked(entry: Entry): Promise<CheckState | undefined> {
    const { document } = entry;
    const root = await this.#roots.of(document.uri);
    const known = await this.#labels.load(root);
    if (known.kind === 'missing') return { kind: 'no-taxonomy' };
    if (known.kind === 'failed') return known;
    const parsed = await this.#editors.parsed.get(document);
    if (!parsed || parsed.version !== document.version) return undefined;
    // A document that is half typed may not read; what is known of it stands and moves until it does.
    const isBroken = parsed.patents.length === 0 && parsed.failures.length > 0;
    if (isBroken && entry.state.kind === 'checked') return undefined;
    const { labels } = known;
    const { checkSteps, PassageFindings } = await import('./check.ts');
    const findings = new PassageFindings(labels.matcher, entry.findings);
    const assigned = this.#assigned(entry, root, labels);
    // Nothing was awaited since the version was compared but a module that is loaded already, or the document was edited
    // and is checked again.
    const steps = checkSteps(parsed.patents, { findings, source: document.getText(), assigned });
    let since = performance.now();
    for (;;) {
      const step = steps.next();
      if (step.done) {
        if (document.version !== parsed.version) return undefined;
        entry.findings = findings;
        entry.assigned = signature(step.value.map((checked) => checked.assigned));
        return {
          kind: 'checked',
          root,
          labels,
          version: parsed.version,
          patents: step.value,
          edits: [],
        };
      }
      if (performance.now() - since < SLICE_MS) continue;
      await new Promise((resolve) => setImmediate(resolve));
      if (entry.isDropped || entry.isWanted) return undefined;
      since = performance.now();
    }
  }
}

/** Where the findings of a patent are now. */
export const standing = (leaks: readonly Leak[], edits: readonly Edit[]): Leak[] =>
  edits.length === 0 ? [...leaks] : leaks.flatMap((leak) => moved(leak, edits) ?? []);

const signature = (assigned: readonly (Assigned | undefined)[]): string => JSON.stringify(assigned);

/** The files that have a tab. */
function tabs(): ReadonlySet<string> {
  const keys = vscode.window.tabGroups.all.flatMap(({ tabs: all }) =>
    all.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])),
  );
  return new Set(keys);
}
