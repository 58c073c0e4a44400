/** A row of the Taxonomy view. A class, so that a command can tell a row from other arguments. */
import type { LabelSummary } from '../../protocol/engine.ts';
import type { LabelNode } from './tree.ts';

export class LabelElement {
  readonly label: LabelSummary;
  readonly children: readonly LabelElement[];
  readonly parent: LabelElement | undefined;

  constructor(node: LabelNode, parent?: LabelElement) {
    this.label = node.label;
    this.parent = parent;
    this.children = node.children.map((child) => new LabelElement(child, this));
  }
}
