/** The open patents: which one the view follows, and how the others fared. */
import type { OpenDocument } from '../../src/protocol/patent-view.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { hasModifier, step } from '../ui/roving.ts';
import { t } from '../ui/strings.ts';
import { useView } from './context.ts';
import './open-list.css';

interface OpenListProps {
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
}

/** Nothing for a single document that is shown anyway. */
export function OpenList({ open, onToggle }: OpenListProps) {
  const { state, send } = useView();
  const documents = state.open;
  if (documents.length === 0 || (documents.length === 1 && documents[0]?.active)) return null;
  return (
    <nav class="open-list" aria-label={t('Open patents')}>
      <Disclosure
        look="section"
        open={open}
        onToggle={onToggle}
        title={
          <span class="section-heading">
            {t('Open patents')} <span class="count">{documents.length}</span>
          </span>
        }
      >
        <ul class="open-items" onKeyDown={onKeyDown}>
          {documents.map((document) => (
            <li key={document.uri}>
              <button
                type="button"
                class="open-item"
                aria-current={document.active}
                title={tooltip(document)}
                onClick={() => send({ kind: 'open-document', uri: document.uri })}
              >
                <StatusIcon status={document.status} />
                <span class="open-name">{document.name}</span>
                <span class="open-labels">{document.assigned.join(', ')}</span>
              </button>
            </li>
          ))}
        </ul>
      </Disclosure>
    </nav>
  );
}

const ICONS: Readonly<Record<Exclude<OpenDocument['status'], 'classifying'>, IconName>> = {
  unclassified: 'circle',
  classified: 'pass',
  failed: 'error',
  stale: 'clock',
};

function StatusIcon({ status }: { readonly status: OpenDocument['status'] }) {
  if (status === 'classifying') return <ProgressRing small label={statusText(status)} />;
  return <Icon name={ICONS[status]} label={statusText(status)} class={`status ${status}`} />;
}

function statusText(status: OpenDocument['status']): string {
  switch (status) {
    case 'unclassified':
      return t('Not classified yet');
    case 'classifying':
      return t('Being classified');
    case 'classified':
      return t('Classified');
    case 'failed':
      return t('Could not be classified');
    case 'stale':
      return t('Changed since it was classified');
  }
}

function tooltip({ name, title, status, assigned }: OpenDocument): string {
  return [title ?? '', name, statusText(status), assigned.join(', ')].filter(Boolean).join('\n');
}

/** Arrow keys move between the entries. */
function onKeyDown(event: KeyboardEvent): void {
  const list = event.currentTarget;
  if (!(list instanceof HTMLElement) || hasModifier(event)) return;
  const items = [...list.querySelectorAll<HTMLElement>('.open-item')];
  const index = items.findIndex((item) => item === document.activeElement);
  const next = step(event.key, index, items.length);
  if (next === undefined) return;
  event.preventDefault();
  items[next]?.focus();
}
