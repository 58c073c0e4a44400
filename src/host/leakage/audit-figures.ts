/**
 * What the newest leakage audit of a workspace says of each label: read from its report when somebody first points at a
 * label's word, and again when there is a newer one.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { STATE_FOLDER } from '../../core/corpus/workspace-files.ts';

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
    const file = await newestReport(root);
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

/** `report.json` of the newest audit of a workspace. Runs are folders whose names sort by time. */
export async function newestReport(root: string): Promise<string | undefined> {
  const runs = path.join(root, STATE_FOLDER, 'runs');
  const names = await readdir(runs).catch((): string[] => []);
  const audits = names
    .filter((name) => name.startsWith('leakage-'))
    .sort()
    .reverse();
  for (const name of audits) {
    const file = path.join(runs, name, 'report.json');
    const isThere = await stat(file).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}
