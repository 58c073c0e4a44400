/** The run in VS Code: dialogs before it, the review while it lasts, the summary after it. */
import * as vscode from 'vscode';
import type {
  Estimate,
  ExistingRun,
  GenerationResult,
  GenerationPlan,
} from '../../../protocol/generation.ts';
import type { CommandId } from '../../contributions.ts';
import { openPlace } from '../../documents/open.ts';
import type { Services } from '../../services.ts';
import { builtInModels } from '../models/built-in.ts';
import { consented } from './consent.ts';
import type { RunScene } from './runs.ts';
import { doneOf, outcomeText } from './words.ts';

export function windowScene(services: Services): RunScene {
  return {
    prepare: (plan: GenerationPlan) => builtInModels(services).prepare(plan.model),
    consent: consented,
    existing: whatOfExisting,
    show: async (root) => {
      const { showReview } = await import('../review/panel.ts');
      await showReview(services, root);
    },
    tell: (root, result) => void tell(services, root, result).catch(services.showError),
  };
}

async function whatOfExisting({ existing, differences }: Estimate): Promise<ExistingRun | undefined> {
  if (!existing) return 'never';
  const { run, counts } = existing;
  const missing = counts.planned - doneOf(counts);
  const goOn = vscode.l10n.t('Write What Is Missing');
  const anew = vscode.l10n.t('Start Anew');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('The run {0} is there already.', run),
    {
      modal: true,
      detail: [
        vscode.l10n.t(
          '{0} of {1} documents were accepted by the checks; {2} are missing.',
          counts.accepted,
          counts.planned,
          missing,
        ),
        ...(differences.length > 0
          ? [vscode.l10n.t('The plan was changed since: {0}.', differences.join('; '))]
          : []),
        vscode.l10n.t('To start anew sets aside what is there and asks for everything again.'),
      ].join('\n\n'),
    },
    goOn,
    anew,
  );
  if (chosen === goOn) return 'only-missing';
  return chosen === anew ? 'always' : undefined;
}

async function tell({ summaries }: Services, root: string, result: GenerationResult): Promise<void> {
  void summaries.refresh(root).catch(() => undefined);
  const { message, warning } = outcomeText(result, vscode.l10n);
  const review = vscode.l10n.t('Review');
  const file = vscode.l10n.t('Open File');
  const log = vscode.l10n.t('Show Log');
  const show = warning ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const chosen = await show(message, review, file, log);
  if (chosen === review) await command('patentLab.reviewSynthetic');
  else if (chosen === file) await openPlace({ file: result.summary.file, offset: 0 });
  else if (chosen === log) await command('patentLab.showLog');
}

const command = (id: CommandId): Thenable<unknown> => vscode.commands.executeCommand(id);
