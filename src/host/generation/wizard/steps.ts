/** The choices one after the other, each with the way back. */
import * as vscode from 'vscode';
import { GENRES } from '../../../core/generation/plan.ts';
import type { LabelSummary } from '../../../protocol/engine.ts';
import type { Genre } from '../../../protocol/generation.ts';
import { byDeficit, type Draft } from './draft.ts';
import { inputNumber, pickMany, pickOne, type Answer, type StepFrame } from '../../quick-input.ts';

export const TITLE = (): string => vscode.l10n.t('Generate Synthetic Patents');

export const STEPS = 6;

export const frame = (step: number): StepFrame => ({
  title: TITLE(),
  step,
  total: STEPS,
  canGoBack: step > 1,
});

/** A step takes the draft and gives the next one. */
export type Step = (draft: Draft) => Promise<Answer<Draft>>;

const then = <T>(answer: Answer<T>, next: (value: T) => Draft): Answer<Draft> =>
  answer.kind === 'chosen' ? { kind: 'chosen', value: next(answer.value) } : answer;

// ── labels ─────────────────────────────────────────────────────────────────────────────────────────────────────

interface LabelItem extends vscode.QuickPickItem {
  readonly id: string;
}

export const labelsStep =
  (labels: readonly LabelSummary[]): Step =>
  async (draft) => {
    let { targetCount } = draft;
    const items = (): readonly LabelItem[] => byDeficit(labels, targetCount).map(labelItem);
    const first = items();
    const answer = await pickMany({
      frame: frame(1),
      placeholder: vscode.l10n.t('Labels to write documents for; those that lack some are chosen'),
      items: first,
      selected: first.filter(({ id }) => draft.labels.includes(id)),
      button: {
        icon: 'settings-gear',
        tooltip: vscode.l10n.t('Change how many documents each label should have ({0})', targetCount),
        press: async () => {
          const count = await inputNumber({
            frame: { title: TITLE(), canGoBack: false },
            prompt: vscode.l10n.t('How many documents should each label have?'),
            value: targetCount,
            least: 1,
          });
          if (count.kind === 'chosen') targetCount = count.value;
          return items();
        },
      },
    });
    return then(answer, (chosen) => ({ ...draft, targetCount, labels: chosen.map(({ id }) => id) }));
  };

function labelItem({ id, name, count, deficit, description }: LabelSummary): LabelItem {
  return {
    id,
    label: name,
    description:
      deficit > 0
        ? vscode.l10n.t('{0} of {1} · {2} missing', count, count + deficit, deficit)
        : vscode.l10n.t('{0} · enough', count),
    ...(description === undefined
      ? {
          detail: vscode.l10n.t(
            '$(warning) no description: the model learns what it means from examples alone',
          ),
        }
      : {}),
  };
}

// ── strategy ───────────────────────────────────────────────────────────────────────────────────────────────────

interface StrategyItem extends vscode.QuickPickItem {
  readonly strategy: Draft['strategy'];
  readonly times: number;
}

export const strategyStep: Step = async (draft) => {
  const items: readonly StrategyItem[] = [
    {
      strategy: 'conditioned',
      times: 1,
      label: vscode.l10n.t('Write new patents for the labels'),
      detail: vscode.l10n.t('From their descriptions and a few real examples that are chosen to differ'),
    },
    ...[1, 5, 10].map((times): StrategyItem => ({
      strategy: 'paraphrase',
      times,
      label: vscode.l10n.t('Paraphrase real patents, {0}×', times),
      detail:
        times === 1
          ? vscode.l10n.t('Each real document once in other words, with its labels')
          : vscode.l10n.t('Each real document {0} times; more of the same helps less and less', times),
    })),
  ];
  const answer = await pickOne({
    frame: frame(2),
    placeholder: vscode.l10n.t('What is written?'),
    items,
    ...activeWhere(items, ({ strategy, times }) => strategy === draft.strategy && times === draft.times),
  });
  return then(answer, ({ strategy, times }) => ({ ...draft, strategy, times }));
};

// ── style ──────────────────────────────────────────────────────────────────────────────────────────────────────

interface GenreItem extends vscode.QuickPickItem {
  readonly genre: Genre;
}

