/** Arguments of `export`: a fine-tuned classifier as plain files. */
import path from 'node:path';
import { parse, required, text, usageError, type Common } from './options.ts';

export const EXPORT_USAGE = `  patent-lab export --model DIR --out DIR [--layout plain|triton] [--name NAME] [--json]
      a fine-tuned classifier's encoder as one plain ONNX file with tokenizer, labels and card; or as a model of a
      Triton repository in --out, from token ids to probabilities`;

export type ExportLayout = { readonly kind: 'plain' } | { readonly kind: 'triton'; readonly name: string };

export interface ExportCommand extends Common {
  readonly name: 'export';
  readonly model: string;
  readonly out: string;
  readonly layout: ExportLayout;
}

export function parseExport(rest: readonly string[]): ExportCommand {
  const { values } = parse(rest, {
    json: { type: 'boolean' },
    model: { type: 'string' },
    out: { type: 'string' },
    layout: { type: 'string' },
    name: { type: 'string' },
  });
  const model = required(values['model'], 'export needs --model DIR');
  return {
    name: 'export',
    json: values['json'] === true,
    model,
    out: required(values['out'], 'export needs --out DIR'),
    layout: layoutOf(text(values['layout']) ?? 'plain', text(values['name']), model),
  };
}

function layoutOf(kind: string, name: string | undefined, model: string): ExportLayout {
  switch (kind) {
    case 'plain':
      if (name !== undefined) throw usageError('--name goes with --layout triton.');
      return { kind };
    case 'triton':
      return { kind, name: name ?? path.basename(path.resolve(model)) };
    default:
      throw usageError(`--layout is plain or triton, not "${kind}".`);
  }
}
