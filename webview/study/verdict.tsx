/** The answer: one sentence, how it differs between the settings of the study, and what was chosen from it. */
import { useRef } from 'preact/hooks';
import type { Recipe, StudyCell, StudyReport, Verdict } from '../../src/protocol/study-view.ts';
import { Button } from '../ui/button.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { Icon } from '../ui/icons.tsx';
import { t } from '../ui/strings.ts';
import { isOf, keyOf, leadingOf, matrixOf, overallOf, type Matrix } from './cells.ts';
import { armName } from './arm-names.ts';
import { useStudySend } from './context.ts';
import './verdict.css';
import {
  cellName,
  change,
  changeRange,
  familyName,
  regimeName,
  scheduleName,
  thresholdsName,
  verdictClass,
  verdictIcon,
  verdictName,
} from './wording.ts';

export function Answer({ report }: { readonly report: StudyReport }) {
  const leading = leadingOf(report);
  const overall = overallOf(leading);
  return (
    <div class={`answer ${verdictClass(overall)}`}>
      <Icon name={verdictIcon(overall)} class="answer-icon" />
      <div class="answer-words">
        <p class="answer-verdict">{verdictName(overall)}</p>
        <Sentence report={report} />
        {report.recipe && <Recommendation recipe={report.recipe} />}
      </div>
    </div>
  );
}

/** The answer for each amount of real documents; all of it is the report's own conclusion. */
export function Sentence({ report }: { readonly report: StudyReport }) {
  const leading = leadingOf(report);
  const [first] = leading;
  if (!first) return <p class="answer-sentence">{report.conclusion}</p>;
  const differ = report.verdicts.some(
    ({ regime, verdict }) =>
      verdict !== null && leading.some((one) => one.regime === regime && one.verdict !== verdict),
  );
  return (
    <>
      {leading.map((cell) => (
        <p key={cell.regime} class="answer-sentence number" title={cell.sentence}>
          <strong>{regimeName(cell.regime, report)}</strong>: {answerOf(report, cell)}
        </p>
      ))}
      <p class="answer-setting muted" title={report.conclusion}>
        {t(
          'Judged where steps and thresholds explain least: {0}, {1}.',
          scheduleName(first.schedule).toLocaleLowerCase(),
          thresholdsName(first.thresholds),
        )}{' '}
        {differ && t('Other ways to train say otherwise.')}
      </p>
    </>
  );
}

function answerOf(report: StudyReport, cell: Verdict): string {
  const controlled = report.gains.find((gain) => isOf(cell, gain))?.controlled;
  const verdict = verdictName(cell.verdict ?? 'unknown').toLocaleLowerCase();
  if (!controlled) return `${verdict}.`;
  return t(
    '{0}. Synthetic content adds {1} in micro-F1 ({2}).',
    verdict,
    change(controlled.mean),
    changeRange(controlled),
  );
}

function Recommendation({ recipe }: { readonly recipe: Recipe }) {
  const send = useStudySend();
  return (
    <div class="recipe">
      <Button primary onPress={() => send({ kind: 'train-recipe' })} tooltip={recipe.reason}>
        {t('Train with this recipe')}
      </Button>
      <div class="recipe-words muted">
        <p>
          <strong>{armName(recipe.arm)}</strong>: {recipe.applied.join(' ')}
        </p>
        {recipe.notApplied.length > 0 && <p>{t('Not taken over: {0}', recipe.notApplied.join(' '))}</p>}
      </div>
    </div>
  );
}

interface MatrixProps {
  readonly report: StudyReport;
  readonly shown: Verdict;
  readonly onShow: (key: string) => void;
}

