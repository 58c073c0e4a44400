/** How often a label's words stand in documents that have it, and in documents that do not. */
import { useMemo } from 'preact/hooks';
import { Dropdown } from '../ui/dropdown.tsx';
import { t } from '../ui/strings.ts';
import { useSaved } from '../ui/saved.ts';
import type { AuditHost } from './app.tsx';
import { overlapChart } from './charts.ts';
import { FigureTable, type FigureTableRow } from '../report/figure-table.tsx';
import { type LabelRow, overlapGap, type OverlapSort, sortOverlap, type WordsName } from './rows.ts';
import { useOrderedRows } from '../report/ordered-rows.ts';
import { Key, Section } from '../report/section.tsx';
import { gapText, overlapText, shareText } from './wording.ts';

interface OverlapProps {
  /** Those that are not filtered away. */
  readonly rows: readonly LabelRow[];
  readonly synthetic: boolean;
  readonly words: WordsName;
  readonly onWords: (words: WordsName) => void;
  readonly host: AuditHost;
}

const BY_GAP: OverlapSort = { column: 'gap', direction: 'descending' };

export function OverlapSection({ rows, synthetic, words, onWords, host }: OverlapProps) {
  const [sort, setSort] = useSaved(host, 'overlapSort', BY_GAP);
  const { shown, table } = useOrderedRows(rows, sort, setSort, sortOverlap);
  const title =
    words === 'names'
      ? t('Share of documents that contain a label’s name or an alias, by label')
      : t('Share of documents that contain a label’s name, an alias or a keyword, by label');
  const chart = useMemo(() => overlapChart(shown, title), [shown, title]);
  return (
    <Section
      title={t('How often do a label’s words stand in the text?')}
      lead={
        words === 'names'
          ? t(
              'The share of documents whose text contains the label’s name or an alias. The further the two dots of a label lie apart, the more its name alone tells.',
            )
          : t(
              'The share of documents whose text contains the label’s name, an alias or a keyword. Keywords describe the invention too, so not all of this is a leak.',
            )
      }
      tools={
        <Dropdown
          label={t('Count')}
          value={words}
          options={[
            { value: 'names', text: t('Names and aliases') },
            { value: 'words', text: t('Keywords too') },
          ]}
          onChange={onWords}
        />
      }
      chart={{ name: words === 'names' ? 'leakage-overlap-names' : 'leakage-overlap-words', spec: chart }}
    >
      <p class="chart-keys">
        <Key look="filled" colour="real">
          {synthetic ? t('real, having the label') : t('documents having the label')}
        </Key>
        <Key look="hollow" colour="real">
          {synthetic ? t('real, not having it') : t('documents not having it')}
        </Key>
        {synthetic && (
          <>
            <Key look="filled" colour="synthetic">
              {t('synthetic, having the label')}
            </Key>
            <Key look="hollow" colour="synthetic">
              {t('synthetic, not having it')}
            </Key>
          </>
        )}
      </p>
      <FigureTable
        caption={title}
        chartTitle={t('Chart of the shares')}
        columns={[
          { id: 'label', title: t('Label') },
          { id: 'having', title: t('Having'), tooltip: t('Of the documents that have the label') },
          {
            id: 'not-having',
            title: t('Not having'),
            tooltip: t('Of the documents that do not have the label'),
          },
          {
            id: 'gap',
            title: t('Difference'),
            tooltip: t('In points of a hundred; sorted by that of the real documents'),
          },
        ]}
        rows={shown.map(tableRow)}
        {...table}
        chart={chart}
        nothing={t('No label matches.')}
      />
    </Section>
  );
}

function tableRow({ id, name, real, synthetic }: LabelRow): FigureTableRow {
  const pair = (one: string, other: string | undefined) =>
    other === undefined ? (
      one
    ) : (
      <span class="two-lines sets">
        <span class="real">{one}</span>
        <span class="synthetic">{other}</span>
      </span>
    );
  return {
    id,
    name,
    tooltip: [
      name,
      synthetic ? `${t('Real')}: ${overlapText(real)}` : overlapText(real),
      ...(synthetic ? [`${t('Synthetic')}: ${overlapText(synthetic)}`] : []),
    ].join('\n'),
    cells: [
      pair(shareText(real.shareHaving), synthetic && shareText(synthetic.shareHaving)),
      pair(shareText(real.shareNotHaving), synthetic && shareText(synthetic.shareNotHaving)),
      pair(gapText(overlapGap(real)), synthetic && gapText(overlapGap(synthetic))),
    ],
  };
}
