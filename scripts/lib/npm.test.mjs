/** A nested npm must not take the outer one's settings for its own. */
import { expect, test } from 'vitest';
import { cleanEnvironment } from './npm.mjs';

test('only what tells how to reach the registry stays', () => {
  const env = cleanEnvironment({
    HOME: '/home/someone',
    PATH: '/bin',
    npm_config_prefix: '/somewhere',
    npm_config_local_prefix: '/checkout',
    npm_package_name: 'patent-lab',
    npm_lifecycle_event: 'start',
    npm_config_registry: 'https://registry.example/',
    npm_config_https_proxy: 'http://proxy.example',
    npm_execpath: '/npm-cli.js',
  });
  expect(Object.keys(env).sort()).toEqual([
    ...['HOME', 'PATH', 'npm_config_https_proxy', 'npm_config_registry', 'npm_execpath'],
  ]);
});

test.skipIf(process.platform === 'win32')('without a home the download cache gets a place of its own', () => {
  expect(cleanEnvironment({ HOME: '' })['npm_config_cache']).toMatch(/\.cache.npm$/);
  expect(cleanEnvironment({ HOME: '/home/someone' })['npm_config_cache']).toBeUndefined();
});
