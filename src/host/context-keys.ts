/** Sets the context keys that `when` clauses read; unchanged values are not sent again. */
import * as vscode from 'vscode';
import { CONTEXT_KEYS } from './contributions.ts';

const last = new Map<string, unknown>();

export function setContext(key: keyof typeof CONTEXT_KEYS, value: boolean | string | undefined): void {
  const name = CONTEXT_KEYS[key];
  if (last.get(name) === value) return;
  last.set(name, value);
  void vscode.commands.executeCommand('setContext', name, value);
}
