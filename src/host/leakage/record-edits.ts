/** Taking a record out of a corpus, and moving it to the other side of a split, without touching its neighbours. */
import { modify } from 'jsonc-parser';
import { scanRecord } from '../../core/patent/corpus-files/csv-scan.ts';
import type { Patent } from '../../core/patent/model.ts';
import { applyMapping, chooseMapping } from '../../core/patent/tables/apply.ts';
import { findHeader } from '../../core/patent/tables/find-header.ts';
import type { Span } from '../../core/text/span.ts';
import type { Replacement } from './mask-edits.ts';

/** The range of a record together with its line break. */
export function recordLine(text: string, { start, end }: Span): Span {
  const ending = /^[ \t]*(?:\r\n|\n|\r)?/.exec(text.slice(end, end + 64))?.[0].length ?? 0;
  return { start, end: end + ending };
}

/** Writes the side into the record; undefined where the file has no place for it. */
export function setSplit(text: string, patent: Patent, split: string): Replacement | undefined {
  const { span } = patent.source;
  if (patent.format === 'jsonl') {
    const [edit] = modify(text.slice(span.start, span.end), ['split'], split, {});
    if (!edit) return undefined;
    const start = span.start + edit.offset;
    return { span: { start, end: start + edit.length }, text: edit.content };
  }
  if (patent.format !== 'csv') return undefined;
  const { cells, delimiter } = findHeader(text);
  const column = applyMapping(cells, chooseMapping(cells)).fields.get('split')?.[0];
  const field = column === undefined ? undefined : scanRecord(text, span.start, delimiter).fields[column];
  return field && { span: { start: field.start, end: field.end }, text: split };
}
