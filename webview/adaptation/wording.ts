/** What an adaptation takes and what came of it, in words. */
import type { AdaptationGoal, AdaptationReport } from '../../src/protocol/adaptation-view.ts';
import { familyName } from '../learning/wording.ts';
import { duration } from '../report/wording.ts';
import { integer, moment } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';

export function goalName(goal: AdaptationGoal): string {
  switch (goal) {
    case 'words':
      return t('guessing hidden words');
    case 'abstract-claims':
      return t('telling which claims belong to an abstract');
    case 'title-abstract':
      return t('telling which abstract belongs to a title');
  }
}

/** What is counted as right. */
export function rightName(goal: AdaptationGoal): string {
  switch (goal) {
    case 'words':
      return t('hidden words guessed right');
    case 'abstract-claims':
    case 'title-abstract':
      return t('pairs found');
  }
}

export const headLines = ({ setup, createdAt, seconds, encoder }: AdaptationReport) => [
  [
    { text: t('{0} of {1}', familyName(setup.plan.family), setup.encoder) },
    { text: goalName(setup.plan.goal) },
    { text: plural(setup.used, '{0} patent', '{0} patents', integer(setup.used)) },
    { text: t('{0} of them held out', integer(setup.held)) },
  ],
  [
    { text: moment(createdAt) },
    { text: t('took {0}', duration(seconds)) },
    { text: encoder.base, tooltip: encoder.id },
  ],
];
