/** Text in Markdown as it is, whatever it contains: `appendText` keeps every blank from breaking the line. */
export function plainMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-!~<>&|$:]/g, '\\$&')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')
    .replace(/\r?\n/g, '\n\n');
}
