/** All scores of a part of the documents, in groups that each answer one question. */
import type { FidelityScores, Measured } from '../../../src/protocol/fidelity-view.ts';
import { integer } from '../../ui/format.ts';
import { t } from '../../ui/strings.ts';
import { figure } from '../wording.ts';
import { copyingRows, labelRows } from './copying.ts';
import { lexicalRows } from './lexical.ts';
import { atSizeOfHalves, baselineText, stripOf, type ScoreGroup, type ScoreRow } from './model.ts';
import { diversityRows, mmdRow, prdcRows } from './sets.ts';

export function scoreGroups(scores: FidelityScores): readonly ScoreGroup[] {
  return [
    group('distance', t('How far apart the two sets are'), scores.mmd2, (mmd) => [mmdRow(mmd)]),
    group('frechet', t('How far apart two bell curves around them are'), scores.frechet, (one) => [
      {
        id: 'frechet',
        name: t('Fréchet distance'),
        help: t(
          'The distance between the Gaussian fits of the two sets of embeddings; 0 where they are equal. It is larger the fewer documents there are, even without any difference, so it is read by the distance between two halves of the real documents only.',
        ),
        value: figure(one.value),
        ...atSizeOfHalves(one.atBaselineSize),
        ...baselineText(one.baseline),
        ...(one.singular
          ? {
              yardstickDetail: t(
                'fewer documents than the {0} dimensions, so it is biased upward',
                integer(one.dimensions),
              ),
            }
          : {}),
        ...stripOf(one.atBaselineSize ?? one.value, one.baseline),
      },
    ]),
    group('prdc', t('Whether they lie where the real ones lie'), scores.prdc, prdcRows),
    group('diversity', t('How varied they are'), scores.diversity, diversityRows),
    group('lexical', t('How they are worded'), scores.lexical, lexicalRows),
    group('copying', t('What they copy'), scores.copying, copyingRows),
    ...(scores.labelFidelity
      ? [group('labels', t('Whether they are what they were made for'), scores.labelFidelity, labelRows)]
      : []),
  ];
}

function group<T>(
  id: string,
  title: string,
  measured: Measured<T>,
  rows: (value: T) => readonly ScoreRow[],
): ScoreGroup {
  return {
    id,
    title,
    content:
      measured.kind === 'measured'
        ? { kind: 'rows', rows: rows(measured) }
        : { kind: 'too-few', reason: measured.reason },
  };
}
