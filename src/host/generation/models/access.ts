/**
 * What the machine allows: its settings, and keys from the secret storage. It is put together for each request to the
 * engine and kept nowhere; a key is never logged, written to a file or shown.
 */
import * as vscode from 'vscode';
import type { Endpoint, ModelAccess, ModelFile } from '../../../protocol/generation.ts';
import { setting } from '../../settings.ts';
import type { ConfiguredEndpoint } from './endpoints.ts';

const FILES_SETTING = 'patentLab.generation.modelFiles';

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
    return { endpoints, localOnly: this.localOnly, modelFiles: await this.files() };
  }

  /** @throws PatentLabError `settings-invalid`. */
  async files(): Promise<readonly ModelFile[]> {
    const { readModelFiles } = await import('./model-files.ts');
    return readModelFiles(setting(FILES_SETTING));
  }

  /** Gives a file a name that plans may use, in the machine's settings; a file that has one keeps it. */
  async nameFile(file: string): Promise<string> {
    const { nameOf } = await import('./model-files.ts');
    const files = await this.files();
    const known = files.find(({ path }) => path === file);
    if (known) return known.name;
    const name = nameOf(file, files);
    await vscode.workspace
      .getConfiguration()
      .update(FILES_SETTING, [...files, { name, path: file }], vscode.ConfigurationTarget.Global);
    return name;
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
