/** Finds what the report says of the document at a point of the map. */
import type { FidelityDocument, FidelityReport, MapPoint } from '../../src/protocol/fidelity-view.ts';

export type DocumentOf = (point: Pick<MapPoint, 'id' | 'file' | 'kind'>) => FidelityDocument | undefined;

export function documentsByPoint({ documents }: FidelityReport): DocumentOf {
  const known = new Map(documents.map((document) => [`${document.file}\n${document.id}`, document]));
  return ({ id, file, kind }) => (kind === 'synthetic' ? known.get(`${file}\n${id}`) : undefined);
}
