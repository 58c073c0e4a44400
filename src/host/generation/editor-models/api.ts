/** The part of `vscode.lm` that the bridge uses, so that it is tested without an editor. */
import type { CancellationToken } from 'vscode';

export interface EditorModel<Message> {
  readonly id: string;
  readonly vendor: string;
  readonly family: string;
  sendRequest(
    messages: Message[],
    options: { readonly justification: string; readonly modelOptions: Record<string, unknown> },
    token: CancellationToken,
  ): Thenable<{ readonly text: AsyncIterable<string> }>;
  countTokens(text: string | Message, token?: CancellationToken): Thenable<number>;
}

export interface EditorModels<Message = unknown> {
  select(selector: {
    readonly id?: string;
    readonly vendor?: string;
    readonly family?: string;
  }): Thenable<readonly EditorModel<Message>[]>;
  user(content: string): Message;
  assistant(content: string): Message;
}
