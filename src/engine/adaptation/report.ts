/** How the adaptation of a workspace's encoder went, as the files of a run. */
import {
  ADAPTATION_FORMAT,
  ADAPTATION_VERSION,
  type AdaptationEstimate,
  type AdaptationGoal,
  type AdaptationReport,
  type AdaptationScores,
} from '../../protocol/adaptation.ts';
import type { StepLoss } from '../../protocol/finetune.ts';
import type { EncoderSpec } from '../encoder/spec.ts';
import { runtimeVersion } from '../onnx/runtime.ts';
import { VERSION } from '../version.ts';
import type { AdaptationResult } from './adapt.ts';

export interface Adapted {
  readonly setup: AdaptationEstimate;
  readonly encoder: { readonly base: string; readonly spec: EncoderSpec };
  readonly losses: readonly StepLoss[];
  readonly history: readonly AdaptationScores[];
  readonly result: AdaptationResult;
  readonly seconds: number;
}

export function adaptationReport({
  setup,
  encoder,
  losses,
  history,
  result,
  seconds,
}: Adapted): AdaptationReport {
  const { trained, resumed } = result;
  const known = new Set(result.encoder.notes);
  return {
    format: ADAPTATION_FORMAT,
    version: ADAPTATION_VERSION,
    createdAt: setup.plan.createdAt,
    patentLab: VERSION,
    onnxruntime: runtimeVersion(),
    setup,
    encoder: { base: encoder.base, id: encoder.spec.id, sha256: encoder.spec.sha256 },
    losses,
    history,
    bestEpoch: trained.bestEpoch,
    steps: trained.steps,
    resumed,
    seconds,
    conclusion: conclusionOf(setup.plan.goal, history, trained.bestEpoch),
    notes: [...result.encoder.notes, ...setup.notes.filter((note) => !known.has(note))],
  };
}

/** `31.2 % of the hidden words guessed right (loss 3.912)` */
function scored(goal: AdaptationGoal, { heldOutLoss, heldOutAccuracy }: AdaptationScores): string {
  const share = `${(100 * heldOutAccuracy).toFixed(1)} %`;
  const what = goal === 'words' ? 'of the hidden words guessed right' : 'of the pairs found';
  return `${share} ${what} (loss ${heldOutLoss.toFixed(3)})`;
}

function conclusionOf(goal: AdaptationGoal, history: readonly AdaptationScores[], bestEpoch: number): string {
  const at = (wanted: number): string => {
    const found = history.find(({ epoch }) => epoch === wanted);
    return found ? scored(goal, found) : 'nothing known';
  };
  return bestEpoch === 0
    ? `No epoch was better on the documents held out than the start, ${at(0)}: the encoder is as published.`
    : `Epoch ${bestEpoch} was best on the documents held out: ${at(bestEpoch)}; before training ${at(0)}.`;
}

/** The JSON comes last: where it stands, the others do. */
export const adaptationFiles = (report: AdaptationReport): Readonly<Record<string, string>> => ({
  'report.md': markdown(report),
  'report.csv': csv(report),
  'report.json': `${JSON.stringify(report, undefined, 1)}\n`,
});

function markdown({
  setup,
  encoder,
  history,
  bestEpoch,
  conclusion,
  notes,
  ...run
}: AdaptationReport): string {
  const { plan } = setup;
  return [
    `# Adaptation of ${setup.encoder}`,
    '',
    conclusion,
    '',
    `- begun ${run.createdAt}, Patent Lab ${run.patentLab}, ONNX Runtime ${run.onnxruntime}, ${run.seconds.toFixed(0)} s, ${run.steps} steps${run.resumed > 0 ? ` (${run.resumed} of them before it was interrupted)` : ''}`,
    `- ${plan.goal}, ${plan.family}: ${setup.trained} trained numbers, batches of ${plan.batch}, highest rate ${plan.rate}, seed ${plan.seed}`,
    `- ${setup.used} of ${setup.documents} documents, ${setup.held} of them held out to choose the epoch`,
    `- the encoder is in ${encoder.base} (${encoder.id}, SHA-256 ${encoder.sha256})`,
    '',
    '| epoch | steps | loss | held-out loss | right | |',
    '|---:|---:|---:|---:|---:|---|',
    ...history.map(
      ({ epoch, step, loss, heldOutLoss, heldOutAccuracy }) =>
        `| ${epoch} | ${step} | ${loss?.toFixed(4) ?? ''} | ${heldOutLoss.toFixed(4)} | ${(100 * heldOutAccuracy).toFixed(1)} % | ${epoch === bestEpoch ? 'kept' : ''} |`,
    ),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}

const csv = ({ history, bestEpoch }: AdaptationReport): string =>
  [
    'epoch,steps,loss,held-out loss,right,kept',
    ...history.map(({ epoch, step, loss, heldOutLoss, heldOutAccuracy }) =>
      [epoch, step, loss ?? '', heldOutLoss, heldOutAccuracy, epoch === bestEpoch].join(','),
    ),
    '',
  ].join('\n');
