/** Classification symbols as offices write them, brought into one spelling (`A61G 5/04`, `424/9.1`, `01-01`). */
import type { Classification, ClassificationScheme } from './model.ts';

/** `A61G 5/04` from its parts; undefined when a part is missing. */
export function ipcCode(
  section: string | undefined,
  mainClass: string | undefined,
  subclass: string | undefined,
  group: string | undefined,
  subgroup: string | undefined,
): string | undefined {
  if (!section || !mainClass || !subclass) return undefined;
  const symbol = `${section}${mainClass}${subclass}`.toUpperCase();
  if (!group || !subgroup) return symbol;
  return `${symbol} ${withoutZeros(group)}/${subgroup}`;
}

const WITH_SLASH = /^\s*\d?\s*([A-HY])\s*(\d{2})\s*([A-Z])\s*(\d{1,4})\s*\/\s*(\d{2,6})/i;
/**
 * Fixed columns without a slash: four for the subclass, three for the group, the rest for the subgroup. Some files have
 * lost one of two blanks before a group of one digit (`E03C 104`).
 */
const WITHOUT_SLASH = /^([A-H])(\d{2})([A-Z])([ \d]{2,3})(\d{2,6})\b/i;

/** Reads the start of an IPC or CPC field such as `F16B  25/10        20060101AFI` or ` 7C 07C  29/44   A`. */
export function parseIpcCode(text: string): string | undefined {
  const [, section, mainClass, subclass, group, subgroup] =
    WITH_SLASH.exec(text) ?? WITHOUT_SLASH.exec(text) ?? [];
  return ipcCode(section, mainClass, subclass, group?.trim(), subgroup);
}

/** US classes stand in columns: three for the class, three for the subclass, the rest behind a point. */
export function uspcCode(text: string): string | undefined {
  const mainClass = text.slice(0, 3).replace(/\s/g, '');
  const subclass = text.slice(3, 6).trim();
  const decimal = text.slice(6).trim();
  if (mainClass === '' || subclass === '') return undefined;
  const point = /^\d/.test(decimal) ? '.' : '';
  return `${withoutZeros(mainClass)}/${withoutZeros(subclass)}${point}${decimal}`;
}

/** `0101` → `01-01`. */
export function locarnoCode(text: string): string | undefined {
  const digits = text.replace(/\D/g, '');
  return digits.length === 4 ? `${digits.slice(0, 2)}-${digits.slice(2)}` : undefined;
}

const withoutZeros = (number: string): string => number.replace(/^0+(?=.)/, '');

/** Collects classifications in document order, each once. */
export class ClassificationList {
  readonly #seen = new Set<string>();
  readonly #list: Classification[] = [];

  add(scheme: ClassificationScheme, code: string | undefined): void {
    if (code === undefined) return;
    const key = `${scheme} ${code}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#list.push({ scheme, code });
  }

  list(): readonly Classification[] {
    return this.#list;
  }
}
