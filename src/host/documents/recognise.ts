/**
 * Whether a file is likely to hold patents, by its first part. Stricter than the readers, which take what a person
 * hands them: a README is Markdown, but the Patent view does not list it.
 */
import { unreachable } from '../../core/errors.ts';
import { PATENT_FORMATS } from '../../core/patent/formats.ts';
import { inlineHeading, sectionOfHeading } from '../../core/patent/prose/headings.ts';
import type { RememberedMapping } from '../../core/patent/tables/mapping.ts';
import { fileKind, HEAD_LENGTH } from './kinds.ts';
import { RecordFile } from './records.ts';

/** @param tables what the columns of tables mean, as the file's workspace remembers it. */
export function looksLikePatents(
  head: string,
  file: string,
  tables: readonly RememberedMapping[] = [],
): boolean {
  const kind = fileKind(file);
  switch (kind) {
    case 'jsonl':
    case 'csv':
      return isCorpus(new RecordFile(head, file, kind, tables), head);
    case 'single':
      return isCertain(head, file) || (!/\.xml$/i.test(file) && hasPatentHeadings(head));
    // These are no text; whoever opens their transcription asked for it.
    case 'table':
    case 'archive':
    case undefined:
      return false;
    default:
      return unreachable(kind);
  }
}

/** The formats of the offices begin in ways that nothing else does. */
const isCertain = (head: string, file: string): boolean =>
  PATENT_FORMATS.some((format) => format.recognise(head, file) === 1);

/** The first record can be read, or is longer than the part that is looked at. */
function isCorpus(records: RecordFile, head: string): boolean {
  const first = records.at(0);
  if (!first) return false;
  return first.error === undefined || (first.span.end >= HEAD_LENGTH && /^\s*[{"]/.test(head));
}

/** Two sections with the names they have in patents; claims are enough by themselves. */
function hasPatentHeadings(head: string): boolean {
  const sections = new Set<string>();
  for (const line of head.split(/\r?\n/)) {
    const plain = line.replace(/^\s*(?:#{1,6}\s+|\*\*)|\*\*\s*$/g, '');
    const section = sectionOfHeading(plain) ?? inlineHeading(plain)?.section;
    if (section) sections.add(section);
    if (section === 'claims' || sections.size >= 2) return true;
  }
  return false;
}
