/** What the Runs view has to know of a kind of run: how to name it, to sum it up and to show it. */
import path from 'node:path';
import * as vscode from 'vscode';
import { usage } from '../errors/usage.ts';
import { readReport } from '../reports/newest-run.ts';
import { showReport, type ReportKind, type ReportPanel } from '../reports/panel.ts';
import type { Services } from '../services.ts';
import { REPORT_FILE } from './read-runs.ts';
import type { Run } from './run.ts';

export type Standing = Pick<Run, 'state' | 'headline'>;

export interface RunPresenter {
  readonly title: () => string;
  /** Of VS Code's product icons. */
  readonly icon: string;
  /** What came out, in one line. Default: the report's `conclusion`. */
  readonly headline?: (report: unknown) => string | undefined;
  /** How runs stand that keep no report, by folder; a run that is not among them is listed as it looks. */
  readonly standings?: (services: Services, root: string) => Promise<ReadonlyMap<string, Standing>>;
  /** Shows its report in the panel of its kind; without it, the run's `report.md` is shown. */
  readonly open?: (services: Services, run: Run) => Promise<unknown>;
  /** Goes on with a run that was stopped. */
  readonly resume?: (services: Services, run: Run) => Promise<unknown>;
  /** Scores the fidelity of the documents that a run made. */
  readonly score?: (services: Services, run: Run) => Promise<unknown>;
  /** Shows two reports side by side; refuses those that cannot be compared. */
  readonly compare?: (services: Services, run: Run, other: Run) => Promise<unknown>;
}

/** Shows the report of a run in the panel of its kind. */
export async function openReport<Report, Intent extends { readonly kind: string }>(
  services: Services,
  kind: ReportKind<Report, Intent>,
  { folder }: Pick<Run, 'folder'>,
): Promise<ReportPanel<Report, Intent>> {
  const stored = await readReport(path.join(folder, REPORT_FILE), kind.isReport);
  if (!stored) {
    throw usage(
      vscode.l10n.t('The report of this run was made by another version of Patent Lab, or is damaged.'),
      vscode.l10n.t(
        'Its report.md and report.csv can still be read; run it again for a report of this version.',
      ),
    );
  }
  return showReport(services, kind, stored);
}
