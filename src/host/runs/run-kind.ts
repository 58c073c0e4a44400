/** What the Runs view has to know of a kind of run: how to name it, to sum it up and to show it. */
import type { Services } from '../services.ts';
import type { Run } from './run.ts';

export interface RunKind {
  /** What the folders of its runs begin with. */
  readonly kind: string;
  readonly title: () => string;
  /** Of VS Code's product icons. */
  readonly icon: string;
  /** What came out, in one line; undefined for what is no report of this kind. */
  readonly headline: (report: unknown) => string | undefined;
  /** Shows its report in the panel of its kind; without it, the run's `report.md` is shown. */
  readonly open?: (services: Services, run: Run) => Promise<void>;
  /** Goes on with a run that was stopped. */
  readonly resume?: (services: Services, run: Run) => Promise<void>;
  /** Shows two reports side by side; refuses those that cannot be compared. */
  readonly compare?: (services: Services, run: Run, other: Run) => Promise<void>;
}

/** A member of a report that is a text. */
export function textOf(report: unknown, member: string): string | undefined {
  if (typeof report !== 'object' || report === null) return undefined;
  const value: unknown = (report as Readonly<Record<string, unknown>>)[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
