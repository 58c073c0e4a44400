/** What decides how an accelerator calculates besides the model: system, processor and graphics driver, as far as they can be told. */
import { readdir, readFile, stat } from 'node:fs/promises';
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
  return [nvidia, ...(await graphicsCards()), ...(await vulkanDrivers())];
}

async function graphicsCards(): Promise<readonly string[]> {
  const names = await readdir('/sys/class/drm').catch((): string[] => []);
  const cards = names.filter((name) => /^card\d+$/.test(name)).sort();
  return Promise.all(
    cards.map(async (name) => {
      const device = path.join('/sys/class/drm', name, 'device');
      const [vendor, id] = await Promise.all([
        firstLine(path.join(device, 'vendor')),
        firstLine(path.join(device, 'device')),
      ]);
      return vendor === '' ? '' : `graphics ${vendor}:${id}`;
    }),
  );
}

/** Where Vulkan's loader finds drivers, but for those the environment names. */
const VULKAN_FOLDERS = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'];

/** Drivers with the time of their installation, which an update changes. */
async function vulkanDrivers(): Promise<readonly string[]> {
  const named = [process.env['VK_DRIVER_FILES'], process.env['VK_ICD_FILENAMES']].flatMap(
    (files) => files?.split(':') ?? [],
  );
  const found = await Promise.all(
    VULKAN_FOLDERS.map((folder) =>
      readdir(folder).then(
        (names) => names.sort().map((name) => path.join(folder, name)),
        (): string[] => [],
      ),
    ),
  );
  return Promise.all(
    [...named, ...found.flat()].map(async (file) => {
      const changed = await stat(file).then(
        ({ mtime }) => mtime.toISOString().slice(0, 10),
        () => '',
      );
      return changed === '' ? '' : `Vulkan ${path.basename(file)} of ${changed}`;
    }),
  );
}

const firstLine = (file: string): Promise<string> =>
  readFile(file, 'utf8').then(
    (text) => text.split('\n')[0]?.trim() ?? '',
    () => '',
  );
