/** What the checks said of an output, each with its outcome in words. */
import type { ReviewCheck } from '../../src/protocol/review-view.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { t } from '../ui/strings.ts';
import './checks.css';

const ICONS: Readonly<Record<ReviewCheck['outcome'], IconName>> = {
  passed: 'check',
  remarked: 'info',
  failed: 'warning',
};

export function Checks({ checks }: { readonly checks: readonly ReviewCheck[] }) {
  if (checks.length === 0) return null;
  return (
    <>
      <h3 class="section-heading checks-heading">{t('Checks')}</h3>
      <ul class="checks">
        {checks.map(({ name, outcome, text }) => (
          <li key={name} class={outcome}>
            <Icon name={ICONS[outcome]} label={outcomeName(outcome)} />
            <span class="check-name">{name}</span>
            <span class="check-text muted">{text}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function outcomeName(outcome: ReviewCheck['outcome']): string {
  switch (outcome) {
    case 'passed':
      return t('passed');
    case 'remarked':
      return t('remark');
    case 'failed':
      return t('failed');
  }
}
