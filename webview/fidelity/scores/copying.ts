/** Scores of what was copied, and of whether the documents are what they were made for. */
import type { Copying, LabelFidelity } from '../../../src/protocol/fidelity-view.ts';
import { integer, percent } from '../../ui/format.ts';
import { plural, t } from '../../ui/strings.ts';
import { figure, percentRange, range } from '../wording.ts';
import { intervalYardstick, reference, scaled, type ScoreRow } from './model.ts';

export function copyingRows(copying: Copying): readonly ScoreRow[] {
  return [
    {
      id: 'copies',
      name: t('Documents that copy'),
      help: t('Synthetic documents with a run of at least {0} words of a real one.', integer(copying.words)),
      value: integer(copying.documents.length),
      ...(copying.documents[0]
        ? { detail: t('the longest {0} words', integer(copying.documents[0].words)) }
        : {}),
      yardstick: t('runs of {0} words or more', integer(copying.words)),
    },
    {
      id: 'overlap',
      name: t('Taken over from real ones'),
      help: t('Mean share of a document’s runs of 8 words that stand in any real document.'),
      value: percent(copying.overlap.value),
      detail: percentRange(copying.overlap),
      ...intervalYardstick(copying.realOverlap, percent),
      strip: scaled({
        value: copying.overlap.value,
        interval: copying.overlap,
        ...reference(copying.realOverlap),
        from: 0,
      }),
    },
    ...(copying.parentOverlap
      ? [
          {
            id: 'parent-overlap',
            name: t('Taken over from its sources'),
            help: t('The same against the documents that it was made from.'),
            value: percent(copying.parentOverlap.value),
            detail: percentRange(copying.parentOverlap),
            ...intervalYardstick(copying.realOverlap, percent),
            strip: scaled({
              value: copying.parentOverlap.value,
              interval: copying.parentOverlap,
              ...reference(copying.realOverlap),
              from: 0,
            }),
          },
        ]
      : []),
    {
      id: 'nearest',
      name: t('Distance to the nearest real one'),
      help: t(
        'Median cosine distance, beside that of a held-out real document to its nearest real one. Nearer than real ones are to each other hints at copying, farther at another subject.',
      ),
      value: figure(copying.nearest.value),
      detail: range(copying.nearest),
      ...intervalYardstick(copying.realNearest, figure),
      strip: scaled({
        value: copying.nearest.value,
        interval: copying.nearest,
        ...reference(copying.realNearest),
        from: 0,
      }),
    },
    ...(copying.closerThanReal === null
      ? []
      : [
          {
            id: 'closer',
            name: t('Closer than real ones'),
            help: t(
              'Share of synthetic documents that are nearer to a real one than 95 % of real documents are to each other.',
            ),
            value: percent(copying.closerThanReal),
            yardstick: t('{0} among real ones, by construction', percent(0.05)),
            strip: scaled(
              { value: copying.closerThanReal, reference: { median: 0.05, low: 0.05, high: 0.05 } },
              [0, 1],
            ),
          },
        ]),
  ];
}

export const labelRows = (fidelity: LabelFidelity): readonly ScoreRow[] => [
  {
    id: 'label-f1',
    name: t('Label F1'),
    help: t(
      'Micro-F1 of the labels that the classifier, trained on real documents, finds in the synthetic ones, against those they were made for. A classifier that is often wrong on real documents is wrong here too.',
    ),
    value: figure(fidelity.microF1.value),
    detail: range(fidelity.microF1),
    yardstick: t('precision {0}, recall {1}', figure(fidelity.precision), figure(fidelity.recall)),
    yardstickDetail: plural(
      fidelity.documents,
      '{0} document that states its labels',
      '{0} documents that state their labels',
      integer(fidelity.documents),
    ),
    strip: scaled({ value: fidelity.microF1.value, interval: fidelity.microF1 }, [0, 1]),
  },
];
