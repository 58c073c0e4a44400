/** Words for standings, sections and marks. */
import type { MarkKind, ReviewPassage, Standing, SyntheticUse } from '../../src/protocol/review-view.ts';
import type { IconName } from '../ui/icons.tsx';
import { t } from '../ui/strings.ts';

export function standingName(standing: Standing): string {
  switch (standing) {
    case 'new':
      return t('To review');
    case 'accepted':
      return t('Accepted');
    case 'rejected':
      return t('Rejected');
    case 'invalid':
      return t('Refused by the checks');
  }
}

export const STANDING_ICONS: Readonly<Record<Standing, IconName>> = {
  new: 'circle',
  accepted: 'pass',
  rejected: 'close',
  invalid: 'warning',
};

export function useName(use: SyntheticUse): string {
  switch (use) {
    case 'accepted':
      return t('Accepted ones count');
    case 'all':
      return t('All but rejected count');
    case 'none':
      return t('None counts');
  }
}

export function useExplained(use: SyntheticUse): string {
  switch (use) {
    case 'accepted':
      return t('Classifiers learn from the outputs that you accepted.');
    case 'all':
      return t('Classifiers learn from all outputs that you did not reject.');
    case 'none':
      return t('Classifiers learn from real documents alone.');
  }
}

export function sectionTitle({ section }: ReviewPassage): string {
  switch (section) {
    case 'title':
      return t('Title');
    case 'abstract':
      return t('Abstract');
    case 'claims':
      return t('Claims');
    case 'description':
      return t('Description');
  }
}

export function markName(kind: MarkKind): string {
  switch (kind) {
    case 'assigned-label':
      return t('names its own label');
    case 'other-label':
      return t('names another label');
    case 'keyword':
      return t('a label’s keyword');
    case 'shared':
      return t('shared with a source');
    case 'hidden':
      return t('hidden text');
  }
}
