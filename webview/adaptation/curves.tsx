/** The two charts of an adaptation, and the epochs as a table. */
import { useMemo } from 'preact/hooks';
import type { AdaptationCurves, AdaptationGoal } from '../../src/protocol/adaptation-view.ts';
import { ProviderNote } from '../learning/provider.tsx';
import { lossLabel } from '../learning/wording.ts';
import { FittedChart } from '../report/fitted-chart.tsx';
import { NumberTable } from '../report/number-table.tsx';
import { Section } from '../report/section.tsx';
import { decimal, integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { lossesChart, rightChart } from './charts.ts';
import { rightName } from './wording.ts';

interface CurvesProps {
  readonly curves: AdaptationCurves;
  readonly goal: AdaptationGoal;
  /** Epochs there will be, at most. */
  readonly epochs: number;
}

export function Curves({ curves, goal, epochs }: CurvesProps) {
  const losses = useMemo(() => lossesChart(curves), [curves]);
  const right = useMemo(() => rightChart(curves, epochs, rightName(goal)), [curves, epochs, goal]);
  const { history } = curves;
  return (
    <>
      <ProviderNote decision={curves.decision} />
      <Section
        title={t('Loss')}
        lead={t(
          'What training makes small, at each step, and the same on patents held out, after each epoch. When the one falls and the other rises, more training only learns these patents by heart. The filled dot is the epoch that is kept.',
        )}
        {...(curves.losses.length > 0 ? { chart: { name: 'adaptation-loss', spec: losses } } : {})}
      >
        <p class="curve-keys">
          <span class="key-blue">{t('training, running mean')}</span>
          <span class="key-purple">{t('held out')}</span>
        </p>
        <FittedChart spec={losses} label={lossLabel(curves)} />
        <Epochs curves={curves} />
      </Section>
      <Section
        title={t('What it gets right')}
        lead={t('On patents held out: {0}. Epoch 0 is the encoder before training.', rightName(goal))}
        {...(history.length > 0 ? { chart: { name: 'adaptation-right', spec: right } } : {})}
      >
        <FittedChart spec={right} label={t('Share of each epoch; the table above has the same.')} />
      </Section>
    </>
  );
}

function Epochs({ curves: { history, bestEpoch } }: Pick<CurvesProps, 'curves'>) {
  return (
    <NumberTable
      caption={t('What each epoch came to')}
      columns={[t('Epoch'), t('Steps'), t('Loss'), t('Held-out loss'), t('Right')]}
      rows={history.map(({ epoch, step, loss, heldOutLoss, heldOutAccuracy }) => ({
        id: String(epoch),
        name: integer(epoch),
        cells: [
          integer(step),
          loss === undefined ? '–' : decimal(loss, 4),
          decimal(heldOutLoss, 4),
          t('{0} %', decimal(100 * heldOutAccuracy, 1)),
        ],
        ...(epoch === bestEpoch ? { marked: t('kept'), tooltip: t('kept') } : {}),
      }))}
    />
  );
}
