/** The score table: what each score comes to, and what real documents come to among themselves. */
import { useId, useMemo } from 'preact/hooks';
import type { FidelityCell } from '../../../src/protocol/fidelity-view.ts';
import { Section } from '../../report/section.tsx';
import '../../report/table.css';
import { Dropdown } from '../../ui/dropdown.tsx';
import { integer } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { t } from '../../ui/strings.ts';
import { StripChart } from '../../ui/strip.tsx';
import { cellKey, cellTitle } from '../cell-rows.ts';
import { tooFew } from '../wording.ts';
import { scoreGroups } from './groups.ts';
import type { ScoreGroup, ScoreRow } from './model.ts';
import './scores.css';

/** Pixels on the strip's own scale; the cell stretches it. */
const STRIP_WIDTH = 220;

interface ScoresProps {
  readonly cells: readonly FidelityCell[];
  readonly shown: FidelityCell;
  readonly onShow: (key: string) => void;
}

export function ScoresSection({ cells, shown, onShow }: ScoresProps) {
  const groups = useMemo(() => scoreGroups(shown.scores), [shown]);
  const { n } = shown.scores;
  const lead = t(
    'Scored on {0} different synthetic and {1} different real documents. No score is good or bad by itself: read each by the figure beside it, which says what real documents come to among themselves.',
    integer(n.uniqueSynthetic),
    integer(n.uniqueReal),
  );
  return (
    <Section
      title={t('Scores')}
      lead={lead}
      tools={
        cells.length > 1 && (
          <span class="score-tools">
            <Dropdown
              label={t('Part of the synthetic documents')}
              value={cellKey(shown)}
              options={cells.map((cell) => ({ value: cellKey(cell), text: cellTitle(cell) }))}
              onChange={onShow}
            />
          </span>
        )
      }
    >
      {shown.kind !== 'overall' && shown.interpretation.length > 0 && (
        <p class="section-lead">{shown.interpretation.join(' ')}</p>
      )}
      <table class="score-table">
        <caption class="visually-hidden">{t('Scores of {0}', cellTitle(shown))}</caption>
        <thead>
          <tr>
            <th scope="col" class="score-name">
              {t('Score')}
            </th>
            <th scope="col" class="score-value">
              {t('Synthetic')}
            </th>
            <th scope="col" class="score-strip">
              <span class="visually-hidden">{t('Chart')}</span>
            </th>
            <th scope="col">{t('Read it by')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Group key={group.id} group={group} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Group({ group: { title, content } }: { readonly group: ScoreGroup }) {
  return (
    <>
      <tr class="score-group">
        <th scope="rowgroup" colSpan={4}>
          {title}
        </th>
      </tr>
      {content.kind === 'too-few' ? (
        <tr>
          <th scope="row" class="score-name muted">
            {tooFew()}
          </th>
          <td colSpan={3} class="muted">
            {content.reason}
          </td>
        </tr>
      ) : (
        content.rows.map((row) => <Row key={row.id} row={row} />)
      )}
    </>
  );
}

function Row({ row }: { readonly row: ScoreRow }) {
  return (
    <tr>
      <th scope="row" class="score-name">
        {row.name}
        <Help text={row.help} about={row.name} />
      </th>
      <td class="score-value number">
        <span class="two-lines">
          <span class="score-figure">{row.value}</span>
          {row.detail !== undefined && <span class="muted">{row.detail}</span>}
        </span>
      </td>
      <td class="score-strip">{row.strip && <StripChart strip={row.strip} width={STRIP_WIDTH} />}</td>
      <td class="number">
        <span class="two-lines">
          <span>{row.yardstick}</span>
          {row.yardstickDetail !== undefined && <span class="muted">{row.yardstickDetail}</span>}
        </span>
      </td>
    </tr>
  );
}

function Help({ text, about }: { readonly text: string; readonly about: string }) {
  const id = useId();
  return (
    <button type="button" class="help" aria-label={t('What {0} is', about)} aria-describedby={id}>
      <Icon name="info" />
      <span id={id} class="help-text" role="tooltip">
        {text}
      </span>
    </button>
  );
}
