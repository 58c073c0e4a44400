/** The fidelity report in its panel: of all synthetic documents of a workspace, or of one file of them. */
import path from 'node:path';
import * as vscode from 'vscode';
import { unreachable } from '../../core/errors.ts';
import {
  FIDELITY_VERSION,
  FidelityRequest,
  type FidelityReport,
  type FidelityScope,
} from '../../protocol/fidelity.ts';
import type {
  FidelityReportIntent,
  FidelityViewIntent,
  FidelityViewMessage,
  Verdicts,
} from '../../protocol/fidelity-view.ts';
import { readReport } from '../reports/newest-run.ts';
import { showReport, type ReportKind, type ReportPanel } from '../reports/panel.ts';
import { openReport } from '../runs/presenter.ts';
import { REPORT_FILE } from '../runs/read-runs.ts';
import type { Services } from '../services.ts';
import { readOpenings } from './openings.ts';
import type { VerdictMap } from './verdicts.ts';

type Kind = ReportKind<FidelityReport, FidelityViewIntent>;
type Panel = ReportPanel<FidelityReport, FidelityViewIntent>;

/** Shows the last report about this scope, or makes the first one. */
export async function showFidelity(services: Services, root: string, scope: FidelityScope): Promise<void> {
  await services.fidelity.verdicts.load(root);
  await showReport(services, fidelityKind(root, scope));
}

/** Shows the report of a run, whatever it is about. */
export async function showFidelityRun(services: Services, root: string, folder: string): Promise<void> {
  await services.fidelity.verdicts.load(root);
  const stored = await readReport(path.join(folder, REPORT_FILE), isFidelityReport);
  const scope = stored?.report.scope ?? { kind: 'workspace' };
  await openReport(services, fidelityKind(root, scope), { folder });
}

function fidelityKind(root: string, scope: FidelityScope): Kind {
  const name = scopeName(scope);
  return {
    kind: 'fidelity',
    about: JSON.stringify(scope),
    root,
    view: 'fidelity',
    title: name === undefined ? vscode.l10n.t('Fidelity') : vscode.l10n.t('Fidelity: {0}', name),
    exportTitle: vscode.l10n.t('Export Fidelity Report'),
    fileName: 'fidelity',
    isReport: (value): value is FidelityReport => isFidelityReport(value) && isSameScope(value.scope, scope),
    async run({ engine, fidelity }, { root: workspace, ...options }) {
      const result = await engine.request(FidelityRequest, { root: workspace, scope }, options);
      fidelity.scores.take(result.report);
      return result;
    },
    opened: (panel) =>
      panel.services.fidelity.verdicts.onDidChange((changed) => {
        if (changed === panel.root)
          panel.post({ kind: 'verdicts', verdicts: verdictsOf(panel) } satisfies FidelityViewMessage);
      }),
    extend: (panel) => ({ verdicts: verdictsOf(panel) }),
    handle,
  };
}

async function handle(panel: Panel, intent: FidelityReportIntent): Promise<void> {
  switch (intent.kind) {
    case 'verdict':
      return panel.services.fidelity.verdicts.record(panel.root, intent.verdicts);
    case 'read':
      return panel.post({
        kind: 'openings',
        openings: await readOpenings(intent.documents),
      } satisfies FidelityViewMessage);
    default:
      return unreachable(intent);
  }
}

const verdictsOf = ({ services, root }: Panel): Verdicts => toRecord(services.fidelity.verdicts.get(root));

const toRecord = (verdicts: VerdictMap): Verdicts => Object.fromEntries(verdicts);

function scopeName(scope: FidelityScope): string | undefined {
  switch (scope.kind) {
    case 'workspace':
      return undefined;
    case 'file':
      return path.basename(scope.path);
    case 'run':
      return scope.run;
    default:
      return unreachable(scope);
  }
}

const isSameScope = (one: FidelityScope, other: FidelityScope): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The engine wrote it; what is checked is that it is whole and that this version reads it. */
export function isFidelityReport(value: unknown): value is FidelityReport {
  if (typeof value !== 'object' || value === null) return false;
  const { format, version, scope, ...rest } = value as Partial<Record<keyof FidelityReport, unknown>>;
  const parts = ['cells', 'documents', 'distributions', 'inputs'] as const;
  return (
    format === 'patent-lab-fidelity' &&
    version === FIDELITY_VERSION &&
    typeof scope === 'object' &&
    parts.every((part) => Array.isArray(rest[part]))
  );
}
