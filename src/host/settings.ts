/** Typed reading of the extension's settings. */
import * as vscode from 'vscode';
import { SETTINGS, type SettingKey, type SettingValue } from './contributions.ts';

/** `scope` is the document or folder the setting is for. */
export function setting<K extends SettingKey>(key: K, scope?: vscode.Uri): SettingValue<K> {
  const fallback: unknown = SETTINGS[key].default;
  return vscode.workspace.getConfiguration(undefined, scope).get(key, fallback as SettingValue<K>);
}
