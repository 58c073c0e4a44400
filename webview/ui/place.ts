/** A place in a file as a person reads it. */
import type { ErrorReport } from '../../src/protocol/engine.ts';
import { t } from '../ui/strings.ts';

type Place = NonNullable<ErrorReport['place']>;

/** The last part of a path of either kind of slash. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** `ep0001.xml, line 12, column 5`, leaving out what is not known. */
export function placeText({ file, line, column }: Place): string {
  return [
    ...(file === undefined ? [] : [fileName(file)]),
    ...(line === undefined ? [] : [t('line {0}', line)]),
    ...(column === undefined ? [] : [t('column {0}', column)]),
  ].join(', ');
}
