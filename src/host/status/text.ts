/** What the status bar says: the classifier, what it runs on, and whether it is at work. */
import { unreachable } from '../../core/errors.ts';
import type { ClassifierInfo } from '../../protocol/engine.ts';
import type { EngineState } from '../engine/client.ts';
import type { Localiser } from '../l10n.ts';

export interface StatusText {
  readonly text: string;
  /** Lines of the tooltip, plain text. */
  readonly tooltip: readonly string[];
  readonly warning: boolean;
}

export interface StatusInput {
  readonly engine: EngineState;
  readonly classifier?: ClassifierInfo;
  readonly decisionsSinceTraining: number;
}

export function statusText(
  { engine, classifier, decisionsSinceTraining }: StatusInput,
  l10n: Localiser,
): StatusText {
  const lines: string[] = [];
  if (classifier) {
    lines.push(
      l10n.t(
        '{0}: {1} labels, trained on {2} documents',
        classifier.name,
        classifier.labels,
        classifier.documents,
      ),
    );
  }
  if (decisionsSinceTraining > 0) {
    lines.push(l10n.t('{0} decisions since it was trained', decisionsSinceTraining));
  }
  switch (engine.kind) {
    case 'stopped':
      lines.push(l10n.t('The engine starts with the first command.'));
      return { text: `$(beaker) ${classifier?.name ?? 'Patent Lab'}`, tooltip: lines, warning: false };
    case 'starting':
      lines.push(l10n.t('The engine is starting.'));
      return { text: `$(sync~spin) ${l10n.t('Starting…')}`, tooltip: lines, warning: false };
    case 'unavailable':
      lines.push(engine.error.message, engine.error.remedy);
      return { text: `$(error) Patent Lab`, tooltip: lines, warning: true };
    case 'idle':
    case 'busy': {
      const { hello } = engine;
      const encoder = classifier?.encoder ?? hello.encoder;
      lines.push(l10n.t('{0} on {1}, {2} threads', encoder, hello.provider, hello.threads));
      if (hello.providerReason !== undefined) lines.push(hello.providerReason);
      const isBusy = engine.kind === 'busy';
      if (isBusy && engine.task !== undefined) lines.push(engine.task);
      const parts = [classifier?.name ?? l10n.t('no classifier'), shortEncoder(encoder), hello.provider];
      return {
        text: `${isBusy ? '$(sync~spin)' : '$(beaker)'} ${parts.join(' · ')}`,
        tooltip: lines,
        warning: false,
      };
    }
    default:
      return unreachable(engine);
  }
}

/** The status bar is narrow: a model id without its owner. */
const shortEncoder = (encoder: string): string => encoder.split('/').at(-1) ?? encoder;
