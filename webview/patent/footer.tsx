/** The classifier behind the predictions: how good it is and where it is weak. */
import { useState } from 'preact/hooks';
import type { ClassifierInfo } from '../../src/protocol/engine.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { day, decimal, integer, moment } from '../ui/format.ts';
import { Link } from '../ui/link.tsx';
import { plural, t } from '../ui/strings.ts';
import { useView } from './context.ts';
import './footer.css';

export function Footer() {
  const { state, send } = useView();
  const { classifier } = state;
  if (!classifier) return null;
  const trained = classifier.metrics !== undefined;
  return (
    <footer class="classifier">
      <div class="classifier-line">
        <h2 class="section-heading">{t('Classifier')}</h2>
        <Link onFollow={() => send({ kind: 'show-card' })}>{t('Classifier card')}</Link>
      </div>
      <p class="classifier-name" title={classifier.path}>
        {classifier.name}
      </p>
      <p class="muted">
        {trained ? <Training classifier={classifier} /> : t('Judges labels by their descriptions alone.')}
      </p>
      {classifier.metrics && (
        <p class="number" title={t('Estimated on documents left out of training; 95 % interval.')}>
          {t('micro-F1')} {decimal(classifier.metrics.microF1.value)}{' '}
          <span class="muted">
            {t(
              '({0} to {1})',
              decimal(classifier.metrics.microF1.low),
              decimal(classifier.metrics.microF1.high),
            )}
          </span>
        </p>
      )}
      {trained && <Weak classifier={classifier} />}
      <Notes notes={classifier.notes} />
    </footer>
  );
}

function Training({ classifier }: { readonly classifier: ClassifierInfo }) {
  return (
    <span title={moment(classifier.trainedAt)}>
      {plural(
        classifier.documents,
        'Trained {1} on {0} document, {2} labels',
        'Trained {1} on {0} documents, {2} labels',
        integer(classifier.documents),
        day(classifier.trainedAt),
        integer(classifier.labels),
      )}
    </span>
  );
}

/** Labels learnt from too few examples, the ones without any included. */
function Weak({ classifier }: { readonly classifier: ClassifierInfo }) {
  const [open, setOpen] = useState(false);
  const few = classifier.few.map(({ id, name, positives }) => ({ id, name, positives }));
  const seen = new Set(few.map(({ id }) => id));
  const none = classifier.zeroShot
    .filter(({ id }) => !seen.has(id))
    .map(({ id, name }) => ({ id, name, positives: 0 }));
  const weak = [...none, ...few].sort((a, b) => a.positives - b.positives || a.name.localeCompare(b.name));
  if (weak.length === 0) return null;
  return (
    <Disclosure
      look="inline"
      open={open}
      onToggle={setOpen}
      title={plural(
        weak.length,
        '{0} label with too few examples',
        '{0} labels with too few examples',
        integer(weak.length),
      )}
    >
      <ul class="weak">
        {weak.map(({ id, name, positives }) => (
          <li key={id}>
            <span>{name}</span>
            <span class="muted number">
              {positives === 0
                ? t('none')
                : plural(positives, '{0} example', '{0} examples', integer(positives))}
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  const [open, setOpen] = useState(false);
  if (notes.length === 0) return null;
  return (
    <Disclosure
      look="inline"
      open={open}
      onToggle={setOpen}
      title={plural(notes.length, '{0} thing to know', '{0} things to know', integer(notes.length))}
    >
      <ul class="notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Disclosure>
  );
}
