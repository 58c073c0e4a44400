/** Does a label survive when its name is hidden? The probabilities with and without the names, side by side. */
import type { ErrorReport } from '../../src/protocol/engine.ts';
import type { MaskedLabel } from '../../src/protocol/leakage.ts';
import type { MaskedState } from '../../src/protocol/leakage-view.ts';
import { Button } from '../ui/button.tsx';
import { integer, percent } from '../ui/format.ts';
import { ChangeBar } from './leakage-change-bar.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { plural, t } from '../ui/strings.ts';
import { useView } from './context.ts';
import './leakage-masked.css';
import { verdictOf } from './leakage-model.ts';
import { verdictName } from './leakage-wording.ts';

export function MaskedComparison({ masked }: { readonly masked: MaskedState }) {
  return (
    <section class="masked" aria-busy={masked.kind === 'running'}>
      <h2 class="section-heading">{t('Does the label survive when its name is hidden?')}</h2>
      <Comparison masked={masked} />
    </section>
  );
}

function Comparison({ masked }: { readonly masked: MaskedState }) {
  switch (masked.kind) {
    case 'not-asked':
      return (
        <>
          <p class="muted">
            {t(
              'Classifies the text once more with every name and alias of every label masked; keywords stay.',
            )}
          </p>
          <Compare text={t('Compare')} primary />
        </>
      );
    case 'no-classifier':
      return <NoClassifier />;
    case 'running':
      return (
        <p class="masked-running" role="status">
          <ProgressRing small label={t('Comparing')} />
          {t('Classifying the masked text…')}
        </p>
      );
    case 'failed':
      return <ComparisonFailed error={masked.error} />;
    case 'done':
      return (
        <>
          {masked.stale && (
            <Notice tone="warning" icon="clock" actions={<Compare text={t('Compare again')} primary />}>
              {t('The text changed since it was compared.')}
            </Notice>
          )}
          <Outcome masks={masked.masks} labels={masked.labels} outdated={masked.stale} />
          {!masked.stale && <Compare text={t('Compare again')} />}
        </>
      );
  }
}

function Compare({ text, primary }: { readonly text: string; readonly primary?: boolean }) {
  const { send } = useView();
  return (
    <Button
      small
      {...(primary ? { primary: true } : { icon: 'refresh' as const })}
      onPress={() => send({ kind: 'leakage-compare' })}
    >
      {text}
    </Button>
  );
}

function NoClassifier() {
  const { send } = useView();
  return (
    <>
      <p class="muted">
        {t('There is no trained classifier in this folder yet, so there is nothing to compare.')}
      </p>
      <Button small onPress={() => send({ kind: 'train' })}>
        {t('Train classifier')}
      </Button>
    </>
  );
}

function ComparisonFailed({ error }: { readonly error: ErrorReport }) {
  return (
    <Notice tone="error" actions={<Compare text={t('Try again')} primary />}>
      <p class="failure">{error.message}</p>
      <p>{error.remedy}</p>
    </Notice>
  );
}

interface OutcomeProps {
  readonly masks: number;
  readonly labels: readonly MaskedLabel[];
  readonly outdated: boolean;
}

function Outcome({ masks, labels, outdated }: OutcomeProps) {
  if (labels.length === 0) {
    return <p class="muted">{t('No label comes near its threshold, with or without the names.')}</p>;
  }
  return (
    // The roles are said again because a table that is laid out as a grid loses them.
    <table class={outdated ? 'masked-table outdated' : 'masked-table'} role="table">
      <caption class="muted number">
        {plural(masks, '{0} place was masked.', '{0} places were masked.', integer(masks))}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {t('Label')}
          </th>
          <th role="columnheader" scope="col" class="masked-number">
            {t('As it stands')}
          </th>
          <th role="columnheader" scope="col" class="masked-change" aria-label={t('Change')} />
          <th role="columnheader" scope="col" class="masked-number">
            {t('Masked')}
          </th>
          <th role="columnheader" scope="col" class="masked-verdict">
            {t('Outcome')}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {labels.map((label) => (
          <OutcomeRow key={label.id} label={label} />
        ))}
      </tbody>
    </table>
  );
}

function OutcomeRow({ label }: { readonly label: MaskedLabel }) {
  const verdict = verdictOf(label);
  const threshold = t('threshold {0}', percent(label.threshold));
  return (
    <tr role="row" class={`masked-row ${verdict}`}>
      <th role="rowheader" scope="row" class="masked-name">
        {label.name}
      </th>
      <td role="cell" class="masked-number masked-before number">
        {percent(label.probability)}
      </td>
      <td
        role="cell"
        class="masked-change"
        aria-label={threshold}
        title={t(
          '{0} as it stands, {1} with the names masked, {2}',
          percent(label.probability),
          percent(label.masked),
          threshold,
        )}
      >
        <ChangeBar from={label.probability} to={label.masked} threshold={label.threshold} tone={verdict} />
      </td>
      <td role="cell" class="masked-number masked-after number">
        {percent(label.masked)}
      </td>
      <td role="cell" class="masked-verdict">
        {verdictName(verdict)}
      </td>
    </tr>
  );
}
