/** What share of real documents is best in a training set of a fixed size. */
import { useMemo } from 'preact/hooks';
import type { StudyReport, Verdict } from '../../src/protocol/study-view.ts';
import { FittedChart } from '../report/fitted-chart.tsx';
import { NumberTable } from '../report/number-table.tsx';
import { Section } from '../report/section.tsx';
import { integer, percent } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { doneArm } from './arm-rows.ts';
import { isOf } from './cells.ts';
import { mixingChart } from './free-charts.ts';
import { cellName, score, scoreRange } from './wording.ts';

export function MixingSection({ report, shown }: { readonly report: StudyReport; readonly shown: Verdict }) {
  const curve = report.mixing.find((one) => isOf(shown, one));
  const baseline = doneArm(report, shown, 'real-only')?.microF1.mean;
  const title = t('Micro-F1 by the share of real documents: {0}', cellName(shown, report));
  const spec = useMemo(
    () => (curve ? mixingChart(curve, { title, baseline }) : undefined),
    [curve, title, baseline],
  );
  if (!curve || !spec || curve.points.length === 0) return null;
  const { region, best, budget } = curve;
  return (
    <Section
      title={t('What mix is best?')}
      lead={t(
        '{0} documents in every mix; a mix that needs more real documents than there are repeats them. The shaded shares cannot be told from the best one.',
        integer(budget),
      )}
      chart={{ name: 'study-mixing', spec }}
    >
      <div class="with-numbers">
        <FittedChart spec={spec} label={title} />
        <NumberTable
          caption={title}
          columns={[t('Real'), t('Micro-F1'), t('Interval')]}
          rows={curve.points.map(({ share, microF1 }) => ({
            id: String(share),
            name: percent(share),
            cells: [
              score(microF1.mean),
              <span key="range" class="muted">
                {scoreRange(microF1)}
              </span>,
            ],
            ...(region.includes(share)
              ? { marked: share === best ? t('the best') : t('as good as the best') }
              : {}),
          }))}
        />
      </div>
    </Section>
  );
}
