/** Above each synthetic record of a JSONL file: what was measured of it, and the analyst's verdict on it. */
import * as vscode from 'vscode';
import { fingerprint } from '../documents/fingerprint.ts';
import { rangeOf } from '../documents/open.ts';
import type { CommandId } from '../contributions.ts';
import type { Services } from '../services.ts';
import { setting } from '../settings.ts';
import { lensText } from './lens-text.ts';
import { recordText, syntheticRecord, type SyntheticRecord } from './record.ts';
import type { FileScores } from './scores.ts';
import type { VerdictMap } from './verdicts.ts';

export class FidelityLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #services: Services;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changes.event;

  constructor(services: Services) {
    this.#services = services;
    const changed = (): void => this.#changes.fire();
    this.#subscriptions = vscode.Disposable.from(
      services.fidelity.scores.onDidChange(changed),
      services.fidelity.verdicts.onDidChange(changed),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('patentLab.syntheticLens')) changed();
      }),
    );
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[] | undefined> {
    const { editors, roots, fidelity } = this.#services;
    if (!setting('patentLab.syntheticLens', document.uri)) return undefined;
    if (!(await editors.isPatent(document))) return undefined;
    const parsed = await editors.parsed.get(document, token);
    const records = parsed?.patents.flatMap((patent) => syntheticRecord(patent) ?? []) ?? [];
    if (records.length === 0) return undefined;
    const root = await roots.of(document.uri);
    const verdicts = await fidelity.verdicts.load(root);
    const scores = fidelity.scores.file(document);
    return records.flatMap((record) => {
      const range = rangeOf(document, { start: record.span.start, end: record.span.start });
      return [
        new vscode.CodeLens(range, measured(document, record, scores)),
        ...judging(document, record, verdicts).map((command) => new vscode.CodeLens(range, command)),
      ];
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changes.dispose();
  }
}

const command = (
  id: CommandId,
  title: string,
  tooltip: string,
  ...args: readonly unknown[]
): vscode.Command => ({ command: id, title, tooltip, arguments: [...args] });

function measured(
  document: vscode.TextDocument,
  { id, span }: SyntheticRecord,
  scores: FileScores | undefined,
): vscode.Command {
  const score = (title: string, tooltip: string): vscode.Command =>
    command('patentLab.scoreDocuments', title, tooltip, document.uri);
  switch (scores?.kind) {
    case undefined:
      return score(
        vscode.l10n.t('$(beaker) Score fidelity'),
        vscode.l10n.t('Compare the synthetic documents of this file with the real ones'),
      );
    case 'running':
      return { command: '', title: vscode.l10n.t('$(loading~spin) Scoring…') };
    case 'failed':
      return score(vscode.l10n.t('$(warning) {0}', scores.error.message), scores.error.remedy);
    case 'scored': {
      const known = scores.documents.get(id);
      if (!known) {
        return score(
          vscode.l10n.t('$(beaker) Not scored yet'),
          vscode.l10n.t('Compare the synthetic documents of this file with the real ones'),
        );
      }
      const isStale = known.fingerprint !== fingerprint(recordText(document, span));
      return command(
        'patentLab.showFidelity',
        lensText(known.document, isStale, vscode.l10n),
        vscode.l10n.t('Show what it shares with real documents'),
        document.uri,
        span.start,
      );
    }
  }
}

function judging(
  { uri }: vscode.TextDocument,
  { id }: SyntheticRecord,
  verdicts: VerdictMap,
): readonly vscode.Command[] {
  const verdict = verdicts.get(id);
  const accepted = verdict === 'accepted';
  const rejected = verdict === 'rejected';
  const undo = vscode.l10n.t('Take the verdict back');
  return [
    command(
      'patentLab.judgeSynthetic',
      accepted ? vscode.l10n.t('$(pass-filled) Accepted') : vscode.l10n.t('Accept'),
      accepted ? undo : vscode.l10n.t('Count it as a labelled document'),
      uri,
      id,
      accepted ? null : 'accepted',
    ),
    command(
      'patentLab.judgeSynthetic',
      rejected ? vscode.l10n.t('$(circle-slash) Rejected') : vscode.l10n.t('Reject'),
      rejected ? undo : vscode.l10n.t('Never train on it'),
      uri,
      id,
      rejected ? null : 'rejected',
    ),
  ];
}
