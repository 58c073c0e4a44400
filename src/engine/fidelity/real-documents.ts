/**
 * The real documents of workspaces, ready to be compared with. They are prepared with the first question and kept while
 * they stay the same, because a document that is open is asked about again with every change.
 */
import { prepareReal, type PreparedReal } from '../../core/fidelity/facts.ts';
import type { Patent } from '../../core/patent/model.ts';
import type { View } from '../../core/patent/view.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { onnxCompute } from '../onnx/compute.ts';
import type { Task } from '../task.ts';
import { Recent } from '../workspace/recent.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { encodedSet, scoredDocument, type ScoredDocument } from './documents.ts';

export interface Prepared {
  readonly real: readonly ScoredDocument[];
  readonly prepared: PreparedReal;
}

interface Kept extends Prepared {
  readonly view: View;
}

export class RealDocuments {
  /** Bounded: of the two workspaces that were asked about last. [ours] */
  readonly #known = new Recent<Kept>({ entries: 2, weight: 2 });

  async of(
    { root, documents, taxonomy }: Workspace,
    view: View,
    embedder: Embedder,
    task: Task,
  ): Promise<Prepared> {
    const labelled = documents.filter(({ provenance }) => provenance === 'real');
    const patents = labelled.map(({ patent }) => patent);
    const known = this.#known.get(root);
    if (known && known.view === view && same(known.real, patents)) return known;
    const real = labelled.map(({ patent, labels }) =>
      scoredDocument(
        patent,
        view,
        labels.map((label) => taxonomy?.labels[label]?.id ?? ''),
      ),
    );
    const set = await encodedSet(real, embedder, task, 'Encoding real documents');
    const prepared = await prepareReal(onnxCompute, set, () => task.checkpoint());
    const kept: Kept = { real, prepared, view };
    this.#known.set(root, kept, 1);
    return kept;
  }
}

/** Files that did not change give the same objects again. */
const same = (known: readonly ScoredDocument[], patents: readonly Patent[]): boolean =>
  known.length === patents.length && known.every(({ patent }, at) => patent === patents[at]);
