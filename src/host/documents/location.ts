/**
 * The URI a file is opened under. What is no text opens as its transcription, under a scheme of its own and with the
 * path the engine knows it by: `patent-lab:/data/weekly.zip/US1.xml`. Everything else about it is as with a text file.
 */
import * as vscode from 'vscode';
import { isTranscribed } from './kinds.ts';

export const TRANSCRIPTION_SCHEME = 'patent-lab';

export const isTranscription = ({ scheme }: vscode.Uri): boolean => scheme === TRANSCRIPTION_SCHEME;

/** Whether a document is one that can hold patents by where it comes from: a disk, not a diff or an output. */
export const isOnDisk = (uri: vscode.Uri): boolean => uri.scheme === 'file' || isTranscription(uri);

/** The URI that shows the text of a file, or of a member of an archive. */
export function textUri(file: string): vscode.Uri {
  const uri = vscode.Uri.file(file);
  return isTranscribed(file) ? uri.with({ scheme: TRANSCRIPTION_SCHEME }) : uri;
}
