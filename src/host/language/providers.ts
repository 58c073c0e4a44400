/**
 * The language features as VS Code asks for them. Each answers only for documents that are known to hold patents: a
 * README or a build file gets nothing from here.
 */
import * as vscode from 'vscode';
import type { Claim, Patent } from '../../core/patent/model.ts';
import { rangeOf } from '../documents/open.ts';
import { patentAt } from '../documents/passages.ts';
import type { PatentEditors } from '../documents/patent-editors.ts';
import { claimHover } from './claim-hover.ts';
import { folds } from './folds.ts';
import { outline, type OutlineNode, type OutlineWords } from './outline.ts';
import { claimNumberAt, dependents, referenceAt, type SourceReference } from './references.ts';

/** Most places one reference leads to. [ours] */
const MOST_TARGETS = 200;

export class PatentLanguage
  implements
    vscode.DocumentSymbolProvider,
    vscode.FoldingRangeProvider,
    vscode.HoverProvider,
    vscode.DefinitionProvider,
    vscode.ReferenceProvider
{
  readonly #editors: PatentEditors;

  constructor(editors: PatentEditors) {
    this.#editors = editors;
  }

  async provideDocumentSymbols(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentSymbol[] | undefined> {
    const patents = await this.#patents(document, token);
    return patents?.map((patent) => symbol(document, outline(patent, words())));
  }

  async provideFoldingRanges(
    document: vscode.TextDocument,
    _context: vscode.FoldingContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.FoldingRange[] | undefined> {
    const patents = await this.#patents(document, token);
    if (!patents || patents.every(({ record }) => record)) return undefined;
    return patents
      .flatMap((patent) => folds(outline(patent, words()), patents.length > 1))
      .flatMap(({ span, withHeading }) => {
        const range = rangeOf(document, span);
        const start = withHeading ? lineAbove(document, range.start.line) : range.start.line;
        return start < range.end.line ? [new vscode.FoldingRange(start, range.end.line)] : [];
      });
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const reference = await this.#reference(document, position, token);
    return reference && new vscode.Hover(claimHover(reference.claims), rangeOf(document, reference.span));
  }

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.LocationLink[] | undefined> {
    const reference = await this.#reference(document, position, token);
    if (!reference) return undefined;
    const originSelectionRange = rangeOf(document, reference.span);
    return reference.claims.slice(0, MOST_TARGETS).map(({ span }) => ({
      originSelectionRange,
      targetUri: document.uri,
      targetRange: rangeOf(document, span),
      targetSelectionRange: rangeOf(document, { start: span.start, end: span.start }),
    }));
  }

  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[] | undefined> {
    const patent = await this.#patent(document, position, token);
    if (!patent) return undefined;
    const offset = document.offsetAt(position);
    const about = claimsAt(patent, document.getText(), offset);
    const spans = about.flatMap(({ claim, version }) => [
      ...(includeDeclaration ? [claim.span] : []),
      ...dependents(version, claim),
    ]);
    return spans
      .slice(0, MOST_TARGETS)
      .map((span) => new vscode.Location(document.uri, rangeOf(document, span)));
  }

  async #reference(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<SourceReference | undefined> {
    const patent = await this.#patent(document, position, token);
    return patent && referenceAt(patent, document.offsetAt(position));
  }

  async #patent(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<Patent | undefined> {
    const patents = await this.#patents(document, token);
    return patents && patentAt(patents, document.offsetAt(position));
  }

  async #patents(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<readonly Patent[] | undefined> {
    if (!(await this.#editors.isPatent(document)) || token.isCancellationRequested) return undefined;
    const parsed = await this.#editors.parsed.get(document, token);
    return parsed && parsed.patents.length > 0 ? parsed.patents : undefined;
  }
}

/** The claim whose number stands there, else those that the words there refer to. */
function claimsAt(
  patent: Patent,
  source: string,
  offset: number,
): readonly NonNullable<ReturnType<typeof claimNumberAt>>[] {
  const own = claimNumberAt(patent, source, offset);
  if (own) return [own];
  const reference = referenceAt(patent, offset);
  if (!reference) return [];
  const holds = ({ claims }: { readonly claims: readonly Claim[] }): boolean =>
    reference.claims.every((claim) => claims.includes(claim));
  const version = [patent, ...patent.translations].find(holds);
  return version ? reference.claims.map((claim) => ({ claim, version })) : [];
}

const KINDS: Readonly<Record<OutlineNode['kind'], vscode.SymbolKind>> = {
  patent: vscode.SymbolKind.File,
  record: vscode.SymbolKind.Object,
  section: vscode.SymbolKind.Namespace,
  text: vscode.SymbolKind.String,
  claim: vscode.SymbolKind.Class,
  dependent: vscode.SymbolKind.Method,
  heading: vscode.SymbolKind.Module,
  paragraph: vscode.SymbolKind.String,
};

function symbol(document: vscode.TextDocument, node: OutlineNode): vscode.DocumentSymbol {
  const { name, detail, kind, span, target, children } = node;
  const made = new vscode.DocumentSymbol(
    name,
    detail,
    KINDS[kind],
    rangeOf(document, span),
    rangeOf(document, target),
  );
  made.children = children.map((child) => symbol(document, child));
  return made;
}

/** The nearest line above that is not blank. */
function lineAbove(document: vscode.TextDocument, line: number): number {
  for (let at = line - 1; at >= 0; at--) {
    if (!document.lineAt(at).isEmptyOrWhitespace) return at;
  }
  return line;
}

export function words(): OutlineWords {
  const names = new Intl.DisplayNames([vscode.env.language, 'en'], { type: 'language', fallback: 'none' });
  return { l10n: vscode.l10n, languageName: (code) => (/^[a-z]{2,3}$/.test(code) && names.of(code)) || code };
}