export const genresStep: Step = async (draft) => {
  const items: readonly GenreItem[] = GENRES.map((genre) => ({ genre, ...genreTexts(genre) }));
  const answer = await pickMany({
    frame: frame(3),
    placeholder: vscode.l10n.t('In which form? Several take turns'),
    items,
    selected: items.filter(({ genre }) => draft.genres.includes(genre)),
  });
  return then(answer, (chosen) => ({
    ...draft,
    genres: chosen.length === 0 ? draft.genres : chosen.map(({ genre }) => genre),
  }));
};

function genreTexts(genre: Genre): Pick<vscode.QuickPickItem, 'label' | 'detail'> {
  switch (genre) {
    case 'standard':
      return {
        label: vscode.l10n.t('Standard patent'),
        detail: vscode.l10n.t('Title, abstract and claims as offices print them'),
      };
    case 'claim-led':
      return {
        label: vscode.l10n.t('Claim-led'),
        detail: vscode.l10n.t('The claims are written first, the abstract follows them'),
      };
    case 'problem-solution':
      return {
        label: vscode.l10n.t('Problem and solution'),
        detail: vscode.l10n.t('What was wanting, and what the invention does about it'),
      };
    case 'product-sheet':
      return {
        label: vscode.l10n.t('Product sheet'),
        detail: vscode.l10n.t('In the words of a product’s description'),
      };
  }
}

interface InstructionItem extends vscode.QuickPickItem {
  readonly instruction: Draft['labelInstruction'];
}

export const instructionStep: Step = async (draft) => {
  const items: readonly InstructionItem[] = [
    {
      instruction: 'described',
      label: vscode.l10n.t('Descriptions only'),
      description: vscode.l10n.t('recommended'),
      detail: vscode.l10n.t(
        'The prompt leaves label names out, and outputs that name their label are refused',
      ),
    },
    {
      instruction: 'named',
      label: vscode.l10n.t('Names and descriptions'),
      detail: vscode.l10n.t(
        'Outputs will often name their label, which makes scores look better than they are',
      ),
    },
  ];
  const answer = await pickOne({
    frame: frame(4),
    placeholder: vscode.l10n.t('What does the model learn about the labels?'),
    items,
    ...activeWhere(items, ({ instruction }) => instruction === draft.labelInstruction),
  });
  return then(answer, ({ instruction }) => ({ ...draft, labelInstruction: instruction }));
};

// ── amount ─────────────────────────────────────────────────────────────────────────────────────────────────────

interface AmountItem extends vscode.QuickPickItem {
  /** `other` asks for a number. */
  readonly amount: number | 'missing' | 'other';
}

export const amountStep =
  (countReal: (draft: Draft) => Promise<number>): Step =>
  async (draft) => {
    const real = await countReal(draft);
    const items: readonly AmountItem[] = [
      {
        amount: 'missing',
        label:
          draft.strategy === 'paraphrase'
            ? vscode.l10n.t('All that the strategy gives')
            : vscode.l10n.t('What the labels lack'),
        description: vscode.l10n.t('up to {0} documents a label', draft.targetCount),
      },
      ...(real > 0
        ? [1, 2, 4].map((ratio): AmountItem => ({
            amount: real * ratio,
            label: vscode.l10n.t('At most {0} documents', real * ratio),
            description: vscode.l10n.t('{0} synthetic for each real one', ratio),
          }))
        : []),
      { amount: 'other', label: vscode.l10n.t('Another number…') },
    ];
    const answer = await pickOne({
      frame: frame(6),
      placeholder: vscode.l10n.t('How many? There are {0} real documents', real),
      items,
      ...activeWhere(items, ({ amount }) => amount === (draft.documents ?? 'missing')),
    });
    if (answer.kind !== 'chosen') return answer;
    const { amount } = answer.value;
    if (amount !== 'other') {
      return { kind: 'chosen', value: { ...draft, documents: amount === 'missing' ? undefined : amount } };
    }
    const count = await inputNumber({
      frame: frame(6),
      prompt: vscode.l10n.t('At most how many documents?'),
      value: draft.documents ?? 40,
      least: 1,
    });
    return then(count, (documents) => ({ ...draft, documents }));
  };

function activeWhere<I>(items: readonly I[], matches: (item: I) => boolean): { readonly active?: I } {
  const active = items.find(matches);
  return active === undefined ? {} : { active };
}
