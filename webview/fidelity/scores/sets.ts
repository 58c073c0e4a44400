/** Scores of two sets of embeddings: their distance, what of each the other covers, and how varied they are. */
import type { Diversity, Mmd, Prdc } from '../../../src/protocol/fidelity-view.ts';
import { integer } from '../../ui/format.ts';
import { plural, t } from '../../ui/strings.ts';
import { figure, pText } from '../wording.ts';
import { atSizeOfHalves, baselineText, scaled, stripOf, type ScoreRow } from './model.ts';

export const mmdRow = (mmd: Mmd): ScoreRow => ({
  id: 'mmd2',
  name: t('MMD²'),
  help: t(
    'Maximum mean discrepancy: 0 where real and synthetic documents cannot be told apart by their embeddings, and it may fall below. The p-value is the share of random divisions of all documents into two sets that differ as much. At extreme scarcity a larger value went with a larger gain, with more real documents a smaller one.',
  ),
  value: figure(mmd.value),
  detail: t('p = {0}', pText(mmd.p)),
  yardstick: t('without any difference below {0} in 95 of 100', figure(mmd.null95)),
  yardstickDetail: plural(mmd.permutations, '{0} permutation', '{0} permutations', integer(mmd.permutations)),
  strip: scaled({
    value: mmd.value,
    reference: { median: 0, low: Math.min(0, -mmd.null95), high: mmd.null95 },
  }),
});

export function prdcRows(prdc: Prdc): readonly ScoreRow[] {
  const { k, atBaselineSize } = prdc;
  const one = (
    id: 'precision' | 'recall' | 'density' | 'coverage',
    name: string,
    help: string,
  ): ScoreRow => ({
    id,
    name,
    help,
    value: figure(prdc[id]),
    ...atSizeOfHalves(atBaselineSize?.[id]),
    ...baselineText(prdc.baseline?.[id] ?? null),
    // Like is shown beside like: the strip holds the figure at the size of the halves.
    ...stripOf(
      atBaselineSize?.[id] ?? prdc[id],
      prdc.baseline?.[id] ?? null,
      id === 'density' ? undefined : [0, 1],
    ),
  });
  return [
    one(
      'precision',
      t('Precision'),
      t(
        'Share of synthetic documents that lie within reach of a real one: nearer than its neighbour number {0}.',
        k,
      ),
    ),
    one(
      'recall',
      t('Recall'),
      t(
        'Share of real documents that lie within reach of a synthetic one: what of the real variety is covered.',
      ),
    ),
    one(
      'density',
      t('Density'),
      t(
        'How many real documents have a synthetic one within their reach, a mean over the synthetic ones and {0} neighbours; above 1 where they crowd together where real ones are dense.',
        k,
      ),
    ),
    one(
      'coverage',
      t('Coverage'),
      t(
        'Share of real documents with a synthetic one within their reach of {0} neighbours. Outliers disturb it less than recall.',
        k,
      ),
    ),
  ];
}

export function diversityRows(diversity: Diversity): readonly ScoreRow[] {
  const { real, size } = diversity;
  const one = (
    id: 'distinct1' | 'distinct2' | 'selfBleu4' | 'vendi' | 'meanCosine',
    name: string,
    help: string,
    domain?: readonly [number, number],
  ): ScoreRow => ({
    id,
    name,
    help,
    value: figure(diversity[id]),
    yardstick: t('{0} among as many real ones', figure(real[id])),
    yardstickDetail: t('{0} documents each', integer(size)),
    strip: scaled(
      { value: diversity[id], reference: { median: real[id], low: real[id], high: real[id] } },
      domain,
    ),
  });
  return [
    one(
      'distinct1',
      t('Distinct words'),
      t('Different words as a share of all. Longer sets of texts have less.'),
      [0, 1],
    ),
    one(
      'distinct2',
      t('Distinct word pairs'),
      t('Different pairs of neighbouring words as a share of all.'),
      [0, 1],
    ),
    one(
      'selfBleu4',
      t('Self-BLEU-4'),
      t('How much of a document’s wording stands in the others; 1 where all say the same.'),
      [0, 1],
    ),
    one(
      'vendi',
      t('Vendi score'),
      t(
        'The number of really different documents that the set amounts to, by its embeddings: 1 where all are alike, their number where none are.',
      ),
      [0, Math.max(size, diversity.vendi)],
    ),
    one('meanCosine', t('Mean cosine'), t('Mean similarity of two documents of the set.'), [0, 1]),
  ];
}
