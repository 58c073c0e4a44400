/** How an output came about: model, strategy, attributes, tokens, time; the prompt and the raw answer when asked for. */
import { useEffect, useState } from 'preact/hooks';
import type { KeptText, ReviewDetail } from '../../src/protocol/review-view.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import type { ReviewHost } from './app.tsx';
import { useReview } from './context.ts';
import './facts.css';

interface FactsProps {
  readonly detail: ReviewDetail;
  readonly texts: Readonly<Partial<Record<KeptText, string>>>;
  readonly host: ReviewHost;
}

export function Facts({ detail, texts, host }: FactsProps) {
  const [open, setOpen] = useSaved(host, 'factsOpen', true);
  return (
    <div class="facts">
      <Disclosure look="inline" title={t('How it came about')} open={open} onToggle={setOpen}>
        <dl class="fact-list">
          {detail.facts.map(({ name, value }) => (
            <div key={name} class="fact">
              <dt class="muted">{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Disclosure>
      {detail.kept.map((which) => (
        <Kept key={which} output={detail.key} which={which} text={texts[which]} />
      ))}
    </div>
  );
}

interface KeptProps {
  readonly output: string;
  readonly which: KeptText;
  readonly text: string | undefined;
}

/** Fetched with the first look: prompts are long. */
function Kept({ output, which, text }: KeptProps) {
  const { send } = useReview();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (open && text === undefined) send({ kind: 'show-text', key: output, which });
  }, [open, text, output, which, send]);
  return (
    <Disclosure
      look="inline"
      title={which === 'prompt' ? t('Prompt') : t('Raw answer')}
      open={open}
      onToggle={setOpen}
    >
      <pre class="kept-text" tabIndex={0}>
        {text ?? t('Reading…')}
      </pre>
    </Disclosure>
  );
}
