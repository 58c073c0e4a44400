/** Whether synthetic documents that look more like the real ones help more: over generators and strategies. */
import { useMemo } from 'preact/hooks';
import type {
  FidelityCell,
  FidelityDifference,
  StudyReport,
  Verdict,
} from '../../src/protocol/study-view.ts';
import { FittedChart } from '../report/fitted-chart.tsx';
import { NumberTable } from '../report/number-table.tsx';
import { Section } from '../report/section.tsx';
import { decimal, integer, signed } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { distinct, isOf } from './cells.ts';
import { RegimeSymbol } from './regime-symbol.tsx';
import { fidelityChart } from './free-charts.ts';
import { change, changeRange, changeText, regimeName } from './wording.ts';

/** Cells that a correlation needs. [ours] */
const LEAST = 4;

export function FidelitySection({
  report,
  shown,
}: {
  readonly report: StudyReport;
  readonly shown: Verdict;
}) {
  const cells = useMemo(
    () => report.fidelity.filter((one) => isOf({ ...shown, regime: one.regime }, one)),
    [report, shown],
  );
  const regimes = useMemo(() => distinct(cells.map(({ regime }) => regime)), [cells]);
  const title = t('Fidelity against gain');
  const spec = useMemo(
    () => fidelityChart(cells, regimes, title, (regime) => regimeName(regime, report)),
    [cells, regimes, title, report],
  );
  const heading = t('Do documents that look real help more?');
  if (cells.length === 0) {
    return (
      <Section
        title={heading}
        lead={t(
          'Not known: this compares the documents of different generators and strategies, and the synthetic documents do not say which these were.',
        )}
      >
        {null}
      </Section>
    );
  }
  return (
    <Section
      title={heading}
      lead={t(
        'Each mark is the documents of one generator and strategy: how far they lie from the real ones (MMD², larger is less alike), and what they gain over as many duplicates. Which way it goes depends on how many real documents there are, so no score is good or bad by itself.',
      )}
      chart={{ name: 'study-fidelity', spec }}
    >
      <ul class="correlations">
        {regimes.map((regime, at) => (
          <li key={regime}>
            <RegimeSymbol at={at} /> <strong>{regimeName(regime, report)}</strong>{' '}
            {correlationText(report, { ...shown, regime }, cells)}
          </li>
        ))}
        {report.correlationDifferences
          .filter((one) => isOf(shown, { ...one, regime: shown.regime }))
          .map((one) => (
            <li key={`${one.first} ${one.second}`}>{differenceText(report, one)}</li>
          ))}
      </ul>
      <div class="with-numbers even">
        <FittedChart spec={spec} label={title} />
        <NumberTable
          caption={title}
          columns={[t('Generator, strategy'), t('MMD²'), t('Gain'), t('Interval')]}
          rows={cells.map((cell) => ({
            id: `${cell.regime} ${cell.cell}`,
            name: (
              <>
                <RegimeSymbol at={regimes.indexOf(cell.regime)} /> {cell.model}, {cell.strategy}
              </>
            ),
            tooltip: `${regimeName(cell.regime, report)}, ${t('{0} documents', integer(cell.documents))}\n${changeText(cell.gain)}`,
            cells: [
              decimal(cell.mmd2, 3),
              change(cell.gain.mean),
              <span key="range" class="muted">
                {changeRange(cell.gain)}
              </span>,
            ],
          }))}
        />
      </div>
    </Section>
  );
}

/** From here on a difference is more than chance. */
const SIGNIFICANT = 0.05;

function differenceText(report: StudyReport, { first, second, z, p }: FidelityDifference): string {
  const regimes = [regimeName(first, report), regimeName(second, report)] as const;
  const figures = [decimal(z, 2), decimal(p, 3)] as const;
  return p < SIGNIFICANT
    ? t('{0} and {1} differ in this (Fisher z = {2}, p = {3}).', ...regimes, ...figures)
    : t('{0} and {1} do not measurably differ in this (Fisher z = {2}, p = {3}).', ...regimes, ...figures);
}

/** r with n and its interval, or why there is none yet. */
function correlationText(report: StudyReport, cell: Verdict, cells: readonly FidelityCell[]): string {
  const found = report.correlations.find((one) => isOf(cell, one));
  if (found) {
    const { mean, low, high } = found.r;
    return t('r = {0} ({1} to {2}), n = {3}', signed(mean), signed(low), signed(high), integer(found.cells));
  }
  const there = cells.filter(({ regime }) => regime === cell.regime).length;
  return there < LEAST
    ? t(
        'no correlation yet: {0} of the {1} generators and strategies it needs',
        integer(there),
        integer(LEAST),
      )
    : t('no correlation: all are alike in one of the two');
}
