/**
 * Every synthetic document beside the real one nearest to it, the worst first, with what both share; a document that
 * should not be trained on is dropped here.
 */
import { useMemo, useState } from 'preact/hooks';
import type { FidelityDocument, Judged } from '../../src/protocol/fidelity-view.ts';
import { Section } from '../report/section.tsx';
import { Announcer } from '../ui/announcer.tsx';
import { Button, TextButton } from '../ui/button.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer } from '../ui/format.ts';
import { useSaved } from '../ui/saved.ts';
import { plural, t } from '../ui/strings.ts';
import { FilterField } from '../ui/text-field.tsx';
import type { FidelityHost } from './app.tsx';
import { useFidelity } from './context.ts';
import { offenceCounts, selectDocuments } from './document-rows.ts';
import './document-list.css';
import { DocumentRow } from './document-row.tsx';
import { offenceName } from './wording.ts';

/** How many documents stand there before "Show all". */
const FIRST = 12;

interface DocumentListProps {
  readonly documents: readonly FidelityDocument[];
  readonly host: FidelityHost;
}

export function DocumentsSection({ documents, host }: DocumentListProps) {
  const { send, verdicts, labelName } = useFidelity();
  const counts = useMemo(() => offenceCounts(documents), [documents]);
  const offenders = documents.filter(({ offences }) => offences.length > 0).length;
  const [wanted, setSelection] = useSaved(host, 'offence', 'offenders');
  const known =
    wanted === 'all' || wanted === 'offenders' || counts.some(({ offence }) => offence === wanted);
  const selection = known && offenders > 0 ? wanted : 'all';
  const [filter, setFilter] = useSaved(host, 'filter', '');
  const [all, setAll] = useState(false);
  /** What takes the last drops back, the last one first. */
  const [undo, setUndo] = useState<readonly (readonly Judged[])[]>([]);
  const found = useMemo(
    () => selectDocuments(documents, selection, filter, labelName),
    [documents, selection, filter, labelName],
  );
  const shown = all ? found : found.slice(0, FIRST);
  const left = found.filter(({ id, offences }) => offences.length > 0 && verdicts[id] !== 'rejected');

  const drop = (ids: readonly string[]): void => {
    setUndo([ids.map((id) => ({ id, verdict: verdicts[id] ?? null })), ...undo]);
    send({ kind: 'verdict', verdicts: ids.map((id) => ({ id, verdict: 'rejected' })) });
  };
  const takeBack = (): void => {
    const [last, ...rest] = undo;
    if (!last) return;
    setUndo(rest);
    send({ kind: 'verdict', verdicts: last });
  };
  const dropped = undo[0]?.length;
  return (
    <Section
      title={t('Every synthetic document and its nearest real one')}
      lead={
        offenders === 0
          ? t(
              'None stands out: none copies a long run of words, repeats another, or lies far from all real ones.',
            )
          : plural(
              offenders,
              '{0} of {1} documents stands out, the worst first. A document that is dropped counts as rejected: nothing is trained on it, and its text stays in its file.',
              '{0} of {1} documents stand out, the worst first. A document that is dropped counts as rejected: nothing is trained on it, and its text stays in its file.',
              integer(offenders),
              integer(documents.length),
            )
      }
    >
      <div class="list-tools">
        <FilterField
          label={t('Filter synthetic documents')}
          placeholder={t('Filter synthetic documents')}
          value={filter}
          onChange={setFilter}
        />
        {offenders > 0 && (
          <Dropdown
            label={t('Which documents')}
            value={selection}
            options={[
              { value: 'offenders', text: t('That stand out ({0})', integer(offenders)) },
              ...counts.map(({ offence, count }) => ({
                value: offence,
                text: t('{0} ({1})', offenceName(offence), integer(count)),
              })),
              { value: 'all', text: t('All ({0})', integer(documents.length)) },
            ]}
            onChange={setSelection}
          />
        )}
        {left.length > 1 && (
          <Button small onPress={() => drop(left.map(({ id }) => id))}>
            {t('Drop these {0}', integer(left.length))}
          </Button>
        )}
      </div>
      {found.length === 0 && <p class="muted">{t('None matches “{0}”.', filter.trim())}</p>}
      <ul class="document-list">
        {shown.map((document) => (
          <DocumentRow
            key={`${document.file}\n${document.id}`}
            document={document}
            dropped={verdicts[document.id] === 'rejected'}
            onDrop={() => drop([document.id])}
            onKeep={() => send({ kind: 'verdict', verdicts: [{ id: document.id, verdict: null }] })}
          />
        ))}
      </ul>
      {found.length > FIRST && (
        <TextButton class="figure-all" onPress={() => setAll(!all)}>
          {all ? t('Show fewer') : t('Show all {0}', integer(found.length))}
        </TextButton>
      )}
      {dropped !== undefined && (
        <div class="drop-bar">
          <span>
            {plural(dropped, '{0} document was dropped.', '{0} documents were dropped.', integer(dropped))}
          </span>
          <Button small onPress={takeBack}>
            {t('Undo')}
          </Button>
        </div>
      )}
      <Announcer
        message={
          dropped === undefined
            ? ''
            : plural(dropped, '{0} document was dropped.', '{0} documents were dropped.', integer(dropped))
        }
      />
    </Section>
  );
}
