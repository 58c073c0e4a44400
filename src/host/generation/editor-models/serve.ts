/** Answers the engine when it asks a model of the editor. */
import * as vscode from 'vscode';
import { ResponseError, type MessageConnection } from 'vscode-jsonrpc/node';
import { PATENT_LAB_ERROR } from '../../../protocol/engine.ts';
import { HostChatRequest, type ChatAnswer, type HostChatError } from '../../../protocol/generation.ts';
import type { EditorModels } from './api.ts';
import { askEditorModel } from './chat.ts';
import { editorModelFailure } from './failure.ts';

/** JSON-RPC's code for a request that was given up because it was asked to. */
const REQUEST_CANCELLED = -32800;

export function serveEditorModels(connection: MessageConnection): void {
  connection.onRequest(
    HostChatRequest,
    async (params, token): Promise<ChatAnswer | ResponseError<HostChatError>> => {
      try {
        return await askEditorModel(params, editorModels, token, vscode.l10n);
      } catch (error) {
        if (token.isCancellationRequested) return new ResponseError(REQUEST_CANCELLED, 'cancelled');
        const failure = editorModelFailure(error, params.model, vscode.l10n);
        return new ResponseError(PATENT_LAB_ERROR, failure.message, failure);
      }
    },
  );
}

const editorModels: EditorModels<vscode.LanguageModelChatMessage> = {
  select: (selector) => vscode.lm.selectChatModels(selector),
  user: (content) => vscode.LanguageModelChatMessage.User(content),
  assistant: (content) => vscode.LanguageModelChatMessage.Assistant(content),
};
