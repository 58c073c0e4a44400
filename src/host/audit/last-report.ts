/**
 * The last leakage audit of a workspace, as its run keeps it: opening the panel shows it at once, since an audit takes
 * minutes and the corpus has seldom changed meanwhile.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AUDIT_VERSION, type AuditReport } from '../../protocol/audit.ts';
import { newestReport } from '../leakage/audit-figures.ts';

export interface LastReport {
  readonly report: AuditReport;
  /** Of the run. */
  readonly folder: string;
}

/** Undefined where there was none, or one of another version of Patent Lab: that is made anew rather than guessed at. */
export async function lastReport(root: string): Promise<LastReport | undefined> {
  const file = await newestReport(root).catch(() => undefined);
  if (file === undefined) return undefined;
  const read = await readFile(file, 'utf8').then(parsed, () => undefined);
  return isReport(read) ? { report: read, folder: path.dirname(file) } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
