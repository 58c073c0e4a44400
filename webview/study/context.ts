/** The way from any part of a study's report to the host. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { StudyViewIntent } from '../../src/protocol/study-view.ts';

type Send = (intent: StudyViewIntent) => void;

const Context = createContext<Send>(() => undefined);

export const StudySendProvider = Context.Provider;
export const useStudySend = (): Send => useContext(Context);
