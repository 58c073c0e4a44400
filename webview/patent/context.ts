/** What every part of the Patent view may need: the state as it stands and the way to send an intent. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PatentViewIntent, PatentViewState } from '../../src/protocol/patent-view.ts';

export interface ViewContext {
  readonly state: PatentViewState;
  readonly send: (intent: PatentViewIntent) => void;
}

export const EMPTY: PatentViewState = {
  open: [],
  active: { kind: 'none' },
  leakage: undefined,
  fidelity: undefined,
  decisionsSinceTraining: 0,
  taxonomy: [],
};

const Context = createContext<ViewContext>({ state: EMPTY, send: () => undefined });

export const ViewProvider = Context.Provider;
export const useView = (): ViewContext => useContext(Context);
