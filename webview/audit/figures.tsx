/** What the classifier owes to labels' words: F1 with and without masking, and where the words stand and do not. */
import { useMemo, useState } from 'preact/hooks';
import type { AuditReport, Interval } from '../../src/protocol/audit-view.ts';
import { Dropdown } from '../ui/dropdown.tsx';
import { decimal, integer, percent, signed } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { useSaved } from '../ui/saved.ts';
import type { AuditHost } from './app.tsx';
import { figureChart, type FigurePair, type FigureRow } from './charts.ts';
import { FIRST_ROWS, FigureTable, type FigureTableRow } from '../report/figure-table.tsx';
import { type FigureSort, type LabelRow, sortFigures, verdictOf } from './rows.ts';
import { sortBy } from '../report/sort.ts';
import { Key, Section } from '../report/section.tsx';
import { differenceText, figureText, judgementText, range, signedRange, tooFew } from './wording.ts';

/** Which two scores are compared. */
export type PairName = 'masking' | 'masking-all' | 'words';

interface Pair extends FigurePair {
  readonly lead: string;
  /** The share of right assignments that masking leaves, where something is masked. */
  readonly survival: 'survival' | 'survivalAll' | undefined;
  /** File name of the chart. */
  readonly chart: string;
}

function pairOf(name: PairName): Pair {
  switch (name) {
    case 'masking':
      return {
        survival: 'survival',
        chart: 'leakage-masking',
        columns: { from: 'unmasked', to: 'masked', difference: 'masking' },
        title: t('F1 as the text stands and with labels’ names and aliases masked'),
        lead: t(
          'The same test documents twice: as they stand, and with every name and alias of every label masked.',
        ),
        from: t('As it stands'),
        to: t('Masked'),
      };
    case 'masking-all':
      return {
        survival: 'survivalAll',
        chart: 'leakage-masking-keywords',
        columns: { from: 'unmasked', to: 'maskedAll', difference: 'maskingAll' },
        title: t('F1 as the text stands and with labels’ names, aliases and keywords masked'),
        lead: t(
          'The same test documents twice: as they stand, and with every name, alias and keyword of every label masked. Keywords describe the invention too, so part of the loss is no leak.',
        ),
        from: t('As it stands'),
        to: t('Masked'),
      };
    case 'words':
      return {
        survival: undefined,
        chart: 'leakage-words',
        columns: { from: 'withoutWords', to: 'withWords', difference: 'words' },
        title: t('F1 where no name, alias or keyword of the label stands in the text, and where one does'),
        lead: t(
          'The same classifier on unmasked text: the test documents that contain no name, alias or keyword of a label, and those that do.',
        ),
        from: t('Without words'),
        to: t('With words'),
      };
  }
}

const BY_LOSS: FigureSort = { column: 'difference', direction: 'ascending' };

interface FiguresProps {
  readonly report: AuditReport;
  /** Those that are not filtered away. */
  readonly rows: readonly LabelRow[];
  readonly host: AuditHost;
}

