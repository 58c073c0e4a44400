/** The columns of a table: name, what stands in it, and what it means. */
import { TABLE_FIELDS, type ImportColumn, type TableField } from '../../src/protocol/import-view.ts';
import { integer } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { t } from '../ui/strings.ts';
import { CheckBox } from './check-box.tsx';
import './columns.css';
import { basisText, FIELD_GROUPS, fieldName } from './wording.ts';

interface ColumnsProps {
  readonly columns: readonly ImportColumn[];
  readonly vendor: string | undefined;
  readonly separator: string | undefined;
  readonly disabled: boolean;
  readonly unsureOnly: boolean;
  readonly onUnsureOnly: (only: boolean) => void;
  readonly onField: (column: string, field: TableField | undefined) => void;
  readonly onSeparator: (separator: string | undefined) => void;
}

/** A person should look at these: nothing is proposed, or only because of what the cells look like. */
const isUnsure = ({ field, basis }: ImportColumn): boolean => field === undefined || basis === 'content';

export function Columns(props: ColumnsProps) {
  const { columns, vendor, disabled, unsureOnly, onUnsureOnly, onField } = props;
  const unsure = columns.filter(isUnsure);
  const shown = unsureOnly ? unsure : columns;
  return (
    <section class="columns" aria-labelledby="columns-heading">
      <div class="columns-tools">
        <h2 id="columns-heading" class="section-heading">
          {t('Columns')}
        </h2>
        <CheckBox
          label={t('Only unmapped and guessed ({0})', integer(unsure.length))}
          checked={unsureOnly}
          disabled={false}
          onChange={onUnsureOnly}
        />
        <Separator {...props} />
      </div>
      <table class="columns-table">
        <thead>
          <tr>
            <th scope="col">{t('Column')}</th>
            <th scope="col">{t('First cells')}</th>
            <th scope="col">{t('Meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((column) => (
            <tr key={column.name} class={column.field === undefined ? 'kept' : ''} data-column={column.name}>
              <th scope="row" title={column.name}>
                {column.name}
              </th>
              <td class="columns-samples" title={column.samples.join('\n')}>
                {column.samples.length === 0 ? (
                  <span class="muted">{t('empty')}</span>
                ) : (
                  column.samples.map((sample, at) => (
                    <span key={at} class="columns-sample">
                      {sample}
                    </span>
                  ))
                )}
              </td>
              <td class="columns-meaning">
                <Meaning column={column} disabled={disabled} onField={onField} />
                {column.basis !== undefined && (
                  <span class={`columns-basis ${column.basis}`}>
                    {column.basis === 'content' && <Icon name="warning" />}
                    {basisText(column.basis, vendor)}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p class="columns-none muted">{t('Every column has a meaning.')}</p>}
    </section>
  );
}

interface MeaningProps {
  readonly column: ImportColumn;
  readonly disabled: boolean;
  readonly onField: (column: string, field: TableField | undefined) => void;
}

/** A plain select: dozens of them stand on the page, each with all meanings in groups. */
function Meaning({ column, disabled, onField }: MeaningProps) {
  return (
    <select
      class="select"
      aria-label={t('Meaning of {0}', column.name)}
      disabled={disabled}
      value={column.field ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        onField(
          column.name,
          TABLE_FIELDS.find((field) => field === value),
        );
      }}
    >
      <option value="" selected={column.field === undefined}>
        {t('Kept as it is')}
      </option>
      {FIELD_GROUPS.map(({ name, fields }) => (
        <optgroup key={fields[0]} label={name()}>
          {fields.map((field) => (
            <option key={field} value={field} selected={field === column.field}>
              {fieldName(field)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

const SEPARATORS = [';;', ';', '|', ',', '\n'] as const;

function Separator({ separator, disabled, onSeparator }: ColumnsProps) {
  const all: readonly string[] =
    separator === undefined ? SEPARATORS : [...new Set([...SEPARATORS, separator])];
  return (
    <label class="columns-separator">
      <span>{t('Several values in a cell are divided by')}</span>
      <select
        class="select"
        disabled={disabled}
        value={separator ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onSeparator(value === '' ? undefined : value);
        }}
      >
        <option value="" selected={separator === undefined}>
          {t('what each cell shows')}
        </option>
        {all.map((one) => (
          <option key={one} value={one} selected={one === separator}>
            {one === '\n' ? t('line break') : one}
          </option>
        ))}
      </select>
    </label>
  );
}
