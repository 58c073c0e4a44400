/** The front page: what could not be read, who and when, the title, classifications, family and citations. */
import type { ComponentChildren } from 'preact';
import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type {
  Citation,
  Classification,
  DocumentNumber,
  Person,
  PreviewState,
  PreviewVersion,
  RelatedDocument,
} from '../../src/protocol/preview-view.ts';
import { Chip, Tag } from '../ui/badge.tsx';
import { TextButton } from '../ui/button.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { integer, percent } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import type { PreviewHost } from './app.tsx';
import { calendarDay } from './calendar-day.ts';
import './front-page.css';
import { PassageText } from './passage.tsx';

interface FrontPageProps {
  readonly state: Extract<PreviewState, { kind: 'patent' }>;
  readonly shown: PreviewVersion;
  readonly host: PreviewHost;
}

export function FrontPage({ state, shown, host }: FrontPageProps) {
  const { patent, name } = state;
  const { bibliography } = patent;
  return (
    <div class="front-page">
      <p class="patent-number">
        <span class="patent-id">{patent.id}</span>
        {patent.kind !== undefined && !patent.id.endsWith(patent.kind) && <Tag>{patent.kind}</Tag>}
        {bibliography.publicationDate !== undefined && (
          <span class="patent-date">{calendarDay(bibliography.publicationDate)}</span>
        )}
      </p>
      {shown.title ? (
        <h1 class="passage patent-title" data-key={shown.title.key} lang={shown.language} tabIndex={-1}>
          <PassageText passage={shown.title} onClaim={() => undefined} />
        </h1>
      ) : (
        <h1 class="patent-title untitled">{t('Untitled: {0}', name)}</h1>
      )}
      <Gaps state={state} host={host} />
      <Facts state={state} />
      <Classifications classifications={patent.classifications} />
      <Citations citations={bibliography.citations} host={host} />
    </div>
  );
}

/** Sentences shown before "Show more". */
const FIRST = 3;

function Gaps({ state, host }: Pick<FrontPageProps, 'state' | 'host'>) {
  const [all, setAll] = useState(false);
  const { patent, failures, revision } = state;
  const doubts = patent.certainty.filter(({ confidence }) => confidence < 1);
  const rows: ComponentChildren[] = [
    ...patent.gaps.map(({ message, placed }, gap) => (
      <Fragment key={`gap-${gap}`}>
        {message}{' '}
        {placed && (
          <TextButton onPress={() => host.send({ kind: 'show-gap', revision, gap })}>{t('Show')}</TextButton>
        )}
      </Fragment>
    )),
    ...doubts.map(({ section, confidence, reason }) => (
      <Fragment key={`doubt-${section}`}>
        {t('The {0} is {1} certain: {2}', sectionName(section), percent(confidence), reason)}
      </Fragment>
    )),
    ...failures.map(({ message }, at) => <Fragment key={`failure-${at}`}>{message}</Fragment>),
  ];
  if (rows.length === 0) return null;
  const shown = all ? rows : rows.slice(0, FIRST);
  return (
    <Notice tone={failures.length > 0 ? 'warning' : 'info'} icon="cut">
      <h2 class="gaps-title">{t('What could not be read for certain')}</h2>
      <ul class="gaps">
        {shown.map((row, at) => (
          <li key={at}>{row}</li>
        ))}
      </ul>
      {shown.length < rows.length && (
        <TextButton onPress={() => setAll(true)}>
          {t('Show {0} more', integer(rows.length - shown.length))}
        </TextButton>
      )}
    </Notice>
  );
}

function sectionName(section: string): string {
  switch (section) {
    case 'title':
      return t('title');
    case 'abstract':
      return t('abstract');
    case 'claims':
      return t('set of claims');
    default:
      return t('description');
  }
}

