/**
 * Text of files that an editor cannot show as text: a PDF, a spreadsheet, a Parquet file, a member of a zip archive.
 * Every span of a patent read from such a file is a range of this text.
 */
import { RequestType } from 'vscode-jsonrpc';
import type { ErrorReport } from '../core/errors.ts';

export interface TranscribeParams {
  /** A file, or a member of an archive as if the archive were a folder: `/data/weekly.zip/ipg130416.xml`. */
  readonly path: string;
}

export interface Transcription {
  readonly text: string;
}

export const TranscribeRequest = new RequestType<TranscribeParams, Transcription, ErrorReport>('transcribe');
