/** Which document a decision is about. */

/**
 * Publication numbers name a document wherever it stands; any other id may be a mere file name, so it only counts
 * together with its path: two files `spec.txt` are two documents.
 * @param path relative to the workspace, with forward slashes
 */
export function decisionKey(id: string, path: string | undefined): string {
  return path === undefined || PUBLICATION_NUMBER.test(id) ? id : `${path}\n${id}`;
}

/** The decision on a document; one that names no path counts for every document of its id. */
export function findDecision<D>(decisions: ReadonlyMap<string, D>, id: string, path: string): D | undefined {
  return decisions.get(decisionKey(id, path)) ?? decisions.get(id);
}

const PUBLICATION_NUMBER = /^[A-Z]{2}[A-Z]{0,2}\d{5,}/;
