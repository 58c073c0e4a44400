/** Classes of a Green Book document, which stand in fixed columns. */
import { ClassificationList, locarnoCode, parseIpcCode, uspcCode } from '../classification-codes.ts';
import type { Classification } from '../model.ts';
import type { TaggedGroup } from './fields.ts';

/** A design's `ICL` is a Locarno class of four digits, in some years behind a letter. */
const LOCARNO = /^\s*[A-Z]?\s*(\d{2}[ -]?\d{2})\s*$/;

export function readClassifications(groups: readonly TaggedGroup[], text: string): readonly Classification[] {
  const list = new ClassificationList();
  for (const { tag: group, fields } of groups) {
    if (group !== 'CLAS') continue;
    for (const { tag, lines } of fields) {
      // Blanks at the start of a column count, so the value is taken as it stands.
      const columns = lines.map(({ start, end }) => text.slice(start, end)).join(' ');
      if (tag === 'OCL' || tag === 'XCL') list.add('USPC', uspcCode(columns));
      else if (tag === 'ICL') {
        const design = LOCARNO.exec(columns)?.[1];
        if (design === undefined) list.add('IPC', parseIpcCode(columns));
        else list.add('LOCARNO', locarnoCode(design));
      }
    }
  }
  return list.list();
}
