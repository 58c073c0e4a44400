/**
 * What the newest leakage audit of a workspace says of each label: read from its report when somebody first points at a
 * label's word, and again when there is a newer one.
 */
import { readFile } from 'node:fs/promises';
import { newestReport } from '../reports/newest-run.ts';

/** F1 of one label on masked texts. */
export interface MaskedFigures {
  readonly masked: number;
  /** Interval of masked minus unmasked. */
  readonly low: number;
  readonly high: number;
}

/** F1 of one label on the texts as they are and on the masked texts. */
export interface LabelFigures {
  /** ISO 8601. */
  readonly auditedAt: string;
  readonly unmasked: number;
  /** With names and aliases masked, and with keywords masked too. */
  readonly names: MaskedFigures;
  readonly withKeywords?: MaskedFigures;
}

export class AuditFigures {
  readonly #known = new Map<
    string,
    { readonly file: string; readonly labels: ReadonlyMap<string, LabelFigures> }
  >();

  /** Undefined where no audit measured the label. */
  async of(root: string, label: string): Promise<LabelFigures | undefined> {
    const file = await newestReport(root, 'leakage');
    if (file === undefined) return undefined;
    const known = this.#known.get(root);
    if (known?.file === file) return known.labels.get(label);
    const [{ auditLabelFigures }, text] = await Promise.all([
      import('./read-audit.ts'),
      readFile(file, 'utf8'),
    ]);
    const labels = auditLabelFigures(text);
    this.#known.set(root, { file, labels });
    return labels.get(label);
  }
}
