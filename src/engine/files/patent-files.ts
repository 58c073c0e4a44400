/** Which files can hold patents, by name: in folders and, by the same rules, in archives. */
import path from 'node:path';

/** Files that can hold patents, by extension. */
export const PATENT_EXTENSIONS = [
  'xml',
  'txt',
  'md',
  'jsonl',
  'csv',
  'tsv',
  'pdf',
  'xlsx',
  'parquet',
  'zip',
  'gz',
] as const;

const EXTENSIONS: ReadonlySet<string> = new Set(PATENT_EXTENSIONS);

/** Patterns of folders that never hold an analyst's documents. */
export const IGNORED_FOLDERS = ['**/node_modules/**', '**/.git/**', '**/.patent-lab/**'];

/** Patterns of files in a folder of patents that are none by their name: our own, and what every project has. */
export const NO_PATENTS = [
  '**/labels.jsonl',
  '**/*-predictions.{csv,jsonl}',
  '**/{README,CHANGELOG,LICENSE}{,.*}',
];

const NO_PATENT_NAME =
  /^(?:labels\.jsonl|.*-predictions\.(?:csv|jsonl)|(?:README|CHANGELOG|LICENSE)(?:\..*)?|\..*)$/i;
const IGNORED_FOLDER = /^(?:node_modules|__MACOSX|\.[^.].*)$/;

const extensionOf = (name: string): string => path.posix.extname(name).slice(1).toLowerCase();
const isXml = (name: string): boolean => extensionOf(name.replace(/\.gz$/i, '')) === 'xml';

/**
 * Tells which members of an archive are passed over: what is no patent by its name and, beside XML in the same folder,
 * PDFs, which offices add as facsimiles and drawings of the same documents.
 */
export function holdsNoPatents(members: readonly string[]): (member: string) => boolean {
  const xmlFolders = new Set(members.filter(isXml).map((name) => path.posix.dirname(name)));
  return (name) => {
    const extension = extensionOf(name);
    return (
      !EXTENSIONS.has(extension) ||
      NO_PATENT_NAME.test(path.posix.basename(name)) ||
      path.posix
        .dirname(name)
        .split('/')
        .some((folder) => IGNORED_FOLDER.test(folder)) ||
      (extension === 'pdf' && xmlFolders.has(path.posix.dirname(name)))
    );
  };
}

/** `1,200 tif, 3 dtd and 2 others`: what an archive holds instead, the most frequent extensions first. */
export function countedByExtension(members: readonly string[], most = 4): string {
  const counts = new Map<string, number>();
  for (const name of members) {
    const extension = extensionOf(name);
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  const sorted = [...counts].filter(([extension]) => extension !== '').sort((a, b) => b[1] - a[1]);
  const named = sorted.slice(0, most);
  const others = members.length - named.reduce((sum, [, count]) => sum + count, 0);
  const parts = named.map(([extension, count]) => `${count.toLocaleString('en')} ${extension}`);
  if (others > 0)
    parts.push(`${others.toLocaleString('en')} ${named.length > 0 ? 'others' : 'without an extension'}`);
  return parts.join(', ') || 'it is empty';
}
