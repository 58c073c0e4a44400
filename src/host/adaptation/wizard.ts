/** From *Adapt Encoder to These Patents…* to what is adapted how: the choices one after the other, each with the way back. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { ENCODERS_FOLDER } from '../../core/corpus/workspace-files.ts';
import { unreachable } from '../../core/errors.ts';
import {
  ADAPTATION_GOALS,
  InterruptedAdaptationsRequest,
  type AdaptationChoice,
  type AdaptationFamily,
  type AdaptationGoal,
  type BaseEncoder,
} from '../../protocol/adaptation.ts';
import { chooseBase, knownBases } from '../encoders/choose-base.ts';
import { inputText, pickOne, walk, type Answer, type StepFrame } from '../quick-input.ts';
import type { Services } from '../services.ts';
import { nameProblem, proposedName } from './names.ts';

type Draft = Partial<AdaptationChoice>;
type Step = (draft: Draft) => Promise<Answer<Draft>>;

const STEPS = 4;

const frame = (step: number): StepFrame => ({
  title: vscode.l10n.t('Adapt Encoder to These Patents'),
  step,
  total: STEPS,
  canGoBack: step > 1,
});

const then = <T>(answer: Answer<T>, next: (value: T) => Draft): Answer<Draft> =>
  answer.kind === 'chosen' ? { kind: 'chosen', value: next(answer.value) } : answer;

/** Undefined when the person left it. */
export async function chooseAdaptation(
  { engine }: Services,
  root: string,
): Promise<AdaptationChoice | undefined> {
  const bases = await knownBases(engine, root);
  const made = await readdir(path.join(root, ENCODERS_FOLDER)).catch((): string[] => []);
  const interrupted = await engine.request(InterruptedAdaptationsRequest, { root });
  const taken = [...made, ...interrupted.map(({ name }) => name)];
  return walk([baseStep(root, bases), goalStep, familyStep], {}, (draft) => nameStep(draft, taken));
}

const baseStep =
  (root: string, bases: readonly BaseEncoder[]): Step =>
  async (draft) => {
    const answer = await chooseBase(root, bases, {
      frame: frame(1),
      placeholder: vscode.l10n.t(
        'Which encoder is trained on the patents? It stays as it is; a new one is made',
      ),
      current: draft.base,
    });
    return then(answer, (base) => ({ ...draft, base }));
  };

interface GoalItem extends vscode.QuickPickItem {
  readonly goal: AdaptationGoal;
}

const goalStep: Step = async (draft) => {
  const items = ADAPTATION_GOALS.map((goal): GoalItem => ({ goal, ...goalTexts(goal) }));
  const answer = await pickOne({
    frame: frame(2),
    placeholder: vscode.l10n.t('What does it learn from the patents? No labels are read'),
    items,
    ...activeWhere(items, ({ goal }) => goal === draft.goal),
  });
  return then(answer, ({ goal }) => ({ ...draft, goal }));
};

function goalTexts(goal: AdaptationGoal): Pick<vscode.QuickPickItem, 'label' | 'detail'> {
  switch (goal) {
    case 'words':
      return {
        label: vscode.l10n.t('Guess hidden words'),
        detail: vscode.l10n.t(
          'The language of the field. Fine-tune a classifier on the result: by itself it changes what texts are near each other',
        ),
      };
    case 'abstract-claims':
      return {
        label: vscode.l10n.t('Tell which claims belong to an abstract'),
        detail: vscode.l10n.t('What makes inventions alike. Needs patents with both'),
      };
    case 'title-abstract':
      return {
        label: vscode.l10n.t('Tell which abstract belongs to a title'),
        detail: vscode.l10n.t('The same for patents without claims'),
      };
    default:
      return unreachable(goal);
  }
}

interface FamilyItem extends vscode.QuickPickItem {
  readonly family: AdaptationFamily;
}

const familyStep: Step = async (draft) => {
  const items: readonly FamilyItem[] = [
    {
      family: 'lora',
      label: vscode.l10n.t('Small adapters (LoRA)'),
      detail: vscode.l10n.t('Takes the least memory; they are merged into the weights at the end'),
    },
    {
      family: 'full',
      label: vscode.l10n.t('All weights'),
      detail: vscode.l10n.t('Learns more from many patents. Takes the most time and memory'),
    },
  ];
  const answer = await pickOne({
    frame: frame(3),
    placeholder: vscode.l10n.t('What of the encoder is trained?'),
    items,
    ...activeWhere(items, ({ family }) => family === draft.family),
  });
  return then(answer, ({ family }) => ({ ...draft, family }));
};

async function nameStep(
  { base, goal, family }: Draft,
  taken: readonly string[],
): Promise<Answer<AdaptationChoice>> {
  if (base === undefined || goal === undefined || family === undefined) return { kind: 'back' };
  const answer = await inputText({
    frame: frame(4),
    prompt: vscode.l10n.t('What is the new encoder called? It becomes a folder in {0}', ENCODERS_FOLDER),
    value: proposedName(base, goal, taken),
    validate: (name) => {
      const problem = nameProblem(name, taken);
      switch (problem) {
        case undefined:
          return undefined;
        case 'not-plain':
          return vscode.l10n.t('A plain folder name.');
        case 'taken':
          return vscode.l10n.t(
            'There is already an encoder of this name, or one whose adaptation was interrupted.',
          );
        default:
          return unreachable(problem);
      }
    },
  });
  return answer.kind === 'chosen'
    ? { kind: 'chosen', value: { base, goal, family, name: answer.value } }
    : answer;
}

function activeWhere<I>(items: readonly I[], matches: (item: I) => boolean): { readonly active?: I } {
  const active = items.find(matches);
  return active === undefined ? {} : { active };
}
