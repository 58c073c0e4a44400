/** Leakage warnings: squiggles, highlights and quick fixes in open patents, and the commands behind them. */
import * as vscode from 'vscode';
import { TRANSCRIPTION_SCHEME } from '../documents/location.ts';
import type { FeatureStart } from '../feature.ts';
import { maskActive } from './actions.ts';
import { AuditFigures } from './audit-figures.ts';
import { showAudit } from '../audit/panel.ts';
import { LeakageDiagnostics } from './diagnostics.ts';
import { allowFromFix, LeakFixes } from './fixes.ts';
import { LeakageHighlights } from './highlights.ts';
import { LeakHover } from './hover.ts';

type Commands = 'patentLab.maskLeaks' | 'patentLab.auditLeakage' | 'patentLab.allowTerm';

const SELECTOR: vscode.DocumentSelector = [{ scheme: 'file' }, { scheme: TRANSCRIPTION_SCHEME }];

export const leakageFeature: FeatureStart<Commands> = (services) => {
  const { leakage } = services;
  return {
    commands: {
      'patentLab.maskLeaks': () => maskActive(services, { kind: 'document' }),
      'patentLab.auditLeakage': () => showAudit(services),
      'patentLab.allowTerm': (...args) => allowFromFix(leakage, args),
    },
    disposables: [
      new LeakageDiagnostics(leakage),
      new LeakageHighlights(leakage),
      vscode.languages.registerCodeActionsProvider(SELECTOR, new LeakFixes(leakage), LeakFixes.metadata),
      vscode.languages.registerHoverProvider(SELECTOR, new LeakHover(leakage, new AuditFigures())),
    ],
  };
};
