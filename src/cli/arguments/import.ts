/** Arguments of `import`: any files become a corpus. */
import type { CorpusFormat, ExistingCorpus } from '../../protocol/import.ts';
import { atLeastOne, parse, required, text, usageError, type Common } from './options.ts';

export const IMPORT_USAGE = `  patent-lab import FILE|FOLDER|ARCHIVE… --out CORPUS.jsonl|CORPUS.csv [--map M.json | --map "title=Title;id=Pub No"]
      [--overwrite | --append] [--restart] [--json]
      any files become one corpus; run it again to continue where it was interrupted, or --restart to start anew
  patent-lab import TABLE --propose
      what the columns of a table are taken for, as JSON to edit and pass to --map`;

export type ImportCommand = Common & { readonly name: 'import' } & (
    | { readonly kind: 'propose'; readonly file: string }
    | {
        readonly kind: 'import';
        readonly sources: readonly string[];
        readonly out: string;
        readonly format: CorpusFormat;
        /** A mapping, or a JSON file that holds one. */
        readonly map: string | undefined;
        readonly existing: ExistingCorpus;
        readonly restart: boolean;
      }
  );

export function parseImport(argv: readonly string[]): ImportCommand {
  const { values, positionals } = parse(
    argv,
    {
      json: { type: 'boolean' },
      out: { type: 'string' },
      map: { type: 'string' },
      propose: { type: 'boolean' },
      overwrite: { type: 'boolean' },
      append: { type: 'boolean' },
      restart: { type: 'boolean' },
    },
    true,
  );
  const sources = atLeastOne(positionals, 'import needs a FILE, a FOLDER or an ARCHIVE');
  const json = values.json === true;
  if (values.propose === true) {
    const [file = '', ...more] = sources;
    if (more.length > 0) throw usageError('--propose looks at one table at a time.');
    return { name: 'import', kind: 'propose', json, file };
  }
  if (values.overwrite === true && values.append === true) {
    throw usageError('--overwrite and --append exclude each other.');
  }
  const out = required(values.out, 'import needs --out CORPUS.jsonl (or .csv)');
  return {
    name: 'import',
    kind: 'import',
    json,
    sources,
    out,
    format: corpusFormat(out),
    map: text(values.map),
    existing: values.overwrite === true ? 'overwrite' : values.append === true ? 'append' : 'refuse',
    restart: values.restart === true,
  };
}

function corpusFormat(out: string): CorpusFormat {
  if (/\.jsonl$/i.test(out)) return 'jsonl';
  if (/\.csv$/i.test(out)) return 'csv';
  throw usageError(`A corpus is named .jsonl or .csv, not "${out}".`);
}