/** The verdict of every cell; the one that is pressed is what all charts show. */
export function VerdictMatrix({ report, shown, onShow }: MatrixProps) {
  const table = useRef<HTMLTableElement>(null);
  const matrix = matrixOf(report);
  const at = (row: number, column: number): Verdict | undefined =>
    verdictAt(report, matrix, shown, row, column);
  const move = (event: KeyboardEvent, row: number, column: number): void => {
    const [down, right] = ARROWS[event.key] ?? [0, 0];
    const next = at(row + down, column + right);
    if ((down === 0 && right === 0) || !next) return;
    event.preventDefault();
    onShow(keyOf(next));
    table.current?.querySelector<HTMLElement>(`[data-at="${row + down},${column + right}"]`)?.focus();
  };
  return (
    <div class="matrix">
      <div class="matrix-head">
        <h2>{t('How the answer depends on how one trains')}</h2>
        {matrix.families.length > 1 && (
          <Dropdown
            label={t('Classifier')}
            value={shown.family}
            options={matrix.families.map((family) => ({ value: family, text: familyName(family) }))}
            onChange={(family) => onShow(keyOf({ ...shown, family }))}
          />
        )}
      </div>
      <p class="section-lead muted">
        {t(
          'What synthetic content adds over as many copies of real documents, in micro-F1, with its 95 % interval. Choose a cell: everything below shows it.',
        )}
      </p>
      <table class="matrix-table" ref={table}>
        <caption class="visually-hidden">{t('Verdicts by real documents, schedule and thresholds')}</caption>
        <MatrixHead matrix={matrix} />
        <tbody>
          {matrix.regimes.map((regime, row) => (
            <tr key={regime}>
              <th scope="row" class="number">
                {regimeName(regime, report)}
              </th>
              {matrix.columns.map((_, column) => {
                const verdict = at(row, column);
                return (
                  <td key={column}>
                    {verdict && (
                      <MatrixCell
                        report={report}
                        verdict={verdict}
                        place={`${row},${column}`}
                        pressed={keyOf(verdict) === keyOf(shown)}
                        onPress={() => onShow(keyOf(verdict))}
                        onKeyDown={(event) => move(event, row, column)}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function verdictAt(
  { verdicts }: StudyReport,
  { regimes, columns }: Matrix,
  { family }: StudyCell,
  row: number,
  column: number,
): Verdict | undefined {
  const regime = regimes[row];
  const setting = columns[column];
  if (regime === undefined || !setting) return undefined;
  return verdicts.find((verdict) => isOf(verdict, { regime, family, ...setting }));
}

function MatrixHead({ matrix: { columns } }: { readonly matrix: Matrix }) {
  const schedules = [...new Set(columns.map(({ schedule }) => schedule))];
  return (
    <thead>
      <tr>
        <td rowSpan={2} />
        {schedules.map((schedule) => (
          <th
            key={schedule}
            scope="colgroup"
            colSpan={columns.filter((column) => column.schedule === schedule).length}
          >
            {scheduleName(schedule)}
          </th>
        ))}
      </tr>
      <tr>
        {columns.map(({ schedule, thresholds }) => (
          <th key={`${schedule}${thresholds}`} scope="col" class="matrix-policy">
            {thresholdsName(thresholds)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface MatrixCellProps {
  readonly report: StudyReport;
  readonly verdict: Verdict;
  readonly place: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function MatrixCell({ report, verdict, place, pressed, onPress, onKeyDown }: MatrixCellProps) {
  const overall = verdict.verdict ?? 'unknown';
  const controlled = report.gains.find((gain) => isOf(verdict, gain))?.controlled;
  return (
    <button
      type="button"
      class={`matrix-cell ${verdictClass(overall)}`}
      aria-pressed={pressed}
      aria-label={[
        cellName(verdict, report),
        verdictName(overall),
        ...(controlled ? [`${change(controlled.mean)}, ${changeRange(controlled)}`] : []),
      ].join(': ')}
      data-at={place}
      tabIndex={pressed ? 0 : -1}
      title={verdict.sentence}
      onClick={onPress}
      onKeyDown={onKeyDown}
    >
      <span class="matrix-verdict">
        <Icon name={verdictIcon(overall)} />
        <span class="matrix-name">{verdictName(overall)}</span>
      </span>
      {controlled && (
        <span class="matrix-gain number">
          {change(controlled.mean)} <span class="matrix-range muted">{changeRange(controlled)}</span>
        </span>
      )}
    </button>
  );
}

/** What is said of the shown cell: the verdict in numbers, and what this test set could have shown. */
export function ShownCell({ report, shown }: { readonly report: StudyReport; readonly shown: Verdict }) {
  const power = report.power.find((one) => isOf(shown, one));
  return (
    <div class="shown-cell" role="status">
      <p class="shown-name">{cellName(shown, report)}</p>
      <p>{shown.sentence}</p>
      {power && <p class="muted">{power.sentence}</p>}
    </div>
  );
}
