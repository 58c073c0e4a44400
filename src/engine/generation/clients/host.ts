/** A model of the editor: the extension host asks it, as only the host can, and hands the answer back. */
import type { ChatAnswer, ChatRequest } from '../../../core/generation/chat.ts';
import { ModelError, type ChatCapabilities, type ChatClient, type ClientContext } from '../client.ts';

/** The editor's providers queue by themselves and count what is asked of them; a few at once are taken well. [ours] */
const CONCURRENCY = 4;

export class HostClient implements ChatClient {
  readonly recipient: string;
  /** The editor's interface has no way to enforce a shape. */
  readonly capabilities: ChatCapabilities = { structured: false, concurrency: CONCURRENCY };
  readonly #model: string;
  readonly #chat: NonNullable<ClientContext['hostChat']>;
  readonly #closing = new AbortController();

  constructor(model: string, chat: NonNullable<ClientContext['hostChat']>) {
    this.recipient = `${model} of the editor`;
    this.#model = model;
    this.#chat = chat;
  }

  ask(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
    return this.#chat({ model: this.#model, request }, AbortSignal.any([signal, this.#closing.signal]));
  }

  close(): Promise<void> {
    this.#closing.abort();
    return Promise.resolve();
  }
}

/** Throws where there is no editor, and where only models of this machine are allowed: the editor's run elsewhere. */
export function openHostClient(model: string, { hostChat, access }: ClientContext): HostClient {
  if (access.localOnly) {
    throw new ModelError(
      {
        code: 'model-not-local',
        message: `The editor's model ${model} may run elsewhere, and only models of this machine are allowed.`,
        remedy: 'Take a model of this machine, or switch off the setting patentLab.generation.localOnly.',
      },
      { kind: 'stop' },
    );
  }
  if (!hostChat) {
    throw new ModelError(
      {
        code: 'model-not-configured',
        message: `The plan asks the editor's model ${model}, and there is no editor here.`,
        remedy: 'Run the plan in VS Code, or name a model server or a built-in model in it.',
      },
      { kind: 'stop' },
    );
  }
  return new HostClient(model, hostChat);
}
