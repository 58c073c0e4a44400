/** What the columns of a table say of a patent's front page. A cell that is not understood is stated, never guessed. */
import type { Span } from '../../text/span.ts';
import type { Bibliography, Citation, DocumentNumber, IsoDate, Person } from '../bibliography.ts';
import { NO_BIBLIOGRAPHY, earliestDate, earliestPriority } from '../bibliography.ts';
import { ClassificationList } from '../classification-codes.ts';
import type { GapCollector } from '../gaps.ts';
import type { Classification, ClassificationScheme } from '../model.ts';
import { parsePublication } from '../identity.ts';
import { parsePublicationNumber, publicationNumber } from '../publication-number.ts';
import { saysNothing, splitCell } from './cells.ts';
import { parseTableCode } from './codes.ts';
import { parseTableDate } from './dates.ts';
import { parseLanguage } from './languages.ts';
import type { TableField } from './mapping.ts';
import type { NumberOf } from './numbers.ts';
import { parseDocumentNumber } from './numbers.ts';
import { parsePerson } from './people.ts';
import { isOwnTable } from './propose.ts';
import type { Table } from './table.ts';

export interface RowCells {
  readonly table: Table;
  readonly gaps: GapCollector;
  /** Counted from 1 with the header row. */
  readonly row: number;
  value(index: number): string;
  /** Where a cell stands in the file. */
  span(index: number): Span;
}

export interface RowNumber {
  readonly id?: string;
  readonly office?: string;
  readonly kind?: string;
  /** Publications that the cell names beside the first. */
  readonly others: readonly DocumentNumber[];
}

const SCHEMES = [
  ['ipc', 'IPC'],
  ['cpc', 'CPC'],
  ['uspc', 'USPC'],
  ['locarno', 'LOCARNO'],
] as const satisfies readonly (readonly [TableField, ClassificationScheme])[];

const BIBLIOGRAPHY_FIELDS = [
  ...(['publicationDate', 'filingDate', 'application', 'priorities', 'priorityDate'] as const),
  ...(['applicants', 'inventors', 'citations', 'familyId', 'familyMembers'] as const),
] satisfies readonly TableField[];

const SHOWN = 80;

export class FrontPageCells {
  readonly #cells: RowCells;
  /** Cells of columns that have a meaning but no place: priority dates, of which it is not said which number has which. */
  readonly kept: (readonly [column: string, value: string])[] = [];

  constructor(cells: RowCells) {
    this.#cells = cells;
  }

  /** The publication number, put together where office, number and kind stand in columns of their own. */
  number(): RowNumber {
    const { table } = this.#cells;
    const office = this.#office();
    const kind = this.#single('kind')?.value.toUpperCase();
    const cell = this.#single('id');
    const stated = { office, kind, others: [] };
    if (cell === undefined) return stated;
    // A column called id holds the person's own names, which other files refer to.
    const own = table.vendor === undefined && table.names[cell.index] === 'id';
    if (own) return { ...stated, id: cell.value };
    const [first = cell.value, ...rest] = splitCell(cell.value, table.separator);
    const known = parsePublicationNumber(first);
    const others = rest.flatMap((other) => parseDocumentNumber(other, 'publication', office) ?? []);
    if (others.length < rest.length)
      this.#state(cell, 'names several things, of which only the first was taken');
    if (known) {
      const id = known.kind === undefined && kind !== undefined ? `${known.id}${kind}` : known.id;
      return { id, office: known.office, kind: known.kind ?? kind, others };
    }
    if (
      office !== undefined &&
      /^[\d\s.,/-]+[A-Z]?\d?$/i.test(first) &&
      first.replace(/\D/g, '').length > 3
    ) {
      const whole = parsePublicationNumber(`${office}${first}`);
      if (whole?.kind !== undefined) return { id: whole.id, office, kind: whole.kind, others };
      return { ...publicationNumber(office, first, kind), others };
    }
    return { ...stated, id: first, others };
  }

  language(): string | undefined {
    const cell = this.#single('language');
    return cell && (parseLanguage(cell.value) ?? this.#state(cell, 'is no language that is known'));
  }

  classifications(): readonly Classification[] {
    const list = new ClassificationList();
    for (const [field, scheme] of SCHEMES) {
      for (const cell of this.#all(field)) {
        for (const code of this.#values(cell, field)) {
          const parsed = parseTableCode(scheme, code);
          if (parsed === undefined) this.#state({ ...cell, value: code }, `is no ${scheme} code`);
          list.add(scheme, parsed);
        }
      }
    }
    return list.list();
  }

  /** @param others publications of the same family that the number's own cell names */
  bibliography(others: readonly DocumentNumber[]): Bibliography {
    const { fields } = this.#cells.table;
    if (others.length === 0 && !BIBLIOGRAPHY_FIELDS.some((field) => fields.has(field)))
      return NO_BIBLIOGRAPHY;
    const familyId = this.#single('familyId')?.value;
    const publicationDate = this.#date('publicationDate');
    const filingDate = this.#date('filingDate');
    const application = this.#application(filingDate);
    return {
      ...(publicationDate === undefined ? {} : { publicationDate }),
      ...(filingDate === undefined ? {} : { filingDate }),
      ...(application === undefined ? {} : { application }),
      ...this.#priorities(),
      related: [],
      applicants: this.#people('applicants'),
      inventors: this.#people('inventors'),
      citations: this.#citations(),
      family: {
        ...(familyId === undefined ? {} : { id: familyId }),
        members: [...others, ...this.#documents('familyMembers', 'publication')],
      },
    };
  }

  #office(): string | undefined {
    const cell = this.#single('office');
    const code = cell?.value.toUpperCase();
    if (cell === undefined || code === undefined) return undefined;
    return /^[A-Z]{2}$/.test(code) ? code : this.#state(cell, 'is no code of an office, such as US or EP');
  }

  /** Some spellings of a number are told by the year it was filed in. */
  #application(filed: IsoDate | undefined): DocumentNumber | undefined {
    const [first, ...rest] = this.#documents('application', 'application', filed);
    if (rest.length > 0) {
      const [cell] = this.#all('application');
      if (cell) this.#state(cell, 'names several applications, of which only the first was taken');
    }
    return first;
  }

