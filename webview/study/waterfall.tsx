/** Where the gain comes from: threshold, steps, volume and synthetic content one after the other. */
import { useMemo } from 'preact/hooks';
import type { Decomposition, StudyReport, Verdict } from '../../src/protocol/study-view.ts';
import { FigureTable, type FigureTableRow } from '../report/figure-table.tsx';
import { Key, Section } from '../report/section.tsx';
import { t } from '../ui/strings.ts';
import { isOf } from './cells.ts';
import { waterfallChart, type WaterfallRow } from './charts.ts';
import { Change, Score } from './figures.tsx';
import { changeText, regimeName, scheduleName, score, scoreText, stepName } from './wording.ts';

export function WaterfallSection({
  report,
  shown,
}: {
  readonly report: StudyReport;
  readonly shown: Verdict;
}) {
  const found = report.decompositions.find((one) => isOf(shown, one));
  const title = t('Where does the gain come from?');
  const name = `${regimeName(shown.regime, report)}, ${scheduleName(shown.schedule).toLocaleLowerCase()}`;
  const rows = useMemo(() => (found ? waterfallRows(found) : []), [found]);
  const chart = useMemo(
    () => waterfallChart(rows, t('Where the gain in micro-F1 comes from: {0}', name)),
    [rows, name],
  );
  if (!found) {
    return (
      <Section
        title={title}
        lead={t(
          'This needs both threshold policies and the arms real only, step-matched, duplicate-to-match and augmented; one of them was not asked for, or failed.',
        )}
      >
        {null}
      </Section>
    );
  }
  return (
    <Section
      title={title}
      lead={
        shown.schedule === 'convergence'
          ? t(
              '{0}. Each change is measured with all above it in place, so they add up. Training to convergence has no number of steps to match.',
              name,
            )
          : t('{0}. Each change is measured with all above it in place, so they add up.', name)
      }
      chart={{ name: 'study-waterfall', spec: chart }}
    >
      <p class="chart-keys">
        <Key look="filled" colour="plain">
          {t('micro-F1')}
        </Key>
        <Key look="filled" colour="real">
          {t('what real documents give as well')}
        </Key>
        <Key look="filled" colour="synthetic">
          {t('what only synthetic content gives')}
        </Key>
      </p>
      <FigureTable
        caption={t('Where the gain in micro-F1 comes from: {0}', name)}
        chartTitle={t('Chart of the changes')}
        columns={[
          { id: 'label', title: t('Step') },
          { id: 'after', title: t('Micro-F1'), fixed: true, spare: true },
          { id: 'change', title: t('Change'), fixed: true, kept: true },
        ]}
        rows={tableRows(found)}
        chart={chart}
      />
    </Section>
  );
}

/** Both ends as bars from zero, and each step from where the one before it ended. */
function waterfallRows({ start, end, steps }: Decomposition): readonly WaterfallRow[] {
  return [
    { id: 'start', name: startName(), from: 0, to: start.mean, interval: start, look: 'total' },
    ...steps.map(({ step, after, change }): WaterfallRow => {
      const from = after - change.mean;
      return {
        id: step,
        name: `+ ${stepName(step)}`,
        from,
        to: after,
        interval: { low: from + change.low, high: from + change.high },
        look: step === 'synthetic' ? 'synthetic' : 'artefact',
      };
    }),
    { id: 'end', name: endName(), from: 0, to: end.mean, interval: end, look: 'total' },
  ];
}

const startName = (): string => t('Real only, threshold 0.5');
const endName = (): string => t('Real + synthetic, tuned threshold');

function tableRows({ start, end, steps }: Decomposition): readonly FigureTableRow[] {
  const total = (id: string, name: string, estimate: Decomposition['start']): FigureTableRow => ({
    id,
    name,
    tooltip: `${name}\n${t('Micro-F1')}: ${scoreText(estimate)}`,
    cells: [<Score key="after" estimate={estimate} />, <Score key="change" estimate={estimate} mute />],
  });
  return [
    { ...total('start', startName(), start), total: true },
    ...steps.map(({ step, after, change }): FigureTableRow => {
      const name = stepName(step);
      return {
        id: step,
        name: `+ ${name}`,
        total: step === 'synthetic',
        tooltip: `${name}\n${t('Change')}: ${changeText(change)}\n${t('Micro-F1 after it')}: ${score(after)}`,
        cells: [score(after), <Change key="change" estimate={change} />],
      };
    }),
    total('end', endName(), end),
  ];
}
