/** Options of a command line, parsed and checked: what every command's arguments are read with. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { WholeNumber } from '../../core/corpus/training-numbers.ts';
import { PatentLabError } from '../../core/errors.ts';
import { VIEWS, type View } from '../../core/patent/view.ts';
import { ACCELERATORS, type ProviderChoice } from '../../protocol/numerics.ts';

export interface Common {
  readonly json: boolean;
}

export const usageError = (message: string): PatentLabError =>
  new PatentLabError({ code: 'usage', message, remedy: 'See patent-lab --help.' });

export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export function parse(
  argv: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
  allowPositionals = false,
): { values: Values; positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals });
  } catch (cause) {
    throw usageError(cause instanceof Error ? cause.message : String(cause));
  }
}

export const text = (value: Values[string]): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const list = (value: Values[string]): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

export function required(value: Values[string], message: string): string {
  const given = text(value);
  if (given === undefined) throw usageError(`${message}.`);
  return given;
}

export function atLeastOne(values: readonly string[], message: string): readonly string[] {
  if (values.length === 0) throw usageError(`${message}.`);
  return values;
}

export function count(value: Values[string], flag: string, fallback: number, least = 0): number {
  const given = text(value);
  if (given === undefined) return fallback;
  const number = Number(given);
  if (!/^\d+$/.test(given) || !Number.isSafeInteger(number) || number < least) {
    throw usageError(`${flag} needs a whole number from ${least} on, not "${given}".`);
  }
  return number;
}

/** A number that a workspace may state, too. */
export function within(value: Values[string], flag: string, fallback: number, allowed: WholeNumber): number {
  const given = text(value);
  if (given === undefined) return fallback;
  const number = Number(given);
  if (!/^\d+$/.test(given) || !allowed.safeParse(number).success) {
    throw usageError(
      `${flag} needs a whole number from ${allowed.minValue ?? 0} to ${allowed.maxValue ?? Infinity}, not "${given}".`,
    );
  }
  return number;
}

export function positive(value: Values[string], flag: string, fallback: number): number {
  const given = text(value);
  if (given === undefined) return fallback;
  const number = Number(given);
  if (!Number.isFinite(number) || number <= 0)
    throw usageError(`${flag} needs a positive number, not "${given}".`);
  return number;
}

export function viewOf(value: Values[string]): View {
  const given = text(value) ?? 'TAC';
  const view = VIEWS.find((one) => one === given);
  if (!view) throw usageError(`--view is one of ${VIEWS.join(', ')}, not "${given}".`);
  return view;
}

const PROVIDERS = ['cpu', 'auto', ...ACCELERATORS] as const;

export function providerOf(value: Values[string]): ProviderChoice {
  const given = text(value) ?? 'cpu';
  const provider = PROVIDERS.find((one) => one === given);
  if (!provider) throw usageError(`--provider is one of ${PROVIDERS.join(', ')}, not "${given}".`);
  return provider;
}

export interface ReportFile {
  readonly path: string;
  readonly format: 'md' | 'csv' | 'json';
}

export function reportFile(value: Values[string]): ReportFile | undefined {
  const file = text(value);
  if (file === undefined) return undefined;
  const format = (['md', 'csv', 'json'] as const).find((one) => file.toLowerCase().endsWith(`.${one}`));
  if (!format) throw usageError(`A report is named .md, .csv or .json, not "${file}".`);
  return { path: file, format };
}
