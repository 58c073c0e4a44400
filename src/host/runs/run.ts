/**
 * A run of a workspace as its folder tells of it: `.patent-lab/runs/{kind}-{time}`. A run with a `report.json` has
 * ended; one without was stopped, or is still going on.
 */

/** `unknown`: whoever knows how runs of its kind stand could not be asked. */
export type RunState = 'done' | 'unfinished' | 'replaced' | 'unreadable' | 'unknown';

export interface Run {
  /** Of the folder. */
  readonly name: string;
  readonly folder: string;
  /** What its folder's name begins with: `leakage`, `study` … */
  readonly kind: string;
  readonly at: Date;
  readonly state: RunState;
  /** What came out, in one line; absent where there is no report, or one that this version does not know. */
  readonly headline?: string;
}

export interface RunName {
  readonly kind: string;
  /** Undefined where the name holds no time. */
  readonly at: Date | undefined;
}

const TIMED = /^(.+?)-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})(?:-(\d{1,3}))?Z?(?:-.*)?$/;

/** Kind and time out of the name of a folder; a name that follows no rule is a kind of its own. */
export function parseRunName(name: string): RunName {
  const [, kind, day, hours, minutes, seconds, fraction] = TIMED.exec(name) ?? [];
  if (kind === undefined) return { kind: name, at: undefined };
  const at = new Date(`${day}T${hours}:${minutes}:${seconds}.${(fraction ?? '0').padEnd(3, '0')}Z`);
  return { kind, at: Number.isNaN(at.getTime()) ? undefined : at };
}

export interface RunGroup {
  readonly kind: string;
  /** Newest first. */
  readonly runs: readonly Run[];
}

/** Runs by kind; the kind that ran last stands first, and so does its newest run. */
export function groupRuns(runs: readonly Run[]): readonly RunGroup[] {
  const newestFirst = [...runs].sort(
    (a, b) => b.at.getTime() - a.at.getTime() || b.name.localeCompare(a.name),
  );
  const groups = new Map<string, Run[]>();
  for (const run of newestFirst) groups.set(run.kind, [...(groups.get(run.kind) ?? []), run]);
  return [...groups].map(([kind, ofKind]) => ({ kind, runs: ofKind }));
}
