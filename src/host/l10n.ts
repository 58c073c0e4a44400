/**
 * Translated strings for code that must not import `vscode`: the pure parts take a {@link Localiser}, which
 * `vscode.l10n` is, and tests pass {@link english}.
 */
export interface Localiser {
  t(message: string, ...args: (string | number | boolean)[]): string;
}

/** The messages as they stand in the source, with `{0}`, `{1}` … filled in. */
export const english: Localiser = {
  t: (message, ...args) =>
    message.replace(/\{(\d+)\}/g, (whole, index: string) => {
      const value = args[Number(index)];
      return value === undefined ? whole : String(value);
    }),
};
