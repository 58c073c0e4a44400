/** Claims as a hover shows them. Their text is shown as it is, whatever it contains. */
import * as vscode from 'vscode';
import type { Claim } from '../../core/patent/model.ts';
import { plainMarkdown } from './markdown.ts';
import { numberList } from './outline.ts';

/** Most claims shown in full, and how much of them together, in UTF-16 units. [ours] */
const MOST_CLAIMS = 4;
const MOST_TEXT = 2400;

export function claimHover(claims: readonly Claim[]): vscode.MarkdownString {
  const shown = claims.slice(0, MOST_CLAIMS);
  const room = Math.floor(MOST_TEXT / Math.max(1, shown.length));
  const hover = new vscode.MarkdownString();
  shown.forEach((claim, at) => {
    hover.appendMarkdown(
      `${at === 0 ? '' : '\n\n---\n\n'}**${vscode.l10n.t('Claim {0}', claim.number)}**\n\n`,
    );
    const left = claim.text.length - room;
    const isCut = left > room / 10;
    hover.appendMarkdown(plainMarkdown(isCut ? `${claim.text.slice(0, room)}…` : claim.text));
    if (isCut) hover.appendMarkdown('\n\n').appendText(vscode.l10n.t('{0} more characters', left));
  });
  const rest = claims.slice(MOST_CLAIMS).map(({ number }) => number);
  if (rest.length > 0) {
    hover.appendMarkdown('\n\n---\n\n').appendText(vscode.l10n.t('and claims {0}', numberList(rest)));
  }
  return hover;
}
