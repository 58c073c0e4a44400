/** A small study with a family that learns nothing: what it scores is planted, so that what comes out is known. */
import { Random } from '../../random.ts';
import { studyCorpus, targetsOf, type StudyCorpus, type StudyDocument } from '../corpus.ts';
import type { Unit, OutcomeStore } from '../execute.ts';
import { documentsIn, type Family, type Fit, type FitRequest } from '../family.ts';
import type { Outcome, StudySetting } from '../outcomes.ts';
import { studyPlanSchema, type StudyPlan } from '../plan.ts';

export interface SmallCorpus {
  readonly real?: number;
  readonly synthetic?: number;
  readonly test?: number;
  readonly labels?: number;
}

const document = (
  role: StudyDocument['role'],
  at: number,
  labels: readonly number[],
  more: Partial<StudyDocument> = {},
): StudyDocument => ({
  id: `${role}-${at}`,
  file: `${role}.jsonl`,
  labels,
  group: `${role} group ${Math.floor(at / 2)}`,
  role,
  parents: [],
  model: 'model',
  strategy: 'conditioned',
  ...more,
});

/** Real documents in groups of two; the first synthetic document paraphrases the first real one. */
export function smallCorpus({
  real = 40,
  synthetic = 30,
  test = 60,
  labels = 4,
}: SmallCorpus = {}): StudyCorpus {
  const random = new Random(7);
  const drawn = (): number[] =>
    [...new Set([random.integer(labels), random.integer(labels)])].sort((a, b) => a - b);
  return studyCorpus(
    Array.from({ length: labels }, (_, label) => ({ id: `l${label}`, name: `Label ${label}` })),
    [
      ...Array.from({ length: real }, (_, at) => document('real', at, drawn())),
      ...Array.from({ length: synthetic }, (_, at) =>
        document('synthetic', at, drawn(), {
          parents: at === 0 ? [0] : [],
          group: at === 0 ? 'real group 0' : `synthetic ${at}`,
          strategy: at === 0 ? 'paraphrase' : 'conditioned',
        }),
      ),
      ...Array.from({ length: test }, (_, at) => document('test', at, drawn())),
    ],
  );
}

export function smallSetting(plan: Partial<StudyPlan> = {}, corpus = smallCorpus()): StudySetting {
  return {
    corpus,
    plan: { ...studyPlanSchema.parse({ resamples: 200, seeds: 3, regimes: [20, '100%'] }), ...plan },
    targets: targetsOf(corpus),
  };
}

/** Scores the truth, blurred; less so by `skill` of what was trained on. Equal requests get equal answers. */
export class PlantedFamily implements Family {
  readonly id = 'encoder-linear';
  readonly fits: FitRequest[] = [];
  readonly #setting: StudySetting;
  readonly #skill: (request: FitRequest) => number;

  constructor(setting: StudySetting, skill: (request: FitRequest) => number) {
    this.#setting = setting;
    this.#skill = skill;
  }

  steps(sizes: readonly number[], duration: FitRequest['duration']): number {
    if (duration.kind === 'convergence') return 0;
    const documents = sizes.reduce((total, size) => total + size, 0);
    return duration.kind === 'steps' ? duration.steps : duration.epochs * Math.ceil(documents / 10);
  }

  async fit(request: FitRequest, checkpoint: () => Promise<void>): Promise<Fit> {
    await checkpoint();
    this.fits.push(request);
    const { targets, corpus } = this.#setting;
    const skill = this.#skill(request);
    const columns = corpus.labels.length;
    const random = new Random(request.seed * 1000 + documentsIn(request.training));
    return {
      logits: Float32Array.from(
        Array.from(request.score).flatMap((row) =>
          Array.from(
            { length: columns },
            (_, label) =>
              skill * (2 * (targets[row * columns + label] ?? 0) - 1) + 4 * (random.uniform() - 0.5),
          ),
        ),
      ),
      steps: this.steps([documentsIn(request.training)], request.duration),
    };
  }

  release(): Promise<void> {
    return Promise.resolve();
  }
}

/** Whether any synthetic document is trained on. */
export const usesSynthetic = ({ corpus }: StudySetting, { training }: FitRequest): boolean =>
  training.phases.some((phase) => phase.some((row) => corpus.documents[row]?.role === 'synthetic'));

export class MemoryStore implements OutcomeStore {
  readonly kept = new Map<string, Outcome>();

  read(unit: Unit): Promise<Outcome | undefined> {
    return Promise.resolve(this.kept.get(keyOf(unit)));
  }

  write(unit: Unit, outcome: Outcome): Promise<void> {
    this.kept.set(keyOf(unit), outcome);
    return Promise.resolve();
  }
}

export const keyOf = ({ regime, schedule, arm, draw }: Unit): string =>
  `${regime.name} ${schedule} ${arm.id} ${draw.seed}`;
