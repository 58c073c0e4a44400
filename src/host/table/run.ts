/**
 * One classification of many documents, as the table shows it: rows arrive in batches, and a page that is loaded
 * again is told everything from the start. Free of `vscode`.
 */
import type { ClassifyOutcome, Progress } from '../../protocol/engine.ts';
import type { TableMessage, TableRow, TableState } from '../../protocol/table-view.ts';
import { tableRow } from './rows.ts';

export interface RunOptions {
  readonly title: string;
  readonly root: string;
  readonly classifier: string;
  /** Milliseconds over which rows are collected into one message. */
  readonly batch: number;
  send(message: TableMessage): void;
}

export class TableRun {
  readonly #options: RunOptions;
  readonly #outcomes = new Map<string, ClassifyOutcome>();
  readonly #rows: TableRow[] = [];
  #sent = 0;
  #state: TableState;
  #timer: NodeJS.Timeout | undefined;
  #ready = false;
  /** Files that were done when the engine began the present one. */
  #filesDone = 0;
  /** A file or an archive held several documents. The engine counts files, so from then on it knows no total. */
  #manyInOne = false;

  constructor(options: RunOptions) {
    this.#options = options;
    const { title, classifier } = options;
    this.#state = { title, classifier, running: true, done: 0, cancelled: false };
  }

  get outcomes(): readonly ClassifyOutcome[] {
    return [...this.#outcomes.values()];
  }

  get running(): boolean {
    return this.#state.running;
  }

  outcome(key: string): ClassifyOutcome | undefined {
    return this.#outcomes.get(key);
  }

  /** The page is there and empty. */
  ready(): void {
    this.#ready = true;
    this.#sent = 0;
    this.#flush();
  }

  named(classifier: string): void {
    this.#state = { ...this.#state, classifier };
    this.#schedule();
  }

  progress(progress: Progress): void {
    if (!this.#state.running) return;
    if (progress.kind === 'outcome') this.add([progress.outcome]);
    else if (progress.kind === 'step' && progress.total !== undefined) {
      this.#filesDone = progress.done ?? 0;
      if (!this.#manyInOne) this.#state = { ...this.#state, total: progress.total };
    }
    this.#schedule();
  }

  add(outcomes: readonly ClassifyOutcome[]): void {
    for (const outcome of outcomes) {
      const row = tableRow(outcome, this.#options.root);
      if (this.#outcomes.has(row.key)) continue;
      this.#outcomes.set(row.key, outcome);
      this.#rows.push(row);
    }
    this.#manyInOne ||= this.#rows.length > this.#filesDone + 1;
    const { total, ...state } = this.#state;
    const keepsTotal = total !== undefined && !this.#manyInOne;
    this.#state = { ...state, done: this.#rows.length, ...(keepsTotal ? { total } : {}) };
  }

  end(how: 'finished' | 'cancelled'): void {
    this.#state = { ...this.#state, running: false, cancelled: how === 'cancelled' };
    this.#flush();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#ready = false;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#flush(), this.#options.batch);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#ready) return;
    const rows = this.#rows.slice(this.#sent);
    this.#sent = this.#rows.length;
    if (rows.length > 0) this.#options.send({ kind: 'rows', rows });
    this.#options.send({ kind: 'state', state: this.#state });
  }
}
