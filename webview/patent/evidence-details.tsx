/** Why a label got its probability: the passages that carried it, and the sum that leads to the logit. */
import type { Evidence, LabelPrediction } from '../../src/protocol/engine.ts';
import { Tag } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { decimal, integer, percent, signed } from '../ui/format.ts';
import { SignedBar } from '../ui/meter.tsx';
import { plural, t } from '../ui/strings.ts';
import { useView } from './context.ts';
import { sectionName } from './coverage.ts';
import './evidence-details.css';
import { type Contribution, evidenceFor, type EvidenceSum } from './evidence.ts';

interface EvidenceDetailsProps {
  readonly label: LabelPrediction;
  readonly evidence: Evidence | undefined;
  readonly highlighted: boolean;
  readonly onHighlight: () => void;
}

export function EvidenceDetails({ label, evidence, highlighted, onHighlight }: EvidenceDetailsProps) {
  const sum = evidenceFor(label, evidence?.passages);
  const firstOrder = evidence?.basis === 'gradient';
  return (
    <div class="label-details" role="group" aria-label={t('Evidence for {0}', label.name)}>
      {sum ? (
        <>
          {sum.supporting.length === 0 && <p class="muted">{t('No passage speaks for this label.')}</p>}
          <Passages entries={sum.supporting} scale={sum.scale} />
          {sum.opposing.length > 0 && (
            <>
              <h3 class="evidence-against">{t('Against')}</h3>
              <Passages entries={sum.opposing} scale={sum.scale} />
            </>
          )}
          <Ledger sum={sum} label={label} firstOrder={firstOrder} />
          {firstOrder && (
            <p class="muted">
              {t(
                'The encoder was trained too, so passages do not add up to the logit: the numbers are what their words do to it, beside an average word, to first order (gradient × input).',
              )}
            </p>
          )}
          <Button small icon="highlight" pressed={highlighted} tooltip="H" onPress={onHighlight}>
            {highlighted ? t('Highlighted in editor') : t('Highlight in editor')}
          </Button>
        </>
      ) : (
        <p class="muted number">
          {t(
            'No evidence by passage was computed. Logit {0}, threshold {1}.',
            decimal(label.logit),
            percent(label.threshold),
          )}
        </p>
      )}
    </div>
  );
}

function Passages({ entries, scale }: { readonly entries: readonly Contribution[]; readonly scale: number }) {
  return (
    <ul class="passages">
      {entries.map((entry) => (
        <li key={entry.index}>
          <Passage entry={entry} scale={scale} />
        </li>
      ))}
    </ul>
  );
}

function Passage({ entry, scale }: { readonly entry: Contribution; readonly scale: number }) {
  const { send } = useView();
  const { passage, shown } = entry;
  const { source } = passage;
  return (
    <button
      type="button"
      class={`passage ${entry.value < 0 ? 'against' : 'for'}`}
      disabled={!source}
      title={source ? passage.text : t('This text does not stand in the file as it is.')}
      onClick={() => {
        if (source) send({ kind: 'reveal', span: source });
      }}
    >
      <span class="passage-head">
        <Tag>{sectionName(passage.section, passage.claim)}</Tag>
        <SignedBar value={entry.value} scale={scale} />
        <span class="passage-value number">{signed(shown)}</span>
      </span>
      <span class="passage-text">{passage.text}</span>
    </button>
  );
}

/** The rest of the sum, in the column of the passages' numbers. */
interface LedgerProps {
  readonly sum: EvidenceSum;
  readonly label: LabelPrediction;
  /** The parts are effects, not shares. */
  readonly firstOrder: boolean;
}

function Ledger({ sum, label, firstOrder }: LedgerProps) {
  return (
    <dl class="ledger number">
      {sum.rest.passages > 0 && (
        <Line
          name={t('Rest of the text')}
          remark={plural(sum.rest.passages, '{0} passage', '{0} passages', integer(sum.rest.passages))}
          value={signed(sum.rest.shown)}
        />
      )}
      {!firstOrder && (
        <Line
          name={t('Document-wide')}
          tooltip={t('What no passage carries: intercepts and special tokens.')}
          value={signed(sum.baseline)}
        />
      )}
      {sum.unaccounted !== 0 && (
        <Line
          name={firstOrder ? t('Not of first order') : t('Unaccounted for')}
          value={signed(sum.unaccounted)}
        />
      )}
      <Line
        total
        name={t('Logit')}
        remark={t('{0}, threshold {1}', percent(label.probability), percent(label.threshold))}
        value={decimal(sum.logit)}
      />
    </dl>
  );
}

interface LineProps {
  readonly name: string;
  readonly remark?: string;
  readonly tooltip?: string;
  readonly value: string;
  readonly total?: boolean;
}

function Line({ name, remark, tooltip, value, total }: LineProps) {
  return (
    <div class={total ? 'ledger-line total' : 'ledger-line'} title={tooltip}>
      <dt>
        {name} {remark !== undefined && <span class="muted">{remark}</span>}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}
