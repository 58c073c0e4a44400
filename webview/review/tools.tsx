/** What narrows the list, and verdicts on all that is shown, which ask back before they are given. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ReviewRow, Standing } from '../../src/protocol/review-view.ts';
import { Button, TextButton } from '../ui/button.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';
import { FilterField } from '../ui/text-field.tsx';
import { useReview } from './context.ts';
import { choices, isNarrowed, NO_FILTER, type Choice, type Counts, type Filter } from './rows.ts';
import './tools.css';
import { standingName } from './wording.ts';

interface ToolsProps {
  readonly rows: readonly ReviewRow[];
  readonly shown: readonly ReviewRow[];
  readonly counts: Counts;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly list: { readonly current: HTMLElement | null };
}

const STANDINGS: readonly Standing[] = ['new', 'accepted', 'rejected', 'invalid'];

export function Tools({ rows, shown, counts, filter, onFilter, list }: ToolsProps) {
  const { labelName } = useReview();
  const change = (part: Partial<Filter>): void => onFilter({ ...filter, ...part });
  const offered = useMemo(
    () => ({
      labels: choices(rows, ({ labels }) => labels),
      models: choices(rows, ({ model }) => [model]),
      reasons: choices(rows, ({ reason }) => (reason ? [reason.code] : [])),
      reasonNames: new Map(rows.flatMap(({ reason }) => (reason ? [[reason.code, reason.name]] : []))),
    }),
    [rows],
  );
  return (
    <div class="review-tools">
      <FilterField
        label={t('Filter outputs')}
        placeholder={t('Filter by title, label or id')}
        value={filter.text}
        onChange={(text) => change({ text })}
        onLeave={() => list.current?.focus()}
      />
      <Dropdown
        label={t('State')}
        value={filter.standing}
        options={[
          { value: 'all', text: t('All states') },
          ...STANDINGS.map((value) => ({
            value,
            text: `${standingName(value)} (${integer(counts[value])})`,
          })),
        ]}
        onChange={(standing) => change({ standing })}
      />
      <ChoiceDropdown
        label={t('Label')}
        all={t('All labels')}
        value={filter.label}
        choices={offered.labels}
        name={labelName}
        onChange={(label) => change({ label })}
      />
      {offered.reasons.length > 0 && (
        <ChoiceDropdown
          label={t('Reason of refusal')}
          all={t('All reasons')}
          value={filter.reason}
          choices={offered.reasons}
          name={(code) => offered.reasonNames.get(code) ?? code}
          onChange={(reason) => change({ reason })}
        />
      )}
      {offered.models.length > 1 && (
        <ChoiceDropdown
          label={t('Model')}
          all={t('All models')}
          value={filter.model}
          choices={offered.models}
          name={(model) => model}
          onChange={(model) => change({ model })}
        />
      )}
      <span class="muted number" role="status">
        {isNarrowed(filter) ? t('{0} of {1}', integer(shown.length), integer(rows.length)) : ''}
      </span>
      {isNarrowed(filter) && <TextButton onPress={() => onFilter(NO_FILTER)}>{t('Show all')}</TextButton>}
      <Bulk shown={shown} />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly name: (value: string) => string;
  readonly onChange: (value: string) => void;
}

function ChoiceDropdown({ label, all, value, choices: offered, name, onChange }: ChoiceProps) {
  return (
    <Dropdown
      label={label}
      value={value}
      options={[
        { value: '', text: all },
        ...offered.map((choice) => ({
          value: choice.value,
          text: `${name(choice.value)} (${integer(choice.count)})`,
        })),
      ]}
      onChange={onChange}
    />
  );
}

type Verdict = 'accepted' | 'rejected';

/** A verdict on everything that is shown. */
function Bulk({ shown }: { readonly shown: readonly ReviewRow[] }) {
  const { send } = useReview();
  const [asking, setAsking] = useState<Verdict>();
  // What was asked about is not what is shown any more.
  useEffect(() => setAsking(undefined), [shown]);
  const keysFor = (verdict: Verdict): readonly string[] =>
    shown.filter(({ standing }) => standing !== 'invalid' && standing !== verdict).map(({ key }) => key);
  const keys = asking ? keysFor(asking) : [];
  if (asking) {
    return (
      <span class="review-bulk" role="group" aria-label={t('Confirm')}>
        <span class="number">
          {asking === 'accepted'
            ? plural(
                keys.length,
                'Accept {0} output that is shown?',
                'Accept {0} outputs that are shown?',
                integer(keys.length),
              )
            : plural(
                keys.length,
                'Reject {0} output that is shown?',
                'Reject {0} outputs that are shown?',
                integer(keys.length),
              )}
        </span>
        <Button
          small
          primary
          onPress={() => {
            setAsking(undefined);
            send({ kind: 'decide', keys, verdict: asking });
          }}
        >
          {asking === 'accepted' ? t('Accept') : t('Reject')}
        </Button>
        <Button small onPress={() => setAsking(undefined)}>
          {t('Cancel')}
        </Button>
      </span>
    );
  }
  return (
    <span class="review-bulk">
      <Button
        small
        icon="check"
        disabled={keysFor('accepted').length === 0}
        tooltip={t('Accept all outputs that are shown')}
        onPress={() => setAsking('accepted')}
      >
        {t('Accept shown')}
      </Button>
      <Button
        small
        icon="close"
        disabled={keysFor('rejected').length === 0}
        tooltip={t('Reject all outputs that are shown')}
        onPress={() => setAsking('rejected')}
      >
        {t('Reject shown')}
      </Button>
    </span>
  );
}
