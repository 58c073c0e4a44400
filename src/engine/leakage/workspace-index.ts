/**
 * The labelled documents of a workspace, ready to be asked what one document has to do with them. Built with the first
 * question and kept while the files stay the same.
 */
import path from 'node:path';
import { decisionKey } from '../../core/corpus/decision-keys.ts';
import { DECISIONS_FILE, WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { globFiles } from '../files/read-documents.ts';
import { sourceStamp } from '../files/source.ts';
import { makeTask, type Task } from '../task.ts';
import { openWorkspace, workspacePath, type Workspace } from '../workspace/workspace.ts';
import { labelledCompared, type Compared } from './compared.ts';
import { CopySources } from './copied.ts';
import { NearDuplicateIndex, type NearDuplicate } from './near-duplicates.ts';

/** Documents signed between two chances for other work. */
const BLOCK = 32;

export class WorkspaceIndex {
  readonly documents: readonly Compared[];
  readonly #byKey = new Map<string, number[]>();
  readonly #byPlace = new Map<string, number>();
  readonly #near: NearDuplicateIndex;
  #copies: Promise<CopySources> | undefined;

  private constructor(documents: readonly Compared[]) {
    this.documents = documents;
    this.#near = new NearDuplicateIndex((at) => documents[at]?.text ?? '');
  }

  static async build({ root, documents, taxonomy }: Workspace, task: Task): Promise<WorkspaceIndex> {
    const ids = taxonomy?.labels.map(({ id }) => id) ?? [];
    const index = new WorkspaceIndex(documents.map((document) => labelledCompared(document, ids)));
    for (const [at, { id, file, keys }] of index.documents.entries()) {
      if (at % BLOCK === 0) await task.checkpoint();
      index.#byPlace.set(decisionKey(id, workspacePath(root, file)), at);
      for (const key of keys) {
        const holders = index.#byKey.get(key);
        if (holders) holders.push(at);
        else index.#byKey.set(key, [at]);
      }
      index.#near.add(at);
    }
    return index;
  }

  /** Position of the document with this id in this file, if the workspace has it. */
  positionOf(root: string, id: string, file: string): number | undefined {
    return this.#byPlace.get(decisionKey(id, workspacePath(root, file)));
  }

  /** Positions of the documents of its family, group or text. */
  related({ keys }: Compared): ReadonlySet<number> {
    return new Set(keys.flatMap((key) => this.#byKey.get(key) ?? []));
  }

  nearDuplicates({ text }: Compared): readonly NearDuplicate[] {
    return this.#near.of(text);
  }

  /** Only synthetic documents are asked this, so it is built when one comes. */
  copySources(task: Task): Promise<CopySources> {
    this.#copies ??= CopySources.of(this.documents, unstopped(task)).catch((cause: unknown) => {
      this.#copies = undefined;
      throw cause;
    });
    return this.#copies;
  }
}

/** Several callers wait for one index, so that none of them may stop it for the others; it takes seconds at most. */
function unstopped(task: Task): Task {
  return makeTask(
    (message, done, total) => task.progress(message, done, total),
    () => false,
  );
}

export interface IndexedWorkspace {
  readonly workspace: Workspace;
  readonly index: WorkspaceIndex;
}

interface Entry {
  readonly workspace: Workspace;
  /** Of its files when it was read; absent where one may have changed while it was being read. */
  readonly stamp?: string;
  readonly index: Promise<WorkspaceIndex>;
}

/** One index for each root. Reading a large workspace takes seconds, so it is read again only when a file changed. */
export class WorkspaceIndexes {
  readonly #entries = new Map<string, Entry>();

  /** @throws PatentLabError as {@link openWorkspace}, and `cancelled` when the task is stopped. */
  async open(root: string, task: Task): Promise<IndexedWorkspace> {
    const known = this.#entries.get(root);
    if (known?.stamp !== undefined && known.stamp === (await stampOf(known.workspace)).stamp) {
      return { workspace: known.workspace, index: await untilStopped(known.index, task) };
    }
    const started = Date.now();
    const workspace = await openWorkspace(root);
    const { stamp, newest } = await stampOf(workspace);
    const before = this.#entries.get(root);
    const index =
      before && isSame(before.workspace, workspace)
        ? before.index
        : WorkspaceIndex.build(workspace, unstopped(task));
    const entry = { workspace, index, ...(newest < started ? { stamp } : {}) };
    this.#entries.set(root, entry);
    index.catch(() => {
      if (this.#entries.get(root) === entry) this.#entries.delete(root);
    });
    return { workspace, index: await untilStopped(index, task) };
  }
}

/** Changes with every file that decides what a workspace is, and with every corpus that comes or goes. */
async function stampOf(workspace: Workspace): Promise<{ readonly stamp: string; readonly newest: number }> {
  const { root, config, taxonomyFile, documents } = workspace;
  const files = new Set([
    path.join(root, WORKSPACE_CONFIG_FILE),
    path.join(root, DECISIONS_FILE),
    taxonomyFile,
    ...(await globFiles(root, config.corpora)),
    ...documents.map(({ patent }) => patent.source.file),
  ]);
  let newest = 0;
  const stamps: string[] = [];
  for (const file of files) {
    const stamp = await sourceStamp(file);
    newest = Math.max(newest, Number(stamp.split(':')[1] ?? 0));
    stamps.push(`${file} ${stamp}`);
  }
  return { stamp: stamps.join('\n'), newest };
}

/** Documents stay the same objects while their files are unchanged. */
function isSame(one: Workspace, other: Workspace): boolean {
  const ids = ({ taxonomy }: Workspace): string => JSON.stringify(taxonomy?.labels.map(({ id }) => id));
  return (
    one.documents.length === other.documents.length &&
    ids(one) === ids(other) &&
    one.documents.every((document, at) => {
      const now = other.documents[at];
      return (
        now?.patent === document.patent &&
        now.split === document.split &&
        now.labels.join() === document.labels.join()
      );
    })
  );
}

const ASK_EVERY_MS = 50;

/** Waits for shared work, but only while its own task goes on. */
export async function untilStopped<T>(work: Promise<T>, task: Task): Promise<T> {
  let settled = false;
  const done = work.finally(() => (settled = true));
  done.catch(() => undefined);
  while (!settled) {
    await task.checkpoint();
    await Promise.race([
      done.then(
        () => undefined,
        () => undefined,
      ),
      new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS)),
    ]);
  }
  return done;
}
