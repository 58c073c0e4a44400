/** The report of a numerics check in its panel; one panel a candidate. */
import path from 'node:path';
import * as vscode from 'vscode';
import {
  NUMERICS_VERSION,
  NumericsRequest,
  PROVIDER_NAMES,
  type NumericsCandidate,
  type NumericsReport,
} from '../../protocol/numerics.ts';
import { readReport } from '../reports/newest-run.ts';
import { showReport, type ReportKind, type ReportPanel } from '../reports/panel.ts';
import { openReport } from '../runs/presenter.ts';
import { REPORT_FILE } from '../runs/read-runs.ts';
import type { Services } from '../services.ts';

/** Shows the last check of the candidate, or makes the first one. */
export const showNumerics = (
  services: Services,
  candidate: NumericsCandidate,
): Promise<ReportPanel<NumericsReport>> => showReport(services, numericsKind(candidate));

/** Shows the report of a run, whatever its candidate was. */
export async function showNumericsRun(services: Services, run: { readonly folder: string }): Promise<void> {
  const stored = await readReport(path.join(run.folder, REPORT_FILE), isNumericsReport);
  const candidate = stored?.report.requested ?? { kind: 'model', path: '' };
  const root = await services.roots.of(vscode.Uri.file(run.folder));
  await openReport(services, { ...numericsKind(candidate), root }, run);
}

function numericsKind(candidate: NumericsCandidate): ReportKind<NumericsReport> {
  return {
    kind: 'numerics',
    about: JSON.stringify(candidate),
    view: 'numerics',
    title: vscode.l10n.t('Numerics: {0}', candidateName(candidate)),
    exportTitle: vscode.l10n.t('Export Numerics Check'),
    fileName: 'numerics',
    isReport: (value): value is NumericsReport =>
      isNumericsReport(value) && JSON.stringify(value.requested) === JSON.stringify(candidate),
    run: ({ engine }, { root, ...options }) => engine.request(NumericsRequest, { root, candidate }, options),
  };
}

function candidateName(candidate: NumericsCandidate): string {
  return candidate.kind === 'provider' ? PROVIDER_NAMES[candidate.provider] : path.basename(candidate.path);
}

/** The engine wrote it; what is checked is that it is whole and that this version reads it. */
export function isNumericsReport(value: unknown): value is NumericsReport {
  if (typeof value !== 'object' || value === null) return false;
  const { format, version, ...rest } = value as Partial<Record<keyof NumericsReport, unknown>>;
  const parts = ['comparison', 'requested', 'reference', 'candidate', 'documents'] as const;
  return (
    format === 'patent-lab-numerics' &&
    version === NUMERICS_VERSION &&
    Array.isArray(rest.criteria) &&
    parts.every((part) => typeof rest[part] === 'object')
  );
}
