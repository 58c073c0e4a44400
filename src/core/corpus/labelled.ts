/** Labelled documents: patents, what is known of their labels, and which of them must never be separated. */
import type { Patent, Provenance } from '../patent/model.ts';

export interface LabelledDocument {
  readonly patent: Patent;
  /** Positions in the taxonomy, ascending. */
  readonly labels: readonly number[];
  /** Documents of one group never stand on both sides of a split. */
  readonly group: string;
  readonly provenance: Provenance;
  readonly split?: string;
}

/** Documents that share their text belong together even when nobody said so (METHODS 8: families share abstracts). */
export function groupOf(patent: Patent): string {
  if (patent.record?.group) return `g:${patent.record.group}`;
  const texts = [
    patent.abstract?.text ?? '',
    `${patent.title?.text ?? ''}\n${patent.claims[0]?.text ?? ''}`,
    patent.description.map(({ text }) => text).join('\n'),
  ];
  const shared = texts.map(wordsOnly).find((text) => text !== '');
  return shared === undefined ? `i:${patent.id}` : `t:${shared}`;
}

const wordsOnly = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
