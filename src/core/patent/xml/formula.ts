/**
 * MathML as a line of text: `(x+1)/y`, `a_i` as `ai`. Good enough to read and to search; layout is not kept. Blanks
 * between MathML tags mean nothing and are dropped.
 */
import type { CleanTextBuilder } from '../../text/clean-text.ts';
import type { DocumentText } from '../reader.ts';
import { appendText } from './characters.ts';
import type { XmlElement } from './parse.ts';
import { childElements, rawText } from './tree.ts';

const TOKENS = new Set(['mi', 'mn', 'mo', 'mtext', 'ms']);
/** Function application, invisible times, separator and plus: marks that are not seen. */
const INVISIBLE = /^[\s\u2061-\u2064]*$/;

export function readFormula(element: XmlElement, document: DocumentText, out: CleanTextBuilder): void {
  if (TOKENS.has(element.local)) {
    if (INVISIBLE.test(rawText(element, document.text))) return;
    for (const child of element.children) if (child.kind !== 'element') appendText(child, document, out);
    return;
  }
  if (element.local === 'msqrt') out.inserted('√');
  const parts = [...childElements(element)];
  for (const [index, part] of parts.entries()) {
    if (element.local === 'mfrac' && index > 0) out.inserted('/');
    const enclosed = element.local === 'mfrac' && isCompound(part);
    if (enclosed) out.inserted('(');
    readFormula(part, document, out);
    if (enclosed) out.inserted(')');
    if (element.local === 'mtr' || element.local === 'mlabeledtr' || element.local === 'mtd') out.blank();
  }
}

function isCompound(element: XmlElement): boolean {
  if (TOKENS.has(element.local)) return false;
  const parts = [...childElements(element)];
  return parts.length > 1 || parts.some(isCompound);
}
