/** What can be done about a finding; the same actions in the text's popover and in the list. */
import type { LeakageIntent, ShownFinding } from '../../src/protocol/leakage-view.ts';
import { Button, IconButton } from '../ui/button.tsx';
import type { IconName } from '../ui/icons.tsx';
import { t } from '../ui/strings.ts';
import { useView } from './context.ts';
import { fileName } from '../ui/place.ts';

interface Action {
  readonly icon: IconName;
  readonly text: string;
  readonly tooltip: string;
  readonly intent: LeakageIntent;
}

export function actionsOf({ kind, span, label, term, related }: ShownFinding): readonly Action[] {
  const isTerm = kind === 'assigned-label' || kind === 'other-label' || kind === 'keyword';
  return [
    { icon: 'arrow', text: t('Reveal'), tooltip: t('Show in the editor'), intent: { kind: 'reveal', span } },
    ...(related
      ? [
          {
            icon: 'link' as const,
            text: t('Open {0}', related.id),
            tooltip: t('Open {0} at the passage', fileName(related.path)),
            intent: { kind: 'leakage-open-related' as const, path: related.path, span: related.span },
          },
        ]
      : []),
    ...(isTerm || kind === 'instruction-like'
      ? [
          {
            icon: 'mask' as const,
            text: t('Mask'),
            tooltip: t('Replace this place by [MASK]'),
            intent: { kind: 'leakage-mask' as const, scope: 'occurrence' as const, span },
          },
        ]
      : []),
    ...(isTerm && label !== undefined && term !== undefined
      ? [
          {
            icon: 'check' as const,
            text: t('Allow…'),
            tooltip: t('“{0}” is no leak of this label: say so in the taxonomy', term),
            intent: { kind: 'leakage-allow' as const, label, term },
          },
        ]
      : []),
  ];
}

interface FindingActionsProps {
  readonly finding: ShownFinding;
  /** Icons alone, with the text as their tooltip. */
  readonly compact?: boolean;
}

export function FindingActions({ finding, compact }: FindingActionsProps) {
  const { send } = useView();
  return (
    <span class="finding-actions">
      {actionsOf(finding).map(({ icon, text, tooltip, intent }) =>
        compact ? (
          <IconButton key={icon} icon={icon} label={tooltip} onPress={() => send(intent)} />
        ) : (
          <Button key={icon} small icon={icon} tooltip={tooltip} onPress={() => send(intent)}>
            {text}
          </Button>
        ),
      )}
    </span>
  );
}
