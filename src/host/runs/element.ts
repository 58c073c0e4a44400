/** Rows of the Runs view. Classes, so that a command can tell a row from other arguments. */
import type { Run, RunGroup } from './run.ts';

export class RunElement {
  readonly run: Run;
  readonly group: GroupElement;

  constructor(run: Run, group: GroupElement) {
    this.run = run;
    this.group = group;
  }
}

export class GroupElement {
  readonly kind: string;
  readonly runs: readonly RunElement[];

  constructor({ kind, runs }: RunGroup) {
    this.kind = kind;
    this.runs = runs.map((run) => new RunElement(run, this));
  }
}
