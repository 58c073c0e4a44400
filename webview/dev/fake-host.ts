/**
 * Stands in for VS Code on the development page: theme variables, `acquireVsCodeApi`, and a host that answers intents
 * the way the extension would. `?view=patent&state=classified&theme=dark`. What was sent is kept in `window.intents`.
 */
import type { AdaptationViewIntent, AdaptationViewState } from '../../src/protocol/adaptation-view.ts';
import type { AuditViewIntent, AuditViewState } from '../../src/protocol/audit-view.ts';
import type { Decision } from '../../src/protocol/engine.ts';
import type { FidelityViewIntent, FidelityViewState, Verdicts } from '../../src/protocol/fidelity-view.ts';
import type { ImportColumn, ImportIntent, ImportState } from '../../src/protocol/import-view.ts';
import type { NumericsViewIntent, NumericsViewState } from '../../src/protocol/numerics-view.ts';
import type { PatentViewIntent, PatentViewState } from '../../src/protocol/patent-view.ts';
import type { PreviewIntent } from '../../src/protocol/preview-view.ts';
import type { ReviewRow, ReviewViewIntent, ReviewViewState } from '../../src/protocol/review-view.ts';
import type { StudyViewIntent, StudyViewState } from '../../src/protocol/study-view.ts';
import type { TableIntent, TableState } from '../../src/protocol/table-view.ts';
import type { TrainingViewIntent, TrainingViewState } from '../../src/protocol/training-view.ts';
import { ADAPTATION_STATES } from './fixtures/adaptation-states.ts';
import { AUDIT_STATES } from './fixtures/audit-states.ts';
import { FIDELITY_STATES, FIDELITY_TABS, openingOf } from './fixtures/fidelity-states.ts';
import { IMPORT_STATES } from './fixtures/import-states.ts';
import { LEAKAGE_STATES } from './fixtures/leakage-states.ts';
import { NUMERICS_STATES } from './fixtures/numerics-states.ts';
import { PATENT_STATES } from './fixtures/patent-states.ts';
import { PREVIEW_STATES } from './fixtures/preview-states.ts';
import { REVIEW_STATES, REVIEW_TEXTS, reviewDetail, reviewRows } from './fixtures/review-states.ts';
import { STUDY_STATES } from './fixtures/study-states.ts';
import { TABLE_STATES, tableRows } from './fixtures/table-states.ts';
import { TRAINING_STATES } from './fixtures/training-states.ts';
import { applyTheme, themeName } from './themes.ts';

const query = new URLSearchParams(location.search);
applyTheme(themeName(query.get('theme')));

const view = document.body.dataset['view'];
const intents: unknown[] = [];
const receive = hostOf(view);
const SAVED = `dev-${view ?? ''}`;

Object.assign(window, {
  intents,
  acquireVsCodeApi: () => ({
    postMessage(intent: unknown) {
      intents.push(intent);
      receive(intent as never);
    },
    getState: (): unknown => JSON.parse(sessionStorage.getItem(SAVED) ?? 'null'),
    setState: (state: unknown) => sessionStorage.setItem(SAVED, JSON.stringify(state)),
  }),
});

/** Takes the intents of one view; which view it is, the page says. */
type Receive = (intent: never) => void;

function post(message: unknown): void {
  window.postMessage(message, '*');
}

function hostOf(name: string | undefined): Receive {
  switch (name) {
    case 'table':
      return tableHost();
    case 'import':
      return importHost();
    case 'preview':
      return previewHost();
    case 'audit':
      return auditHost();
    case 'review':
      return reviewHost();
    case 'fidelity':
      return fidelityHost();
    case 'study':
      return studyHost();
    case 'numerics':
      return numericsHost();
    case 'training':
      return trainingHost();
    case 'adaptation':
      return adaptationHost();
    default:
      return patentHost();
  }
}

function auditHost(): (intent: AuditViewIntent) => void {
  let state = AUDIT_STATES[query.get('state') ?? ''] ?? AUDIT_STATES['done'];
  const set = (next: AuditViewState): void => {
    state = next;
    post({ kind: 'state', state });
  };
  return (intent) => {
    if (!state) return;
    if (intent.kind === 'ready') set(state);
    else if (intent.kind === 'run') set({ ...state, run: { kind: 'running', message: 'Reading documents' } });
    else if (intent.kind === 'cancel') set({ ...state, run: { kind: 'cancelled' } });
  };
}

