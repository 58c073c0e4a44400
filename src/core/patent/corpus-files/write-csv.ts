/**
 * Writes corpus records as a table that a person can work with and that reads back as the same records. A field stands
 * in a plain cell wherever reading that cell gives the field again, which is tried for every row; else it stands as
 * JSON in a column of its own (`claims (JSON)`).
 */
import { FILE_START } from '../../text/position.ts';
import { csv } from '../formats/csv.ts';
import { RECORD_FIELDS } from '../formats/jsonl.ts';
import { DEFAULT_LIMITS, type DocumentReader } from '../reader.ts';
import { recognisedFields } from '../tables/propose.ts';
import { JSON_FIELDS, JSON_SUFFIX } from '../tables/table.ts';
import { csvLine } from './csv-line.ts';
import { isObject } from './json-node.ts';
import { plainCell } from './plain-cells.ts';
import { TABLE_FIELDS } from '../tables/mapping.ts';
import { type CorpusRecord, patentToRecord } from './write-jsonl.ts';

/** Columns that every table has; the first and the last show that it is one of ours. */
const ALWAYS: ReadonlySet<string> = new Set(['id', 'title', 'provenance']);

/** Every record is shown to {@link see} first; then the header and the rows can be written. */
export class CsvTable {
  readonly #plain = new Set<string>();
  readonly #json = new Map<string, 'null' | 'value'>();
  /** The person's own fields: in how many records, and whether always as texts. */
  readonly #extra = new Map<string, { count: number; texts: boolean }>();
  #records = 0;
  #columns: Columns | undefined;

  /** Takes the fields of a record into the columns. */
  see(record: CorpusRecord): void {
    this.#records++;
    this.#columns = undefined;
    const { plain, json } = divide(record);
    for (const name of plain.keys()) this.#plain.add(name);
    for (const [name, value] of json) {
      if (value !== null || !this.#json.has(name)) this.#json.set(name, value === null ? 'null' : 'value');
    }
    for (const [name, value] of ownFields(record)) {
      const known = this.#extra.get(name) ?? { count: 0, texts: true };
      const texts = known.texts && typeof value === 'string' && !value.includes('\0');
      this.#extra.set(name, { count: known.count + 1, texts });
    }
  }

  /** The header row, with its line break. */
  header(): string {
    return csvLine(this.#names().flatMap(({ header }) => header));
  }

  /** A row, with its line break. Throws RangeError for a record that {@link see} has not seen. */
  row(record: CorpusRecord): string {
    const { plain, json } = divide(record);
    const own = new Map(ownFields(record));
    const rest = [...own].filter(([name]) => this.#placeOf(name) === 'together');
    const cells = this.#names().map(({ name, kind }) => {
      switch (kind) {
        case 'plain':
          return plain.get(name) ?? '';
        case 'json':
          return json.has(name) ? JSON.stringify(json.get(name)) : '';
        case 'own':
          return textOf(own.get(name));
        case 'own-json':
          return own.has(name) ? JSON.stringify(own.get(name)) : '';
        case 'together':
          return rest.length === 0 ? '' : JSON.stringify(Object.fromEntries(rest));
      }
    });
    return csvLine(cells);
  }

  #names(): Columns {
    return (this.#columns ??= this.#collect());
  }

  #collect(): Columns {
    const plain = TABLE_FIELDS.filter((name) => ALWAYS.has(name) || this.#plain.has(name));
    // A field that is absent needs saying only where its column would say something else.
    const json = [...this.#json].filter(
      ([name, holds]) => holds === 'value' || plain.some((one) => columnsOf(name).includes(one)),
    );
    const own = [...this.#extra.keys()];
    return [
      ...plain.map((name) => ({ name, kind: 'plain', header: name }) as const),
      ...json.map(([name]) => ({ name, kind: 'json', header: name + JSON_SUFFIX }) as const),
      ...own.flatMap((name) => {
        const kind = this.#placeOf(name);
        if (kind === 'together') return [];
        return [{ name, kind, header: kind === 'own' ? name : name + JSON_SUFFIX }];
      }),
      ...(own.some((name) => this.#placeOf(name) === 'together')
        ? [{ name: 'extra', kind: 'together', header: `extra${JSON_SUFFIX}` } as const]
        : []),
    ];
  }

  /** A column with the texts as they are, a column of JSON, or the one for names that mean something else here. */
  #placeOf(name: string): 'own' | 'own-json' | 'together' {
    const known = this.#extra.get(name);
    if (known === undefined) throw new RangeError(`the table was not shown a record with "${name}"`);
    if (!isFreeName(name)) return 'together';
    return known.texts && known.count === this.#records ? 'own' : 'own-json';
  }
}

type Columns = readonly {
  readonly name: string;
  readonly kind: 'plain' | 'json' | 'own' | 'own-json' | 'together';
  readonly header: string;
}[];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whether a column of this name is read as nothing but itself. */
function isFreeName(name: string): boolean {
  const plain = name !== '' && name.trim() === name && !name.includes('\0') && !/ \(\d+\)$/.test(name);
  return (
    plain &&
    !name.endsWith(JSON_SUFFIX) &&
    name !== 'extra' &&
    !JSON_FIELDS.has(name) &&
    recognisedFields([name]).size === 0
  );
}

interface Divided {
  readonly plain: ReadonlyMap<string, string>;
  readonly json: ReadonlyMap<string, unknown>;
}

/** Which fields of a record a plain cell can hold, found by reading those cells back. */
function divide(record: CorpusRecord): Divided {
  const fields = flattened(record);
  const cells = new Map<string, string>();
  for (const name of TABLE_FIELDS) {
    const cell = plainCell(name, fields);
    // An empty list needs its column too: without it, nothing is known.
    if (cell !== '' || fields.has(name)) cells.set(name, cell);
  }
  const back = readBack(cells);
  const json = new Map<string, unknown>();
  for (const name of JSON_FIELDS) {
    const value = fields.get(name);
    if (back !== undefined && JSON.stringify(value) === JSON.stringify(back.get(name))) continue;
    if (value === undefined && back === undefined) continue;
    json.set(name, value ?? null);
    for (const column of columnsOf(name)) cells.delete(column);
  }
  return { plain: cells, json };
}

/** The plain columns that make up a field, where they have other names than the field. */
const COLUMNS_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['classifications', ['ipc', 'cpc', 'uspc', 'locarno']],
  ['family', ['familyId', 'familyMembers']],
]);

