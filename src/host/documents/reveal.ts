/** Shows where a file or a folder lies. */
import * as vscode from 'vscode';

/** The explorer shows what lies in the workspace; another place is left to the system. */
export async function reveal(place: string): Promise<void> {
  const uri = vscode.Uri.file(place);
  const command = vscode.workspace.getWorkspaceFolder(uri) ? 'revealInExplorer' : 'revealFileInOS';
  await vscode.commands.executeCommand(command, uri);
}