function Facts({ state }: Pick<FrontPageProps, 'state'>) {
  const { bibliography: about } = state.patent;
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    [t('Applicants'), people(about.applicants)],
    [t('Inventors'), people(about.inventors)],
    [t('Filed'), filed(about.filingDate, about.application)],
    [t('Priority'), numbers(about.priorities)],
    [t('Related'), related(about.related)],
    [t('Family'), numbers(about.family.members) ?? about.family.id],
  ];
  const stated = facts.filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (stated.length === 0) return null;
  return (
    <dl class="facts">
      {stated.map(([term, value]) => (
        <Fragment key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function people(persons: readonly Person[]): ComponentChildren {
  if (persons.length === 0) return undefined;
  return (
    <ul class="inline-list">
      {persons.map(({ name, country }, at) => (
        <li key={at}>
          {name}
          {country !== undefined && <span class="muted"> ({country})</span>}
        </li>
      ))}
    </ul>
  );
}

function filed(date: string | undefined, application: DocumentNumber | undefined): ComponentChildren {
  const when = date ?? application?.date;
  if (when === undefined && !application) return undefined;
  return (
    <>
      {when !== undefined && calendarDay(when)}
      {application && <span class="muted"> {application.id}</span>}
    </>
  );
}

function numbers(documents: readonly DocumentNumber[]): ComponentChildren {
  if (documents.length === 0) return undefined;
  return (
    <ul class="inline-list">
      {documents.map((document, at) => (
        <li key={at}>
          <Numbered document={document} />
        </li>
      ))}
    </ul>
  );
}

function related(documents: readonly RelatedDocument[]): ComponentChildren {
  if (documents.length === 0) return undefined;
  return (
    <ul class="inline-list">
      {documents.map(({ relation, document }, at) => (
        <li key={at}>
          <Numbered document={document} /> <span class="muted">{relationName(relation)}</span>
        </li>
      ))}
    </ul>
  );
}

function relationName(relation: RelatedDocument['relation']): string {
  switch (relation) {
    case 'continuation':
      return t('continuation');
    case 'continuation-in-part':
      return t('continuation in part');
    case 'division':
      return t('division');
    case 'reissue':
      return t('reissue');
    case 'provisional':
      return t('provisional');
    case 'other':
      return t('related');
  }
}

function Numbered({ document: { id, date } }: { readonly document: DocumentNumber }) {
  return (
    <>
      <span class="number">{id}</span>
      {date !== undefined && <span class="muted"> {calendarDay(date)}</span>}
    </>
  );
}

function Classifications({ classifications }: { readonly classifications: readonly Classification[] }) {
  const [all, setAll] = useState(false);
  if (classifications.length === 0) return null;
  const shown = all ? classifications : classifications.slice(0, 16);
  const schemes = [...new Set(shown.map(({ scheme }) => scheme))];
  return (
    <dl class="facts classifications">
      {schemes.map((scheme) => (
        <Fragment key={scheme}>
          <dt>{scheme}</dt>
          <dd class="chips">
            {[...new Set(shown.filter((one) => one.scheme === scheme).map(({ code }) => code))].map(
              (code) => (
                <Chip key={code} look="filled">
                  {code}
                </Chip>
              ),
            )}
          </dd>
        </Fragment>
      ))}
      {shown.length < classifications.length && (
        <dd class="more">
          <TextButton onPress={() => setAll(true)}>
            {t('Show {0} more', integer(classifications.length - shown.length))}
          </TextButton>
        </dd>
      )}
    </dl>
  );
}

function Citations({
  citations,
  host,
}: {
  readonly citations: readonly Citation[];
  readonly host: PreviewHost;
}) {
  const [open, setOpen] = useSaved(host, 'citations', false);
  if (citations.length === 0) return null;
  const title = (
    <>
      {t('Citations')} <span class="muted">{integer(citations.length)}</span>
    </>
  );
  return (
    <Disclosure look="inline" title={title} open={open} onToggle={setOpen}>
      <ol class="citations">
        {citations.map((citation, at) => (
          <li key={at}>
            {citation.kind === 'patent' ? <Numbered document={citation.document} /> : citation.text}
            {citation.category !== undefined && <span class="muted"> {citation.category}</span>}
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}
