/** What arms and their groups are called. */
import { percent } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import type { ArmGroup } from './arm-rows.ts';

export function armName(id: string): string {
  const [, share] = /^mix-([\d.]+)$/.exec(id) ?? [];
  if (share !== undefined) return t('Mix with {0} real', percent(Number(share)));
  const [, scale] = /^paraphrase-(\d+)$/.exec(id) ?? [];
  if (scale !== undefined) return t('Real + paraphrases, {0}×', scale);
  if (id.startsWith('cell:')) return id.slice('cell:'.length).split('/').join(', ');
  return knownName(id) ?? id;
}

function knownName(id: string): string | undefined {
  switch (id) {
    case 'real-only':
      return t('Real only');
    case 'step-matched':
      return t('Real only, as many steps');
    case 'duplicate-to-match':
      return t('Duplicated to match');
    case 'inverse-frequency':
      return t('Inverse-frequency loss');
    case 'focal':
      return t('Focal loss');
    case 'asymmetric':
      return t('Asymmetric loss');
    case 'distribution-balanced':
      return t('Distribution-balanced loss');
    case 'augmented':
      return t('Real + synthetic');
    case 'synthetic-only':
      return t('Synthetic only');
    case 'curriculum-synthetic-first':
      return t('Synthetic, then real');
    case 'curriculum-real-first':
      return t('Real, then synthetic');
    case 'ensemble':
      return t('Ensemble of both');
    case 'filtered':
      return t('Real + filtered synthetic');
    case 'sample-weighted':
      return t('Real + weighted synthetic');
    default:
      return undefined;
  }
}

export function groupName(group: ArmGroup): string {
  switch (group) {
    case 'real':
      return t('Real documents only');
    case 'losses':
      return t('Real documents, another loss');
    case 'synthetic':
      return t('With synthetic documents');
    case 'mixes':
      return t('Mixes of a fixed size');
    case 'paraphrases':
      return t('With paraphrases');
    case 'cells':
      return t('By generator and strategy');
  }
}
