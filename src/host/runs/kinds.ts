/** The kinds of run that the Runs view knows; a feature adds its own in one line. Others are listed by their name. */
import { leakageRuns } from '../audit/run-kind.ts';
import type { RunKind } from './run-kind.ts';

const KINDS: readonly RunKind[] = [leakageRuns];

export const kindOf = (kind: string): RunKind | undefined => KINDS.find((known) => known.kind === kind);
