/** What the model was shown: the document it put into other words, and examples. One at a time beside the output. */
import { useEffect, useState } from 'preact/hooks';
import type { ReviewSource } from '../../src/protocol/review-view.ts';
import { IconButton } from '../ui/button.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { plural, t } from '../ui/strings.ts';
import { useReview } from './context.ts';
import { PatentText } from './patent-text.tsx';
import './sources.css';

interface SourcesProps {
  /** Key of the output they belong to. */
  readonly output: string;
  readonly sources: readonly ReviewSource[];
}

export function Sources({ output, sources }: SourcesProps) {
  const { send } = useReview();
  const [chosen, setChosen] = useState(0);
  useEffect(() => setChosen(0), [output]);
  const source = sources[chosen] ?? sources[0];
  if (!source) return null;
  const shared = source.sharedWords;
  return (
    <aside class="sources" aria-label={t('What the model was shown')}>
      <div class="sources-head">
        {sources.length > 1 ? (
          <Dropdown
            label={t('Document the model was shown')}
            value={String(sources.indexOf(source))}
            options={sources.map((one, at) => ({ value: String(at), text: `${roleName(one)} · ${one.id}` }))}
            onChange={(value) => setChosen(Number(value))}
          />
        ) : (
          <span class="sources-role">
            {roleName(source)} · {source.id}
          </span>
        )}
        {!source.missing && (
          <IconButton
            icon="link"
            label={t('Show it in its file')}
            onPress={() => send({ kind: 'open', key: output, source: source.id })}
          />
        )}
        <span class="muted number">
          {shared > 0
            ? plural(shared, 'longest shared run: {0} word', 'longest shared run: {0} words', integer(shared))
            : t('no passage in common')}
        </span>
      </div>
      {source.missing ? (
        <Notice tone="info">{t('This document is no longer in the corpus.')}</Notice>
      ) : (
        <PatentText passages={source.passages} />
      )}
    </aside>
  );
}

function roleName({ role }: ReviewSource): string {
  return role === 'seed' ? t('Seed') : t('Example');
}
