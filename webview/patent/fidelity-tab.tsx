/** The Fidelity tab: how the synthetic document in front stands to the real ones, and the verdict on it. */
import type { DocumentScore, FidelityTabState, Origin, Verdict } from '../../src/protocol/fidelity-view.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/badge.tsx';
import { integer } from '../ui/format.ts';
import { Link } from '../ui/link.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { plural, t } from '../ui/strings.ts';
import { useView } from './context.ts';
import { FidelityScored } from './fidelity-scored.tsx';
import './fidelity-tab.css';

type Synthetic = Extract<FidelityTabState, { kind: 'synthetic' }>;

export function FidelityTab({ fidelity }: { readonly fidelity: FidelityTabState | undefined }) {
  switch (fidelity?.kind) {
    case undefined:
    case 'reading':
      return (
        <p class="leakage-checking" role="status">
          <ProgressRing small label={t('Reading')} />
          {t('Reading the document…')}
        </p>
      );
    case 'real':
      return (
        <div class="empty">
          <p>{t('This document is real, or does not say that it was made.')}</p>
          <p class="muted">
            {t(
              'Fidelity tells how close synthetic documents are to real ones. It is shown for records whose provenance is “synthetic”.',
            )}
          </p>
        </div>
      );
    case 'synthetic':
      return <Shown fidelity={fidelity} />;
  }
}

function Shown({ fidelity }: { readonly fidelity: Synthetic }) {
  const { send } = useView();
  return (
    <div class="fidelity-tab">
      <Judging verdict={fidelity.verdict} />
      <Score score={fidelity.score} />
      <Provenance labels={fidelity.labels} origin={fidelity.origin} />
      <p class="fidelity-report">
        <Link onFollow={() => send({ kind: 'fidelity-report' })}>{t('Score the whole file')}</Link>
      </p>
    </div>
  );
}

/** Accept or reject; the same button takes it back. */
function Judging({ verdict }: { readonly verdict: Verdict | undefined }) {
  const { send } = useView();
  const judge = (to: Verdict) => send({ kind: 'fidelity-verdict', verdict: verdict === to ? null : to });
  return (
    <div class="fidelity-judging">
      <span class="fidelity-verdict" role="status">
        {verdictText(verdict)}
      </span>
      <Button
        small
        icon="check"
        pressed={verdict === 'accepted'}
        tooltip={t('Count it as a labelled document')}
        onPress={() => judge('accepted')}
      >
        {verdict === 'accepted' ? t('Accepted') : t('Accept')}
      </Button>
      <Button
        small
        icon="close"
        pressed={verdict === 'rejected'}
        tooltip={t('Never train on it')}
        onPress={() => judge('rejected')}
      >
        {verdict === 'rejected' ? t('Rejected') : t('Reject')}
      </Button>
    </div>
  );
}

function verdictText(verdict: Verdict | undefined): string {
  switch (verdict) {
    case undefined:
      return t('Nobody has judged this synthetic document yet.');
    case 'accepted':
      return t('This synthetic document was accepted.');
    case 'rejected':
      return t('This synthetic document was rejected; nothing is trained on it.');
  }
}

function Score({ score }: { readonly score: DocumentScore }) {
  const { send } = useView();
  const again = (text: string) => (
    <Button small primary onPress={() => send({ kind: 'fidelity-score' })}>
      {text}
    </Button>
  );
  switch (score.kind) {
    case 'not-scored':
      return (
        <div class="empty">
          <p class="muted">
            {t(
              'Finds the real document nearest to this one, what both share word by word, and whether the classifier finds the labels it was made for.',
            )}
          </p>
          <div class="empty-actions">{again(t('Score this document'))}</div>
        </div>
      );
    case 'running':
      return (
        <p class="leakage-checking" role="status">
          <ProgressRing small label={t('Scoring')} />
          {t('Comparing with the real documents…')}
        </p>
      );
    case 'failed':
      return (
        <div class="fidelity-notice">
          <Notice tone="error" actions={again(t('Try again'))}>
            <p class="failure">{score.error.message}</p>
            <p>{score.error.remedy}</p>
          </Notice>
        </div>
      );
    case 'scored':
      return (
        <>
          {score.stale && (
            <div class="fidelity-notice">
              <Notice tone="warning" icon="clock" actions={again(t('Score again'))}>
                {t('The text changed since it was scored.')}
              </Notice>
            </div>
          )}
          <FidelityScored fidelity={score.fidelity} real={score.real} outdated={score.stale} />
        </>
      );
  }
}

/** What the record says of how it came about; what it does not say is left out. */
function Provenance({ labels, origin }: Pick<Synthetic, 'labels' | 'origin'> & { readonly origin: Origin }) {
  const { state } = useView();
  const { parents, strategy, model, run } = origin;
  const facts = [
    ...(model === undefined ? [] : [{ name: t('Model'), value: model }]),
    ...(strategy === undefined ? [] : [{ name: t('Strategy'), value: strategy }]),
    ...(run === undefined ? [] : [{ name: t('Run'), value: run }]),
    ...(parents.length === 0
      ? []
      : [
          {
            name: plural(parents.length, 'Made from', 'Made from {0}', integer(parents.length)),
            value: parents.join(', '),
          },
        ]),
  ];
  return (
    <section class="fidelity-section">
      <h2 class="section-heading">{t('How it came about')}</h2>
      {facts.length === 0 && <p class="muted">{t('The record does not say.')}</p>}
      <dl class="fidelity-facts">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {labels.length > 0 && (
          <div>
            <dt>{t('Made for')}</dt>
            <dd class="fidelity-labels">
              {labels.map((label) => (
                <Chip key={label} look="plain">
                  <span class="chip-text">
                    {state.taxonomy.find(({ id }) => id === label)?.name ?? label}
                  </span>
                </Chip>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
