/** What was wrong in the workspace's files, in the Problems panel at the place where it is. */
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { ErrorReport, Place } from '../../core/errors.ts';
import { positionAt } from '../../core/text/position.ts';
import { withShortPath } from '../errors/text.ts';
import type { Summaries } from './summaries.ts';

export class WorkspaceProblems implements vscode.Disposable {
  readonly #summaries: Summaries;
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('patent-lab');
  readonly #subscription: vscode.Disposable;

  constructor(summaries: Summaries) {
    this.#summaries = summaries;
    this.#subscription = summaries.onDidChange(() => void this.#show());
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#diagnostics.dispose();
  }

  async #show(): Promise<void> {
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const root of this.#summaries.roots()) {
      for (const problem of this.#problems(root)) {
        const file = problem.place?.file;
        if (file === undefined) continue;
        byFile.set(file, [...(byFile.get(file) ?? []), await diagnostic(problem, problem.place ?? {})]);
      }
    }
    this.#diagnostics.clear();
    for (const [file, diagnostics] of byFile) this.#diagnostics.set(vscode.Uri.file(file), diagnostics);
  }

  #problems(root: string): readonly ErrorReport[] {
    const state = this.#summaries.state(root);
    if (!state) return [];
    return state.kind === 'loaded' ? state.summary.problems : [state.error];
  }
}

async function diagnostic(report: ErrorReport, place: Place): Promise<vscode.Diagnostic> {
  const { code, message, remedy } = withShortPath(report, (file) => vscode.workspace.asRelativePath(file));
  const { line, column } = await lineAndColumn(place);
  const start = new vscode.Position(line - 1, column - 1);
  const range = new vscode.Range(start, start.with({ character: Number.MAX_SAFE_INTEGER }));
  const result = new vscode.Diagnostic(range, `${message} ${remedy}`, vscode.DiagnosticSeverity.Warning);
  result.source = 'Patent Lab';
  result.code = code;
  return result;
}

/** Some places name only the offset, because the record was found by it. */
async function lineAndColumn({
  file,
  line,
  column = 1,
  offset,
}: Place): Promise<{ line: number; column: number }> {
  if (line !== undefined || offset === undefined || file === undefined) return { line: line ?? 1, column };
  try {
    return positionAt(await readFile(file, 'utf8'), offset);
  } catch {
    return { line: 1, column: 1 };
  }
}
