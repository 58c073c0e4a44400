/** Names of the files and folders of a workspace. A file of its own, so that naming them loads nothing else. */

export const WORKSPACE_CONFIG_FILE = 'patent-lab.json';
export const DECISIONS_FILE = 'labels.jsonl';
export const STATE_FOLDER = '.patent-lab';

/** Kinds of runs, each the first word of its folder's name. */
export const RUN_KINDS = [
  'leakage',
  'generation',
  'fidelity',
  'study',
  'numerics',
  'training',
  'adaptation',
] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** Folder of the encoders that were made here, each a folder of its own, relative to the workspace. */
export const ENCODERS_FOLDER = `${STATE_FOLDER}/encoders`;

/** Folder of all runs, relative to the workspace. */
export const RUNS_FOLDER = `${STATE_FOLDER}/runs`;

/** Folders of one kind sort by time. `createdAt` is in ISO 8601, UTC. */
export const runName = (kind: RunKind, createdAt: string): string =>
  `${kind}-${createdAt.replace(/[:.]/g, '-')}`;
