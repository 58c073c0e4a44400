/** The text of a file that an editor cannot show, as the readers see it; serves the `transcribe` request. */
import type { TranscribeParams, Transcription } from '../../protocol/transcription.ts';
import { readWhole } from '../files/read-documents.ts';

/** UTF-16 units: longer documents VS Code does not share with extensions. */
const LONGEST = 50 * 1024 * 1024;

/** @throws PatentLabError whatever reading the file ends with, and `file-too-large` beyond 50 Mi characters. */
export async function transcribe({ path }: TranscribeParams): Promise<Transcription> {
  return { text: await readWhole(path, LONGEST) };
}
