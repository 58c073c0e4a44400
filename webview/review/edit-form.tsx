/** Changes the text of an output: title, abstract and claims. Ctrl+Enter saves, Escape leaves it as it was. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EditedText, ReviewDetail } from '../../src/protocol/review-view.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { TextArea } from '../ui/text-area.tsx';
import { useReview } from './context.ts';
import './edit-form.css';

interface EditFormProps {
  readonly detail: ReviewDetail;
  readonly onCancel: () => void;
}

export function EditForm({ detail, onCancel }: EditFormProps) {
  const { send } = useReview();
  const [text, setText] = useState(() => editable(detail));
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  const { title, abstract, claims } = text;
  const complete =
    title.trim() !== '' && (abstract.trim() !== '' || claims.some((claim) => claim.trim() !== ''));
  const save = (): void => {
    if (!complete) return;
    const kept = claims.map((claim) => claim.trim()).filter((claim) => claim !== '');
    send({
      kind: 'save',
      key: detail.key,
      text: { title: title.trim(), abstract: abstract.trim(), claims: kept },
    });
  };
  const setClaim = (at: number, claim: string): void =>
    setText({ ...text, claims: claims.map((one, index) => (index === at ? claim : one)) });

  return (
    <form
      ref={form}
      class="edit-form"
      aria-label={t('Change the text')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <TextArea label={t('Title')} value={title} onChange={(value) => setText({ ...text, title: value })} />
      <TextArea
        label={t('Abstract')}
        value={abstract}
        onChange={(value) => setText({ ...text, abstract: value })}
      />
      <fieldset class="edit-claims">
        <legend>{t('Claims')}</legend>
        {claims.map((claim, at) => (
          <div key={at} class="edit-claim">
            <span class="claim-number muted number" aria-hidden="true">
              {at + 1}.
            </span>
            <TextArea
              label={t('Claim {0}', integer(at + 1))}
              unlabelled
              value={claim}
              onChange={(value) => setClaim(at, value)}
            />
            <IconButton
              icon="close"
              label={t('Remove claim {0}', integer(at + 1))}
              onPress={() => setText({ ...text, claims: claims.filter((_, index) => index !== at) })}
            />
          </div>
        ))}
        <Button small icon="add" onPress={() => setText({ ...text, claims: [...claims, ''] })}>
          {t('Add claim')}
        </Button>
      </fieldset>
      <div class="edit-actions">
        <Button primary disabled={!complete} tooltip={t('Save (Ctrl+Enter)')} onPress={save}>
          {t('Save')}
        </Button>
        <Button tooltip={t('Leave it as it was (Escape)')} onPress={onCancel}>
          {t('Cancel')}
        </Button>
        {!complete && <span class="muted">{t('A title and an abstract or a claim are needed.')}</span>}
      </div>
    </form>
  );
}

function editable({ passages }: ReviewDetail): EditedText {
  const of = (section: string): readonly string[] =>
    passages.filter((passage) => passage.section === section).map(({ text }) => text);
  return { title: of('title').join('\n'), abstract: of('abstract').join('\n\n'), claims: of('claims') };
}
