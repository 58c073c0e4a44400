/** Parquet files, which the engine transcribes into the text of a table before they come here. */
import type { PatentFormat } from '../reader.ts';
import { tableFormat } from './csv.ts';

export const parquet: PatentFormat = tableFormat('parquet', (_, file) =>
  /\.parquet$/i.test(file) ? 0.95 : 0,
);
