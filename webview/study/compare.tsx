/** Two reports side by side: what differs between them, and each arm's score in both. */
import { useMemo } from 'preact/hooks';
import type { StudyComparison, StudyReport } from '../../src/protocol/study-view.ts';
import { FigureTable, type FigureTableRow } from '../report/figure-table.tsx';
import { Key, Section } from '../report/section.tsx';
import { Button } from '../ui/button.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer, moment } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import type { StudyHost } from './app.tsx';
import { armName } from './arm-names.ts';
import { keyOf, leadingOf, overallOf } from './cells.ts';
import { pairChart } from './charts.ts';
import './compare.css';
import { useStudySend } from './context.ts';
import { Sentence } from './verdict.tsx';
import { Score } from './figures.tsx';
import { cellName, change, scoreText, verdictClass, verdictIcon, verdictName } from './wording.ts';

type PairedArm = StudyComparison['arms'][number];

/** The engine gives cells as texts. */
const cellKey = ({ regime, schedule, thresholds, family }: PairedArm): string =>
  [regime, schedule, thresholds, family].join('|');

interface CompareProps {
  readonly comparison: StudyComparison;
  readonly host: StudyHost;
}

export function Compare({ comparison, host }: CompareProps) {
  const send = useStudySend();
  const { left, right, differences } = comparison;
  return (
    <main>
      <div class="compare-head">
        <h1>{t('Two studies side by side')}</h1>
        <Button onPress={() => send({ kind: 'back' })}>{t('Back to the report')}</Button>
      </div>
      <div class="compare-sides">
        <Side report={left} look="hollow" />
        <Side report={right} look="filled" />
      </div>
      <h2 class="compare-differences">{t('What differs')}</h2>
      {differences.length === 0 ? (
        <p class="muted">{t('Nothing: the same inputs and the same plan.')}</p>
      ) : (
        <ul class="compare-list">
          {differences.map((difference) => (
            <li key={difference}>{difference}</li>
          ))}
        </ul>
      )}
      <div class="compare-arms">
        <Arms comparison={comparison} host={host} />
      </div>
    </main>
  );
}

function Side({ report, look }: { readonly report: StudyReport; readonly look: 'hollow' | 'filled' }) {
  const overall = overallOf(leadingOf(report));
  const { real, synthetic, test } = report.documents;
  return (
    <section class={`compare-side ${verdictClass(overall)}`}>
      <h2>
        <Key look={look} colour={look === 'hollow' ? 'real' : 'synthetic'}>
          {look === 'hollow' ? t('First: {0}', report.name) : t('Second: {0}', report.name)}
        </Key>
      </h2>
      <p class="muted number">
        {moment(report.createdAt)} ·{' '}
        {t('{0} real, {1} synthetic, {2} to judge on', integer(real), integer(synthetic), integer(test))}
      </p>
      <p class="compare-verdict">
        <Icon name={verdictIcon(overall)} /> {verdictName(overall)}
      </p>
      <Sentence report={report} />
    </section>
  );
}

function Arms({ comparison, host }: CompareProps) {
  const { left, right, arms } = comparison;
  const [saved, setCell] = useSaved(host, 'cell', '');
  const cells = useMemo(
    () => left.verdicts.filter((verdict) => arms.some((arm) => cellKey(arm) === keyOf(verdict))),
    [left, arms],
  );
  const cell = cells.find((one) => keyOf(one) === saved) ?? cells[0];
  const rows = useMemo(
    () =>
      arms
        .filter((arm) => cell && cellKey(arm) === keyOf(cell))
        .map((arm) => ({ id: arm.arm, name: armName(arm.arm), left: arm.left, right: arm.right })),
    [arms, cell],
  );
  const title = t('Micro-F1 in both studies');
  const chart = useMemo(() => pairChart(rows, title), [rows, title]);
  if (!cell) return <p class="muted">{t('They have no cell in common.')}</p>;
  return (
    <Section
      title={title}
      lead={t(
        '{0}. Each with its own 95 % interval; the two judge on the same documents.',
        cellName(cell, left),
      )}
      chart={{ name: 'study-comparison', spec: chart }}
      tools={
        <Dropdown
          label={t('Cell')}
          value={keyOf(cell)}
          options={cells.map((one) => ({ value: keyOf(one), text: cellName(one, left) }))}
          onChange={setCell}
        />
      }
    >
      <FigureTable
        caption={title}
        chartTitle={t('Chart of the scores')}
        columns={[
          { id: 'label', title: t('Trained on') },
          { id: 'left', title: t('First'), tooltip: left.name, fixed: true },
          { id: 'right', title: t('Second'), tooltip: right.name, fixed: true },
          { id: 'difference', title: t('Difference'), fixed: true, kept: true },
        ]}
        rows={rows.map((row): FigureTableRow => ({
          id: row.id,
          name: row.name,
          tooltip: `${row.name}\n${left.name}: ${scoreText(row.left)}\n${right.name}: ${scoreText(row.right)}`,
          cells: [
            <Score key="left" estimate={row.left} />,
            <Score key="right" estimate={row.right} />,
            change(row.right.mean - row.left.mean),
          ],
        }))}
        chart={chart}
      />
    </Section>
  );
}
