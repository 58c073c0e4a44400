/** The last look at a plan: what it will write, every part of it editable, and what to do with it. */
import * as vscode from 'vscode';
import { RUN_NAME } from '../../../core/generation/plan.ts';
import type { GenerationPlan, ProposePlanResult } from '../../../protocol/generation.ts';
import { documentsOf, withCount, withTokenBudget } from './draft.ts';
import { inputNumber, inputText, pickOne, type Answer } from '../../quick-input.ts';
import { TITLE } from './steps.ts';

export type Overview = { readonly plan: GenerationPlan; readonly then: 'run' | 'open' };

interface OverviewItem extends vscode.QuickPickItem {
  readonly act: 'run' | 'open' | 'sets' | 'budget' | 'name' | 'none';
}

const FRAME = { canGoBack: true } as const;

export async function overview(
  proposal: ProposePlanResult,
  labelName: (id: string) => string,
): Promise<Answer<Overview>> {
  let { plan } = proposal;
  for (;;) {
    const answer = await pickOne({
      frame: { ...FRAME, title: TITLE() },
      placeholder: vscode.l10n.t('The plan is kept as a file and can be run again'),
      items: items(plan, proposal),
    });
    if (answer.kind !== 'chosen') return answer;
    const { act } = answer.value;
    switch (act) {
      case 'run':
      case 'open':
        return { kind: 'chosen', value: { plan, then: act } };
      case 'sets': {
        const edited = await editSets(plan, labelName);
        if (!edited) return { kind: 'cancelled' };
        plan = edited;
        break;
      }
      case 'budget': {
        const tokens = await inputNumber({
          frame: { ...FRAME, title: TITLE() },
          prompt: vscode.l10n.t('Stop before so many tokens are spent; 0 for no limit'),
          value: plan.budget.tokens ?? 0,
          least: 0,
        });
        if (tokens.kind === 'cancelled') return tokens;
        if (tokens.kind === 'chosen') {
          plan = withTokenBudget(plan, tokens.value);
        }
        break;
      }
      case 'name': {
        const name = await inputText({
          frame: { ...FRAME, title: TITLE() },
          prompt: vscode.l10n.t('Name of the run and of its files'),
          value: plan.name,
          validate: (text) =>
            RUN_NAME.test(text)
              ? undefined
              : vscode.l10n.t('Letters, digits, “.”, “_” and “-” only, at most 64, and not “review”.'),
        });
        if (name.kind === 'cancelled') return name;
        if (name.kind === 'chosen') plan = { ...plan, name: name.value };
        break;
      }
      case 'none':
        break;
    }
  }
}

function items(
  plan: GenerationPlan,
  { notes, problems, documents }: ProposePlanResult,
): readonly OverviewItem[] {
  const conditioned = plan.strategy === 'conditioned';
  const count = conditioned ? documentsOf(plan) : documents;
  const { client, model, endpoint } = plan.model;
  const remarks = [...notes, ...problems.map(({ message }) => message)];
  return [
    {
      act: 'run',
      label: count > 3 ? vscode.l10n.t('$(play) Write 3 samples first') : vscode.l10n.t('$(play) Write them'),
      description: vscode.l10n.t('{0} documents by {1}', count, model),
      detail: vscode.l10n.t('You read them and decide whether the rest is written'),
    },
    {
      act: 'open',
      label: vscode.l10n.t('$(go-to-file) Keep the plan and open it'),
      detail: vscode.l10n.t('To change more of it: attributes, temperature, examples, price'),
    },
    { act: 'none', label: vscode.l10n.t('Change'), kind: vscode.QuickPickItemKind.Separator },
    ...(conditioned
      ? [
          {
            act: 'sets' as const,
            label: vscode.l10n.t('$(list-unordered) Documents of each label set'),
            description: vscode.l10n.t('{0} in {1} sets', count, plan.labelSets.length),
          },
        ]
      : []),
    {
      act: 'budget',
      label: vscode.l10n.t('$(dashboard) Budget'),
      description:
        plan.budget.tokens === undefined
          ? vscode.l10n.t('no limit')
          : vscode.l10n.t('at most {0} tokens', plan.budget.tokens),
    },
    {
      act: 'name',
      label: vscode.l10n.t('$(tag) Name'),
      description: plan.name,
    },
    {
      act: 'none',
      label: vscode.l10n.t('$(hubot) Model'),
      description: endpoint === undefined ? `${model} · ${client}` : `${model} · ${endpoint}`,
      detail: vscode.l10n.t('Go back to choose another one'),
    },
    ...(remarks.length > 0
      ? [{ act: 'none' as const, label: vscode.l10n.t('To know'), kind: vscode.QuickPickItemKind.Separator }]
      : []),
    ...remarks.map((note) => ({ act: 'none' as const, label: `$(info) ${note}` })),
  ];
}

/** Undefined when it was cancelled altogether. */
async function editSets(
  start: GenerationPlan,
  labelName: (id: string) => string,
): Promise<GenerationPlan | undefined> {
  let plan = start;
  for (;;) {
    const answer = await pickOne({
      frame: { ...FRAME, title: TITLE() },
      placeholder: vscode.l10n.t(
        'Choose a label set to change how many documents it gets; go back when done',
      ),
      items: plan.labelSets.map((set) => ({
        set,
        label: set.labels.map(labelName).join(' + '),
        description: String(set.count),
      })),
    });
    if (answer.kind === 'cancelled') return undefined;
    if (answer.kind === 'back') return plan;
    const { set, label } = answer.value;
    const count = await inputNumber({
      frame: { ...FRAME, title: TITLE() },
      prompt: vscode.l10n.t('Documents for {0}; 0 leaves it out', label),
      value: set.count,
      least: 0,
    });
    if (count.kind === 'cancelled') return undefined;
    if (count.kind === 'chosen') {
      const next = withCount(plan, set, count.value);
      if (next.labelSets.length > 0) plan = next;
    }
  }
}
