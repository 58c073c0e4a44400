/**
 * What the columns of tables mean, as the workspace of a document remembers it. The engine reads the same list from the
 * same file, so both find the same records in a table; here it is read without the engine, which may not run yet.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RememberedMapping } from '../../core/patent/tables/mapping.ts';
import { WORKSPACE_FILE } from '../workspace/root.ts';
import { rootOfDocument } from '../workspace/roots.ts';

export type Mappings = readonly RememberedMapping[];

export class TableMappings implements vscode.Disposable {
  /** By the URI of a document. */
  readonly #known = new Map<string, Mappings>();
  readonly #loading = new Map<string, Promise<Mappings>>();
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  /** Fires when some workspace remembers something else now. */
  readonly onDidChange = this.#changes.event;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${WORKSPACE_FILE}`);
    const changed = (): void => {
      this.#known.clear();
      this.#loading.clear();
      this.#changes.fire();
    };
    this.#subscriptions = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri.toString())),
    );
  }

  /** What is known already; the same array until it changes. */
  peek(uri: vscode.Uri): Mappings | undefined {
    return this.#known.get(uri.toString());
  }

  /** Never rejects: what is wrong with the configuration is told where the workspace is read. */
  load(uri: vscode.Uri): Promise<Mappings> {
    const key = uri.toString();
    const running = this.#loading.get(key);
    if (running) return running;
    const loading = readMappings(uri)
      .catch((): Mappings => [])
      .then((mappings) => {
        if (this.#loading.get(key) === loading) this.#known.set(key, mappings);
        return mappings;
      });
    this.#loading.set(key, loading);
    return loading;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changes.dispose();
  }

  #forget(key: string): void {
    this.#known.delete(key);
    this.#loading.delete(key);
  }
}

/** The parser is loaded with the first configuration, not with the extension. */
async function readMappings(uri: vscode.Uri): Promise<Mappings> {
  const file = path.join(await rootOfDocument(uri), WORKSPACE_FILE);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const { parseRememberedTables } = await import('../../core/corpus/remembered-tables.ts');
  return parseRememberedTables(text, file);
}
