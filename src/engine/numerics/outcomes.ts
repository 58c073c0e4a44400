/**
 * What the check came to for a provider, a model and a machine, kept in the user's cache. Anything that is damaged, old
 * or about another driver is as if it were not there: the check is then done again.
 */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { jsonOrUndefined } from '../../core/json.ts';
import { ACCELERATORS, type Accelerator } from '../../protocol/numerics.ts';
import { writeFileAtomically } from '../files/write.ts';

/**
 * `trying`: written before a provider is first used, so that one that took the engine down with it is not tried at
 * every start; `unusable`: it could not be opened.
 */
const STATES = ['passed', 'refused', 'unusable', 'trying'] as const;

const outcomeSchema = z.object({
  provider: z.enum(ACCELERATORS),
  /** SHA-256 of the encoder's weights. */
  model: z.string(),
  onnxruntime: z.string(),
  machine: z.string(),
  state: z.enum(STATES),
  /** Why it was not passed, as a clause; empty when it was. */
  reason: z.string(),
  /** Documents a second by those of the CPU; 0 where it was not measured. */
  speed: z.number(),
  /** ISO 8601. */
  at: z.string(),
});

export type Outcome = z.infer<typeof outcomeSchema>;
export type OutcomeKey = Pick<Outcome, 'provider' | 'model' | 'onnxruntime' | 'machine'>;

const fileSchema = z.object({ version: z.literal(1), outcomes: z.array(outcomeSchema) });

const DAY_MS = 86_400_000;

/** [ours] What was measured holds for a month, in case a driver changed unseen; what could not be used is tried again the next day. */
const HOLDS_MS: Readonly<Record<Outcome['state'], number>> = {
  passed: 30 * DAY_MS,
  refused: 30 * DAY_MS,
  unusable: DAY_MS,
  trying: DAY_MS,
};

/** Outcomes that are kept. [ours] */
const KEPT = 100;

/** Names the folder in tests. */
const FOLDER_VARIABLE = 'PATENT_LAB_CACHE';

/** Where programs of this system keep what can be made again. */
export function userCacheFolder(): string {
  const given = process.env[FOLDER_VARIABLE];
  if (given !== undefined && given !== '') return given;
  const home = os.homedir();
  if (process.platform === 'win32') {
    return path.join(
      process.env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'),
      'patent-lab',
      'cache',
    );
  }
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'patent-lab');
  return path.join(process.env['XDG_CACHE_HOME'] ?? path.join(home, '.cache'), 'patent-lab');
}

export class Outcomes {
  readonly #file: string;
  readonly #now: () => number;
  #writing: Promise<void> = Promise.resolve();

  constructor(folder = userCacheFolder(), now: () => number = Date.now) {
    this.#file = path.join(folder, 'numerics.json');
    this.#now = now;
  }

  /** Undefined where nothing is known that still holds. */
  async find(key: OutcomeKey): Promise<Outcome | undefined> {
    const found = (await this.#read()).find((outcome) => isOf(outcome, key));
    const age = found ? this.#now() - Date.parse(found.at) : Number.NaN;
    return found && age >= 0 && age < HOLDS_MS[found.state] ? found : undefined;
  }

  /** Takes the place of what was known. */
  record(outcome: Omit<Outcome, 'at'>): Promise<void> {
    const at = new Date(this.#now()).toISOString();
    return this.#replace(outcome, [{ ...outcome, at }]);
  }

  /** As if it had never been tried. */
  forget(key: OutcomeKey): Promise<void> {
    return this.#replace(key, []);
  }

  /** A cache that cannot be written costs time, and nothing else. */
  #replace(key: OutcomeKey, by: readonly Outcome[]): Promise<void> {
    const write = async (): Promise<void> => {
      const others = (await this.#read()).filter((known) => !isOf(known, key));
      const outcomes = [...by, ...others].slice(0, KEPT);
      const text = `${JSON.stringify({ version: 1, outcomes }, undefined, 2)}\n`;
      await writeFileAtomically(this.#file, text).catch(() => undefined);
    };
    this.#writing = this.#writing.then(write, write);
    return this.#writing;
  }

  async #read(): Promise<readonly Outcome[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => '');
    const parsed = fileSchema.safeParse(jsonOrUndefined(text));
    return parsed.success ? parsed.data.outcomes : [];
  }
}

const isOf = (outcome: OutcomeKey, key: OutcomeKey): boolean =>
  outcome.provider === key.provider &&
  outcome.model === key.model &&
  outcome.onnxruntime === key.onnxruntime &&
  outcome.machine === key.machine;

export const outcomeKey = (
  provider: Accelerator,
  model: string,
  onnxruntime: string,
  machine: string,
): OutcomeKey => ({ provider, model, onnxruntime, machine });
