/** Character data of a document with its references resolved, traced to the file. */
import type { CleanTextBuilder } from '../../text/clean-text.ts';
import type { DocumentText } from '../reader.ts';
import { resolveReference } from './entities.ts';
import type { XmlText } from './parse.ts';
import { REFERENCE } from './tree.ts';

export function appendText(node: XmlText, document: DocumentText, out: CleanTextBuilder): void {
  const text = document.text.slice(node.start, node.end);
  const offset = document.start.offset + node.start;
  let at = 0;
  if (node.kind === 'text' && text.includes('&')) {
    for (const match of text.matchAll(REFERENCE)) {
      const [reference] = match;
      const end = match.index + reference.length;
      out.verbatim(text.slice(at, match.index), offset + at);
      out.resolved(resolveReference(reference) ?? reference, {
        start: offset + match.index,
        end: offset + end,
      });
      at = end;
    }
  }
  out.verbatim(at === 0 ? text : text.slice(at), offset + at);
}
