/** Scores of the wording: words, lengths, the form of the claims. */
import type { Lexical } from '../../../src/protocol/fidelity-view.ts';
import { integer, percent } from '../../ui/format.ts';
import { plural, t } from '../../ui/strings.ts';
import { figure } from '../wording.ts';
import { atSizeOfHalves, baselineText, scaled, stripOf, type ScoreRow } from './model.ts';

export function lexicalRows({
  jsd,
  baseline,
  atBaselineSize,
  real,
  synthetic,
}: Lexical): readonly ScoreRow[] {
  const claims = synthetic.claimForm;
  const realClaims = real.claimForm;
  return [
    {
      id: 'jsd',
      name: t('Word frequencies'),
      help: t(
        'Jensen–Shannon divergence of the word frequencies in bits: 0 where both use the same words equally often, 1 where they share none.',
      ),
      value: figure(jsd),
      ...atSizeOfHalves(atBaselineSize),
      ...baselineText(baseline),
      ...stripOf(atBaselineSize ?? jsd, baseline, [0, 1]),
    },
    {
      id: 'length',
      name: t('Words a document'),
      help: t('Median and quartiles of the number of words.'),
      value: integer(synthetic.lengths[2]),
      detail: t('{0} to {1}', integer(synthetic.lengths[1]), integer(synthetic.lengths[3])),
      yardstick: t('{0} among real ones', integer(real.lengths[2])),
      yardstickDetail: t('{0} to {1}', integer(real.lengths[1]), integer(real.lengths[3])),
      strip: scaled({
        value: synthetic.lengths[2],
        interval: { low: synthetic.lengths[1], high: synthetic.lengths[3] },
        reference: { median: real.lengths[2], low: real.lengths[1], high: real.lengths[3] },
        from: 0,
      }),
    },
    ...(claims
      ? (
          [
            ['numbered', t('Claims that start with a number')],
            ['oneSentence', t('Claims of one sentence')],
            ['dependent', t('Dependent claims')],
          ] as const
        ).map(([id, name]): ScoreRow => ({
          id,
          name,
          help: t('Share of the claims; what office texts do says the figure beside it.'),
          value: percent(claims[id]),
          detail: plural(claims.claims, '{0} claim', '{0} claims', integer(claims.claims)),
          yardstick: realClaims
            ? t('{0} among real ones', percent(realClaims[id]))
            : t('no real document states claims'),
          ...(realClaims
            ? {
                strip: scaled(
                  {
                    value: claims[id],
                    reference: { median: realClaims[id], low: realClaims[id], high: realClaims[id] },
                  },
                  [0, 1],
                ),
              }
            : {}),
        }))
      : []),
    {
      id: 'boilerplate',
      name: t('Stock phrases'),
      help: t(
        'Share of sentences that open with a stock phrase of patents, such as “The present invention relates to”.',
      ),
      value: percent(synthetic.boilerplate),
      yardstick: t('{0} among real ones', percent(real.boilerplate)),
      strip: scaled(
        {
          value: synthetic.boilerplate,
          reference: { median: real.boilerplate, low: real.boilerplate, high: real.boilerplate },
        },
        [0, 1],
      ),
    },
  ];
}