function numericsHost(): (intent: NumericsViewIntent) => void {
  let state = NUMERICS_STATES[query.get('state') ?? ''] ?? NUMERICS_STATES['done'];
  const set = (next: NumericsViewState): void => {
    state = next;
    post({ kind: 'state', state });
  };
  return (intent) => {
    if (!state) return;
    if (intent.kind === 'ready') set(state);
    else if (intent.kind === 'run')
      set({ ...state, run: { kind: 'running', message: 'Encoding with both' } });
    else if (intent.kind === 'cancel') set({ ...state, run: { kind: 'cancelled' } });
  };
}

function reviewHost(): (intent: ReviewViewIntent) => void {
  const fixture = REVIEW_STATES[query.get('state') ?? ''] ?? REVIEW_STATES['done'];
  if (!fixture) return () => undefined;
  let state: ReviewViewState = fixture.state;
  const rows = new Map(reviewRows(fixture.rows).map((row) => [row.key, row]));
  const history: (readonly ReviewRow[])[] = [];
  const set = (next: Partial<ReviewViewState>): void => {
    state = { ...state, ...next };
    post({ kind: 'state', state });
  };
  const change = (changed: readonly ReviewRow[]): void => {
    for (const row of changed) rows.set(row.key, row);
    post({ kind: 'rows', rows: changed, all: false });
  };
  return (intent) => {
    switch (intent.kind) {
      case 'ready':
        post({ kind: 'rows', rows: [...rows.values()], all: true });
        return set({});
      case 'show': {
        const row = rows.get(intent.key);
        if (row) post({ kind: 'detail', detail: reviewDetail(row) });
        return;
      }
      case 'decide': {
        const before = intent.keys.flatMap((key) => rows.get(key) ?? []);
        history.push(before);
        change(before.map((row) => ({ ...row, standing: intent.verdict ?? 'new' })));
        return set({ undoable: history.length });
      }
      case 'undo': {
        const before = history.pop() ?? [];
        change(before);
        const [first] = before;
        if (first) post({ kind: 'select', key: first.key });
        return set({ undoable: history.length });
      }
      case 'save': {
        const row = rows.get(intent.key);
        if (!row) return;
        change([{ ...row, title: intent.text.title, edited: true }]);
        return post({ kind: 'saved', key: intent.key });
      }
      case 'show-text':
        return post({ ...intent, kind: 'text', text: REVIEW_TEXTS[intent.which] });
      case 'set-use':
        return set({ use: intent.use });
      case 'stop':
        return set({ run: { kind: 'stopped', missing: 72 } });
      default:
        return;
    }
  };
}

function fidelityHost(): (intent: FidelityViewIntent) => void {
  let state = FIDELITY_STATES[query.get('state') ?? ''] ?? FIDELITY_STATES['done'];
  const set = (next: FidelityViewState): void => {
    state = next;
    post({ kind: 'state', state });
  };
  return (intent) => {
    if (!state) return;
    switch (intent.kind) {
      case 'ready':
        return set(state);
      case 'run':
        return set({ ...state, run: { kind: 'running', message: 'Encoding documents' } });
      case 'cancel':
        return set({ ...state, run: { kind: 'cancelled' } });
      case 'read':
        return post({ kind: 'openings', openings: intent.documents.map(openingOf) });
      case 'verdict': {
        const changed = new Map(intent.verdicts.map(({ id, verdict }) => [id, verdict]));
        const kept = Object.entries(state.verdicts).filter(([id]) => !changed.has(id));
        const given = [...changed].filter((entry) => entry[1] !== null);
        const verdicts = Object.fromEntries([...kept, ...given]) as Verdicts;
        state = { ...state, verdicts };
        return post({ kind: 'verdicts', verdicts });
      }
      default:
        return;
    }
  };
}

function studyHost(): (intent: StudyViewIntent) => void {
  let state = STUDY_STATES[query.get('state') ?? ''] ?? STUDY_STATES['done'];
  const set = (next: StudyViewState): void => {
    state = next;
    post({ kind: 'state', state });
  };
  return (intent) => {
    if (!state) return;
    const { setup, comparison, ...rest } = state;
    if (intent.kind === 'ready') set(state);
    else if (intent.kind === 'prepare') set({ ...rest, ...pick(STUDY_STATES['setup'], 'setup') });
    else if (intent.kind === 'compare') set({ ...rest, ...pick(STUDY_STATES['compared'], 'comparison') });
    else if (intent.kind === 'back') set(rest);
    else if (intent.kind === 'run') set({ ...rest, run: STUDY_STATES['running']?.run ?? rest.run });
    else if (intent.kind === 'cancel')
      set({ ...rest, run: { kind: 'cancelled' }, ...(setup || comparison ? { setup } : {}) });
  };
}

