/** Arguments of `classify`: labels of patents. */
import { atLeastOne, count, parse, text, usageError, type Common } from './options.ts';

export const CLASSIFY_USAGE = `  patent-lab classify FILE|FOLDER|C.jsonl… (--model DIR | --workspace DIR) [--json] [--top N]`;

export interface ClassifyCommand extends Common {
  readonly name: 'classify';
  readonly targets: readonly string[];
  readonly model: { readonly kind: 'folder' | 'workspace'; readonly path: string };
  /** Labels printed per document beside the assigned ones. */
  readonly top: number;
}

export function parseClassify(rest: readonly string[]): ClassifyCommand {
  const { values, positionals } = parse(
    rest,
    {
      json: { type: 'boolean' },
      model: { type: 'string' },
      workspace: { type: 'string' },
      top: { type: 'string' },
    },
    true,
  );
  const model = text(values.model);
  const workspace = text(values.workspace);
  if ((model === undefined) === (workspace === undefined)) {
    throw usageError('classify needs either --model DIR or --workspace DIR.');
  }
  return {
    name: 'classify',
    json: values.json === true,
    targets: atLeastOne(positionals, 'classify needs a FILE or a FOLDER'),
    model:
      model === undefined ? { kind: 'workspace', path: workspace ?? '.' } : { kind: 'folder', path: model },
    top: count(values.top, '--top', 3),
  };
}
