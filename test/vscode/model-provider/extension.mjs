/**
 * A provider of language models as others publish them, for tests: it passes requests on to an OpenAI-compatible server,
 * reports what is streamed piece by piece, counts tokens, stops when it is asked to, and throws VS Code's own errors.
 */
import * as vscode from 'vscode';

const VENDOR = 'fictitious';
/** Of English text; the server counts the same way. */
const CHARACTERS_A_TOKEN = 4;

export function activate({ subscriptions }) {
  subscriptions.push(vscode.lm.registerLanguageModelChatProvider(VENDOR, provider));
}

const provider = {
  async provideLanguageModelChatInformation() {
    const response = await fetch(`${address()}/models`);
    const { data } = await response.json();
    return data.map(({ id }) => ({
      id,
      name: id,
      family: 'fiction',
      version: '1',
      maxInputTokens: 8000,
      maxOutputTokens: 4000,
      capabilities: {},
    }));
  },

  async provideLanguageModelChatResponse({ id }, messages, { modelOptions = {} }, progress, token) {
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    try {
      const response = await fetch(`${address()}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: id, messages: messages.map(plain), stream: true, ...modelOptions }),
        signal: stop.signal,
      });
      if (!response.ok) throw await failure(response);
      for await (const text of pieces(response)) progress.report(new vscode.LanguageModelTextPart(text));
    } finally {
      listening.dispose();
    }
  },

  provideTokenCount(_model, text) {
    return Promise.resolve(
      Math.ceil((typeof text === 'string' ? text : textOf(text)).length / CHARACTERS_A_TOKEN),
    );
  },
};

const address = () => vscode.workspace.getConfiguration('fictitiousModels').get('url');

const plain = (message) => ({
  role: message.role === vscode.LanguageModelChatMessageRole.Assistant ? 'assistant' : 'user',
  content: textOf(message),
});

const textOf = ({ content }) =>
  content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');

async function failure(response) {
  const { error } = await response.json();
  switch (response.status) {
    case 401:
      return vscode.LanguageModelError.NoPermissions(error.message);
    case 403:
      return vscode.LanguageModelError.Blocked(error.message);
    case 404:
      return vscode.LanguageModelError.NotFound(error.message);
    default:
      return new Error(`The server answered ${response.status}: ${error.message}`);
  }
}

/** Texts of the events of a stream. */
async function* pieces({ body }) {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      const [choice] = JSON.parse(line.slice('data: '.length)).choices;
      if (choice?.delta.content) yield choice.delta.content;
    }
  }
}
