/** A piece of UI state that outlives the page: `useState` whose value the host's saved record remembers. */
import { useCallback, useState } from 'preact/hooks';

interface SavedRecord<Saved extends object> {
  saved(): Partial<Saved>;
  save(patch: Partial<Saved>): void;
}

export function useSaved<Saved extends object, Key extends keyof Saved & string>(
  host: SavedRecord<Saved>,
  key: Key,
  initial: Saved[Key],
): readonly [Saved[Key], (value: Saved[Key]) => void] {
  const [value, setValue] = useState<Saved[Key]>(() => host.saved()[key] ?? initial);
  const set = useCallback(
    (next: Saved[Key]) => {
      const patch: Partial<Saved> = {};
      patch[key] = next;
      host.save(patch);
      setValue(() => next);
    },
    [host, key],
  );
  return [value, set];
}