export function FiguresSection({ report, rows, host }: FiguresProps) {
  const { classifier } = report.audit;
  const [name, setName] = useSaved(host, 'pair', 'masking');
  const [sort, setSort] = useSaved(host, 'figureSort', BY_LOSS);
  const [all, setAll] = useState(false);
  const pair = useMemo(() => pairOf(name), [name]);
  const order = useMemo(
    () => sortFigures(rows, sort, { ...pair.columns, survival: pair.survival ?? 'survival' }),
    [rows, sort, pair],
  );
  const shown = useMemo((): readonly FigureRow[] => {
    const overall = classifier ? [{ id: '', name: t('All labels'), figures: classifier.overall }] : [];
    const labels = all ? order : order.slice(0, FIRST_ROWS);
    return [
      ...overall,
      ...labels.flatMap(({ id, name: label, figures }) => (figures ? [{ id, name: label, figures }] : [])),
    ];
  }, [classifier, order, all]);
  const chart = useMemo(() => figureChart(shown, pair), [shown, pair]);

  if (!classifier) {
    return (
      <Section
        title={t('What does the classifier owe to these words?')}
        lead={t('No classifier was tested, so nothing is said about it.')}
      >
        {report.judgement.kind === 'none' && <p>{report.judgement.reason}</p>}
      </Section>
    );
  }
  return (
    <Section
      title={t('What does the classifier owe to these words?')}
      lead={`${pair.lead} ${judgementText(report.judgement)} ${t('Whiskers are {0} % bootstrap intervals.', integer(100 * report.audit.level))}`}
      chart={{ name: pair.chart, spec: chart }}
      tools={
        <Dropdown
          label={t('Compare')}
          value={name}
          options={[
            { value: 'masking', text: t('Names and aliases masked') },
            { value: 'masking-all', text: t('Keywords masked too') },
            { value: 'words', text: t('Without – with words') },
          ]}
          onChange={setName}
        />
      }
    >
      <p class="chart-keys">
        <Key look="hollow" colour="plain">
          {pair.from}
        </Key>
        <Key look="filled" colour="plain">
          {pair.to}
        </Key>
        <Key look="filled" colour="loss">
          {t('lower: the interval excludes zero')}
        </Key>
        <Key look="filled" colour="gain">
          {t('higher: the interval excludes zero')}
        </Key>
      </p>
      <FigureTable
        caption={pair.title}
        chartTitle={t('Chart of the F1 scores')}
        columns={[
          { id: 'label', title: t('Label') },
          { id: 'from', title: pair.from },
          { id: 'to', title: pair.to },
          { id: 'difference', title: t('Change') },
          ...(pair.survival
            ? [
                {
                  id: 'survival' as const,
                  title: t('Kept'),
                  tooltip: t('Right assignments that are still made on the masked text'),
                  spare: true,
                },
              ]
            : []),
        ]}
        rows={shown.map((row) => tableRow(row, pair))}
        total={order.length}
        all={all}
        onAll={setAll}
        sort={sort}
        onSort={(column) =>
          setSort(
            sortBy(sort, column, column === 'label' || column === 'difference' ? 'ascending' : 'descending'),
          )
        }
        chart={chart}
        nothing={t('No label matches.')}
      />
    </Section>
  );
}

function tableRow({ id, name, figures }: FigureRow, { columns, from, to, survival }: Pair): FigureTableRow {
  const difference = figures[columns.difference];
  return {
    id,
    name,
    total: id === '',
    tooltip: [
      name,
      `${from}: ${figureText(figures[columns.from])}`,
      `${to}: ${figureText(figures[columns.to])}`,
      `${t('Change')}: ${differenceText(difference)}`,
      ...(survival ? [survivalText(figures[survival])] : []),
    ].join('\n'),
    cells: [
      <Score key="from" figure={figures[columns.from]} />,
      <Score key="to" figure={figures[columns.to]} />,
      <Difference key="difference" figure={difference} />,
      ...(survival ? [<Survival key="survival" figure={figures[survival]} />] : []),
    ],
  };
}

const survivalText = (survival: Interval | null): string =>
  `${t('Right assignments kept when masked')}: ${survival ? percent(survival.value) : tooFew()}`;

function Score({ figure }: { readonly figure: Interval | null }) {
  if (!figure) return <span class="muted">{tooFew()}</span>;
  return (
    <span class="two-lines">
      <span>{decimal(figure.value)}</span>
      <span class="muted">{range(figure)}</span>
    </span>
  );
}

function Difference({ figure }: { readonly figure: Interval | null }) {
  if (!figure) return <span class="muted">{tooFew()}</span>;
  return (
    <span class="two-lines">
      <span class={verdictOf(figure)}>{signed(figure.value)}</span>
      <span class="muted">{signedRange(figure)}</span>
    </span>
  );
}

function Survival({ figure }: { readonly figure: Interval | null }) {
  if (!figure) return <span class="muted">–</span>;
  return (
    <span class="two-lines">
      <span>{percent(figure.value)}</span>
      <span class="muted">{t('{0} to {1}', percent(figure.low), percent(figure.high))}</span>
    </span>
  );
}
