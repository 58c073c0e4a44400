/** The Taxonomy view: labels under their parents, with how many labelled documents each has and lacks. */
import * as vscode from 'vscode';
import { TAXONOMY_VIEW } from '../contributions.ts';
import type { Roots } from '../workspace/roots.ts';
import type { Summaries } from '../workspace/summaries.ts';
import { LabelElement } from './label-element.ts';
import { labelTree, supply, target, type Supply } from './tree.ts';

const ICONS: Readonly<Record<Supply, vscode.ThemeIcon>> = {
  none: new vscode.ThemeIcon('circle-large-outline', new vscode.ThemeColor('charts.red')),
  few: new vscode.ThemeIcon('color-mode', new vscode.ThemeColor('charts.yellow')),
  enough: new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('charts.green')),
};

export class TaxonomyView implements vscode.TreeDataProvider<LabelElement>, vscode.Disposable {
  readonly #roots: Roots;
  readonly #summaries: Summaries;
  readonly #view: vscode.TreeView<LabelElement>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeTreeData = this.#changes.event;

  constructor(roots: Roots, summaries: Summaries) {
    this.#roots = roots;
    this.#summaries = summaries;
    this.#view = vscode.window.createTreeView(TAXONOMY_VIEW, {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#subscriptions = vscode.Disposable.from(
      this.#view,
      this.#view.onDidChangeVisibility(() => this.#load()),
      roots.onDidChangeCurrent(() => {
        this.#load();
        this.#refresh();
      }),
      summaries.onDidChange((root) => {
        if (root === roots.current) this.#refresh();
      }),
    );
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  /** The view asks for its rows only when it is visible for the first time. */
  async getChildren(element?: LabelElement): Promise<LabelElement[]> {
    if (element) return [...element.children];
    const root = this.#roots.current;
    if (root === undefined) return [];
    try {
      const { taxonomy } = await this.#summaries.load(root);
      return labelTree(taxonomy?.labels ?? []).map((node) => new LabelElement(node));
    } catch {
      // The welcome text and the Problems panel say it.
      return [];
    }
  }

  getParent(element: LabelElement): LabelElement | undefined {
    return element.parent;
  }

  getTreeItem({ label, children }: LabelElement): vscode.TreeItem {
    const state = supply(label);
    const item = new vscode.TreeItem(
      label.name,
      children.length > 0 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
    );
    item.id = label.id;
    item.contextValue = label.deficit > 0 ? 'label-deficit' : 'label';
    item.iconPath = ICONS[state];
    item.description =
      state === 'enough' ? String(label.count) : vscode.l10n.t('{0} of {1}', label.count, target(label));
    item.accessibilityInformation = {
      label: vscode.l10n.t('{0}, {1} of {2} labelled documents', label.name, label.count, target(label)),
    };
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, { label }: LabelElement): vscode.TreeItem {
    const text = new vscode.MarkdownString();
    text.appendMarkdown('**').appendText(label.name).appendMarkdown('**');
    if (label.description !== undefined) text.appendMarkdown('\n\n').appendText(label.description);
    const lists: readonly (readonly [string, readonly string[]])[] = [
      [vscode.l10n.t('Also called'), label.aliases],
      [vscode.l10n.t('Keywords'), label.keywords],
    ];
    for (const [name, words] of lists) {
      if (words.length > 0) text.appendMarkdown(`\n\n*${name}:* `).appendText(words.join(', '));
    }
    const counts =
      label.deficit > 0
        ? vscode.l10n.t('{0} labelled documents; {1} more are wanted.', label.count, label.deficit)
        : vscode.l10n.t('{0} labelled documents.', label.count);
    text.appendMarkdown('\n\n---\n\n').appendText(counts);
    if (label.synthetic > 0) {
      text.appendText(' ').appendText(vscode.l10n.t('{0} of them are synthetic.', label.synthetic));
    }
    item.tooltip = text;
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changes.dispose();
  }

  #load(): void {
    const root = this.#roots.current;
    if (this.#view.visible && root !== undefined) this.#summaries.load(root).catch(() => undefined);
  }

  #refresh(): void {
    const summary = this.#summaries.get(this.#roots.current);
    const problems = summary?.problems.length ?? 0;
    this.#view.description = summary?.taxonomy?.name;
    this.#view.message =
      problems === 0
        ? undefined
        : problems === 1
          ? vscode.l10n.t('One problem was found while reading the workspace; see the Problems panel.')
          : vscode.l10n.t(
              '{0} problems were found while reading the workspace; see the Problems panel.',
              problems,
            );
    const decisions = summary?.decisionsSinceTraining ?? 0;
    this.#view.badge =
      decisions === 0
        ? undefined
        : { value: decisions, tooltip: vscode.l10n.t('{0} decisions since the last training', decisions) };
    this.#changes.fire();
  }
}