const columnsOf = (field: string): readonly string[] => COLUMNS_OF.get(field) ?? [field];

/** The fields of a record by name, the parts of the bibliography among them; without the person's own. */
function flattened(record: CorpusRecord): ReadonlyMap<string, unknown> {
  const { bibliography, ...others } = record;
  const parts = isObject(bibliography) ? Object.entries(bibliography) : [];
  return new Map([...Object.entries(others).filter(([name]) => NOT_OWN.has(name)), ...parts]);
}

const NOT_OWN: ReadonlySet<string> = new Set(RECORD_FIELDS);

const ownFields = (record: CorpusRecord): [string, unknown][] =>
  Object.entries(record).filter(([name]) => !NOT_OWN.has(name));

let trial: DocumentReader | undefined;

/** The fields of a row of plain cells as a reader has them; undefined for a row it refuses. */
function readBack(cells: ReadonlyMap<string, string>): ReadonlyMap<string, unknown> | undefined {
  trial ??= trialReader();
  const text = csvLine(TABLE_FIELDS.map((name) => cells.get(name) ?? '')).slice(0, -1);
  try {
    const reading = trial({ text, start: FILE_START, index: 1 });
    return reading.kind === 'patent' ? flattened(patentToRecord(reading.patent)) : undefined;
  } catch {
    return undefined;
  }
}

function trialReader(): DocumentReader {
  const reader = csv.reader({ file: 'trial.csv', limits: DEFAULT_LIMITS });
  reader({ text: csvLine(TABLE_FIELDS).slice(0, -1), start: FILE_START, index: 0 });
  return reader;
}
