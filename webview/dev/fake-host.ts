/**
 * Stands in for VS Code on the development page: theme variables, `acquireVsCodeApi`, and a host that answers intents
 * the way the extension would. `?view=patent&state=classified&theme=dark`. What was sent is kept in `window.intents`.
 */
import type { Decision } from '../../src/protocol/engine.ts';
import type { PatentViewIntent, PatentViewState } from '../../src/protocol/patent-view.ts';
import type { TableIntent, TableState } from '../../src/protocol/table-view.ts';
import { PATENT_STATES } from './fixtures/patent-states.ts';
import { TABLE_STATES, tableRows } from './fixtures/table-states.ts';
import { applyTheme, themeName } from './themes.ts';

const query = new URLSearchParams(location.search);
applyTheme(themeName(query.get('theme')));

const view = document.body.dataset['view'] === 'table' ? 'table' : 'patent';
const intents: unknown[] = [];
const receive = view === 'table' ? tableHost() : patentHost();
const SAVED = `dev-${view}`;

Object.assign(window, {
  intents,
  acquireVsCodeApi: () => ({
    postMessage(intent: PatentViewIntent & TableIntent) {
      intents.push(intent);
      receive(intent);
    },
    getState: (): unknown => JSON.parse(sessionStorage.getItem(SAVED) ?? 'null'),
    setState: (state: unknown) => sessionStorage.setItem(SAVED, JSON.stringify(state)),
  }),
});

function post(message: unknown): void {
  window.postMessage(message, '*');
}

function patentHost(): (intent: PatentViewIntent) => void {
  let state = PATENT_STATES[query.get('state') ?? ''] ?? PATENT_STATES['classified'];
  const set = (next: PatentViewState): void => {
    state = next;
    post({ kind: 'state', state });
  };
  return (intent) => {
    if (!state) return;
    switch (intent.kind) {
      case 'ready':
        return set(state);
      case 'highlight':
        return set({ ...state, highlighted: intent.label });
      case 'decide':
        return set(decide(state, [intent.label], intent.decision));
      case 'accept-assigned':
        return set(decide(state, undecidedAssigned(state), 'accepted'));
      case 'train':
        return set({ ...state, decisionsSinceTraining: 0 });
      case 'open-document': {
        const open = state.open.map((entry) => ({ ...entry, active: entry.uri === intent.uri }));
        return set({ ...state, open });
      }
      case 'classify': {
        const before = state;
        if (!('uri' in before.active)) return;
        const { uri, name } = before.active;
        set({ ...before, active: { kind: 'classifying', uri, name, message: 'Encoding window 3 of 6' } });
        setTimeout(() => {
          const active = PATENT_STATES['classified']?.active;
          if (active?.kind === 'classified') set({ ...before, active: { ...active, uri, name } });
        }, 1500);
        return;
      }
      default:
        return;
    }
  };
}

function undecidedAssigned(state: PatentViewState): readonly string[] {
  if (state.active.kind !== 'classified') return [];
  return state.active.prediction.labels
    .filter((label) => label.status === 'assigned' && label.decision === undefined)
    .map((label) => label.id);
}

function decide(
  state: PatentViewState,
  ids: readonly string[],
  decision: Decision | undefined,
): PatentViewState {
  const { active } = state;
  if (active.kind !== 'classified') return state;
  const labels = active.prediction.labels.map((label) =>
    ids.includes(label.id) ? { ...label, decision } : label,
  );
  const known = new Set(labels.map(({ id }) => id));
  const decided = [
    ...(active.decided ?? []).filter(({ id }) => !ids.includes(id)),
    ...state.taxonomy
      .filter(({ id }) => ids.includes(id) && !known.has(id))
      .flatMap(({ id, name }) => (decision ? [{ id, name, decision }] : [])),
  ];
  return {
    ...state,
    decisionsSinceTraining: state.decisionsSinceTraining + ids.length,
    active: { ...active, decided, prediction: { ...active.prediction, labels } },
  };
}

function tableHost(): (intent: TableIntent) => void {
  const fixture = TABLE_STATES[query.get('state') ?? ''] ?? TABLE_STATES['done'];
  if (!fixture) return () => undefined;
  const all = tableRows(3000);
  let state: TableState = fixture.state;
  let sent = 0;
  const send = (count: number): void => {
    post({ kind: 'rows', rows: all.slice(sent, sent + count) });
    sent += count;
  };
  return (intent) => {
    if (intent.kind === 'ready') {
      post({ kind: 'state', state });
      send(fixture.rows);
      if (query.has('live') && fixture.live) {
        const timer = setInterval(() => {
          if (!state.running || sent >= all.length) return clearInterval(timer);
          send(25);
          state = { ...state, done: sent, running: sent < all.length };
          post({ kind: 'state', state });
        }, 200);
      }
    } else if (intent.kind === 'cancel') {
      state = { ...state, running: false, cancelled: true };
      post({ kind: 'state', state });
    }
  };
}
