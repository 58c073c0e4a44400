/** The documents of a run as they stand in its file, by id: whether or not the workspace can take them over. */
import { z } from 'zod';
import { readIfThere } from '../../workspace/records.ts';

const recordSchema = z.looseObject({ id: z.string() });

export async function recordIds(file: string): Promise<ReadonlySet<string>> {
  const text = (await readIfThere(file)) ?? '';
  const ids = new Set<string>();
  for (const line of text.split('\n')) {
    const record = parseRecord(line);
    if (record) ids.add(record.id);
  }
  return ids;
}

/** Undefined for a line that is no record; readers of the workspace report it. */
export function parseRecord(line: string): z.infer<typeof recordSchema> | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
