/**
 * Simulated studies with a known effect: documents differ in difficulty, seeds in luck, and *augmented* is better than
 * *duplicate-to-match* by a known amount. Whether the intervals hold what they promise can only be seen on such.
 */
import type { Random } from '../../random.ts';
import type { Outcome } from '../outcomes.ts';
import type { LabelMatrix } from '../../metrics/matrix.ts';
import type { ArmOutcomes } from '../statistics/arm-figures.ts';

export interface SimulatedStudy {
  readonly truth: LabelMatrix;
  readonly groups: readonly string[];
  readonly copies: ArmOutcomes;
  readonly augmented: ArmOutcomes;
}

export interface Simulation {
  readonly documents: number;
  readonly labels: number;
  readonly seeds: number;
  /** How much further *augmented* pulls the logits of a document's labels up. */
  readonly effect: number;
}

/** Spread of difficulty between documents (shared by both arms), of luck between seeds, and of single cells. */
const DIFFICULTY = 1;
const LUCK = 0.25;
const CELL = 1;
const SIGNAL = 3;
const PREVALENCE = 0.25;

export function simulate({ documents, labels, seeds, effect }: Simulation, random: Random): SimulatedStudy {
  const data = Uint8Array.from({ length: documents * labels }, () => (random.uniform() < PREVALENCE ? 1 : 0));
  const difficulty = Float64Array.from({ length: documents }, () => DIFFICULTY * normal(random));
  const arm = (id: string, gain: number): ArmOutcomes => ({
    id,
    outcomes: Array.from({ length: seeds }, (): Outcome => {
      const luck = LUCK * normal(random);
      return {
        logits: Float32Array.from(data, (has, at) => {
          const own = difficulty[Math.floor(at / labels)] ?? 0;
          return (has === 1 ? SIGNAL - own + luck + gain : 0) - SIGNAL / 2 + CELL * normal(random);
        }),
        threshold: null,
        steps: 1,
        real: 1,
        synthetic: 0,
      };
    }),
  });
  return {
    truth: { rows: documents, columns: labels, data },
    groups: Array.from({ length: documents }, (_, at) => `g${at}`),
    copies: arm('duplicate-to-match', 0),
    augmented: arm('augmented', effect),
  };
}

/** Micro-F1 of so many documents and seeds that chance hardly plays a part: what the intervals should hold. */
export function trueEffect(simulation: Simulation, random: Random): number {
  const { truth, copies, augmented } = simulate({ ...simulation, documents: 1000, seeds: 500 }, random);
  const f1 = ({ outcomes }: ArmOutcomes): number => {
    let total = 0;
    for (const { logits } of outcomes) {
      let [hits, both] = [0, 0];
      logits.forEach((logit, at) => {
        const [is, has] = [logit >= 0 ? 1 : 0, truth.data[at] ?? 0];
        hits += is & has;
        both += is + has;
      });
      total += (2 * hits) / both;
    }
    return total / outcomes.length;
  };
  return f1(augmented) - f1(copies);
}

/** Box–Muller. */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
