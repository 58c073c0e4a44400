/** Labels of the leakage state by id, for names and colours anywhere in the tab. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { LabelLeakage } from '../../src/protocol/leakage-view.ts';

type Lookup = (id: string) => LabelLeakage | undefined;

const Context = createContext<Lookup>(() => undefined);

export const FindingLabels = Context.Provider;
export const useFindingLabels = (): Lookup => useContext(Context);

export function lookup(labels: readonly LabelLeakage[]): Lookup {
  const byId = new Map(labels.map((label) => [label.id, label]));
  return (id) => byId.get(id);
}
