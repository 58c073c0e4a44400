/** What the intents of the Patent view do. */
import * as vscode from 'vscode';
import { unreachable } from '../../core/errors.ts';
import type { Span } from '../../protocol/engine.ts';
import type { PatentViewIntent } from '../../protocol/patent-view.ts';
import { classifyActive } from '../classify/commands.ts';
import { textUri } from '../documents/location.ts';
import { openSpan, rangeOf, showDocument } from '../documents/open.ts';
import { allowTerm, maskActive, type MaskScope } from '../leakage/actions.ts';
import { showAudit } from '../audit/panel.ts';
import type { Services } from '../services.ts';
import { activeClassified } from '../session/active.ts';
import { acceptAssigned, decide } from '../session/decisions.ts';
import type { ClassifiedItem } from '../session/file-session.ts';
import { openCard } from '../training/training.ts';
import { trainCurrent } from '../training/feature.ts';
import { usage } from '../errors/usage.ts';

export type ActionIntent = Exclude<PatentViewIntent, { kind: 'ready' }>;

export async function act(services: Services, intent: ActionIntent): Promise<void> {
  switch (intent.kind) {
    case 'open-document':
      await showDocument(vscode.Uri.parse(intent.uri));
      return;
    case 'classify':
      return classifyActive(services);
    case 'cancel': {
      const active = services.editors.active;
      if (active) services.classification.cancel(active.uri);
      return;
    }
    case 'train':
      return trainCurrent(services);
    case 'reveal':
      return reveal(services, intent.span);
    case 'highlight':
      return highlight(services, intent.label);
    case 'decide':
      return record(services, (item) => {
        const known = services.summaries
          .get(services.roots.current)
          ?.taxonomy?.labels.find(({ id }) => id === intent.label);
        return decide(item, { id: intent.label, name: known?.name ?? intent.label }, intent.decision);
      });
    case 'accept-assigned':
      return record(services, acceptAssigned);
    case 'open-neighbour':
    case 'leakage-open-related':
    case 'fidelity-open':
      await openSpan(textUri(intent.path), intent.span);
      return;
    case 'show-card': {
      const classifier = services.summaries.get(services.roots.current)?.classifier;
      return classifier && openCard(classifier);
    }
    case 'leakage-create-files':
      await vscode.commands.executeCommand('patentLab.createFiles');
      return;
    case 'leakage-mask':
      return maskActive(services, maskScope(intent));
    case 'leakage-allow': {
      const { active } = services.editors;
      return active && allowTerm(services.leakage, active.uri, intent.label, intent.term);
    }
    case 'leakage-compare':
      return services.leakageTab.compare();
    case 'leakage-show-all':
      return services.leakageTab.showAll(intent.all);
    case 'leakage-audit':
      return showAudit(services);
    case 'fidelity-score':
      return services.fidelity.tab.score();
    case 'fidelity-verdict':
      return services.fidelity.tab.judge(intent.verdict);
    case 'fidelity-report': {
      const { active } = services.editors;
      await vscode.commands.executeCommand('patentLab.scoreFidelity', active && vscode.Uri.parse(active.uri));
      return;
    }
    default:
      return unreachable(intent);
  }
}

/** Shows a passage and marks it for a moment. The cursor stays: it says which document is in front. */
async function reveal({ editors, flash }: Services, span: Span): Promise<void> {
  const active = editors.active;
  if (!active) return;
  const editor = editors.activeEditor ?? (await showDocument(vscode.Uri.parse(active.uri)));
  const range = rangeOf(editor.document, span);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  flash.show(editor, range);
}

function highlight({ editors, sessions, highlighter }: Services, label: string | undefined): void {
  const active = activeClassified(editors, sessions);
  if (!active) return;
  if (label === undefined) return highlighter.clear(active.place.uri);
  highlighter.highlight(active.place.uri, active.item, label);
  const strongest = highlighter.strongest(active.place.uri);
  if (!strongest || !editors.activeEditor) return;
  const range = rangeOf(editors.activeEditor.document, strongest);
  editors.activeEditor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function record(services: Services, change: (item: ClassifiedItem) => ClassifiedItem): Promise<void> {
  const active = activeClassified(services.editors, services.sessions);
  if (!active) return;
  if (active.item.prediction.document.partial) {
    throw usage(
      vscode.l10n.t('Decisions are recorded for whole patents, not for a selection.'),
      vscode.l10n.t('Classify the patent, then decide.'),
    );
  }
  await services.decisions.record(vscode.Uri.parse(active.place.uri), active.item, change(active.item));
}

function maskScope(intent: Extract<ActionIntent, { kind: 'leakage-mask' }>): MaskScope {
  switch (intent.scope) {
    case 'occurrence':
      return { kind: 'occurrence', span: intent.span };
    case 'label':
      return { kind: 'label', label: intent.label };
    case 'document':
      return { kind: 'document' };
    default:
      return unreachable(intent);
  }
}
