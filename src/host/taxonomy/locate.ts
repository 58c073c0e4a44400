/** Where a label stands in the text of a taxonomy. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Span } from '../../core/text/span.ts';

export function locateLabel(text: string, id: string): Span | undefined {
  const tree = parseTree(text);
  const labels = tree && findNodeAtLocation(tree, ['labels']);
  const label = labels?.children?.find((node) => findNodeAtLocation(node, ['id'])?.value === id);
  return label && { start: label.offset, end: label.offset + label.length };
}
