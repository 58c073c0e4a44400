/** In what a plan, or what its prompts show, differs from the run that it would continue: in words, for a person. */
import type { GenerationPlan } from '../../../core/generation/plan.ts';
import type { PlannedSlot, StoredRun } from './run-folder.ts';

/** Fields that decide what is asked; the others may change between two runs of a run. */
const DECISIVE = [
  'strategy',
  'model',
  'labelSets',
  'times',
  'seeds',
  'labelInstruction',
  'prompts',
  'exemplars',
  'genres',
  'attributes',
  'description',
  'language',
  'temperature',
  'maxTokens',
  'seed',
] as const satisfies readonly (keyof GenerationPlan)[];

export function planDifferences(before: GenerationPlan, now: GenerationPlan): readonly string[] {
  return DECISIVE.filter((field) => canonical(before[field]) !== canonical(now[field])).map(
    (field) => `"${field}" was ${short(before[field])} and is ${short(now[field])}`,
  );
}

/** Prompts that would be other ones now, because labels or documents changed that they show. */
export function promptDifferences(stored: StoredRun, slots: readonly PlannedSlot[]): readonly string[] {
  const now = new Map(slots.map((slot) => [slot.number, slot.promptHash]));
  const changed = stored.slots.filter(({ number, promptHash }) => now.get(number) !== promptHash);
  if (changed.length === 0) return [];
  return [
    `${changed.length} of ${stored.slots.length} prompts changed, because labels or documents that they show were edited`,
  ];
}

const SHOWN = 60;

function short(value: unknown): string {
  const text = value === undefined ? 'left out' : canonical(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** The order of fields says nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
