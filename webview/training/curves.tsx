/** The two charts of a training, and the epochs as a table. */
import { useMemo } from 'preact/hooks';
import type { TrainingCurves } from '../../src/protocol/training-view.ts';
import { FittedChart } from '../report/fitted-chart.tsx';
import { NumberTable } from '../report/number-table.tsx';
import { Section } from '../report/section.tsx';
import { decimal, integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { lossChart } from '../learning/charts.ts';
import { ProviderNote } from '../learning/provider.tsx';
import { lossLabel } from '../learning/wording.ts';
import { scoresChart } from './charts.ts';

interface CurvesProps {
  readonly curves: TrainingCurves;
  /** Epochs there will be, at most. */
  readonly epochs: number;
}

export function Curves({ curves, epochs }: CurvesProps) {
  const loss = useMemo(() => lossChart(curves), [curves]);
  const scores = useMemo(() => scoresChart(curves, epochs), [curves, epochs]);
  return (
    <>
      <ProviderNote decision={curves.decision} />
      <Section
        title={t('Scores of each epoch')}
        lead={t(
          'On documents held out. Epoch 0 is the frozen encoder with its own head; the filled dot is the epoch that is kept.',
        )}
        {...(curves.history.length > 0 ? { chart: { name: 'training-scores', spec: scores } } : {})}
      >
        <p class="curve-keys">
          <span class="key-blue">{t('micro average precision')}</span>
          <span class="key-purple">{t('micro-F1')}</span>
        </p>
        <FittedChart spec={scores} label={t('Scores of each epoch; the table below has the same.')} />
        <Epochs curves={curves} />
      </Section>
      <Section
        title={t('Loss of each step')}
        lead={t('What training makes small. It can go on falling while the scores do not rise any more.')}
        {...(curves.losses.length > 0 ? { chart: { name: 'training-loss', spec: loss } } : {})}
      >
        <FittedChart spec={loss} label={lossLabel(curves)} />
      </Section>
    </>
  );
}

function Epochs({ curves: { history, bestEpoch } }: Pick<CurvesProps, 'curves'>) {
  return (
    <NumberTable
      caption={t('Scores of each epoch')}
      columns={[t('Epoch'), t('Loss'), t('Micro average precision'), t('Micro-F1')]}
      rows={history.map(({ epoch, loss, averagePrecision, microF1 }) => ({
        id: String(epoch),
        name: integer(epoch),
        cells: [
          loss === undefined ? '–' : decimal(loss, 4),
          decimal(averagePrecision, 3),
          decimal(microF1, 3),
        ],
        ...(epoch === bestEpoch ? { marked: t('kept'), tooltip: t('kept') } : {}),
      }))}
    />
  );
}
