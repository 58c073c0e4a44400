/** What decides how an accelerator calculates besides the model: runtime, system and graphics driver, as far as they can be told. */
import { readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** One line; another one means that what passed here must pass again. */
export async function machineFingerprint(): Promise<string> {
  const [cpu] = os.cpus();
  return [
    `${os.platform()} ${os.arch()} ${os.release()}`,
    cpu?.model.trim() ?? '',
    ...(await graphicsDrivers()),
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/**
 * Linux says which graphics cards and drivers there are; on Windows and macOS the drivers come with the system, or
 * cannot be asked without starting other programs, and outcomes are forgotten after a while instead.
 */
async function graphicsDrivers(): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const nvidia = await firstLine('/proc/driver/nvidia/version');
  const cards = await readdir('/sys/class/drm').catch((): string[] => []);
  const devices = await Promise.all(
    cards
      .filter((name) => /^card\d+$/.test(name))
      .sort()
      .map(async (name) => {
        const device = path.join('/sys/class/drm', name, 'device');
        const [vendor, id] = await Promise.all(
          ['vendor', 'device'].map((file) => firstLine(path.join(device, file))),
        );
        return vendor === '' ? '' : `graphics ${vendor}:${id ?? ''}`;
      }),
  );
  return [nvidia, ...devices];
}

const firstLine = (file: string): Promise<string> =>
  readFile(file, 'utf8').then(
    (text) => text.split('\n')[0]?.trim() ?? '',
    () => '',
  );
