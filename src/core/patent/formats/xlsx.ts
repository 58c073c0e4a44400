/** Spreadsheets, which the engine transcribes into the text of a table before they come here. */
import type { PatentFormat } from '../reader.ts';
import { tableFormat } from './csv.ts';

export const xlsx: PatentFormat = tableFormat('xlsx', (_, file) => (/\.xls[xm]$/i.test(file) ? 0.95 : 0));
