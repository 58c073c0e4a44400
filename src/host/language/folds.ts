/** What of a patent can be folded: sections, description parts and single claims. Records of a corpus are one line. */
import type { Span } from '../../core/text/span.ts';
import type { OutlineNode } from './outline.ts';

export interface Fold {
  readonly span: Span;
  /** Also folds the line above, which holds the section's heading or opening tag. */
  readonly withHeading: boolean;
}

/** @param several the file holds several patents, each of which folds as a whole */
export function folds(root: OutlineNode, several: boolean): Fold[] {
  const found: Fold[] = several ? [{ span: root.span, withHeading: false }] : [];
  const open = [...root.children];
  for (let node = open.shift(); node; node = open.shift()) {
    switch (node.kind) {
      case 'patent':
      case 'record':
      case 'paragraph':
        break;
      case 'section':
      case 'text':
        found.push({ span: node.span, withHeading: true });
        break;
      case 'claim':
      case 'dependent':
        found.push({ span: node.target, withHeading: false });
        break;
      case 'heading':
        found.push({ span: node.span, withHeading: false });
    }
    open.push(...node.children);
  }
  return found;
}
