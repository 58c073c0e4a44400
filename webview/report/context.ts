/** The way from any part of a report to the host. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ReportViewIntent } from '../../src/protocol/report-view.ts';

type Send = (intent: ReportViewIntent) => void;

const Context = createContext<Send>(() => undefined);

export const SendProvider = Context.Provider;
export const useSend = (): Send => useContext(Context);
