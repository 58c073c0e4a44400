/** The way from any part of the report to the host. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AuditViewIntent } from '../../src/protocol/audit-view.ts';

type Send = (intent: AuditViewIntent) => void;

const Context = createContext<Send>(() => undefined);

export const SendProvider = Context.Provider;
export const useSend = (): Send => useContext(Context);
