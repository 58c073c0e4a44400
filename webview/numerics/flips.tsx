/** Which labels the candidate assigns otherwise than the reference. */
import { useMemo, useState } from 'preact/hooks';
import type { FlipFigures, NumericsReport } from '../../src/protocol/numerics-view.ts';
import { FIRST_ROWS, FigureTable } from '../report/figure-table.tsx';
import { Key, Section } from '../report/section.tsx';
import { sortBy } from '../report/sort.ts';
import { decimal, integer } from '../ui/format.ts';
import { useSaved } from '../ui/saved.ts';
import { plural, t } from '../ui/strings.ts';
import { FilterField } from '../ui/text-field.tsx';
import type { NumericsHost } from './app.tsx';
import { flipChart, flipTitle } from './flip-chart.ts';
import { BY_CHANGES, flipRows, sortFlips, type FlipRow } from './rows.ts';

interface FlipsProps {
  readonly report: NumericsReport;
  readonly flips: FlipFigures;
  readonly host: NumericsHost;
}

export function FlipsSection({ report, flips, host }: FlipsProps) {
  const [filter, setFilter] = useSaved(host, 'filter', '');
  const [sort, setSort] = useSaved(host, 'sort', BY_CHANGES);
  const [all, setAll] = useState(false);
  const order = useMemo(() => sortFlips(flipRows(report, filter), sort), [report, filter, sort]);
  const shown = useMemo(() => (all ? order : order.slice(0, FIRST_ROWS)), [order, all]);
  const chart = useMemo(() => flipChart(shown), [shown]);
  return (
    <Section
      title={t('Which labels change?')}
      lead={t(
        '{0} of {1} assignments change, in {2}. The thresholds are those of the classifier.',
        integer(flips.flipped),
        integer(flips.assignments),
        plural(flips.documents, '{0} document', '{0} documents', integer(flips.documents)),
      )}
      chart={{ name: 'numerics-labels', spec: chart }}
      tools={
        <FilterField
          label={t('Filter labels')}
          placeholder={t('Filter labels')}
          value={filter}
          onChange={setFilter}
        />
      }
    >
      <p class="chart-keys">
        <Key look="filled" colour="real">
          {t('gained: only the candidate assigns it')}
        </Key>
        <Key look="filled" colour="loss">
          {t('lost: only the reference does')}
        </Key>
      </p>
      <FigureTable
        caption={flipTitle()}
        chartTitle={t('Chart of the changes')}
        columns={[
          { id: 'label', title: t('Label') },
          {
            id: 'reference',
            title: t('Reference'),
            tooltip: t('Documents that the reference assigns it'),
            spare: true,
          },
          { id: 'gained', title: t('Gained'), tooltip: t('Sorts by gained and lost together'), kept: true },
          { id: 'lost', title: t('Lost') },
          {
            id: 'logit',
            title: t('Logit'),
            tooltip: t('Largest change of the label’s logit'),
            spare: true,
          },
        ]}
        rows={shown.map(tableRow)}
        total={order.length}
        all={all}
        onAll={setAll}
        sort={sort}
        onSort={(column) => setSort(sortBy(sort, column, column === 'label' ? 'ascending' : 'descending'))}
        chart={chart}
        nothing={t('No label matches.')}
      />
    </Section>
  );
}

function tableRow({ id, name, reference, gained, lost, maxLogit }: FlipRow) {
  const logit = maxLogit === null ? '–' : decimal(maxLogit, maxLogit < 0.01 ? 5 : 2);
  return {
    id,
    name,
    tooltip: [
      name,
      t('assigned by the reference: {0}', integer(reference)),
      t('gained: {0}, lost: {1}', integer(gained), integer(lost)),
      t('largest change of the logit: {0}', logit),
    ].join('\n'),
    cells: [integer(reference), integer(gained), integer(lost), logit],
  };
}
