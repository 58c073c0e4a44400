/** Whether something is at a path. What cannot be looked at is not there for whoever wants to read it. */
import { stat } from 'node:fs/promises';

export const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
