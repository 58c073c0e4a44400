/** What each label gains, and from what. */
import { useMemo } from 'preact/hooks';
import type { StudyReport, Verdict } from '../../src/protocol/study-view.ts';
import { FigureTable, type FigureTableRow } from '../report/figure-table.tsx';
import { useOrderedRows } from '../report/ordered-rows.ts';
import { Key, Section } from '../report/section.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer } from '../ui/format.ts';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import { FilterField } from '../ui/text-field.tsx';
import type { StudyHost } from './app.tsx';
import { isOf } from './cells.ts';
import { changeChart } from './charts.ts';
import { Change } from './figures.tsx';
import { labelRows, PARTS, selectLabels, sortLabels, type LabelRow, type LabelSort } from './label-rows.ts';
import { changeText, regimeName, scheduleName, score, stepName } from './wording.ts';

/** Of intervals of 95 %. */
const MISSING = 0.05;

const BY_GAIN: LabelSort = { column: 'gain', direction: 'descending' };

interface LabelsProps {
  readonly report: StudyReport;
  readonly shown: Verdict;
  readonly host: StudyHost;
}

export function LabelsSection({ report, shown, host }: LabelsProps) {
  const [part, setPart] = useSaved(host, 'part', 'synthetic');
  const [sort, setSort] = useSaved(host, 'labelSort', BY_GAIN);
  const [filter, setFilter] = useSaved(host, 'filter', '');
  const found = report.decompositions.find((one) => isOf(shown, one));
  const parts = PARTS.filter((one) => found?.steps.some(({ step }) => step === one));
  const chosen = parts.includes(part) ? part : 'synthetic';
  const every = useMemo(() => labelRows(report, found, chosen), [report, found, chosen]);
  const selected = useMemo(() => selectLabels(every, filter), [every, filter]);
  const { shown: rows, table } = useOrderedRows(selected, sort, setSort, sortLabels);
  const title = t(
    'Gain in F1 of each label: {0} ({1}, {2})',
    stepName(chosen).toLocaleLowerCase(),
    regimeName(shown.regime, report),
    scheduleName(shown.schedule).toLocaleLowerCase(),
  );
  const chart = useMemo(() => changeChart(rows, title), [rows, title]);
  if (!found || found.perLabel.length === 0) return null;
  return (
    <Section
      title={t('Which labels gain?')}
      lead={t(
        'The change in F1 of each label, with its interval. A label with few test documents has a wide one, and of {0} such intervals about {1} miss the truth.',
        integer(every.length),
        integer(MISSING * every.length),
      )}
      chart={{ name: `study-labels-${chosen}`, spec: chart }}
      tools={
        <Dropdown
          label={t('What is added')}
          value={chosen}
          options={parts.map((value) => ({ value, text: stepName(value) }))}
          onChange={setPart}
        />
      }
    >
      <div class="label-tools">
        <FilterField
          label={t('Filter labels')}
          placeholder={t('Filter labels')}
          value={filter}
          onChange={setFilter}
        />
        <span class="muted number" role="status">
          {selected.length < every.length
            ? t('{0} of {1} labels', integer(selected.length), integer(every.length))
            : ''}
        </span>
      </div>
      <p class="chart-keys">
        <Key look="filled" colour="gain">
          {t('gain')}
        </Key>
        <Key look="filled" colour="loss">
          {t('loss')}
        </Key>
        <Key look="filled" colour="plain">
          {t('the interval includes zero')}
        </Key>
      </p>
      <FigureTable
        caption={title}
        chartTitle={t('Chart of the gains')}
        columns={[
          { id: 'label', title: t('Label') },
          { id: 'gain', title: t('Gain'), kept: true },
          {
            id: 'end',
            title: t('F1'),
            tooltip: t('Real only at threshold 0.5 → real + synthetic with a tuned threshold'),
            spare: true,
          },
          {
            id: 'test',
            title: t('Documents'),
            tooltip: t('Test documents that have the label; real + synthetic ones to train on'),
          },
        ]}
        rows={rows.map(tableRow)}
        {...table}
        chart={chart}
        nothing={t('No label matches.')}
      />
    </Section>
  );
}

function tableRow({ id, name, label, gain }: LabelRow): FigureTableRow {
  return {
    id,
    name,
    tooltip: [
      name,
      ...label.steps.map(({ step, change }) => `${stepName(step)}: ${changeText(change)}`),
      `F1: ${score(label.start)} → ${score(label.end)}`,
      t(
        '{0} test documents, {1} real and {2} synthetic ones to train on',
        integer(label.test),
        integer(label.real),
        integer(label.synthetic),
      ),
    ].join('\n'),
    cells: [
      <Change key="gain" estimate={gain} />,
      <span key="end" class="two-lines">
        <span>{score(label.end)}</span>
        <span class="muted">{t('from {0}', score(label.start))}</span>
      </span>,
      <span key="test" class="two-lines">
        <span>{t('{0} test', integer(label.test))}</span>
        <span class="muted">
          {integer(label.real)} + {integer(label.synthetic)}
        </span>
      </span>,
    ],
  };
}