function trainingHost(): (intent: TrainingViewIntent) => void {
  let state = TRAINING_STATES[query.get('state') ?? ''] ?? TRAINING_STATES['done'];
  const set = (next: TrainingViewState): void => {
    state = next;
    post({ kind: 'state', state });
  };
  return (intent) => {
    if (!state) return;
    const stopped = TRAINING_STATES['stopped'];
    if (intent.kind === 'ready') set(state);
    else if (intent.kind === 'run') {
      set({ ...state, run: { kind: 'running', message: 'Reading the model' } });
      // Curves come alone, beside the state.
      if (stopped?.curves) post({ kind: 'curves', curves: stopped.curves });
    } else if (intent.kind === 'cancel') set({ ...state, run: { kind: 'cancelled' } });
    else if (intent.kind === 'estimate') set({ ...state, ...pick(TRAINING_STATES['setup'], 'setup') });
  };
}

function adaptationHost(): (intent: AdaptationViewIntent) => void {
  let state = ADAPTATION_STATES[query.get('state') ?? ''] ?? ADAPTATION_STATES['done'];
  const set = (next: AdaptationViewState): void => {
    state = next;
    post({ kind: 'state', state });
  };
  return (intent) => {
    if (!state) return;
    const stopped = ADAPTATION_STATES['stopped'];
    if (intent.kind === 'ready') set(state);
    else if (intent.kind === 'choose') set({ ...state, ...pick(ADAPTATION_STATES['setup'], 'setup') });
    else if (intent.kind === 'run') {
      set({ ...state, run: { kind: 'running', message: 'Reading the model' } });
      // Curves come alone, beside the state.
      if (stopped?.curves) post({ kind: 'curves', curves: stopped.curves });
    } else if (intent.kind === 'cancel') set(stopped ?? state);
  };
}

function pick<State extends object, Key extends keyof State>(
  state: State | undefined,
  key: Key,
): Partial<Pick<State, Key>> {
  return state ? ({ [key]: state[key] } as Partial<Pick<State, Key>>) : {};
}

/** Echoes what is selected, as the source's cursor would. */
function previewHost(): (intent: PreviewIntent) => void {
  const state = PREVIEW_STATES[query.get('state') ?? ''] ?? PREVIEW_STATES['patent'];
  return (intent) => {
    if (intent.kind === 'ready') return post({ kind: 'state', state });
    if (intent.kind !== 'select') return;
    const { key, offset } = intent.from;
    const end = intent.to.key === key ? intent.to.offset : offset;
    post({ kind: 'cursor', revision: intent.revision, key, start: offset, end, reveal: false });
  };
}

function importHost(): (intent: ImportIntent) => void {
  let state = IMPORT_STATES[query.get('state') ?? ''] ?? IMPORT_STATES['ready'];
  const set = (next: ImportState): void => {
    state = next;
    post({ kind: 'state', state });
  };
  return (intent) => {
    if (!state) return;
    switch (intent.kind) {
      case 'ready':
        return set(state);
      case 'set-field': {
        const columns = state.columns.map((column): ImportColumn => {
          if (column.name !== intent.column) return column;
          const { name, samples } = column;
          return intent.field ? { name, samples, field: intent.field, basis: 'chosen' } : { name, samples };
        });
        return set({ ...state, columns });
      }
      case 'set-out':
        return set({ ...state, out: intent.out });
      case 'set-remember':
        return set({ ...state, remember: intent.remember });
      case 'import':
        return set({ ...state, run: IMPORT_STATES['running']?.run ?? state.run });
      case 'cancel':
        return set({ ...state, run: { kind: 'cancelled' } });
      default:
        return;
    }
  };
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
      case 'leakage-compare': {
        const before = state;
        if (before.leakage?.kind !== 'checked') return;
        set({ ...before, leakage: { ...before.leakage, masked: { kind: 'running' } } });
        setTimeout(() => set({ ...before, leakage: LEAKAGE_STATES['compared'] }), 1500);
        return;
      }
      case 'train':
        return set({ ...state, decisionsSinceTraining: 0 });
      case 'fidelity-score':
        return set({ ...state, fidelity: FIDELITY_TABS['scored'] });
      case 'fidelity-verdict':
        if (state.fidelity?.kind !== 'synthetic') return;
        return set({ ...state, fidelity: { ...state.fidelity, verdict: intent.verdict ?? undefined } });
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
