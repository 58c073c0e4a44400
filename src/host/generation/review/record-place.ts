/** Where a record stands in a file of records: its line, found by its id. */
import { readFile } from 'node:fs/promises';
import type { Place } from '../../../core/errors.ts';
import { jsonOrUndefined } from '../../../core/json.ts';

/** The file itself where the record is not found, or where it is no JSON Lines. */
export async function recordPlace(file: string, id: string): Promise<Place> {
  if (!/\.jsonl$/i.test(file)) return { file, offset: 0 };
  const line = lineOf(await readFile(file, 'utf8'), id);
  return line === undefined ? { file, offset: 0 } : { file, line };
}

/** From 1. */
export function lineOf(text: string, id: string): number | undefined {
  const at = text.split('\n').findIndex((line) => line.includes(JSON.stringify(id)) && idOf(line) === id);
  return at < 0 ? undefined : at + 1;
}

function idOf(line: string): unknown {
  const value = jsonOrUndefined(line);
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
}
