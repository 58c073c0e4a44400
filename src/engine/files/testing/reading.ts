/** What comes out of a path or of bytes, in short. */
import path from 'node:path';
import type { ReadOutcome } from '../../../core/patent/reader.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { readFileDocuments } from '../read-documents.ts';

export async function readAll(file: string): Promise<ReadOutcome[]> {
  const outcomes: ReadOutcome[] = [];
  for await (const outcome of readFileDocuments(file)) outcomes.push(outcome);
  return outcomes;
}

export async function readBytes(name: string, bytes: Uint8Array): Promise<ReadOutcome[]> {
  const folder = await temporaryFolder({ [name]: bytes });
  return readAll(path.join(folder, name));
}

/** The title of a patent, the code of a failure. */
export const describeOutcome = (outcome: ReadOutcome): string =>
  outcome.kind === 'patent' ? (outcome.patent.title?.text ?? '') : outcome.error.code;

export const messageOf = (outcome: ReadOutcome | undefined): string =>
  outcome?.kind === 'failure' ? outcome.error.message : '';

export const gapsOf = (outcome: ReadOutcome | undefined): readonly string[] =>
  outcome?.kind === 'patent' ? outcome.patent.gaps.map(({ message }) => message) : [];
