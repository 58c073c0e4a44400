/**
 * Every text a person reads passes through `t`. The English text is the key, exactly as in `vscode.l10n`, so the
 * host can hand over `vscode.l10n.bundle` as it is: `<script type="application/json" id="strings">{…}</script>`.
 */
type StringTable = Readonly<Record<string, string>>;

let table: StringTable | undefined;

/** Translated text with `{0}`, `{1}` … replaced. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  table ??= readTable();
  return fill(table[text] ?? text, values);
}

/** One of two texts by count. Both see the count as `{0}`, already formatted by the caller. */
export function plural(
  count: number,
  one: string,
  other: string,
  ...values: readonly (string | number)[]
): string {
  return t(count === 1 ? one : other, ...values);
}

export function fill(template: string, values: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? placeholder : String(value);
  });
}

function readTable(): StringTable {
  if (typeof document === 'undefined') return {};
  const text = document.getElementById('strings')?.textContent ?? '';
  if (text.trim() === '') return {};
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) return {};
  return Object.fromEntries(
    Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
