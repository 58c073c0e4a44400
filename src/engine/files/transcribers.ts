/** The transcribers of files that are no text: each yields the text that every span of its patents refers to. */
import { transcribePdf } from './pdf/transcribe.ts';
import { transcribeParquet } from './tables/parquet.ts';
import { transcribeXlsx } from './tables/xlsx.ts';

export const TRANSCRIBED = ['pdf', 'xlsx', 'parquet'] as const;
export type TranscribedKind = (typeof TRANSCRIBED)[number];

/** @param shown the path for errors; `file` may be a temporary copy. */
export type Transcribe = (file: string, shown: string) => AsyncGenerator<string>;

const TRANSCRIBERS: Readonly<Record<TranscribedKind, Transcribe>> = {
  pdf: transcribePdf,
  xlsx: transcribeXlsx,
  parquet: transcribeParquet,
};

export const transcriberFor = (kind: TranscribedKind): Transcribe => TRANSCRIBERS[kind];
