/** The Runs view: what was run in the workspace, by kind, newest first, with what came out of it. */
import * as vscode from 'vscode';
import { RUNS_FOLDER } from '../../core/corpus/workspace-files.ts';
import { unreachable } from '../../core/errors.ts';
import { RUNS_VIEW } from '../contributions.ts';
import type { Services } from '../services.ts';
import { GroupElement, RunElement } from './element.ts';
import { headlineOf, presenterOf, withStandings } from './presenters.ts';
import { RunReader } from './read-runs.ts';
import { moment, stateText } from './words.ts';
import { groupRuns, type Run, type RunState } from './run.ts';

type Element = GroupElement | RunElement;

/** A run writes several files when it ends; they are answered once. */
const DELAY_MS = 300;

export class RunsView implements vscode.TreeDataProvider<Element>, vscode.Disposable {
  readonly #services: Services;
  readonly #view: vscode.TreeView<Element>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #reader = new RunReader(headlineOf);
  readonly #subscriptions: vscode.Disposable;
  #watcher: { readonly root: string; readonly disposable: vscode.Disposable } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(services: Services) {
    this.#services = services;
    this.#view = vscode.window.createTreeView<Element>(RUNS_VIEW, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      services.roots.onDidChangeCurrent(() => this.refresh()),
    );
  }

  refresh(): void {
    this.#changes.fire();
  }

  /** The view asks for its rows only when it is visible for the first time. */
  async getChildren(element?: Element): Promise<Element[]> {
    if (element instanceof GroupElement) return [...element.runs];
    const root = this.#services.roots.current;
    if (element || root === undefined) return [];
    this.#watch(root);
    const { runs, problem } = await withStandings(this.#services, root, await this.#reader.read(root));
    this.#view.message = problem && `${problem.message} ${problem.remedy}`;
    return groupRuns(runs).map((group) => new GroupElement(group));
  }

  getParent(element: Element): Element | undefined {
    return element instanceof RunElement ? element.group : undefined;
  }

  getTreeItem(element: Element): vscode.TreeItem {
    return element instanceof GroupElement ? groupItem(element) : runItem(element);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watcher?.disposable.dispose();
    this.#subscriptions.dispose();
    this.#changes.dispose();
  }

  #watch(root: string): void {
    if (this.#watcher?.root === root) return;
    this.#watcher?.disposable.dispose();
    const folder = vscode.Uri.file(root);
    const later = (): void => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.refresh(), DELAY_MS);
    };
    const watchers = [`${RUNS_FOLDER}/*`, `${RUNS_FOLDER}/*/report.json`].map((pattern) =>
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, pattern)),
    );
    const disposable = vscode.Disposable.from(
      ...watchers,
      ...watchers.flatMap((watcher) => [
        watcher.onDidCreate(later),
        watcher.onDidChange(later),
        watcher.onDidDelete(later),
      ]),
    );
    this.#watcher = { root, disposable };
  }
}

function groupItem({ kind, runs }: GroupElement): vscode.TreeItem {
  const known = presenterOf(kind);
  const item = new vscode.TreeItem(
    known?.title() ?? kind,
    // What was run lately is what one looks for.
    vscode.TreeItemCollapsibleState.Expanded,
  );
  item.id = kind;
  item.iconPath = new vscode.ThemeIcon(known?.icon ?? 'folder');
  item.description = String(runs.length);
  item.contextValue = 'runs';
  return item;
}

function runItem({ run }: RunElement): vscode.TreeItem {
  const presenter = presenterOf(run.kind);
  const item = new vscode.TreeItem(moment(run.at));
  item.id = run.folder;
  item.iconPath = stateIcon(run.state);
  const summary = run.headline ?? stateText(run.state);
  item.description = summary;
  item.tooltip = tooltip(run, summary);
  item.accessibilityInformation = { label: `${moment(run.at)}, ${stateText(run.state)}, ${summary}` };
  item.contextValue = contextOf(run, {
    compare: presenter?.compare !== undefined,
    resume: presenter?.resume !== undefined,
    score: presenter?.score !== undefined,
  });
  item.command = {
    command: 'patentLab.openRun',
    title: vscode.l10n.t('Open Report'),
    arguments: [new RunReference(run)],
  };
  return item;
}

/** `run.done.compare`: `when` clauses ask for its parts. */
function contextOf({ state }: Run, can: Readonly<Record<'compare' | 'resume' | 'score', boolean>>): string {
  return [
    'run',
    state,
    ...(can.compare && state === 'done' ? ['compare'] : []),
    ...(can.resume && state === 'unfinished' ? ['resume'] : []),
    ...(can.score && (state === 'done' || state === 'unfinished') ? ['score'] : []),
  ].join('.');
}

/** The argument of a row's own command, which VS Code hands on as it is. */
export class RunReference {
  readonly run: Run;

  constructor(run: Run) {
    this.run = run;
  }
}

function tooltip({ name, state }: Run, summary: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown('**').appendText(stateText(state)).appendMarkdown('**\n\n');
  if (state === 'done') text.appendText(summary).appendMarkdown('\n\n');
  return text.appendMarkdown('---\n\n').appendText(name);
}

function stateIcon(state: RunState): vscode.ThemeIcon {
  switch (state) {
    case 'done':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green'));
    case 'unfinished':
      return new vscode.ThemeIcon('debug-pause', new vscode.ThemeColor('charts.yellow'));
    case 'replaced':
      return new vscode.ThemeIcon('history');
    case 'unknown':
      return new vscode.ThemeIcon('question');
    case 'unreadable':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('charts.red'));
    default:
      return unreachable(state);
  }
}
