/** What stays at the top: which patent this is, the way to its sections, its languages, and the file's other patents. */
import type { PreviewState, PreviewVersion } from '../../src/protocol/preview-view.ts';
import { IconButton, TextButton } from '../ui/button.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import type { PreviewHost } from './app.tsx';
import { scrollPast } from './page-places.ts';
import './toolbar.css';

interface ToolbarProps {
  readonly state: Extract<PreviewState, { kind: 'patent' }>;
  readonly shown: PreviewVersion;
  readonly version: number;
  readonly onVersion: (version: number) => void;
  readonly host: PreviewHost;
}

export function Toolbar({ state, shown, version, onVersion, host }: ToolbarProps) {
  const { patent, index, count } = state;
  const sections = [
    shown.abstract && { id: 'abstract', title: t('Abstract') },
    shown.claims.length > 0 && { id: 'claims', title: t('Claims') },
    shown.description.length > 0 && { id: 'description', title: t('Description') },
  ].filter((section) => typeof section === 'object');
  return (
    <header class="toolbar">
      <nav class="toolbar-sections" aria-label={t('Sections')}>
        <TextButton
          class="toolbar-id"
          onPress={() => window.scrollTo({ top: 0 })}
          tooltip={t('Go to the top')}
        >
          {patent.id}
        </TextButton>
        {sections.map(({ id, title }) => (
          <TextButton key={id} class="toolbar-section" onPress={() => goTo(id)}>
            {title}
          </TextButton>
        ))}
      </nav>
      {patent.versions.length > 1 && (
        <Dropdown
          label={t('Language')}
          value={String(version)}
          options={patent.versions.map(({ languageName }, at) => ({
            value: String(at),
            text: languageName || t('Version {0}', at + 1),
          }))}
          onChange={(value) => onVersion(Number(value))}
        />
      )}
      {count > 1 && (
        <nav class="toolbar-patents" aria-label={t('Patents of this file')}>
          <IconButton
            icon="chevron"
            class="previous"
            label={t('Previous patent')}
            onPress={() => host.send({ kind: 'go', index: Math.max(0, index - 1) })}
          />
          <span class="number">{t('{0} of {1}', integer(index + 1), integer(count))}</span>
          <IconButton
            icon="chevron"
            label={t('Next patent')}
            onPress={() => host.send({ kind: 'go', index: Math.min(count - 1, index + 1) })}
          />
        </nav>
      )}
    </header>
  );
}

function goTo(id: string): void {
  const heading = document.getElementById(id);
  if (heading) scrollPast(heading, 0);
}
