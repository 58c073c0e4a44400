/**
 * What a feature of the extension is: commands with their handlers, and what it registers beside them. Features know
 * each other only through {@link Services}.
 */
import type { Disposable } from 'vscode';
import type { CommandId } from './contributions.ts';
import type { Services } from './services.ts';

export type CommandHandler = (...args: readonly unknown[]) => unknown;

export interface Feature<C extends CommandId = never> {
  readonly commands: Readonly<Record<C, CommandHandler>>;
  readonly disposables?: readonly Disposable[];
}

/** Called once, while the extension is activated; it registers and does no work. */
export type FeatureStart<C extends CommandId = never> = (services: Services) => Feature<C>;
