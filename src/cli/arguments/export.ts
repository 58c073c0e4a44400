/** Arguments of `export`: a fine-tuned classifier as plain files. */
import { parse, required, type Common } from './options.ts';

export const EXPORT_USAGE = `  patent-lab export --model DIR --out DIR [--json]
      a fine-tuned classifier's encoder as one plain ONNX file with tokenizer, labels and card`;

export interface ExportCommand extends Common {
  readonly name: 'export';
  readonly model: string;
  readonly out: string;
}

export function parseExport(rest: readonly string[]): ExportCommand {
  const { values } = parse(rest, {
    json: { type: 'boolean' },
    model: { type: 'string' },
    out: { type: 'string' },
  });
  return {
    name: 'export',
    json: values.json === true,
    model: required(values.model, 'export needs --model DIR'),
    out: required(values.out, 'export needs --out DIR'),
  };
}
