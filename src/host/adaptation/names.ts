/** What a new encoder is called. */
import path from 'node:path';
import type { AdaptationGoal } from '../../protocol/adaptation.ts';

/** `base-words`, or `base-words-2` where that is taken. */
export function proposedName(base: string, goal: AdaptationGoal, taken: readonly string[]): string {
  const name = `${path.basename(base)}-${goal}`.replace(/[^\w.-]+/g, '-').replace(/^\.+/, '');
  const known = new Set(taken);
  for (let count = 1; ; count++) {
    const proposed = count === 1 ? name : `${name}-${count}`;
    if (!known.has(proposed)) return proposed;
  }
}

/** Undefined where the folder can be made. */
export function nameProblem(name: string, taken: readonly string[]): 'not-plain' | 'taken' | undefined {
  if (name.trim() !== name || name === '' || /^\.*$|[/\\:]/.test(name)) return 'not-plain';
  return taken.includes(name) ? 'taken' : undefined;
}
