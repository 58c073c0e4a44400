/** Documents that give each other away: across the split, from seed to synthetic one, and by what the prompt said. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type {
  AuditedDocument,
  AuditReport,
  ContaminationPair,
  CopiedPassage,
  Listed,
} from '../../src/protocol/audit-view.ts';
import { Tag } from '../ui/badge.tsx';
import { TextButton } from '../ui/button.tsx';
import { decimal, integer, percent } from '../ui/format.ts';
import { AmountBar } from '../ui/meter.tsx';
import { matcher } from '../ui/search.ts';
import { plural, t } from '../ui/strings.ts';
import { useSend } from '../report/context.ts';
import './pairs.css';
import { Section } from '../report/section.tsx';
import { sourceText, whyText, wordsText } from './wording.ts';

interface PairsProps {
  readonly report: AuditReport;
  readonly filter: string;
}

export function ContaminationSection({ report: { contamination }, filter }: PairsProps) {
  const { testDocuments, otherDocuments, contaminated, leftOut, pairs } = contamination;
  const lead =
    testDocuments === 0
      ? t('There is no test split, so no document stands on both sides.')
      : contaminated === 0
        ? t(
            'None of the {0} documents of the test side has a family member, an equal text or a near-duplicate among the {1} others.',
            integer(testDocuments),
            integer(otherDocuments),
          )
        : plural(
            contaminated,
            '{0} of {1} documents of the test side has a family member, an equal text or a near-duplicate among the {2} others, so it is no fair test.',
            '{0} of {1} documents of the test side have a family member, an equal text or a near-duplicate among the {2} others, so they are no fair test.',
            integer(contaminated),
            integer(testDocuments),
            integer(otherDocuments),
          );
  return (
    <Section title={t('Do documents stand on both sides of the split?')} lead={lead}>
      {leftOut > 0 && (
        <p class="muted">
          {t('{0} pairs of look-alikes were too many to compare one by one.', integer(leftOut))}
        </p>
      )}
      <PairTable
        caption={t('Pairs of documents on both sides of the split')}
        columns={[t('Test document'), t('Other document'), t('What they share')]}
        list={pairs}
        filter={filter}
        words={({ test, other, passage }) => [test.id, test.file, other.id, other.file, passage]}
        cells={(pair) => [
          <DocumentLink key="test" document={pair.test} />,
          <DocumentLink key="other" document={pair.other}>
            {pair.otherIs === 'synthetic' && <Tag>{t('synthetic')}</Tag>}
          </DocumentLink>,
          <Shared key="shared" facts={contaminationFacts(pair)} passage={pair.passage} />,
        ]}
      />
    </Section>
  );
}

function contaminationFacts({ why, jaccard, words }: ContaminationPair): readonly string[] {
  return [
    whyText(why),
    ...(jaccard === undefined ? [] : [t('Jaccard {0}', decimal(jaccard))]),
    ...(words > 0 ? [wordsText(words)] : []),
  ];
}

export function CopyingSection({ report: { copying }, filter }: PairsProps) {
  if (copying.syntheticDocuments === 0) return null;
  return (
    <Section
      title={t('Did synthetic documents copy?')}
      lead={
        copying.copying === 0
          ? t(
              'None of the {0} synthetic documents shares a run of 30 words or more with another document.',
              integer(copying.syntheticDocuments),
            )
          : t(
              '{0} of {1} synthetic documents share a run of 30 words or more with another document.',
              integer(copying.copying),
              integer(copying.syntheticDocuments),
            )
      }
    >
      <PairTable
        caption={t('Passages that synthetic documents took over')}
        columns={[t('Synthetic document'), t('Source'), t('What was copied')]}
        list={copying.passages}
        filter={filter}
        words={({ document, source }) => [
          document.id,
          document.file,
          source.id,
          source.file,
          source.passage ?? '',
        ]}
        cells={(copy: CopiedPassage) => [
          <DocumentLink key="document" document={copy.document} />,
          <DocumentLink key="source" document={copy.source}>
            <Tag>{sourceText(copy.sourceIs)}</Tag>
          </DocumentLink>,
          <Shared key="shared" facts={[wordsText(copy.words)]} passage={copy.source.passage ?? ''} />,
        ]}
      />
    </Section>
  );
}

export function InstructionsSection({ report: { instructions }, filter }: PairsProps) {
  const { syntheticDocuments, withPrompt, leaking, findings, named, unnamed } = instructions;
  if (syntheticDocuments === 0) return null;
  return (
    <Section
      title={t('Did prompts name the label?')}
      lead={
        withPrompt === 0
          ? t('The prompt of none of the {0} synthetic documents is known.', integer(syntheticDocuments))
          : t(
              'The prompts of {0} of {1} synthetic documents are known; {2} of them named a label that the document has.',
              integer(withPrompt),
              integer(syntheticDocuments),
              integer(leaking),
            )
      }
    >
      {withPrompt > 0 && (
        <dl class="prompts">
          <Containing name={t('Prompt named the label')} {...named} />
          <Containing name={t('Prompt did not name it')} {...unnamed} />
        </dl>
      )}
      <PairTable
        caption={t('Synthetic documents whose prompt named their label')}
        columns={[t('Synthetic document'), t('What the prompt said'), t('Why it leaks')]}
        list={findings}
        filter={filter}
        words={({ document, finding }) => [document.id, document.file, finding.text, finding.reason]}
        cells={({ document, finding }) => [
          <DocumentLink key="document" document={document} />,
          <span key="text">{finding.text}</span>,
          <span key="reason" class="muted">
            {finding.reason}
          </span>,
        ]}
      />
    </Section>
  );
}

interface ContainingProps {
  readonly name: string;
  readonly pairs: number;
  readonly containing: number;
}

function Containing({ name, pairs, containing }: ContainingProps) {
  return (
    <div class="prompt-line">
      <dt>{name}</dt>
      <dd>
        {pairs === 0 ? (
          <span class="muted">{t('no such document')}</span>
        ) : (
          <>
            <AmountBar value={containing / pairs} />
            <span class="number">
              {t('{0} of texts contain the label’s name or an alias', percent(containing / pairs))}{' '}
              <span class="muted">{t('({0} of {1})', integer(containing), integer(pairs))}</span>
            </span>
          </>
        )}
      </dd>
    </div>
  );
}

/** How many pairs stand there before "Show all". */
const FIRST = 8;

