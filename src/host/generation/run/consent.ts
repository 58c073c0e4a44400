/** Before the first request of a run that leaves this process: what is sent, and to whom. Nothing goes without a yes. */
import * as vscode from 'vscode';
import { unreachable } from '../../../core/errors.ts';
import type { Disclosure, Estimate, GenerationPlan } from '../../../protocol/generation.ts';
import { costText } from './words.ts';

/** Asks until the person has said yes or no; a look at the first request is neither. */
export async function consented(plan: GenerationPlan, estimate: Estimate): Promise<boolean> {
  if (plan.model.client === 'built-in') return true;
  const { disclosure } = estimate;
  const send = vscode.l10n.t('Send');
  const show = vscode.l10n.t('Show First Request');
  for (;;) {
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t('Send text to {0}?', disclosure.recipient),
      { modal: true, detail: consentDetail(plan, estimate, vscode.l10n) },
      send,
      show,
    );
    if (chosen === send) return true;
    if (chosen === undefined) return false;
    await showRequest(disclosure);
    // The dialog would cover what is to be read; it comes back with a word.
    const back = vscode.l10n.t('Go On');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('This is the first request to {0}, word for word.', disclosure.recipient),
      back,
    );
    if (answer !== back) return false;
  }
}

interface Texts {
  t(message: string, ...args: (string | number | boolean)[]): string;
}

export function consentDetail(
  { labelInstruction }: Pick<GenerationPlan, 'labelInstruction'>,
  { disclosure, requests, mostRequests, promptTokens, mostCompletionTokens, cost, differences }: Estimate,
  l10n: Texts,
): string {
  const { seeds, exemplars, labels, namesLabels } = disclosure;
  return [
    whereText(disclosure, l10n),
    documentsText(seeds, exemplars, l10n),
    namesLabels || labelInstruction === 'named'
      ? l10n.t('The names and descriptions of {0} labels are sent.', labels.length)
      : l10n.t('The descriptions of {0} labels are sent, without their names.', labels.length),
    l10n.t(
      '{0} requests, at most {1} with re-tries; about {2} tokens sent, at most {3} written; {4}.',
      requests,
      mostRequests,
      promptTokens.toLocaleString('en'),
      mostCompletionTokens.toLocaleString('en'),
      cost.kind === 'known'
        ? l10n.t('at most {0} without re-tries', costText(cost, l10n))
        : costText(cost, l10n),
    ),
    ...(differences.length > 0
      ? [l10n.t('The plan differs from what this run followed so far: {0}.', differences.join('; '))]
      : []),
  ].join('\n\n');
}

function documentsText(seeds: readonly string[], exemplars: readonly string[], l10n: Texts): string {
  const real = new Set([...seeds, ...exemplars]).size;
  if (real === 0) return l10n.t('No text of your documents is sent.');
  if (seeds.length === 0) {
    return l10n.t('The text of {0} of your real documents is sent, as examples.', real);
  }
  return l10n.t(
    'The text of {0} of your real documents is sent: {1} to be put into other words, {2} as examples.',
    real,
    seeds.length,
    exemplars.length,
  );
}

function whereText({ where }: Disclosure, l10n: Texts): string {
  switch (where) {
    case 'this-machine':
      return l10n.t('The server runs on this machine.');
    case 'another-machine':
      return l10n.t('The server is ANOTHER machine: what is sent leaves this one.');
    case 'editor':
      return l10n.t('VS Code passes it on to the provider of the model, and may ask for its own consent.');
    default:
      return unreachable(where);
  }
}

async function showRequest({ sample }: Disclosure): Promise<void> {
  const content = sample.map(({ role, content: text }) => `── ${role} ──\n\n${text}`).join('\n\n');
  const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
  await vscode.window.showTextDocument(document, { preview: true });
}
