/** The item a person looks at: the prediction of the patent, record or passage at the cursor of the patent in front. */
import type { PatentEditors, ActivePatent } from '../documents/patent-editors.ts';
import { shownAt, type ClassifiedItem, type Shown } from './file-session.ts';
import type { Sessions } from './sessions.ts';

export interface ActiveItem {
  readonly place: ActivePatent;
  readonly shown: Shown;
}

export function activeItem(editors: PatentEditors, sessions: Sessions): ActiveItem | undefined {
  const place = editors.active;
  return place && { place, shown: shownAt(sessions.get(place.uri), place.cursor, place.unit?.span) };
}

export function activeClassified(
  editors: PatentEditors,
  sessions: Sessions,
): { readonly place: ActivePatent; readonly item: ClassifiedItem } | undefined {
  const active = activeItem(editors, sessions);
  return active?.shown.kind === 'classified' ? { place: active.place, item: active.shown } : undefined;
}
