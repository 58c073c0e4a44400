/** What changes while a report is shown: verdicts, and the openings of documents that were asked for. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { DocumentPlace, FidelityViewState, Verdicts } from '../../src/protocol/fidelity-view.ts';
import type { FidelityHost } from './app.tsx';
import { placeKey, type FidelityContext } from './context.ts';

export function useFidelityContext(state: FidelityViewState, host: FidelityHost): FidelityContext {
  const [verdicts, setVerdicts] = useState<Verdicts>(state.verdicts);
  const [openings, setOpenings] = useState<ReadonlyMap<string, string>>(new Map());
  const asked = useRef(new Set<string>());
  const { report } = state;

  useEffect(() => setVerdicts(state.verdicts), [state.verdicts]);
  useEffect(() => {
    // Places are those of the report.
    asked.current.clear();
    setOpenings(new Map());
  }, [report]);
  useEffect(
    () =>
      host.listen((message) => {
        if (message.kind === 'verdicts') setVerdicts(message.verdicts);
        if (message.kind !== 'openings') return;
        setOpenings((known) => {
          const read = message.openings.map((one) => [placeKey(one), one.text ?? ''] as const);
          return new Map([...known, ...read]);
        });
      }),
    [host],
  );

  const read = useCallback(
    (places: readonly DocumentPlace[]) => {
      const wanted = places.filter((place) => !asked.current.has(placeKey(place)));
      if (wanted.length === 0) return;
      for (const place of wanted) asked.current.add(placeKey(place));
      host.send({ kind: 'read', documents: wanted.map(({ file, span }) => ({ file, span })) });
    },
    [host],
  );
  const names = useMemo(
    () => new Map(report?.cells.flatMap(({ kind, id, name }) => (kind === 'label' ? [[id, name]] : []))),
    [report],
  );
  const labelName = useCallback((id: string) => names.get(id) ?? id, [names]);
  const opening = useCallback((place: DocumentPlace) => openings.get(placeKey(place)), [openings]);
  return useMemo(
    () => ({ send: host.send, verdicts, opening, read, labelName }),
    [host, verdicts, opening, read, labelName],
  );
}