  /** Numbers with their dates, where the table has as many of one as of the other; the earliest date in any case. */
  #priorities(): Pick<Bibliography, 'priorities' | 'priorityDate'> {
    const cells = this.#all('priorityDate');
    const dates = cells.flatMap((cell) =>
      this.#values(cell, 'priorityDate').map((value) => this.#parseDate({ ...cell, value })),
    );
    const stated = earliestDate(dates.filter((date) => date !== undefined));
    // A table of ours says the date of each number beside it, and the earliest only where the patent has one.
    if (isOwnTable(this.#cells.table.names)) {
      return { priorities: this.#documents('priorities', 'application'), ...stated };
    }
    const numbers = this.#all('priorities').flatMap((cell) =>
      this.#values(cell, 'priorities').map((value) => ({ ...cell, value })),
    );
    const paired = dates.length === numbers.length;
    if (!paired && dates.length > 1) {
      for (const { index, value } of cells) this.kept.push([this.#cells.table.names[index] ?? '', value]);
    }
    const priorities = numbers.flatMap(
      (cell, at) => this.#document(cell, 'application', undefined, paired ? dates[at] : undefined) ?? [],
    );
    return { priorities, ...earliestPriority(priorities), ...stated };
  }

  #citations(): readonly Citation[] {
    return this.#all('citations').flatMap((cell) =>
      this.#values(cell, 'citations').map((value): Citation => {
        const document = parsePublication(value);
        return document ? { kind: 'patent', document } : { kind: 'other', text: value };
      }),
    );
  }

  #people(field: 'applicants' | 'inventors'): readonly Person[] {
    return this.#all(field).flatMap((cell) => this.#values(cell, field).map(parsePerson));
  }

  #documents(field: TableField, of: NumberOf, date?: IsoDate): readonly DocumentNumber[] {
    const office = field === 'application' ? this.#rawOffice() : undefined;
    return this.#all(field).flatMap((cell) =>
      this.#values(cell, field).flatMap(
        (value) => this.#document({ ...cell, value }, of, office, date) ?? [],
      ),
    );
  }

  #document(cell: Cell, of: NumberOf, office?: string, date?: IsoDate): DocumentNumber | undefined {
    return parseDocumentNumber(cell.value, of, office, date) ?? this.#state(cell, 'names no document');
  }

  #rawOffice(): string | undefined {
    const code = this.#single('office')?.value.toUpperCase();
    return code !== undefined && /^[A-Z]{2}$/.test(code) ? code : undefined;
  }

  #date(field: 'publicationDate' | 'filingDate'): string | undefined {
    const cell = this.#single(field);
    if (cell === undefined) return undefined;
    const [first = '', ...rest] = this.#values(cell, field);
    if (rest.length > 0) this.#state(cell, 'holds several dates, of which only the first was taken');
    return this.#parseDate({ ...cell, value: first });
  }

  #parseDate(cell: Cell): string | undefined {
    const found = parseTableDate(cell.value);
    if (found === undefined) return this.#state(cell, 'is no date that can be read');
    if (found.kind === 'ambiguous') {
      this.#state(cell, `may begin with the day or with the month, so only the year ${found.date} was taken`);
    }
    return found.date;
  }

  /** The first cell of a field that holds something. */
  #single(field: TableField): Cell | undefined {
    return this.#all(field)[0];
  }

  #all(field: TableField): readonly Cell[] {
    const { table, value } = this.#cells;
    const indices = table.fields.get(field);
    if (indices === undefined) return [];
    return indices
      .map((index) => ({ index, value: value(index).trim() }))
      .filter((cell) => cell.value !== '' && !saysNothing(cell.value));
  }

  #values(cell: Cell, field: TableField): string[] {
    const { table } = this.#cells;
    return splitCell(cell.value, table.separator ?? table.vendor?.separators?.[field]);
  }

  #state(cell: Cell, what: string): undefined {
    const { table, gaps, row, span } = this.#cells;
    const shown = cell.value.length > SHOWN ? `${cell.value.slice(0, SHOWN - 1)}…` : cell.value;
    gaps.state(`Row ${row}, column ${table.names[cell.index] ?? ''}: "${shown}" ${what}.`, span(cell.index));
  }
}

interface Cell {
  readonly index: number;
  readonly value: string;
}
