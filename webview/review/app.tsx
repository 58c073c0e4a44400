/** The review: a list of outputs, the one in front beside what it was made from, and the verdicts by keyboard. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type {
  ReviewRow,
  ReviewViewIntent,
  ReviewViewMessage,
  ReviewViewState,
} from '../../src/protocol/review-view.ts';
import { Announcer } from '../ui/announcer.tsx';
import type { Host } from '../ui/host.ts';
import { Notice } from '../ui/notice.tsx';
import { useSaved } from '../ui/saved.ts';
import { plural, t } from '../ui/strings.ts';
import { integer } from '../ui/format.ts';
import { TextButton } from '../ui/button.tsx';
import './app.css';
import { ReviewProvider, type ReviewContext } from './context.ts';
import { Empty } from './empty.tsx';
import { Header } from './header.tsx';
import { useReviewKeys } from './keys.ts';
import { OutputList } from './list.tsx';
import type { Model } from './model.ts';
import { Output } from './output.tsx';
import { countRows, keyAfter, NO_FILTER, selectRows } from './rows.ts';
import { RunBar } from './run-bar.tsx';
import type { SavedState } from './saved-state.ts';
import { Targets } from './targets.tsx';
import { Tools } from './tools.tsx';
import { standingName } from './wording.ts';

export type ReviewHost = Host<ReviewViewMessage, ReviewViewIntent, SavedState>;

interface AppProps {
  readonly state: ReviewViewState;
  readonly model: Model;
  readonly host: ReviewHost;
}

export function App({ state, model, host }: AppProps) {
  const { rows } = model;
  const [filter, setFilter] = useSaved(host, 'filter', NO_FILTER);
  const [current, setCurrent] = useSaved(host, 'current', undefined);
  const [editing, setEditing] = useState(false);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLDivElement>(null);

  const context = useMemo((): ReviewContext => {
    const names = new Map(state.labels.map(({ id, name }) => [id, name]));
    return { send: host.send, labelName: (id) => names.get(id) ?? id };
  }, [state.labels, host]);
  const shown = useMemo(() => selectRows(rows, filter, context.labelName), [rows, filter, context]);
  const counts = useMemo(() => countRows(rows), [rows]);
  // One that was filtered away while it was in front stays there until the keyboard leaves it.
  const active = shown.find(({ key }) => key === current) ?? shown[0];
  const activeKey = active?.key;

  const select = useCallback(
    (key: string) => {
      setCurrent(key);
      setEditing(false);
    },
    [setCurrent],
  );

  useEffect(() => {
    if (activeKey !== undefined) host.send({ kind: 'show', key: activeKey });
  }, [activeKey, host]);
  useEffect(() => {
    if (model.wanted) select(model.wanted.key);
  }, [model.wanted, select]);
  useEffect(() => {
    if (!model.saved) return;
    setEditing(false);
    setSaid(t('Saved.'));
    list.current?.focus();
  }, [model.saved]);
  // The list is what the keys belong to, as soon as there is one.
  const isEmpty = rows.length === 0;
  useEffect(() => list.current?.focus(), [isEmpty]);

  const decide = (row: ReviewRow | undefined, verdict: 'accepted' | 'rejected'): void => {
    if (!row) return;
    const next = keyAfter(shown, row.key);
    if (next !== undefined) select(next);
    // What the checks refused takes no verdict, and is gone past.
    if (row.standing === 'invalid') return;
    setSaid(`${standingName(verdict)}: ${row.title}`);
    if (row.standing !== verdict) host.send({ kind: 'decide', keys: [row.key], verdict });
  };
  const undo = (): void => {
    if (state.undoable === 0) return;
    setSaid(t('Taken back.'));
    host.send({ kind: 'undo' });
  };
  const edit = (): void => {
    if (model.detail?.key === activeKey && model.detail?.editable) setEditing(true);
  };

  useReviewKeys({
    rows: shown,
    active: activeKey,
    list,
    onMove: select,
    onAccept: () => decide(active, 'accepted'),
    onReject: () => decide(active, 'rejected'),
    onUndo: undo,
    onEdit: edit,
  });

  return (
    <ReviewProvider value={context}>
      <div class="review-page">
        <Header state={state} counts={counts} />
        <RunBar run={state.run} />
        {state.error && (
          <Notice tone="error">
            <p>{state.error.message}</p>
            <p class="muted">{state.error.remedy}</p>
          </Notice>
        )}
        {state.problems > 0 && (
          <Notice tone="warning">
            {plural(
              state.problems,
              '{0} record could not be taken over.',
              '{0} records could not be taken over.',
              integer(state.problems),
            )}{' '}
            <TextButton onPress={() => host.send({ kind: 'show-problems' })}>{t('Show problems')}</TextButton>
          </Notice>
        )}
        {isEmpty ? (
          <Empty state={state} />
        ) : (
          <>
            <Targets state={state} rows={rows} host={host} />
            <Tools
              rows={rows}
              shown={shown}
              counts={counts}
              filter={filter}
              onFilter={setFilter}
              list={list}
            />
            <div class="review-split">
              <OutputList area={list} rows={shown} active={activeKey} onSelect={select} host={host} />
              <Output
                row={active}
                model={model}
                editing={editing}
                undoable={state.undoable}
                host={host}
                onAccept={() => decide(active, 'accepted')}
                onReject={() => decide(active, 'rejected')}
                onUndo={undo}
                onEdit={edit}
                onLeaveEdit={() => {
                  setEditing(false);
                  list.current?.focus();
                }}
              />
            </div>
          </>
        )}
        <Announcer message={said} />
      </div>
    </ReviewProvider>
  );
}
