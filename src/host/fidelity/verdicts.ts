/**
 * The analyst's verdicts on the synthetic documents of each root: read from the review file, followed on disk, and
 * given through the engine. A verdict shows at once; where it cannot be written it is taken back.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Verdict } from '../../core/corpus/synthetic-review.ts';
import { RecordVerdictsRequest, type RecordVerdictsParams } from '../../protocol/synthetic.ts';
import type { EngineClient } from '../engine/client.ts';
import { requireTrust } from '../workspace/trust.ts';

export type VerdictMap = ReadonlyMap<string, Verdict>;

const NONE: VerdictMap = new Map();
/** Time in which several changes on disk count as one, in milliseconds. */
const DELAY_MS = 100;

interface Entry {
  known: VerdictMap;
  loading: Promise<VerdictMap>;
  watcher?: vscode.Disposable;
  timer?: NodeJS.Timeout;
}

export class Verdicts implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #entries = new Map<string, Entry>();
  readonly #changes = new vscode.EventEmitter<string>();
  /** Fires with the root whose verdicts are others now. */
  readonly onDidChange = this.#changes.event;

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** What is known; reading starts with the first question. */
  get(root: string): VerdictMap {
    const entry = this.#entries.get(root);
    if (!entry) void this.load(root);
    return entry?.known ?? NONE;
  }

  /** Never rejects: verdicts that cannot be read are reported where the workspace is read as a whole. */
  load(root: string): Promise<VerdictMap> {
    const known = this.#entries.get(root);
    if (known) return known.loading;
    const entry: Entry = { known: NONE, loading: Promise.resolve(NONE) };
    this.#entries.set(root, entry);
    entry.loading = this.#read(root, entry);
    return entry.loading;
  }

  /** @throws PatentLabError `untrusted-workspace`, or why it could not be written. */
  async record(root: string, verdicts: RecordVerdictsParams['verdicts']): Promise<void> {
    requireTrust();
    await this.load(root);
    const entry = this.#entries.get(root);
    if (!entry) return;
    const next = new Map(entry.known);
    for (const { id, verdict } of verdicts) {
      if (verdict === null) next.delete(id);
      else next.set(id, verdict);
    }
    this.#set(root, entry, next);
    try {
      await this.#engine.request(RecordVerdictsRequest, { root, verdicts });
    } catch (error) {
      await this.#read(root, entry);
      throw error;
    }
  }

  dispose(): void {
    for (const { watcher, timer } of this.#entries.values()) {
      clearTimeout(timer);
      watcher?.dispose();
    }
    this.#entries.clear();
    this.#changes.dispose();
  }

  async #read(root: string, entry: Entry): Promise<VerdictMap> {
    try {
      const { readVerdicts, reviewFile } = await import('./read-reviews.ts');
      const file = await reviewFile(root);
      entry.watcher ??= this.#watch(root, entry, file);
      this.#set(root, entry, await readVerdicts(file));
    } catch {
      // The last ones that were readable stand.
    }
    return entry.known;
  }

  #set(root: string, entry: Entry, next: VerdictMap): void {
    const before = entry.known;
    entry.known = next;
    const isSame = before.size === next.size && [...next].every(([id, one]) => before.get(id) === one);
    if (!isSame && this.#entries.get(root) === entry) this.#changes.fire(root);
  }

  #watch(root: string, entry: Entry, file: string): vscode.Disposable {
    const pattern = new vscode.RelativePattern(vscode.Uri.file(path.dirname(file)), path.basename(file));
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const changed = (): void => {
      clearTimeout(entry.timer);
      entry.timer = setTimeout(() => {
        entry.loading = this.#read(root, entry);
      }, DELAY_MS);
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
    );
  }
}
