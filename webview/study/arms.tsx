/** Every arm of the shown cell: its score against the baseline, and what it does to retrieval. */
import { useMemo } from 'preact/hooks';
import type { StudyReport, Verdict } from '../../src/protocol/study-view.ts';
import { FigureTable, type FigureTableRow } from '../report/figure-table.tsx';
import { Key, Section } from '../report/section.tsx';
import { sortBy } from '../report/sort.ts';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer } from '../ui/format.ts';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import type { StudyHost } from './app.tsx';
import { armRows, doneArm, METRICS, type ArmRow, type ArmSort, type Metric } from './arm-rows.ts';
import { forestChart } from './charts.ts';
import { Change, Score } from './figures.tsx';
import { cellName, changeText, documentsText, metricName, scoreText, toneOf } from './wording.ts';

const BY_SCORE: ArmSort = { column: 'score', direction: 'descending' };

interface ArmsProps {
  readonly report: StudyReport;
  readonly shown: Verdict;
  readonly host: StudyHost;
}

export function ArmsSection({ report, shown, host }: ArmsProps) {
  const [metric, setMetric] = useSaved(host, 'metric', 'microF1');
  const [sort, setSort] = useSaved(host, 'armSort', BY_SCORE);
  const rows = useMemo(() => armRows(report, shown, metric, sort), [report, shown, metric, sort]);
  const baseline = doneArm(report, shown, 'real-only')?.[metric].mean;
  const duplicates = doneArm(report, shown, 'duplicate-to-match')?.[metric].mean;
  const title = `${metricName(metric)}: ${cellName(shown, report)}`;
  const chart = useMemo(
    () =>
      forestChart(
        rows.map(({ id, name, heading, arm, score, gain }) => ({
          id,
          name,
          heading: heading ?? false,
          filled: (arm?.synthetic ?? 0) > 0,
          tone: gain ? toneOf(gain) : 'open',
          ...(score ? { score } : {}),
        })),
        {
          title,
          ...(baseline === undefined ? {} : { baseline }),
          ...(duplicates === undefined ? {} : { duplicates }),
        },
      ),
    [rows, title, baseline, duplicates],
  );
  return (
    <Section
      title={t('How do the ways to train compare?')}
      lead={t(
        '{0}. The solid line is real only, the dashed one its duplicates. Colour says that the gain in micro-F1 over real only excludes zero. Retrieval is nDCG@10 among the test documents, against the encoder as it was.',
        cellName(shown, report),
      )}
      chart={{ name: `study-arms-${metric}`, spec: chart }}
      tools={
        <Dropdown
          label={t('Score')}
          value={metric}
          options={METRICS.map((value) => ({ value, text: metricName(value) }))}
          onChange={setMetric}
        />
      }
    >
      <p class="chart-keys">
        <Key look="hollow" colour="plain">
          {t('real documents')}
        </Key>
        <Key look="filled" colour="plain">
          {t('with synthetic ones')}
        </Key>
        <Key look="filled" colour="gain">
          {t('better than real only')}
        </Key>
        <Key look="filled" colour="loss">
          {t('worse')}
        </Key>
      </p>
      <FigureTable
        caption={title}
        chartTitle={t('Chart of the scores')}
        columns={[
          { id: 'label', title: t('Trained on') },
          {
            id: 'score',
            title: metric === 'microF1' || metric === 'macroF1' ? metricName(metric) : t('Score'),
            kept: true,
          },
          { id: 'gain', title: t('Over real only'), tooltip: t('Difference in micro-F1 from real only') },
          {
            id: 'retrieval',
            title: t('Retrieval'),
            tooltip: t('Change of nDCG@10 among the test documents; relevance is shared labels'),
            spare: true,
          },
          {
            id: 'documents',
            title: t('Documents'),
            tooltip: t('Real + synthetic documents it trains on, copies counted'),
            spare: true,
          },
        ]}
        rows={rows.map((row) => tableRow(row, metric))}
        sort={sort}
        onSort={(column) => setSort(sortBy(sort, column, column === 'label' ? 'ascending' : 'descending'))}
        chart={chart}
      />
    </Section>
  );
}

function tableRow(
  { id, name, heading, arm, score, gain, retrieval }: ArmRow,
  metric: Metric,
): FigureTableRow {
  if (heading || !arm) return { id, name, heading: true, tooltip: name, cells: [] };
  if (arm.status === 'failed') {
    const { message, remedy } = arm.error;
    return {
      id,
      name,
      tooltip: [name, arm.name, message, remedy].join('\n'),
      failed: message,
      cells: [<em key="failed">{t('Failed')}</em>, '', '', ''],
    };
  }
  return {
    id,
    name,
    strong: id === 'real-only',
    tooltip: [
      name,
      arm.name,
      documentsText(arm.real + arm.synthetic),
      ...(score ? [`${metricName(metric)}: ${scoreText(score)}`] : []),
      ...(gain ? [`${t('Over real only')}: ${changeText(gain)}`] : []),
      ...(retrieval
        ? [`${t('Retrieval (nDCG@10)')}: ${scoreText(retrieval.ndcg)}, ${changeText(retrieval.change)}`]
        : []),
    ].join('\n'),
    cells: [
      <Score key="score" estimate={score} />,
      <Change key="gain" estimate={gain} />,
      <Change key="retrieval" estimate={retrieval?.change} />,
      <span key="documents" class="two-lines">
        <span>{integer(arm.real + arm.synthetic)}</span>
        <span class="muted">
          {integer(arm.real)} + {integer(arm.synthetic)}
        </span>
      </span>,
    ],
  };
}