interface PairTableProps<Entry> {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly list: Listed<Entry>;
  readonly filter: string;
  /** What the filter looks into. */
  readonly words: (entry: Entry) => readonly string[];
  readonly cells: (entry: Entry) => readonly ComponentChildren[];
}

function PairTable<Entry>({ caption, columns, list, filter, words, cells }: PairTableProps<Entry>) {
  const [all, setAll] = useState(false);
  if (list.total === 0) return null;
  const accepts = matcher(filter);
  const found = list.shown.filter((entry) => accepts(...words(entry)));
  const shown = all ? found : found.slice(0, FIRST);
  return (
    <>
      {found.length === 0 ? (
        <p class="muted">{t('None matches “{0}”.', filter.trim())}</p>
      ) : (
        <table class="pair-table">
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((entry, index) => (
              <tr key={index}>
                {cells(entry).map((cell, at) => (
                  <td key={at}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {found.length > FIRST && (
        <TextButton class="figure-all" onPress={() => setAll(!all)}>
          {all ? t('Show fewer') : t('Show all {0}', integer(found.length))}
        </TextButton>
      )}
      {list.total > list.shown.length && (
        <p class="muted">
          {t('The first {0} of {1} are listed.', integer(list.shown.length), integer(list.total))}
        </p>
      )}
    </>
  );
}

interface DocumentLinkProps {
  readonly document: AuditedDocument;
  readonly children?: ComponentChildren;
}

function DocumentLink({ document, children }: DocumentLinkProps) {
  const send = useSend();
  const { id, file, span } = document;
  return (
    <span class="document-link">
      <span>
        <TextButton tooltip={t('Show in {0}', file)} onPress={() => send({ kind: 'open', path: file, span })}>
          {id}
        </TextButton>{' '}
        {children}
      </span>
      <span class="document-file muted">{file.split(/[\\/]/).at(-1)}</span>
    </span>
  );
}

function Shared({ facts, passage }: { readonly facts: readonly string[]; readonly passage: string }) {
  return (
    <span class="shared">
      <span class="number">{facts.join(' · ')}</span>
      {passage !== '' && (
        <q class="shared-passage muted" title={passage}>
          {passage}
        </q>
      )}
    </span>
  );
}
