/** Arguments of `inspect`: what is read from patent files. */
import { atLeastOne, parse, type Common } from './options.ts';

export const INSPECT_USAGE = `  patent-lab inspect FILE… [--json]
      what is read from patent files: text, claims and their dependencies, codes, with spans`;

export interface InspectCommand extends Common {
  readonly name: 'inspect';
  readonly files: readonly string[];
}

export function parseInspect(rest: readonly string[]): InspectCommand {
  const { values, positionals } = parse(rest, { json: { type: 'boolean' } }, true);
  return {
    name: 'inspect',
    json: values.json === true,
    files: atLeastOne(positionals, 'inspect needs a FILE'),
  };
}
