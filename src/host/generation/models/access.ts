/**
 * What the machine allows: its settings, and keys from the secret storage. It is put together for each request to the
 * engine and kept nowhere; a key is never logged, written to a file or shown.
 */
import type * as vscode from 'vscode';
import type { Endpoint, ModelAccess } from '../../../protocol/generation.ts';
import { setting } from '../../settings.ts';
import type { ConfiguredEndpoint } from './endpoints.ts';

type KeyOwner = Pick<Endpoint, 'name' | 'url'>;

export class MachineModels {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  get localOnly(): boolean {
    return setting('patentLab.generation.localOnly');
  }

  /** @throws PatentLabError `settings-invalid`. */
  async endpoints(): Promise<readonly ConfiguredEndpoint[]> {
    // A schema, which has no part in the activation.
    const { readEndpoints } = await import('./endpoints.ts');
    return readEndpoints(setting('patentLab.generation.endpoints'));
  }

  /** With the key of the endpoint that is used, and no other. */
  async access(endpoint: string | undefined): Promise<ModelAccess> {
    const endpoints = await Promise.all(
      (await this.endpoints()).map(async ({ models: _, ...rest }): Promise<Endpoint> => {
        const key = rest.name === endpoint ? await this.key(rest) : undefined;
        return key === undefined ? rest : { ...rest, key };
      }),
    );
    return { endpoints, localOnly: this.localOnly };
  }

  key(endpoint: KeyOwner): Thenable<string | undefined> {
    return this.#secrets.get(secretOf(endpoint));
  }

  setKey(endpoint: KeyOwner, key: string): Thenable<void> {
    return this.#secrets.store(secretOf(endpoint), key);
  }

  forgetKey(endpoint: KeyOwner): Thenable<void> {
    return this.#secrets.delete(secretOf(endpoint));
  }
}

/** A name that is given another address has no key there: the old one must not travel to it. */
const secretOf = ({ name, url }: KeyOwner): string => `patentLab.modelKey.${name}@${new URL(url).origin}`;
