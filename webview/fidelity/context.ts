/** What every part of the fidelity report may need: verdicts, how documents begin, names, and the way to the host. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { DocumentPlace, FidelityViewIntent, Verdicts } from '../../src/protocol/fidelity-view.ts';

export interface FidelityContext {
  send(intent: FidelityViewIntent): void;
  readonly verdicts: Verdicts;
  /** How a document begins; undefined as long as it is not known. */
  opening(place: DocumentPlace): string | undefined;
  /** Asks for openings that are not known yet. */
  read(places: readonly DocumentPlace[]): void;
  labelName(id: string): string;
}

const NOTHING: FidelityContext = {
  send: () => undefined,
  verdicts: {},
  opening: () => undefined,
  read: () => undefined,
  labelName: (id) => id,
};

const Context = createContext<FidelityContext>(NOTHING);

export const FidelityProvider = Context.Provider;
export const useFidelity = (): FidelityContext => useContext(Context);

export const placeKey = ({ file, span }: DocumentPlace): string => `${file}\n${span.start}`;
