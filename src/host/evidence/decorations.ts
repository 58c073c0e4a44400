/** How evidence looks in the editor: theme colours that people can change, and marks in the overview ruler. */
import * as vscode from 'vscode';
import { GRADES, type Grade } from './grade.ts';

const COLORS: Readonly<Record<Grade, string>> = {
  strong: 'patentLab.evidenceStrong',
  medium: 'patentLab.evidenceMedium',
  weak: 'patentLab.evidenceWeak',
  against: 'patentLab.evidenceAgainst',
};

export type GradeDecorations = ReadonlyMap<Grade, vscode.TextEditorDecorationType>;

export function createDecorations(): GradeDecorations {
  return new Map(
    GRADES.map((grade) => {
      const color = new vscode.ThemeColor(COLORS[grade]);
      const type = vscode.window.createTextEditorDecorationType({
        backgroundColor: color,
        borderRadius: '2px',
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        overviewRulerColor: color,
        overviewRulerLane:
          grade === 'against' ? vscode.OverviewRulerLane.Left : vscode.OverviewRulerLane.Center,
        // Without colour, what speaks against is still told apart.
        ...(grade === 'against'
          ? { textDecoration: 'underline dotted 1px; text-underline-offset: 3px' }
          : {}),
      });
      return [grade, type];
    }),
  );
}
