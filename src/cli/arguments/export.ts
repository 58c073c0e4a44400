/** Arguments of `export`: a classifier as plain files. */
import path from 'node:path';
import type { ExportLayout } from '../../protocol/classifier-export.ts';
import { parse, required, text, usageError, type Common } from './options.ts';

export const EXPORT_USAGE = `  patent-lab export --model DIR --out DIR [--layout plain|triton] [--name NAME] [--json]
      a classifier as one ONNX file, from token ids and words to probabilities, with tokenizer, vocabulary, labels and
      a card that says how to ask it; in a folder, or as a model of a Triton repository in --out`;

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
