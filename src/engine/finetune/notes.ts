/** What a person should know of a fine-tuned classifier before trusting it: the notes of its card and its report. */
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Progress } from './checkpoint.ts';
import type { Prepared } from './prepare.ts';
import { trainedOn } from './provider.ts';
import type { Finished } from './save.ts';

interface Asked {
  readonly taxonomy: { readonly labels: readonly unknown[] };
  readonly documents: readonly Pick<LabelledDocument, 'labels'>[];
}
type Read = Pick<Prepared, 'isHeld' | 'tokens'>;
type Done = Pick<Finished, 'diverged' | 'certainty' | 'unproven' | 'decision'> & {
  readonly progress: Pick<Progress, 'bestEpoch' | 'history'>;
};

export function notesOf(request: Asked, prepared: Read, finished: Done): string[] {
  const { bestEpoch } = finished.progress;
  return [
    chosenNote(prepared, finished),
    ...(finished.diverged ? [divergenceNote(finished.diverged, finished)] : []),
    ...(bestEpoch > 0 ? tunedNotes(request, prepared, finished) : []),
  ];
}

function chosenNote({ isHeld }: Read, { progress: { bestEpoch }, certainty = 0, unproven }: Done): string {
  const all = isHeld.length;
  const held = isHeld.filter(Boolean).length;
  if (unproven !== undefined)
    return `Epoch ${unproven} on ${all - held} documents was best on the ${held} others, but better than the frozen encoder's own head in only ${percent(certainty)} of their resamples, which may be chance: that head is kept, trained on all ${all}, and the encoder is as published. More labelled documents would tell; with less certainty asked for, training goes on with what that epoch learned.`;
  return bestEpoch === 0
    ? `No epoch on ${all - held} documents was better on the ${held} others than the frozen encoder's own head: that one is kept, trained on all ${all}, and the encoder is as published.`
    : `Epoch ${bestEpoch} was best: trained on ${all - held} documents, judged on ${held} others, never in a group with them; better than the frozen encoder in ${percent(certainty)} of their resamples.`;
}

/** What holds only where the encoder was changed. */
function tunedNotes(
  { taxonomy, documents }: Asked,
  { tokens, isHeld }: Read,
  { diverged, decision }: Done,
): readonly string[] {
  const all = documents.length;
  const held = isHeld.filter(Boolean).length;
  const unused = taxonomy.labels.filter(
    (_, label) => !documents.some(({ labels }) => labels.includes(label)),
  );
  const long = tokens.filter(({ windows }) => windows.length > 1).length;
  return [
    ...(diverged?.stage === 'fitting'
      ? []
      : [
          `The classifier was then trained on all ${all} documents for as long. Thresholds and figures are those of the one that had not seen the ${held}.`,
        ]),
    ...(decision && decision.provider !== 'cpu' ? [trainedOn(decision)] : []),
    ...(long > 0
      ? [
          `${long} of ${all} training documents are longer than the encoder reads at once; each epoch trained on one part of them, in turn.`,
        ]
      : []),
    ...(unused.length > 0
      ? [
          unused.length === 1
            ? '1 label has no example: training could only push it down from where its text had put it.'
            : `${unused.length} labels have no example: training could only push them down from where their texts had put them.`,
        ]
      : []),
  ];
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function divergenceNote(
  { stage, step }: Pick<Progress, 'stage' | 'step'>,
  { progress: { bestEpoch, history }, unproven = bestEpoch }: Done,
): string {
  return stage === 'choosing'
    ? `The loss was no number any more at step ${step}; epoch ${unproven} of the ${history.length - 1} before it was best.`
    : `On all documents the loss was no number any more at step ${step}; the classifier that was judged is kept.`;
}
