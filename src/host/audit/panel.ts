/** The audit panel: shows the last leakage audit of a workspace or runs the first one, and exports its report. */
import * as vscode from 'vscode';
import { AUDIT_VERSION, AuditRequest, type AuditReport } from '../../protocol/audit.ts';
import { showReport, type ReportKind } from '../reports/panel.ts';
import type { Services } from '../services.ts';

export const auditKind = (): ReportKind<AuditReport> => ({
  kind: 'leakage',
  view: 'audit',
  title: vscode.l10n.t('Leakage Audit'),
  exportTitle: vscode.l10n.t('Export Leakage Audit'),
  fileName: 'leakage-audit',
  isReport,
  run: ({ engine }, { root, ...options }) => engine.request(AuditRequest, { root }, options),
});

/** Shows the audit of the root in front in its panel; without a report it is run. */
export async function showAudit(services: Services): Promise<void> {
  await showReport(services, auditKind());
}

/** The engine wrote it; what is checked is that it is whole and that this version reads it. */
function isReport(value: unknown): value is AuditReport {
  if (typeof value !== 'object' || value === null) return false;
  const { format, version } = value as Partial<Record<keyof AuditReport, unknown>>;
  const parts = ['audit', 'judgement', 'contamination', 'copying', 'instructions', 'documents'] as const;
  return (
    format === 'patent-lab-leakage-audit' &&
    version === AUDIT_VERSION &&
    parts.every((part) => typeof (value as Partial<Record<keyof AuditReport, unknown>>)[part] === 'object')
  );
}
