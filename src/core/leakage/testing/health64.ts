/** The real landscape that leakage checks are tested on, as plain texts. */
import { readNamed, sharedData } from '../../testing/shared-data.ts';

export interface RealDocument {
  readonly id: string;
  /** Title and abstract. */
  readonly text: string;
  readonly group: string;
}

/** Undefined, with a message, where the documents are not there. */
export function health64Documents(): readonly RealDocument[] | undefined {
  const file = sharedData('health64', 'corpus.jsonl');
  if (file === undefined) return undefined;
  return readNamed(file)
    .text.split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { id, title, abstract, group } = JSON.parse(line) as Record<
        'id' | 'title' | 'abstract' | 'group',
        string
      >;
      return { id, text: `${title}\n${abstract}`, group };
    });
}
